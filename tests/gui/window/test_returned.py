"""A returned story reaches who wrote it: in their drafts, marked, with the note on opening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from editor.core.commands import Return, SaveStory
from editor.core.workflow import Stage
from editor.gui.library.places import MINE
from editor.gui.library.rows import ROW
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import EDITOR, WRITER
from tests.reading import reading

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "Vulkan", "RHI", "QRhi", "OpenGL", "Sandboxing", "GBM", "GPU"
)

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def returned(desk: Desk, write: Write) -> str:
    """A story by the writer that the editor changed, and returned with a note."""
    story = write("ferry", stage=Stage.REVIEW)
    stored = reading(desk).stored(story)
    desk.do(SaveStory(replace(stored.story, kicker="Sea"), 1), EDITOR)
    desk.do(Return(story, 2, "Which day does it sail?"), EDITOR)
    return story


def test_the_writer_finds_it_marked_in_their_drafts(
    open_window: OpenWindow, returned: str, settle: Settle
) -> None:
    window = open_window(person=WRITER)
    window.places.go(MINE)
    settle()
    index = window.list.view.model().index(0, 0)
    assert index.data(ROW).id == returned
    assert f"Returned by {EDITOR}" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_opening_it_shows_the_note_and_leads_to_all_notes(
    open_window: OpenWindow, returned: str, settle: Settle
) -> None:
    window = open_window(person=WRITER)
    window.parts.open_story(returned)
    settle()
    notice = window.centre.form.notice
    assert notice.text() == f"{EDITOR} returned this story: “Which day does it sail?”"
    [show] = [found for found in notice.findChildren(QPushButton) if "notes" in found.text()]
    show.click()
    settle()
    assert window.pane.tabs.current() == "notes"
    window.menu_actions["primary"].trigger()
    settle()
    assert notice.text() == "", "submitted again, it is not theirs any more"


def test_who_returned_it_is_not_told_again_and_has_no_draft_of_it(
    open_window: OpenWindow, returned: str, settle: Settle
) -> None:
    window = open_window(person=EDITOR)
    window.places.go(MINE)
    settle()
    assert window.list.view.model().rowCount() == 0
    window.parts.open_story(returned)
    settle()
    assert window.centre.form.notice.text() == ""
