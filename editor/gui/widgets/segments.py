"""A row of buttons of which one is chosen: the pane's tabs, or desktop and phone."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from editor.gui.theme import color, edge_line
from editor.gui.widgets.flow_row import FlowRow
from editor.i18n import in_digits, plural


class ChoiceRoom(NamedTuple):
    """How much room choices take: pixels around a title, and whether a sketch stands for it."""

    padding: int
    sketched: bool = False


ROOMS = (ChoiceRoom(22), ChoiceRoom(14), ChoiceRoom(14, True), ChoiceRoom(8, True))
"""From the usual room to the least; a choice without a sketch has its title in any."""
_SKETCH = 18
"""Pixels of the square that a sketch is drawn in."""


class Segments(FlowRow):
    """Exclusive choices. Tab reaches the chosen one, arrow keys change it."""

    gap = 2

    chosen = Signal(str)
    """The name of the choice."""

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Maximum)
        self.setSizePolicy(policy)

    def add_choice(self, name: str, title: str, sketch: QRect | None = None) -> None:
        """Add a choice at the end; the first one is chosen until another is.

        The `sketch`, the outline of a screen in a square of 18 pixels, is shown for the title
        where there is little room.
        """
        button = _Segment(title, sketch, self)
        self._group.addButton(button)
        self._buttons[name] = button
        self.add(button)
        if len(self._buttons) == 1:
            button.setChecked(True)
        button.toggled.connect(lambda on, name=name: self.chosen.emit(name) if on else None)

    def sizeHint(self) -> QSize:
        """Ask for one line; large letters may need two."""
        width = self.line_width()
        return QSize(width, self.heightForWidth(width))

    def line_width(self, room: ChoiceRoom | None = None) -> int:
        """Return how many pixels one line is wide, as it is or with another room."""
        buttons = [button for button in self._buttons.values() if not button.isHidden()]
        return sum(button.width_in(room or button.room) for button in buttons) + self.gap * len(
            buttons
        )

    def set_room(self, room: ChoiceRoom) -> None:
        """Give the choices so much room."""
        for button in self._buttons.values():
            button.set_room(room)

    def choose(self, name: str) -> None:
        """Choose by name; nothing happens for an unknown one."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def set_offered(self, name: str, offered: bool) -> None:
        """Show a choice or not; in the place of a hidden one the first that is shown is chosen."""
        self._buttons[name].setVisible(offered)
        if not offered and self._buttons[name].isChecked():
            shown = (name for name, button in self._buttons.items() if not button.isHidden())
            self.choose(next(shown, ""))

    def current(self) -> str:
        """Return the name of what is chosen."""
        return next((name for name, button in self._buttons.items() if button.isChecked()), "")

    def set_badge(self, name: str, count: int) -> None:
        """Show how many items wait behind a choice; nothing at 0."""
        self._buttons[name].set_badge(count)


class _Segment(QAbstractButton):
    """One choice: its title or a sketch, and how many items wait there if any do."""

    def __init__(self, title: str, sketch: QRect | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._badge, self._sketch = 0, sketch
        self.room = ROOMS[0]
        self.setText(title)
        self.setCheckable(True)
        # To a screen reader it is then one of several, and no box to tick.
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.toggled.connect(self.updateGeometry)

    def set_badge(self, count: int) -> None:
        self._badge = count
        waiting = plural("{n} to look at", "{n} to look at", count)
        self.setAccessibleName(f"{self.text()}, {waiting}" if count else self.text())
        self.updateGeometry()
        self.update()

    def set_room(self, room: ChoiceRoom) -> None:
        if room != self.room:
            self.room = room
            self.setToolTip(self.text() if self._is_sketched(room) else "")
            self.updateGeometry()
            self.update()

    def width_in(self, room: ChoiceRoom) -> int:
        # The chosen title is bold, which is wider: with room for it nothing moves.
        text = QFontMetrics(self._bold_font()).horizontalAdvance(self.text())
        width = (_SKETCH if self._is_sketched(room) else text) + room.padding
        return width + self._badge_width() + 6 if self._badge else width

    def sizeHint(self) -> QSize:
        height = QFontMetrics(self._bold_font()).height() + 10
        return QSize(self.width_in(self.room), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        painter.setFont(self._bold_font() if self.isChecked() else self.font())
        strong = self.isChecked() or self.underMouse()
        painter.setPen(color("ink" if strong else "mute"))
        badge = self._badge_width() + 6 if self._badge else 0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        title = self.rect().adjusted(badge if mirrored else 0, 0, 0 if mirrored else -badge, 0)
        if self._sketch is not None and self._is_sketched(self.room):
            self._paint_sketch(painter, self._sketch)
        else:
            painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._badge:
            self._paint_badge(painter, mirrored)

    def _is_sketched(self, room: ChoiceRoom) -> bool:
        return room.sketched and self._sketch is not None

    def _paint_sketch(self, painter: QPainter, sketch: QRect) -> None:
        """Draw a screen in the ink of the title, thicker where it is chosen as that is bold."""
        painter.setPen(QPen(painter.pen().color(), 2 if self.isChecked() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left, top = (self.width() - _SKETCH) / 2, (self.height() - _SKETCH) / 2
        screen = QRectF(sketch).translated(left, top)
        painter.drawRoundedRect(screen, 2, 2)
        middle, half = screen.center().x(), sketch.width() / 4
        # A wide screen has a foot, a narrow one a line to swipe at.
        line = screen.bottom() + (3 if sketch.width() > sketch.height() else -3)
        painter.drawLine(QPointF(middle - half, line), QPointF(middle + half, line))

    def _ground(self, painter: QPainter) -> None:
        line = edge_line(self.hasFocus(), self.isChecked())
        half = line.widthF() / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(line)
        filled = self.isChecked() or self.underMouse()
        painter.setBrush(color("chip" if filled else "panel"))
        painter.drawRoundedRect(box, 6, 6)

    def _paint_badge(self, painter: QPainter, mirrored: bool) -> None:
        painter.setFont(self._badge_font())
        width, height = self._badge_width(), painter.fontMetrics().height() + 1
        # As far from the end as the title is from the start, so that it is clear of that.
        margin = min(9, self.room.padding // 2)
        left = margin if mirrored else self.width() - width - margin
        box = QRectF(left, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("warn_fill"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(color("on_warn"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge_text())

    def _bold_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _badge_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() - 1.5)
        return font

    def _badge_text(self) -> str:
        return in_digits("99+" if self._badge > 99 else str(self._badge))

    def _badge_width(self) -> int:
        metrics = QFontMetrics(self._badge_font())
        return metrics.horizontalAdvance(self._badge_text()) + 12
