"""The key points: one line each, added with Enter, moved by mouse or keyboard."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from editor.core.fields import label
from editor.core.story import KEY_POINTS
from editor.gui.draft.draft import Draft
from editor.gui.story.field_binding import FieldBinding
from editor.gui.theme import color
from editor.gui.widgets.drag_handle import DragHandle
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.text_field import TextField
from editor.i18n import _

_BULLET = re.compile(r"^\s*(?:[-*•·‣▪–—]|\d+[.)])\s+")


class PointField(TextField):
    """A key point's field: several pasted lines are several points."""

    lines_pasted = Signal(object)
    """The list of lines, without bullets."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste one line as text, several as points."""
        lines = [_BULLET.sub("", line).strip() for line in source.text().splitlines()]
        lines = [" ".join(line.split()) for line in lines if line]
        if len(lines) > 1 and self.canInsertFromMimeData(source):
            self.lines_pasted.emit(lines)
        else:
            super().insertFromMimeData(source)


class PointRow(QFrame):
    """One key point: its handle and its field."""

    def __init__(self, draft: Draft, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.handle = DragHandle(_("Drag to another place, or press Alt+Up or Alt+Down"))
        self.field = PointField()
        self.field.setProperty("kind", "plain")
        self.field.setAccessibleName(label(f"key_points/{index}"))
        self.bound = FieldBinding(draft, self.field, f"key_points/{index}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.handle)
        column = QVBoxLayout()
        column.setContentsMargins(6, 6, 10, 6)
        column.addWidget(self.field)
        row.addLayout(column, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line under the point."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(color("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class KeyPoints(QWidget):
    """The list of key points. Rows are made only when there are more points than before."""

    grown = Signal()
    """There are more rows than before."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.rows: list[PointRow] = []
        self._direction = Qt.LayoutDirection.LayoutDirectionAuto
        self._adding = False
        self.frame = QFrame()
        self.frame.setProperty("kind", "field")
        self._list = QVBoxLayout(self.frame)
        self._list.setContentsMargins(1, 1, 1, 1)
        self._list.setSpacing(0)
        self.add_field = self._make_add_field()
        self._mark = QFrame(self.frame)
        self._mark.setFixedHeight(2)
        self._mark.hide()
        self.label = LabelRow(label("key_points"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.frame)
        self.show_value()

    def fields(self) -> list[TextField]:
        """Every field, the one that adds last."""
        return [*(row.field for row in self.rows), self.add_field]

    def show_value(self) -> None:
        """Have a row for each point, and show what the draft has."""
        count = len(self._draft.typed.key_points)
        while len(self.rows) > count:
            row = self.rows.pop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        if len(self.rows) < count:
            while len(self.rows) < count:
                self._add_row()
            self.grown.emit()
        for row in self.rows:
            row.bound.show_value()
        self._count()

    def set_direction(self, direction: Qt.LayoutDirection) -> None:
        """Write from this side."""
        self._direction = direction
        self.frame.setLayoutDirection(direction)
        right = direction is Qt.LayoutDirection.RightToLeft
        margins = (10, 6, 26, 6) if right else (26, 6, 10, 6)
        self._add_holder.setContentsMargins(*margins)
        for field in self.fields():
            field.set_direction(direction)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed."""
        for row in self.rows:
            row.handle.setEnabled(not read_only)
        for field in self.fields():
            field.setReadOnly(read_only)
        self._add_holder.setVisible(not read_only)

    def move_point(self, index: int, to: int) -> None:
        """Put a point at another place; the caret goes with it."""
        points = list(self._draft.typed.key_points)
        if index == to or not 0 <= to < len(points):
            return
        caret = self.rows[index].field.caret()
        points.insert(to, points.pop(index))
        self._change(points, f"key_points/{to}")
        self._enter(to, caret)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move a point with Alt+Up and Alt+Down; Up and Down go from point to point."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            index = next((row.index for row in self.rows if row.field is watched), None)
            if step and index is not None and event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.move_point(index, index + step)
                return True
        return super().eventFilter(watched, event)

    def _add_row(self) -> None:
        row = PointRow(self._draft, len(self.rows))
        row.field.set_direction(self._direction)
        row.field.installEventFilter(self)
        row.field.entered.connect(lambda: self._split(row.index))
        row.field.removal_asked.connect(lambda: self._remove(row.index))
        row.field.lines_pasted.connect(lambda lines: self._insert(row.index, lines))
        row.handle.dragged.connect(self._show_mark)
        row.handle.dropped.connect(lambda at: self._drop(row.index, at))
        self._list.insertWidget(len(self.rows), row)
        self.rows.append(row)

    def _make_add_field(self) -> PointField:
        field = PointField(_("Add a key point"))
        field.setProperty("kind", "plain")
        field.setAccessibleName(_("Add a key point"))
        field.edited.connect(self._add)
        field.lines_pasted.connect(lambda lines: self._insert(len(self.rows), lines))
        field.undo_asked.connect(self._draft.undo)
        field.redo_asked.connect(self._draft.redo)
        field.removal_asked.connect(self._enter_last)
        self._add_holder = QWidget()
        column = QVBoxLayout(self._add_holder)
        column.setContentsMargins(0, 0, 0, 0)
        self._add_holder.setContentsMargins(26, 6, 10, 6)
        column.addWidget(field)
        self._list.addWidget(self._add_holder)
        return field

    def _add(self) -> None:
        """Make a point of the first thing that is typed, and go on writing there."""
        text = self.add_field.text()
        if text and not self._adding:
            index = len(self.rows)
            self._change([*self._draft.typed.key_points, text], f"key_points/{index}")
            self.add_field.set_text("")
            self._enter(index, len(text))

    def _split(self, index: int) -> None:
        """Begin another point at the caret; behind the last one, in the field that adds."""
        points = list(self._draft.typed.key_points)
        caret = self.rows[index].field.caret()
        head, tail = points[index][:caret], points[index][caret:].lstrip()
        if not tail and index == len(points) - 1:
            self.add_field.setFocus()
        elif head and (tail or points[index + 1 : index + 2] != [""]):
            points[index : index + 1] = [head.rstrip(), tail]
            self._change(points, f"key_points/{index + 1}")
            self._enter(index + 1, 0)
        elif index + 1 < len(points):
            self._enter(index + 1, 0)

    def _insert(self, index: int, lines: list[str]) -> None:
        """Put pasted lines where the caret is; an empty point gives its place."""
        points = list(self._draft.typed.key_points)
        keep = points[index : index + 1] if "".join(points[index : index + 1]) else []
        points[index : index + 1] = [*keep, *lines]
        last = index + len(keep) + len(lines) - 1
        self._change(points, f"key_points/{last}")
        self._enter(last, len(lines[-1]))

    def _remove(self, index: int) -> None:
        points = list(self._draft.typed.key_points)
        del points[index]
        self._change(points, f"key_points/{max(0, index - 1)}")
        if index:
            self._enter(index - 1, len(points[index - 1]))
        else:
            self.fields()[0].setFocus()

    def _change(self, points: list[str], path: str) -> None:
        self._draft.edit(replace(self._draft.typed, key_points=tuple(points)), path)

    def _enter(self, index: int, caret: int) -> None:
        if index < len(self.rows):
            field = self.rows[index].field
            field.setFocus()
            field.select(caret, caret)

    def _enter_last(self) -> None:
        if self.rows:
            self._enter(len(self.rows) - 1, len(self.rows[-1].field.text()))

    def _gap(self, at: QPoint) -> int:
        """Before which row a point dropped there would stand."""
        y = self.frame.mapFromGlobal(at).y()
        return sum(1 for row in self.rows if y > row.geometry().center().y())

    def _show_mark(self, at: QPoint) -> None:
        gap = self._gap(at)
        y = self.rows[gap].y() if gap < len(self.rows) else self.rows[-1].geometry().bottom()
        self._mark.setStyleSheet(f"background: {color('accent').name()};")
        self._mark.setGeometry(0, max(0, y - 1), self.frame.width(), 2)
        self._mark.raise_()
        self._mark.show()

    def _drop(self, index: int, at: QPoint) -> None:
        self._mark.hide()
        gap = self._gap(at)
        self.move_point(index, gap - 1 if gap > index else gap)

    def _count(self) -> None:
        count = len(self.rows)
        text = _("{count} of {least}–{most}").format(
            count=count, least=KEY_POINTS[0], most=KEY_POINTS[-1]
        )
        self.label.set_count(text, over=count > KEY_POINTS[-1])
        self.label.set_field(self.rows[0].field if self.rows else self.add_field)
