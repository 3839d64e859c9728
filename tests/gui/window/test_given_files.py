"""Files that the window was given, at its start or by a drop: each goes its own way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.exporting.check_dialog import CheckDialog
from editor.gui.incoming.dialog import PasteDialog
from editor.gui.preferences.masthead import MastheadDialog
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.window.contents import Contents
from editor.gui.window.given_files import say_what_files_do, take_files
from editor.gui.window.main_window import MainWindow
from editor.trust.keyring import KeyFolder, ensure_key
from tests.gui.conftest import CHIEF, WRITER
from tests.gui.widgets.test_file_drop import drop, files, hold

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


@pytest.mark.parametrize(
    ("person", "refused"), [(CHIEF, ""), (WRITER, "Only a chief can add somebody to the masthead.")]
)
def test_key_line_is_shown_on_the_masthead(
    open_window: Callable[..., MainWindow],
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    person: str,
    refused: str,
) -> None:
    window = open_window(person)
    key = ensure_key(KeyFolder(tmp_path / "elsewhere", "passphrase", cost=1), "لينا حداد").public
    file = tmp_path / "lina.stonehand-key"
    file.write_text(key.line("لينا حداد") + "\n", encoding="utf-8")
    take_files(window.parts, [file])
    [dialog] = window.findChildren(MastheadDialog)
    settle()
    assert dialog.new.name.text() == "لينا حداد"
    assert key.words in dialog.new.words.text(), "to be compared before anything is signed"
    assert dialog.bar.text() == refused
    assert dialog.new.isEnabled() == (not refused)
    dialog.new.clear()
    dialog.reject()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("wire", "“wire” can't be read: Is a device or a pipe, not a file."),
        ("boat.jpg", "The file boat.jpg can't be read: Is a device or a pipe, not a file."),
        ("lina.stonehand-key", "lina.stonehand-key can't be read: Is a device or a pipe"),
        ("site.zip", "There is nothing to check at"),
    ],
)
def test_pipe_is_refused_and_holds_nothing(
    open_window: Callable[..., MainWindow],
    settle: Settle,
    tmp_path: Path,
    name: str,
    sentence: str,
) -> None:
    window = open_window(CHIEF)
    pipe = tmp_path / name
    os.mkfifo(pipe)
    take_files(window.parts, [pipe])
    settle()
    bars = [bar.text() for bar in window.findChildren(ProblemBar) if bar.text()]
    assert [text for text in bars if sentence in text], bars
    for dialog in window.findChildren(Dialog):
        dialog.reject()


def test_what_a_drop_does_is_said_of_each_kind(tmp_path: Path) -> None:
    desk, edition = tmp_path / "Paper.desk", tmp_path / "site"
    desk.mkdir()
    edition.mkdir()
    assert say_what_files_do([]) == ""
    assert say_what_files_do([desk]) == "Drop to open this desk"
    assert say_what_files_do([edition]) == "Drop to check this edition"
    assert say_what_files_do([tmp_path / "site.ZIP"]) == "Drop to check this edition"
    (desk / "desk.sqlite3").touch()
    assert say_what_files_do([desk / "desk.sqlite3"]) == "Drop to open this desk"
    assert say_what_files_do([tmp_path / "lina.stonehand-key"]) == "Drop to add to the masthead"
    assert say_what_files_do([tmp_path / "a.jpg"]) == "Drop to add to the pictures of a story"
    assert say_what_files_do([tmp_path / "a.jpg", tmp_path / "b.txt"]) == "Drop to import"


def test_text_is_dropped_on_the_list_and_pictures_on_the_form(
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
    picture, wire = tmp_path / "boat.jpg", tmp_path / "wire.txt"
    picture.write_bytes(jpeg)
    wire.write_text("Harbour opens\n\nBoats came in on Monday.\n", encoding="utf-8")
    form = window.centre.form
    [contents] = window.findChildren(Contents)
    assert hold(form.body.viewport(), files(picture))
    assert form.drop.sentence == "Drop to add to the pictures of this story"
    assert contents.drop.sentence == ""
    drop(form.viewport(), files(picture))
    qtbot.waitUntil(lambda: len(window.draft.typed.pictures) == 1, timeout=20_000)
    body = window.draft.typed.body
    for over in (window.list, form.body.viewport()):
        assert hold(over, files(wire))
        assert contents.drop.sentence == "Drop to import"
        assert form.drop.sentence == ""
    drop(window.list, files(wire))
    [dialog] = window.findChildren(PasteDialog)
    qtbot.waitUntil(lambda: "Boats came in" in dialog.text.toPlainText(), timeout=20_000)
    dialog.reject()
    assert window.draft.typed.body == body


def test_desk_is_dropped_and_opened(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    window = open_window(WRITER)
    opened: list[str] = []
    window.desk_wanted.connect(opened.append)
    desk = tmp_path / "Paper.desk"
    desk.mkdir()
    data = files(desk)
    assert hold(window.list, data)
    drop(window.list, data)
    assert opened == [str(desk)]
