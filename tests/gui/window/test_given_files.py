"""Files that the program was started with: each goes its own way in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from editor.gui.exporting.check_dialog import CheckDialog
from editor.gui.incoming.dialog import PasteDialog
from editor.gui.window.given_files import take_files
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import WRITER

Settle = Callable[[], None]


def test_picture_is_added_to_the_open_story_in_one_step(
    open_window: Callable[..., MainWindow],
    write: Callable[..., str],
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    jpeg: bytes,
) -> None:
    story = write("harbour-opens")
    window = open_window(WRITER)
    qtbot.waitUntil(lambda: window.draft.open_story.key == story)
    picture = tmp_path / "Boat.JPG"
    picture.write_bytes(jpeg)
    take_files(window.parts, [picture])
    qtbot.waitUntil(lambda: len(window.draft.typed.pictures) == 1, timeout=20_000)
    settle()
    window.menu_actions["undo"].trigger()
    assert window.draft.typed.pictures == ()


def test_picture_begins_a_story_where_none_is_open(
    open_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path, jpeg: bytes
) -> None:
    window = open_window(WRITER)
    assert not window.draft.open_story.is_open
    picture = tmp_path / "boat.jpg"
    picture.write_bytes(jpeg)
    take_files(window.parts, [picture])
    qtbot.waitUntil(lambda: len(window.draft.typed.pictures) == 1, timeout=20_000)
    assert window.centre.page() is window.centre.form


def test_text_is_shown_before_it_is_imported(
    open_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(WRITER)
    wire = tmp_path / "wire.txt"
    wire.write_text("Harbour opens\n\nBoats came in on Monday.\n", encoding="utf-8")
    take_files(window.parts, [wire])
    [dialog] = window.findChildren(PasteDialog)
    qtbot.waitUntil(lambda: "Boats came in" in dialog.text.toPlainText(), timeout=20_000)
    dialog.reject()


def test_edition_is_checked(
    open_window: Callable[..., MainWindow], settle: Settle, tmp_path: Path
) -> None:
    window = open_window(WRITER)
    edition = tmp_path / "site.zip"
    edition.write_bytes(b"no zip file")
    take_files(window.parts, [edition])
    [dialog] = window.findChildren(CheckDialog)
    settle()
    assert dialog.path.text() == str(edition)
    assert dialog.bar.text()
    dialog.reject()
