"""What can't go out is refused with the reason, and the caret is where it can be put right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from editor.core.findings import TextPlace
from editor.core.paths import value_at
from editor.core.workflow import Stage
from editor.gui.story.labelled_field import BoundField
from editor.gui.widgets.text_field import TextField
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import EDITOR, WRITER
from tests.gui.hands import Hands
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
    assert window.centre.problem.text() == "", "what was refused has been done"


def test_a_story_left_at_once_after_submit_is_submitted(
    open_window: OpenWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    window = open_window(person=WRITER)
    window.draft.new()
    qtbot.keyClicks(window.centre.form.headline, "Ferry")
    qtbot.keyClicks(window.centre.form.body, "It sails.")
    window.menu_actions["save"].trigger()
    qtbot.keyClicks(window.centre.form.body, " Again.")
    window.menu_actions["primary"].trigger()
    window.menu_actions["new"].trigger()
    settle()
    [row] = reading(desk).rows()
    assert (row.stage, row.version) == (Stage.REVIEW, 2)
    assert reading(desk).stored(row.id).story.body == "It sails. Again."
    assert window.draft.open_story.key != row.id, "and the new story is still open"
    assert desk.journal.entries() == {}


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


FIELDS = [
    ("embargo", "tomorrow 6am", "Embargo: “tomorrow 6am” is not a date and time."),
    ("slug", "Not A Slug", "Slug: “Not A Slug” can't be a slug."),
    ("dateline/date", "Tuesday", "Dateline: date: "),
]
"""One of each kind of field."""
INSTANTS = [
    ("publish_at", "noon", "Publishing time: “noon” is not a date and time."),
    ("expires", "2026-13-01", "Expiry: “2026-13-01” is not a date and time."),
]
"""More fields of the kind that an embargo has."""


def field(window: MainWindow, path: str) -> TextField:
    """The text field of a path, where a person would find it, with all of it selected."""
    window.parts.go_to(TextPlace(path))
    found = dict(window.centre.form.text_fields())[path]
    found.selectAll()
    return found


def test_a_story_with_a_value_that_can_t_be_read_is_not_submitted(
    open_window: OpenWindow, write: Write, desk: Desk, hands: Hands, settle: Settle
) -> None:
    window = open_window(person=WRITER)
    for number, (path, typed, sentence) in enumerate([*FIELDS, *INSTANTS]):
        story = write(f"ferry-{number}")
        window.parts.open_story(story)
        settle()
        hands.type(field(window, path), typed)
        window.centre.form.headline.setFocus()
        submit(window, settle)
        assert window.centre.problem.text().startswith(sentence)
        assert dict(window.centre.form.text_fields())[path].hasFocus(), path
        assert reading(desk).row(story).stage is Stage.DRAFT, path


@pytest.mark.parametrize(("path", "typed", "sentence"), FIELDS)
def test_what_can_t_be_read_is_kept_with_its_story(
    open_window: OpenWindow,
    write: Write,
    desk: Desk,
    hands: Hands,
    settle: Settle,
    qtbot: QtBot,
    path: str,
    typed: str,
    sentence: str,
) -> None:
    """It outlives a save, another story and a restart, and is never in a version."""
    story, other = write("ferry"), write("quay")
    window = open_window(person=WRITER)
    window.parts.open_story(story)
    settle()
    hands.type(field(window, path), typed)
    hands.type(window.centre.form.headline, "New: ")
    window.menu_actions["save"].trigger()
    settle()
    assert window.centre.problem.text().startswith(sentence)
    for _visit in range(2):
        window.parts.open_story(other)
        settle()
        assert field(window, path).text() != typed
        window.parts.open_story(story)
        settle()
        assert field(window, path).text() == typed
        assert window.centre.form.notice.text().startswith(sentence)
    hands.type(window.centre.form.headline, "Again: ")
    window.close()
    settle()
    again = open_window(person=WRITER)
    again.parts.open_story(story)
    settle()
    assert field(again, path).text() == typed
    assert value_at(reading(desk).stored(story).story, path) in ("", "ferry")
    submit(again, settle)
    assert reading(desk).row(story).stage is Stage.DRAFT
    hands.undo(field(again, path))
    assert again.centre.form.notice.text() == ""
    submit(again, settle)
    assert reading(desk).row(story).stage is Stage.REVIEW
    qtbot.waitUntil(lambda: desk.journal.read(f"story:{story}") is None)


def test_a_new_story_keeps_what_can_t_be_read_once_it_is_saved(
    open_window: OpenWindow, write: Write, desk: Desk, hands: Hands, settle: Settle
) -> None:
    other = write("quay")
    window = open_window(person=WRITER)
    window.draft.new()
    hands.type(window.centre.form.headline, "Ferry")
    hands.type(field(window, "embargo"), "tomorrow 6am")
    window.parts.open_story(other)
    settle()
    [story] = [row.id for row in reading(desk).rows() if row.id != other]
    window.parts.open_story(story)
    settle()
    assert field(window, "embargo").text() == "tomorrow 6am"
    assert list(desk.journal.entries()) == [f"story:{story}"]
    hands.type(field(window, "embargo"), "2026-03-03 18:00")
    window.menu_actions["save"].trigger()
    settle()
    assert reading(desk).stored(story).story.embargo
    assert not desk.journal.entries()


def test_an_editor_can_t_approve_what_can_t_be_read(
    open_window: OpenWindow, write: Write, desk: Desk, hands: Hands, settle: Settle
) -> None:
    story = write("ferry", stage=Stage.REVIEW)
    window = open_window(person=EDITOR)
    window.parts.open_story(story)
    settle()
    hands.type(field(window, "embargo"), "tomorrow 6am")
    window.centre.switch()
    submit(window, settle)
    assert "tomorrow 6am" in window.centre.problem.text()
    assert not window.centre.shows_review()
    assert field(window, "embargo").hasFocus()
    assert reading(desk).row(story).stage is Stage.REVIEW
