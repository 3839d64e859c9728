"""A desk that can't be opened, of which a window is shown already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from editor.errors import DeskDamaged, DeskInUse, EditorError
from editor.gui.window.main_window import MainWindow
from editor.gui.window.start_window import StartWindow
from editor.store.journal import Journal
from tests.gui.test_later import Stonehand, path, stonehand, story

__all__ = ["path", "stonehand", "story"]


def stay(_window: MainWindow) -> None:
    """Stay in the story."""


def save_and_begin_another(window: MainWindow) -> None:
    window.draft.save()
    window.draft.new()


def shows(window: StartWindow | None, text: str) -> bool:
    labels = window.page.findChildren(QLabel) if window is not None else []
    return text in {part.text() for part in labels}


@pytest.mark.parametrize(
    ("error", "leave"),
    [
        (DeskInUse, stay),
        (DeskDamaged, stay),
        (DeskDamaged, MainWindow.close),
        (DeskDamaged, lambda window: window.draft.new()),
        (DeskDamaged, save_and_begin_another),
    ],
    ids=["in use", "stay", "close", "new", "save"],
)
def test_desk_that_can_not_be_opened_says_so_and_gives_the_typed_text_back(
    stonehand: Stonehand,
    path: Path,
    story: str,
    error: type[EditorError],
    leave: Callable[[MainWindow], object],
) -> None:
    def refuse(_path: Path) -> None:
        raise error("The desk can't be opened.", "Look at it.")

    stonehand.meanwhile = refuse
    stonehand.start(path)
    stonehand.window.draft.set_value("headline", "Harbour opens at last")
    leave(stonehand.window)
    stonehand.may_open.set()
    application = stonehand.application
    assert application is not None
    # Where it is in use, the window that has it is asked first to show itself.
    stonehand.wait(lambda: shows(application.start_window, "The desk can't be opened."))
    assert application.window is None
    page = application.start_window.page
    [copy] = [part for part in page.findChildren(QPushButton) if "Copy" in part.text()]
    copy.click()
    assert "Harbour opens at last" in QApplication.clipboard().text()
    # The drafts of a desk that another window has open are that window's.
    kept = Journal(path / "drafts").read(f"story:{story}")
    assert (kept is not None) is (error is DeskDamaged)
