"""The preview in a window of its own: the same page, moved out and back, with its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.page.page_view import PageView
from editor.gui.widgets.screen_room import inside_frame
from editor.gui.window.main_window import MainWindow
from editor.gui.window.preview_window import PreviewWindow
from tests.gui.conftest import WRITER, Ask, OpenWindow, Settle

Write = Callable[..., str]

LONG = "\n\n".join(f"Boats came in at {hour} on Monday." for hour in range(200))


@pytest.fixture
def window(open_window: OpenWindow, write: Write, settle: Settle) -> MainWindow:
    """A window with a long story and its Checks, so that no engine runs yet."""
    story = write("harbour", "Harbour opens", body=LONG)
    made = open_window(person=WRITER)
    made.parts.show_story(story)
    settle()
    return made


def take_out(window: MainWindow, qtbot: QtBot) -> PreviewWindow:
    window.menu_actions["preview_window"].trigger()
    out = window.parts.preview.window
    assert out is not None
    qtbot.waitUntil(out.isActiveWindow)
    return out


def page_of(window: MainWindow, qtbot: QtBot) -> PageView:
    """The engine's view, once it shows the story."""
    preview = window.pane.preview
    assert preview is not None
    qtbot.waitUntil(
        lambda: preview.view is not None and preview.view.rendered is not None, timeout=20_000
    )
    assert preview.view is not None
    qtbot.waitUntil(lambda: preview.view is not None and not preview.view.loading, timeout=20_000)
    return preview.view


def press(qtbot: QtBot, widget: QWidget, keys: str) -> None:
    qtbot.keySequence(widget, QKeySequence(keys))
    QApplication.processEvents()


def test_page_moves_out_and_back_without_being_loaded_again_where_it_was_scrolled(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.menu_actions["preview"].trigger()
    view = page_of(window, qtbot)
    loads: list[str] = []
    view.page.loadStarted.connect(lambda: loads.append("load"))
    ask(view.page, "scrollTo(0, 900); 1")
    form = window.centre.form.width()
    out = take_out(window, qtbot)
    assert out.isAncestorOf(view)
    assert view.isVisible()
    assert out.windowTitle() == "Harbour opens – Preview – Stonehand"
    assert window.pane.isHidden()
    assert window.centre.form.width() > form
    assert window.menu_actions["preview_window"].isChecked()
    assert ask(view.page, "scrollY") == pytest.approx(900, abs=1)
    window.draft.edit(replace(window.draft.typed, headline="Harbour shuts"), "headline")
    qtbot.waitUntil(lambda: "Harbour shuts" in str(ask(view.page, "document.body.innerText")))
    assert out.windowTitle().startswith("Harbour shuts – ")
    out.close()
    qtbot.waitUntil(lambda: window.parts.preview.window is None)
    assert window.pane.isAncestorOf(view)
    assert view.isVisible()
    assert window.pane.tabs.current() == "preview"
    assert not window.menu_actions["preview_window"].isChecked()
    assert ask(view.page, "scrollY") == pytest.approx(900, abs=1)
    assert loads == []


def test_checks_stay_beside_the_story_while_the_page_is_elsewhere(
    window: MainWindow, qtbot: QtBot
) -> None:
    take_out(window, qtbot)
    assert window.pane.isVisible()
    assert window.pane.tabs.current() == "checks"
    window.activateWindow()
    window.menu_actions["preview"].trigger()
    assert window.pane.tabs.current() == "checks"
    out = window.parts.preview.window
    assert out is not None
    qtbot.waitUntil(out.isActiveWindow)


def test_keys_of_the_window_work_in_it(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    out = take_out(window, qtbot)
    view = page_of(window, qtbot)
    window.draft.edit(replace(window.draft.typed, headline="Harbour shuts"), "headline")
    qtbot.waitUntil(window.menu_actions["undo"].isEnabled)
    press(qtbot, out, "Ctrl+Z")
    assert window.draft.typed.headline == "Harbour opens"
    assert out.isActiveWindow()
    press(qtbot, out, "Ctrl+Shift+H")
    assert window.pane.page_width() == "phone"
    size = window.session.settings.text_size
    press(qtbot, out, "Ctrl+Shift+D")
    before = view.page.zoomFactor()
    for keys, percent in (("Ctrl++", 110), ("Ctrl++", 125), ("Ctrl+-", 110)):
        press(qtbot, out, keys)
        assert view.page.zoomFactor() == pytest.approx(before * percent / 100)
    assert out.zoom.text() == "Zoom: 110 %"
    press(qtbot, out, "Ctrl+0")
    assert view.page.zoomFactor() == pytest.approx(before)
    assert out.zoom.text() == ""
    assert window.session.settings.text_size == size
    press(qtbot, out, "F11")
    assert out.isFullScreen()
    assert not window.isFullScreen()
    press(qtbot, out, "Esc")
    assert not out.isFullScreen()
    press(qtbot, out, "Esc")
    qtbot.waitUntil(window.isActiveWindow)
    assert out.isVisible()
    settle()


def test_command_that_is_seen_in_the_main_window_brings_that_forward(
    window: MainWindow, qtbot: QtBot
) -> None:
    out = take_out(window, qtbot)
    press(qtbot, out, "Ctrl+F")
    qtbot.waitUntil(window.isActiveWindow)
    assert window.centre.search.close()
    out.activateWindow()
    qtbot.waitUntil(out.isActiveWindow)
    press(qtbot, out, "Ctrl+1")
    qtbot.waitUntil(window.isActiveWindow)
    assert window.centre.form.isAncestorOf(QApplication.focusWidget())


def test_its_title_is_on_the_screen(window: MainWindow, qtbot: QtBot) -> None:
    out = take_out(window, qtbot)
    room = out.screen().availableGeometry()
    assert inside_frame(room).contains(out.geometry())


def test_next_column_reaches_it_and_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    out = take_out(window, qtbot)
    press(qtbot, out, "F6")
    qtbot.waitUntil(window.isActiveWindow)
    assert window.places.isAncestorOf(QApplication.focusWidget())
    press(qtbot, window, "Shift+F6")
    qtbot.waitUntil(out.isActiveWindow)
    press(qtbot, out, "Shift+F6")
    qtbot.waitUntil(window.isActiveWindow)
    assert window.pane.isAncestorOf(QApplication.focusWidget())


def test_next_column_leaves_it_out_while_it_is_minimized(window: MainWindow, qtbot: QtBot) -> None:
    out = take_out(window, qtbot)
    out.showMinimized()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.places.setFocus()
    for part in (window.list, window.centre, window.pane, window.places):
        press(qtbot, window, "F6")
        assert part.isAncestorOf(QApplication.focusWidget())
    assert out.isMinimized()
    window.showMinimized()
    out.showNormal()
    out.activateWindow()
    qtbot.waitUntil(out.isActiveWindow)
    press(qtbot, out, "F6")
    qtbot.waitUntil(window.isActiveWindow)
    assert not window.isMinimized()


def test_key_that_closes_a_window_closes_it_alone(window: MainWindow, qtbot: QtBot) -> None:
    out = take_out(window, qtbot)
    press(qtbot, out, "Ctrl+W")
    qtbot.waitUntil(lambda: window.parts.preview.window is None)
    assert window.isVisible()
    assert window.pane.tabs.current() == "preview"


def test_main_window_that_is_closed_takes_it_along_and_remembers_where_it_was(
    window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    out = take_out(window, qtbot)
    out.setGeometry(40, 30, 700, 500)
    press(qtbot, out, "Ctrl++")
    # As when the session ends: every window is closed, in whatever order.
    out.close()
    window.close()
    state = window.state
    assert (state.preview_out, state.preview_box) == (True, (40, 30, 700, 500))
    assert (state.preview_shown, state.preview_zoom) == ("", 110)
    settle()


def test_main_window_that_ends_leaves_none_behind(window: MainWindow, qtbot: QtBot) -> None:
    out = take_out(window, qtbot)
    gone: list[str] = []
    out.destroyed.connect(lambda: gone.append("window"))
    window.release()
    assert gone
    assert window.parts.preview.window is None


@pytest.mark.parametrize("shown", ["", "full", "maximized"])
def test_it_is_where_it_was_without_taking_the_keyboard(
    open_window: OpenWindow, write: Write, qtbot: QtBot, shown: str
) -> None:
    write("harbour")
    state = {"preview_box": (60, 50, 500, 400), "preview_shown": shown, "preview_zoom": 150}
    window = open_window(preview_out=True, pane=False, **state)
    qtbot.waitUntil(lambda: window.parts.preview.window is not None)
    out = window.parts.preview.window
    assert out is not None
    qtbot.waitUntil(window.isActiveWindow)
    assert (out.box(), out.shown()) == ((60, 50, 500, 400), shown)
    assert window.pane.isHidden()
    assert {name: window.parts.preview.remembered()[name] for name in state} == state
    window.parts.preview.bring_back()
    assert window.pane.isVisible()


@pytest.mark.parametrize("zoom", [-7, 0, 123, 10**9])
def test_zoom_that_is_none_is_the_usual_one(open_window: OpenWindow, zoom: int) -> None:
    window = open_window(preview_out=True, preview_zoom=zoom, preview_shown="sideways")
    assert window.parts.preview.remembered()["preview_zoom"] == 100
    assert window.parts.preview.window is not None
    assert window.parts.preview.window.shown() == ""


def test_it_stays_while_the_text_is_alone_and_comes_back_into_the_hidden_column(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.menu_actions["preview"].trigger()
    take_out(window, qtbot)
    window.activateWindow()
    window.parts.focus_mode.toggle()
    assert window.parts.preview.is_out
    window.parts.preview.bring_back()
    assert window.pane.isHidden()
    window.parts.focus_mode.leave()
    assert window.pane.isVisible()
