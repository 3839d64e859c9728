"""The rows of a pick list: a name, perhaps a note below it; dragged where order matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.gui.theme import color, set_kind
from editor.gui.widgets.layout import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_NOTE = int(Qt.ItemDataRole.UserRole)
_WARNS = _NOTE + 1
_ACROSS, _ALONG = 8, 5
"""Pixels around the text of a row with a note."""


class Pick(NamedTuple):
    """One value, its name on screen, and the text of its tool tip.

    `note` is a line below the name, in the colour of a warning if it `warns`.
    """

    value: str
    name: str
    tip: str = ""
    note: str = ""
    warns: bool = False


class PickRows(QListWidget):
    """A list as tall as its rows, or one that scrolls; its owner handles the keys that change it.

    While a row is dragged the others make room for it; `dropped` comes at the end.
    `empty` is what it says while it has no rows.
    """

    key_pressed = Signal(QKeyEvent)
    """A key event, to be ignored if the list should handle it."""
    dropped = Signal(int, int)
    """From which place a row was dragged, and to which."""

    def __init__(
        self, *, scrolls: bool = False, empty: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._empty = empty
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab passes a list that has no rows
        set_kind(self, "picks")
        self.can_drag = False
        self._scrolls, self._dragged_from = scrolls, -1
        if not scrolls:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(_NotedRows(self))

    def show_picks(self, picks: Sequence[Pick], current: int) -> None:
        """Show these rows, one of them as the current one."""
        at, self._dragged_from = self.verticalScrollBar().value(), -1
        self.clear()
        for pick in picks:
            item = QListWidgetItem(pick.name)
            item.setToolTip(plain_tip(pick.tip or pick.name))
            if pick.note:
                item.setData(_NOTE, pick.note)
                item.setData(_WARNS, pick.warns)
                spoken = f"{pick.name}. {pick.note}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.addItem(item)
        if not self._scrolls:
            rows = sum(self.sizeHintForRow(index) for index in range(self.count()))
            self.setFixedHeight(rows + 2 * self.frameWidth())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if picks else Qt.FocusPolicy.NoFocus)
        self.setCurrentRow(current)
        self.verticalScrollBar().setValue(at)
        self.scrollToItem(self.currentItem())

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.currentRow() < 0:
            self.setCurrentRow(0)  # Qt would make it current without marking it
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(color("mute"))
            room = self.viewport().rect().adjusted(_ACROSS, _ALONG, -_ACROSS, -_ALONG)
            side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
            wrapped = Qt.TextFlag.TextWordWrap
            painter.drawText(room, side | Qt.AlignmentFlag.AlignTop | wrapped, self._empty)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        self.key_pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        is_left = event.button() is Qt.MouseButton.LeftButton
        row = self.indexAt(event.position().toPoint()).row()
        self._dragged_from = row if is_left and self.can_drag else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the dragged row to where the pointer is."""
        if self._dragged_from < 0:
            super().mouseMoveEvent(event)
            return
        y = event.position().toPoint().y()
        at, to = self.currentRow(), self._row_at(y)
        if to != at:
            self.insertItem(to, self.takeItem(at))
            self.setCurrentRow(to)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._dragged_from = self._dragged_from, -1
        super().mouseReleaseEvent(event)
        if start >= 0 and self.currentRow() != start:
            self.dropped.emit(start, self.currentRow())

    def _row_at(self, y: int) -> int:
        """Return the row at a height, the first or the last one beyond the ends."""
        bottoms = (self.visualItemRect(self.item(row)).bottom() for row in range(self.count()))
        return min(sum(y > bottom for bottom in bottoms), self.count() - 1)


class _NotedRows(QStyledItemDelegate):
    """Paints a note below the name of a row that has one; the others as any list does."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        if not index.data(_NOTE):
            return super().sizeHint(option, index)
        return QSize(100, 2 * option.fontMetrics.height() + 2 * _ALONG)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        note = index.data(_NOTE)
        if not note:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        box = option.rect.adjusted(_ACROSS, _ALONG, -_ACROSS, -_ALONG)
        height = option.fontMetrics.height()
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        painter.save()
        for line, (text, role) in enumerate(
            (
                (name, "ink"),
                (note, "warn" if index.data(_WARNS) else "mute"),
            )
        ):
            rect = box.adjusted(0, line * height, 0, 0)
            rect.setHeight(height)
            painter.setPen(color(role))
            shown = option.fontMetrics.elidedText(text, option.textElideMode, rect.width())
            painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
