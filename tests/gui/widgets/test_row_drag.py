"""Rows that are dragged say from where to where, and only if that is another place."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.gui.widgets.drag_handle import DragHandle
from editor.gui.widgets.row_drag import RowDrag


def test_rows_are_dropped_between_others(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(100, 90)
    rows = [QWidget(ground) for _row in range(3)]
    drag, moved = RowDrag(ground, lambda: rows), list[tuple[int, int]]()
    drag.moved.connect(lambda place, to: moved.append((place, to)))
    handles = [DragHandle("Drag", row) for row in rows]
    for number, (row, handle) in enumerate(zip(rows, handles, strict=True)):
        row.setGeometry(0, 30 * number, 100, 30)
        drag.add(row, handle)
    ground.show()
    for number, y in ((0, 89), (2, 1), (1, 50), (1, 31), (0, 40)):
        at = ground.mapToGlobal(QPoint(5, y))
        handles[number].dragged.emit(at)
        handles[number].dropped.emit(at)
    assert moved == [(0, 2), (2, 0)]
    handles[0].dragged.emit(ground.mapToGlobal(QPoint(5, 50)))
    assert not drag._line.isHidden()
