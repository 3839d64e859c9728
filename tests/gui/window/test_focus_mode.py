"""Focus mode: the page alone, its keys as before, and the bars under the pointer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.widgets.tab_order import focus_into
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import OpenWindow

Write = Callable[..., str]
Settle = Callable[[], None]


def around(window: MainWindow) -> dict[str, bool]:
    parts = {
        "menus": window.menuBar(),
        "top": window.top,
        "places": window.places,
        "list": window.list,
        "pane": window.pane,
        "status": window.status,
    }
    return {name: part.isVisible() and part.height() > 0 for name, part in parts.items()}


def story_in_form(window: MainWindow, story: str, settle: Settle, qtbot: QtBot) -> QWidget:
    window.parts.show_story(story)
    settle()
    body = window.centre.form.body
    body.setFocus()
    qtbot.waitUntil(body.hasFocus)
    return body


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)
    QApplication.processEvents()


def enter(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    QApplication.sendEvent(widget, QEnterEvent(place, place, widget.mapToGlobal(place)))
    QApplication.processEvents()


def test_only_the_form_is_left_and_esc_or_the_key_brings_the_rest_back(
    open_window: OpenWindow, write: Write, settle: Settle, qtbot: QtBot
) -> None:
    story, window = write("quay", "Boats"), open_window()
    body = story_in_form(window, story, settle, qtbot)
    before, sizes, size = around(window), window.columns.sizes(), window.size()
    assert all(before.values())
    for end in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
        press(Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
        assert not any(around(window).values())
        assert window.centre.form.isVisible()
        assert body.hasFocus(), "the caret stays"
        assert window.menu_actions["focus_mode"].isChecked()
        is_key = end is Qt.Key.Key_F11
        press(end, Qt.KeyboardModifier.ShiftModifier if is_key else Qt.KeyboardModifier.NoModifier)
        assert around(window) == before
        assert body.hasFocus()
        assert not window.menu_actions["focus_mode"].isChecked()
        assert window.columns.sizes() == sizes
    assert window.size() == size


def test_it_begins_in_the_text_wherever_the_focus_was(
    open_window: OpenWindow, write: Write, settle: Settle, qtbot: QtBot
) -> None:
    story, window = write("quay", "Boats"), open_window()
    body = story_in_form(window, story, settle, qtbot)
    headline = window.centre.form.headline
    for before, expected in ((body, body), (headline, headline), (None, body)):
        window.centre.problem.show_text("The story was refused.", "", ("Try again", window.update))
        [button, *_rest] = window.centre.problem.findChildren(QPushButton)
        (before or window.centre.form.dateline.more).setFocus()
        button.setFocus()
        focus_into(window.list)
        window.menu_actions["focus_mode"].trigger()
        assert window.focusWidget() is expected
        window.menu_actions["focus_mode"].trigger()


def test_keys_work_in_focus_mode(
    open_window: OpenWindow, write: Write, settle: Settle, qtbot: QtBot
) -> None:
    story, window = write("quay", "Boats"), open_window()
    story_in_form(window, story, settle, qtbot)
    window.menu_actions["focus_mode"].trigger()
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.centre.isAncestorOf(focused)
    assert focused is not window.centre.form.body, "the find bar has the focus"
    press(Qt.Key.Key_Escape)
    assert window.parts.focus_mode.is_on, "Esc closes the find bar first"
    press(Qt.Key.Key_Escape)
    assert not window.parts.focus_mode.is_on


def test_what_needs_a_hidden_part_ends_it(
    open_window: OpenWindow, write: Write, settle: Settle, qtbot: QtBot
) -> None:
    story, window = write("quay", "Boats"), open_window()
    for action, part in (
        ("search", window.top.search),
        ("checks", window.pane),
        ("pane", window.pane),
        ("places", window.places),
    ):
        story_in_form(window, story, settle, qtbot)
        window.menu_actions["focus_mode"].trigger()
        assert not part.isVisible()
        window.menu_actions[action].trigger()
        assert not window.parts.focus_mode.is_on, action
        assert part.isVisible(), action
        settle()
    window.menu_actions["focus_mode"].trigger()
    window.parts.places.go("banner")
    settle()
    assert not window.parts.focus_mode.is_on


def test_bars_are_there_while_the_pointer_is(
    open_window: OpenWindow, write: Write, settle: Settle, qtbot: QtBot
) -> None:
    story, window = write("quay", "Boats"), open_window()
    story_in_form(window, story, settle, qtbot)
    window.menu_actions["focus_mode"].trigger()
    contents = window.centralWidget()
    edge = contents.childAt(contents.width() // 2, 1)
    assert edge is not None
    enter(edge)
    shown = around(window)
    assert shown["menus"]
    assert shown["top"]
    assert not shown["list"]
    enter(window.centre)
    assert not any(around(window).values())
    window.resize(1200, 800)
    QApplication.processEvents()
    assert contents.childAt(contents.width() - 2, 1) is edge
    enter(edge)
    window.menu_actions["focus_mode"].trigger()
    assert all(around(window)[name] for name in ("menus", "top", "list", "status"))


def test_window_that_becomes_narrow_in_it_has_the_columns_of_a_narrow_one(
    open_window: OpenWindow, write: Write, settle: Settle, qtbot: QtBot
) -> None:
    story, window = write("quay", "Boats"), open_window()
    story_in_form(window, story, settle, qtbot)
    window.menu_actions["focus_mode"].trigger()
    window.resize(1024, 600)
    QApplication.processEvents()
    assert not any(around(window).values())
    state = window.current_state()
    assert state.places
    assert state.pane
    assert all(state.columns)
    window.menu_actions["focus_mode"].trigger()
    assert around(window) == {
        "menus": True,
        "top": True,
        "places": False,
        "list": True,
        "pane": True,
        "status": True,
    }
