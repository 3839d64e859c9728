"""Imported files: what can't be used is named, and what can be is saved."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from editor.core.workflow import Stage
from editor.errors import EditorError
from editor.gui.incoming.dialog import PasteDialog
from editor.gui.incoming.imports import Imported
from editor.gui.session import Session
from editor.gui.window.importing import ReadFiles, read_files, save_files
from editor.gui.window.main_window import MainWindow
from editor.progress import Progress
from editor.store.desk import Desk
from tests.reading import reading

WIRE = """Norland orders two electric ferries

PORT ELLERY, Norland, March 3 (HP) - The ferry line ordered two electric boats on Tuesday.

The boats will carry 400 passengers each, the line said.
"""


def read(*paths: Path) -> ReadFiles:
    return read_files(list(paths), Progress())


def test_unusable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good, binary, gone = tmp_path / "good.txt", tmp_path / "photo.jpg", tmp_path / "gone.txt"
    good.write_text(WIRE, encoding="utf-8")
    binary.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
    found = read(gone, binary, good)
    assert found.sources == ("good.txt",)
    assert len(found.refused) == 2
    assert "gone.txt" in found.refused[0].sentence
    assert found.incoming[0].stories[0].headline == "Norland orders two electric ferries"


def test_only_the_beginning_of_a_film_is_read_among_other_files(tmp_path: Path) -> None:
    good, film = tmp_path / "good.txt", tmp_path / "film.txt"
    good.write_text(WIRE, encoding="utf-8")
    with film.open("wb") as file:
        file.truncate(200 * 1024**2)
    tracemalloc.start()
    found = read(film, good)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50 * 1024**2
    assert found.sources == ("good.txt",)
    assert "4 MB is the limit" in found.refused[0].sentence


def test_several_unusable_files_are_one_problem(
    session: Session, problems: list[EditorError], tmp_path: Path
) -> None:
    found = read(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt")
    save_files(session, found, lambda _imported: None)
    [problem] = problems
    assert "2 other files can't be used." in problem.hint


def test_imported_stories_are_on_the_desk(
    session: Session, settle: Callable[[], None], tmp_path: Path, desk: Desk
) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(2)]
    for path in paths:
        path.write_text(WIRE, encoding="utf-8")
    imported: list[Imported] = []
    save_files(session, read(*paths), imported.append)
    settle()
    [added] = imported
    assert [reading(desk).stored(id).story.dateline.city.lower() for id in added.stories] == [
        "port ellery"
    ] * 2
    assert session.counts.stages


def test_pasted_wire_is_named_in_the_window_and_undone_there(
    open_window: Callable[..., MainWindow],
    desk: Desk,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    window = open_window()
    QGuiApplication.clipboard().setText(WIRE)
    window.menu_actions["paste_wire"].trigger()
    settle()
    [dialog] = window.findChildren(PasteDialog)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    with qtbot.waitSignal(dialog.imported):
        dialog.import_button.click()
    settle()
    [row] = reading(desk).rows()
    assert "“Norland orders two electric ferries”" in window.centre.toast.text()
    window.centre.toast.undo()
    settle()
    assert reading(desk).stored(row.id).state.stage is Stage.SPIKED
    QGuiApplication.clipboard().clear()
