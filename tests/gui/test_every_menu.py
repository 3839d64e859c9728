"""Every menu fits a screen of 1024×600: no entry is off it, and no key is over its text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import EDITOR, OpenWindow, Settle
from tests.gui.looks import PSEUDO, TWICE, Look, use_look
from tests.gui.screens import Desks, show_screen

WIDE, HIGH = 1024, 600
_NATIVE = QKeySequence.SequenceFormat.NativeText


@pytest.fixture(autouse=True)
def _usual_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    use_look(qapp, Look())


def menus_of(window: MainWindow) -> list[QMenu]:
    """Return the menus of the bar with those inside them, and those of buttons in sight."""
    buttons = [button for button in window.findChildren(QToolButton) if button.isVisible()]
    of_buttons = [button.menu() for button in buttons if button.menu() is not None]
    return [*dict.fromkeys([*window.menuBar().findChildren(QMenu), *of_buttons])]


def problems_of(menu: QMenu) -> list[str]:
    """Open a menu; return what of it can't be read."""
    menu.popup(menu.pos())
    found = []
    size, metrics = menu.sizeHint(), menu.fontMetrics()
    if size.width() > WIDE:
        found.append(f"“{menu.title()}” is {size.width()} wide")
    if menu.height() > menu.screen().size().height():
        found.append(f"“{menu.title()}” is {menu.height()} high, and not scrolled")
    for action in menu.actions():
        place = menu.actionGeometry(action)
        text = metrics.horizontalAdvance(action.text().replace("&&", "\0").replace("&", ""))
        keys = metrics.horizontalAdvance(action.shortcut().toString(_NATIVE))
        if not action.isSeparator() and action.isVisible() and text + keys > place.width():
            found.append(f"“{action.text()}” and its key need {text + keys} of {place.width()}")
    menu.hide()
    return found


@pytest.mark.parametrize("language", ["en", "ar", PSEUDO])
def test_every_menu_can_be_read(
    qtbot: QtBot,
    open_window: OpenWindow,
    settle: Settle,
    stories: Desks,
    qapp: QApplication,
    language: str,
) -> None:
    use_look(qapp, Look(language=language))
    window = open_window(person=EDITOR)
    found = []
    for look in (Look(language=language), Look("contrast_dark", TWICE, language)):
        use_look(qapp, look)
        window.resize(WIDE, HIGH)
        show_screen("story", window, stories, settle)
        for menu in menus_of(window):
            found += problems_of(menu)
    assert found == []


@pytest.mark.parametrize("language", ["en", "ar", PSEUDO])
def test_menus_of_the_bar_fit_the_screen_in_the_usual_size(
    open_window: OpenWindow, qapp: QApplication, language: str
) -> None:
    use_look(qapp, Look(language=language))
    window = open_window(person=EDITOR)
    window.resize(WIDE, HIGH)
    heights = {
        menu.title(): menu.sizeHint().height() for menu in window.menuBar().findChildren(QMenu)
    }
    assert {title: height for title, height in heights.items() if height > HIGH} == {}
    bar = window.menuBar()
    assert all(bar.rect().contains(bar.actionGeometry(action)) for action in bar.actions())
