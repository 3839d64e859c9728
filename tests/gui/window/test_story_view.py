"""The form is as it was left: the caret, the scroll and the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.workflow import Stage
from editor.gui.window.main_window import MainWindow
from editor.gui.window.story_view import caret_of, page_scroll_in, show_view, view_of
from editor.store.desk import Desk
from tests.gui.conftest import WRITER, Ask, OpenWindow, Settle
from tests.gui.window.test_detached_preview import page_of

Write = Callable[..., str]
LONG = "\n\n".join(f"Boats came in at {hour} on Monday." for hour in range(200))


def reopened(
    open_window: OpenWindow, desk: Desk, window: MainWindow, qtbot: QtBot
) -> tuple[MainWindow, dict[str, str]]:
    """Another window with what is remembered of this one."""
    state = window.current_state()
    again = open_window(person=WRITER, desks=state.desks)
    qtbot.waitUntil(lambda: again.draft.open_story.is_open)
    return again, dict(state.on_desk(desk.path))


@pytest.mark.parametrize("has_focus", [True, False])
def test_caret_and_scroll_come_back_and_the_focus_where_it_was(
    open_window: OpenWindow,
    write: Write,
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    has_focus: bool,
) -> None:
    story = write("harbour", body=LONG)
    window = open_window(person=WRITER)
    window.parts.show_story(story)
    settle()
    form = window.centre.form
    form.body.setFocus()
    form.body.select(3000, 3000)
    if not has_focus:
        window.parts.list.setFocus()
        window.list.view.setFocus()
    form.verticalScrollBar().setValue(700)
    again, last = reopened(open_window, desk, window, qtbot)
    assert (last["caret"], last["scroll"]) == ("body 3000", "700")
    qtbot.waitUntil(lambda: again.centre.form.verticalScrollBar().value() == 700)
    assert again.centre.form.body.caret() == 3000
    focused = QApplication.focusWidget()
    assert again.centre.form.isAncestorOf(focused) is has_focus
    assert view_of(again.centre.form)["scroll"] == "700"
    assert again.current_state().on_desk(desk.path)["caret"] == "body 3000"


def test_page_comes_back_scrolled_as_far_and_another_story_starts_at_its_top(
    open_window: OpenWindow, write: Write, desk: Desk, qtbot: QtBot, ask: Ask, settle: Settle
) -> None:
    story, other = write("harbour", body=LONG, stage=Stage.APPROVED), write("market", body=LONG)
    window = open_window(person=WRITER)
    window.parts.open_story(story)
    window.menu_actions["preview"].trigger()
    page = page_of(window, qtbot).page
    ask(page, "scrollTo(0, 900); 1")
    qtbot.waitUntil(lambda: window.pane.page_scroll() == pytest.approx(900, abs=2))
    again, last = reopened(open_window, desk, window, qtbot)
    assert int(last["page"]) == pytest.approx(900, abs=2)
    settle()
    assert again.current_state().on_desk(desk.path)["page"] == last["page"], "not shown yet"
    again.menu_actions["preview"].trigger()
    page = page_of(again, qtbot).page
    qtbot.waitUntil(lambda: ask(page, "scrollY") == pytest.approx(900, abs=2))
    third, _last = reopened(open_window, desk, again, qtbot)
    settle()
    third.parts.open_story(other)
    settle()
    third.menu_actions["preview"].trigger()
    page = page_of(third, qtbot).page
    settle()
    assert ask(page, "scrollY") == 0
    assert third.current_state().on_desk(desk.path)["page"] == "0"


def test_view_of_one_story_is_not_shown_in_another(
    open_window: OpenWindow, write: Write, desk: Desk, settle: Settle
) -> None:
    story, other = write("harbour", body=LONG), write("market", body=LONG)
    last = {"story": story, "place": "drafts", "caret": "body 3000", "scroll": "700"}
    window = open_window(person=WRITER, desks={str(desk.path): last})
    window.parts.show_story(other)
    settle()
    view = window.current_state().on_desk(desk.path)
    assert (view["story"], view["scroll"]) == (other, "0")
    assert not view["caret"].startswith("body")


UNUSABLE: list[dict[str, str]] = [
    {},
    {"caret": "body", "scroll": ""},
    {"caret": "nowhere 7", "scroll": "-4"},
    {"caret": "body 99999999999999999999", "scroll": "9" * 30},
    {"caret": "body \u0663", "scroll": "1e3", "focus": "no"},
    {"caret": " ", "scroll": "\u00b2"},
    {"caret": "pictures/7/caption 3", "focus": "form"},
    {"page": "-900"},
    {"page": "9e9"},
]


def test_unusable_view_is_as_none(open_window: OpenWindow, write: Write, settle: Settle) -> None:
    story = write("harbour", body=LONG)
    window = open_window(person=WRITER)
    window.parts.open_story(story)
    settle()
    for view in UNUSABLE:
        show_view(window.centre.form, view)
        settle()
        assert window.centre.form.verticalScrollBar().value() == 0, view
        assert window.centre.form.body.caret() == 0, view
        assert caret_of(window.centre.form) is None, view
        assert page_scroll_in(view) == 0, view
