"""What can't go out is refused with the reason, and the caret is where it can be put right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from editor.core.workflow import Stage
from editor.gui.story.labelled_field import BoundField
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


def problem_at(window: MainWindow, path: str) -> str:
    """What is said beside a field of the form."""
    cells = [part for part in window.centre.form.parts if isinstance(part, BoundField)]
    return next(cell.problem() for cell in cells if cell.path == path)


def submit(window: MainWindow, settle: Settle) -> None:
    window.menu_actions["primary"].trigger()
    settle()


def test_a_new_story_without_anything_is_not_submitted(
    open_window: OpenWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    window = open_window(person=WRITER)
    window.draft.new()
    submit(window, settle)
    assert window.centre.problem.text() == "The story has no headline."
    assert window.centre.form.headline.hasFocus()
    assert "no headline" in problem_at(window, "headline")
    assert reading(desk).rows() == [], "nothing was saved either"
    qtbot.keyClicks(window.centre.form.headline, "Ferry")
    assert problem_at(window, "headline") == ""
    submit(window, settle)
    assert window.centre.problem.text() == "The story has no body."
    assert window.centre.form.body.hasFocus()
    qtbot.keyClicks(window.centre.form.body, "It sails.")
    submit(window, settle)
    [row] = reading(desk).rows()
    assert row.stage is Stage.REVIEW


def test_an_editor_who_emptied_the_text_can_t_approve_it(
    open_window: OpenWindow, write: Write, desk: Desk, settle: Settle
) -> None:
    story = write("ferry", stage=Stage.REVIEW)
    window = open_window(person=EDITOR)
    window.parts.open_story(story)
    settle()
    window.draft.set_value("body", "")
    assert window.centre.shows_review()
    submit(window, settle)
    assert not window.centre.shows_review(), "the form is where it can be put right"
    assert window.centre.form.body.hasFocus()
    assert reading(desk).row(story).stage is Stage.REVIEW
