"""A picture with a frame of a fixed shape on it, moved and sized by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.core.crops import Part
from editor.gui.theme import color, focus_line
from editor.gui.widgets.announce import announce
from editor.i18n import _

_STEP, _LEAP = 0.01, 0.05
"""Of the picture's sides: what an arrow moves the frame by, and with Shift."""
_LEAST = 0.05
"""The smallest width of a frame, as a fraction of the picture's."""
_GRIP = 14.0
"""How near to a corner, in pixels, a press sizes the frame instead of moving it."""
_SHADE = 150


class CropFrame(QWidget):
    """Drag the frame, or a corner of it; arrows move it, + and − size it, Shift does more."""

    moved = Signal(tuple)
    """Left, top, width and height of the frame, as fractions of the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(240, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._image = QImage()
        self._ratio = 1.0
        self._part: Part = (0.0, 0.0, 1.0, 1.0)
        self._name = ""
        self._held: tuple[QPointF, Part, tuple[int, int]] | None = None

    def sizeHint(self) -> QSize:
        return QSize(520, 380)

    @property
    def part(self) -> Part:
        """The frame: left, top, width and height as fractions."""
        return self._part

    def show_image(self, image: QImage) -> None:
        """Show a picture, as it is turned."""
        self._image = image
        self.update()

    def show_frame(self, name: str, ratio: float, part: Part) -> None:
        """Show the frame of a shape by its name; `moved` is not emitted."""
        self._name, self._ratio, self._part = name, ratio, part
        self._describe()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self._image.isNull():
            self._held = event.position(), self._part, self._corner_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move or size the frame while the button is held; else show what a press would do."""
        if self._held is None:
            self._show_cursor(event.position())
            return
        start, part, corner = self._held
        area = self._area()
        across = (event.position().x() - start.x()) / area.width()
        down = (event.position().y() - start.y()) / area.height()
        if corner == (0, 0):
            self._place(part[0] + across, part[1] + down, part[2])
        else:
            self._size_from(part, corner, across)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame by arrows, size it by + and −; Shift takes bigger steps."""
        left, top, width, _height = self._part
        is_more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = _LEAP if is_more else _STEP
        moves = {
            Qt.Key.Key_Left: (-step, 0.0),
            Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, -step),
            Qt.Key.Key_Down: (0.0, step),
        }
        # The key of + has Shift on many keyboards, so a step by it is always the small one.
        sizes = {
            Qt.Key.Key_Plus: _STEP,
            Qt.Key.Key_Equal: _STEP,
            Qt.Key.Key_Minus: -_STEP,
            Qt.Key.Key_PageUp: _LEAP,
            Qt.Key.Key_PageDown: -_LEAP,
        }
        key = Qt.Key(event.key())
        if key in moves:
            across, down = moves[key]
            self._place(left + across, top + down, width)
        elif key in sizes:
            grown = self._bounded_width(width + 2 * sizes[key])
            self._place(left - (grown - width) / 2, top - self._height(grown - width) / 2, grown)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, darker outside the frame, and thirds within it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), color("chip"))
        if self._image.isNull():
            return
        area, frame = self._area(), self._frame()
        painter.drawImage(area, self._image)
        shade = QColor(0, 0, 0, _SHADE)
        for around in (
            QRectF(area.left(), area.top(), area.width(), frame.top() - area.top()),
            QRectF(area.left(), frame.bottom(), area.width(), area.bottom() - frame.bottom()),
            QRectF(area.left(), frame.top(), frame.left() - area.left(), frame.height()),
            QRectF(frame.right(), frame.top(), area.right() - frame.right(), frame.height()),
        ):
            painter.fillRect(around, shade)
        painter.setPen(QPen(QColor(255, 255, 255, 120), 1))
        for third in (1 / 3, 2 / 3):
            x, y = frame.left() + third * frame.width(), frame.top() + third * frame.height()
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        painter.setPen(QPen(Qt.GlobalColor.white, 2))
        painter.drawRect(frame)
        for corner in (frame.topLeft(), frame.topRight(), frame.bottomLeft(), frame.bottomRight()):
            painter.fillRect(QRectF(corner.x() - 4, corner.y() - 4, 8, 8), Qt.GlobalColor.white)
        if self.hasFocus():
            painter.setPen(focus_line())
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _area(self) -> QRectF:
        """Return where the picture is: whole, in the middle."""
        room = self.size() - QSize(16, 16)
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _frame(self) -> QRectF:
        area, (left, top, width, height) = self._area(), self._part
        return QRectF(
            area.left() + left * area.width(),
            area.top() + top * area.height(),
            width * area.width(),
            height * area.height(),
        )

    def _height(self, width: float) -> float:
        """Return the height of a frame of this width, both as fractions."""
        size = self._image.size()
        return width * size.width() / (self._ratio * max(1, size.height()))

    def _bounded_width(self, width: float) -> float:
        most = min(1.0, 1.0 / self._height(1.0))
        return min(most, max(min(_LEAST, most), width))

    def _place(self, left: float, top: float, width: float) -> None:
        """Put the frame somewhere within the picture."""
        if self._image.isNull():
            return
        height = self._height(width)
        left, top = min(max(0.0, left), 1.0 - width), min(max(0.0, top), 1.0 - height)
        part = tuple(round(max(0.0, side), 4) for side in (left, top, width, height))
        if part != self._part:
            self._part = part
            self._describe()
            self.update()
            self.moved.emit(part)

    def _size_from(self, part: Part, corner: tuple[int, int], across: float) -> None:
        """Drag a corner; the opposite one stays."""
        left, top, width, height = part
        room_across = left + width if corner[0] < 0 else 1.0 - left
        room_down = top + height if corner[1] < 0 else 1.0 - top
        most = min(room_across, room_down / self._height(1.0))
        grown = min(most, self._bounded_width(width + corner[0] * across))
        x = left + width - grown if corner[0] < 0 else left
        y = top + height - self._height(grown) if corner[1] < 0 else top
        self._place(x, y, grown)

    def _corner_at(self, at: QPointF) -> tuple[int, int]:
        """Return which corner is there: left or right, top or bottom; zeros for none."""
        frame = self._frame()
        near = [
            (x, y)
            for x, y, corner in (
                (-1, -1, frame.topLeft()),
                (1, -1, frame.topRight()),
                (-1, 1, frame.bottomLeft()),
                (1, 1, frame.bottomRight()),
            )
            if (corner - at).manhattanLength() <= _GRIP
        ]
        return near[0] if near else (0, 0)

    def _show_cursor(self, at: QPointF) -> None:
        corner = self._corner_at(at)
        shapes = Qt.CursorShape
        if corner == (0, 0):
            self.setCursor(
                shapes.SizeAllCursor if self._frame().contains(at) else shapes.ArrowCursor
            )
        else:
            is_falling = corner[0] == corner[1]
            self.setCursor(shapes.SizeFDiagCursor if is_falling else shapes.SizeBDiagCursor)

    def _describe(self) -> None:
        left, top, width, height = (round(side * 100) for side in self._part)
        self.setAccessibleName(_("Frame: {shape}").format(shape=self._name))
        self.setAccessibleDescription(
            _(
                "{x} percent from the left, {y} percent from the top, "
                "{width} percent of the width, {height} percent of the height"
            ).format(x=left, y=top, width=width, height=height)
        )
        announce(self, "DescriptionChanged")
