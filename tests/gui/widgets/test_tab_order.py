"""The focus that is put into a part of a window."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.widgets.layout import column
from editor.gui.widgets.tab_order import focus_into


def test_focus_put_into_a_window_before_it_is_shown_is_there_then(qtbot: QtBot) -> None:
    window, first, second = QWidget(), QPushButton("First"), QPushButton("Second")
    column(first, second, inside=window)
    qtbot.addWidget(window)
    assert focus_into(second)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert QApplication.focusWidget() is second
