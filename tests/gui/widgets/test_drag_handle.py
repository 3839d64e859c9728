"""The drag handle: it tells of drags, not of clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.gui.widgets.drag_handle import DragHandle


@pytest.fixture
def handle(qtbot: QtBot) -> DragHandle:
    handle = DragHandle("Drag to another place, or press Alt+Up or Alt+Down")
    qtbot.addWidget(handle)
    handle.resize(20, 30)
    handle.show()
    qtbot.waitExposed(handle)
    return handle


def drag(handle: QWidget, to: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    QTest.mousePress(handle, button, pos=QPoint(5, 5))
    QTest.mouseMove(handle, to)
    QTest.mouseRelease(handle, button, pos=to)


def test_drag_gives_places_on_the_screen(handle: DragHandle) -> None:
    dragged: list[QPoint] = []
    dropped: list[QPoint] = []
    handle.dragged.connect(dragged.append)
    handle.dropped.connect(dropped.append)
    drag(handle, QPoint(5, 80))
    assert dragged == dropped == [handle.mapToGlobal(QPoint(5, 80))]


def test_click_and_other_buttons_move_nothing(handle: DragHandle) -> None:
    dropped: list[QPoint] = []
    handle.dropped.connect(dropped.append)
    drag(handle, QPoint(6, 6))
    drag(handle, QPoint(5, 80), Qt.MouseButton.RightButton)
    assert dropped == []


def test_handle_has_a_name_and_tells_the_keys(handle: DragHandle) -> None:
    assert handle.accessibleName() == "Drag handle"
    assert "Alt+Up" in handle.accessibleDescription()
