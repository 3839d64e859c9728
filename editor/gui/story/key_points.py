"""The key points: one line each, added with Enter, moved by mouse or keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from editor.core import fields
from editor.core.story import KEY_POINTS
from editor.gui.draft.draft import Draft
from editor.gui.story.field_binding import FieldBinding
from editor.gui.story.form_part import FormPart, set_row_count
from editor.gui.theme import color, set_look
from editor.gui.widgets.clipboard import html_of, is_own, pasted_words
from editor.gui.widgets.drag_handle import WIDTH, DragHandle
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import column, frame, row
from editor.gui.widgets.row_drag import RowDrag
from editor.gui.widgets.text_field import TextField
from editor.i18n import _

_BULLET = re.compile(r"^\s*(?:[-*•·‣▪–—]|\d+[.)])\s+")
_SPACES = re.compile(r"[ \t]+")
_LONGEST = 500_000
"""The most bytes of HTML that are read for points: of more the plain text is taken."""
_BEFORE, _ABOVE, _AFTER = 4, 4, 8
"""Pixels around the field of a point."""


class PointField(TextField):
    """A key point's field: several pasted lines are several points."""

    lines_pasted = Signal(list)
    """The lines as a list of str, without bullets."""

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self.setProperty("kind", "line")
        self.setAccessibleName(name)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste one line as text, several as points."""
        lines = [_BULLET.sub("", line).strip() for line in _lines(source)]
        lines = [_SPACES.sub(" ", line) for line in lines if line]
        if len(lines) > 1 and self.canInsertFromMimeData(source):
            self.lines_pasted.emit(lines)
        else:
            super().insertFromMimeData(source)


def _lines(source: QMimeData) -> list[str]:
    """Return the lines that were copied; those of a page are its paragraphs and items."""
    html = html_of(source)
    if not html or len(html) > _LONGEST or is_own(source):
        return pasted_words(source).splitlines()
    from editor.formats.pasted import lines_of  # noqa: PLC0415 - for a paste alone

    return lines_of(html, source.text())


class PointRow(QWidget):
    """One key point: its handle and its field."""

    def __init__(self, draft: Draft, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index, path = index, f"key_points/{index}"
        self.handle = DragHandle(_("Drag to another place, or press Alt+Up or Alt+Down"))
        self.field = PointField(fields.label(path))
        self.binding = FieldBinding(draft, self.field, path)
        margins = (_BEFORE, _ABOVE, _AFTER, _ABOVE)
        row(self.handle, (column(self.field, margins=margins), 1), inside=self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line under the point."""
        painter = QPainter(self)
        painter.setPen(color("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class KeyPoints(FormPart):
    """The list of key points. Rows are made only when there are more points than before."""

    rows_added = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.rows: list[PointRow] = []
        self._side = Qt.LayoutDirection.LayoutDirectionAuto
        self.add_field = self._make_add_field()
        self._add_holder = QWidget()
        self._add_column = column(self.add_field, inside=self._add_holder)
        self._list = column(self._add_holder, margins=1)
        self.frame = frame(self._list, "field")
        self._drag = RowDrag(self.frame, lambda: self.rows)
        self._drag.moved.connect(self.move_point)
        self.label = LabelRow(fields.label("key_points"))
        column(self.label, self.frame, inside=self)
        self.set_direction(self._side)
        self.show_value()

    def show_value(self) -> None:
        """Have a row for each point, and show what the draft has."""
        count = len(self._draft.typed.key_points)
        if set_row_count(self.rows, count, self._add_row):
            self.rows_added.emit()
        for point in self.rows:
            point.binding.show_value()
        text = _("{count} of {least}–{most}").format(
            count=count, least=KEY_POINTS[0], most=KEY_POINTS[-1]
        )
        self.label.set_count(text, over=count > KEY_POINTS[-1])
        self.label.set_field(self.fields()[0])

    def fields(self) -> Sequence[PointField]:
        """Return every field, the one that adds last."""
        return *(point.field for point in self.rows), self.add_field

    def text_fields(self) -> Iterator[tuple[str, TextField]]:
        """Yield every field; the one that adds has the path that its point will have."""
        for index, field in enumerate(self.fields()):
            yield f"key_points/{index}", field

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield every field, the one that adds last."""
        yield from self.fields()

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Write from this side."""
        self._side = side
        self.frame.setLayoutDirection(side)
        indent = _BEFORE + WIDTH
        is_right = side is Qt.LayoutDirection.RightToLeft
        left, right = (_AFTER, indent) if is_right else (indent, _AFTER)
        self._add_column.setContentsMargins(left, _ABOVE, right, _ABOVE)
        for field in self.fields():
            field.set_direction(side)

    def set_read_only(self, read_only: bool) -> None:
        """Let points be changed, moved and added or not."""
        for point in self.rows:
            point.handle.setEnabled(not read_only)
        for field in self.fields():
            field.setReadOnly(read_only)
        self._add_holder.setVisible(not read_only)
        set_look(self.frame, "readOnly", read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the field of a point; a point that is gone leads to the last field."""
        name, _slash, index = path.partition("/")
        if name != "key_points":
            return None
        last = len(self.rows)
        return self.fields()[min(int(index), last) if index.isdigit() else 0]

    def move_point(self, index: int, to: int) -> None:
        """Put a point at another place; the caret stays in it."""
        points = list(self._draft.typed.key_points)
        if index == to or not 0 <= to < len(points):
            return
        caret = self.rows[index].field.caret()
        points.insert(to, points.pop(index))
        self._change(points, to)
        self._enter(to, caret)

    def move_focused(self, step: int) -> bool:
        """Move the point that the caret is in up (-1) or down (1); return whether it is in one."""
        index = next((point.index for point in self.rows if point.field.hasFocus()), None)
        if index is not None:
            self.move_point(index, index + step)
        return index is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move a point with Alt+Up and Alt+Down."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
                return self.move_focused(step)
        return super().eventFilter(watched, event)

    def _add_row(self) -> None:
        point = PointRow(self._draft, len(self.rows), self.frame)
        point.field.set_direction(self._side)
        point.field.installEventFilter(self)
        point.field.entered.connect(lambda: self._split(point.index))
        point.field.removal_asked.connect(lambda: self._remove(point.index))
        point.field.lines_pasted.connect(lambda lines: self._insert(point.index, lines))
        self._drag.add(point, point.handle)
        self._list.insertWidget(len(self.rows), point)
        self.rows.append(point)

    def _make_add_field(self) -> PointField:
        field = PointField(_("Add a key point"), _("Add a key point"))
        field.edited.connect(self._add)
        field.lines_pasted.connect(lambda lines: self._insert(len(self.rows), lines))
        field.undo_asked.connect(self._draft.undo)
        field.redo_asked.connect(self._draft.redo)
        field.removal_asked.connect(self._enter_last)
        return field

    def _add(self) -> None:
        """Make a point of the first character that is typed; the rest is typed there."""
        text, index = self.add_field.text(), len(self.rows)
        if text:
            self._change([*self._draft.typed.key_points, text], index)
            self.add_field.set_text("")
            self._enter(index, len(text))
            self.rows[index].field.marks.finish(text)

    def _split(self, index: int) -> None:
        """Begin another point at the caret; after the last one, in the field that adds."""
        points = list(self._draft.typed.key_points)
        caret = self.rows[index].field.caret()
        head, tail = points[index][:caret], points[index][caret:].lstrip()
        if not tail and index == len(points) - 1:
            self.add_field.setFocus()
        elif head and (tail or points[index + 1 : index + 2] != [""]):
            points[index : index + 1] = [head.rstrip(), tail]
            self._change(points, index + 1)
            self._enter(index + 1, 0)
        elif index + 1 < len(points):
            self._enter(index + 1, 0)

    def _insert(self, index: int, lines: list[str]) -> None:
        """Put pasted lines after the point the caret is in; an empty one is replaced."""
        points = list(self._draft.typed.key_points)
        before = [point for point in points[index : index + 1] if point]
        points[index : index + 1] = [*before, *lines]
        last = index + len(before) + len(lines) - 1
        self._change(points, last)
        self._enter(last, len(lines[-1]))

    def _remove(self, index: int) -> None:
        points = list(self._draft.typed.key_points)
        del points[index]
        self._change(points, max(0, index - 1))
        if index:
            self._enter(index - 1, len(points[index - 1]))
        else:
            self.fields()[0].setFocus()

    def _change(self, points: list[str], index: int) -> None:
        story = replace(self._draft.typed, key_points=tuple(points))
        self._draft.edit(story, f"key_points/{index}")

    def _enter(self, index: int, caret: int) -> None:
        if index < len(self.rows):
            field = self.rows[index].field
            field.setFocus()
            field.select(caret, caret)

    def _enter_last(self) -> None:
        if self.rows:
            self._enter(len(self.rows) - 1, len(self.rows[-1].field.text()))
