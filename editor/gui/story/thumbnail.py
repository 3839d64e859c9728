"""A picture's thumbnail, with a ring around what must stay visible in any crop."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from editor.gui.theme import color, focus_line
from editor.gui.widgets.announce import announce
from editor.i18n import _

SIZE = QSize(132, 96)
_LEAST, _TALLEST = 48, 176
_RING = 9.0
_STEP, _LEAP = 0.02, 0.1


class Thumbnail(QWidget):
    """The picture in a frame; click, drag or use the arrow keys to move the ring."""

    focus_moved = Signal(float, float)
    """The focal point, as fractions of width and height from the top left."""
    file_wanted = Signal()
    """There is nothing to see, and somebody clicks there or presses Return or Space."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._image = QImage()
        self._focus = (0.5, 0.5)
        self.missing = ""
        """Why there is nothing to see; empty where there is."""
        self._read_only = False
        self._look()

    def show_image(self, image: QImage) -> None:
        """Show a decoded picture."""
        self._image = image
        self.missing = _("Can’t be shown") if image.isNull() else ""
        if not image.isNull():
            height = SIZE.width() * image.height() // max(1, image.width())
            self.setFixedHeight(min(_TALLEST, max(_LEAST, height)))
        self._look()

    def show_missing(self, why: str) -> None:
        """Show why there is nothing to see."""
        self._image, self.missing = QImage(), why
        self._look()

    def set_focus_point(self, focus: tuple[float, float]) -> None:
        """Put the ring somewhere; `focus_moved` is not emitted."""
        if focus != self._focus:
            self._focus = focus
            self._describe()
            self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Let the ring be moved, or a missing file be chosen, or not."""
        self._read_only = read_only
        self._look()

    def ring(self) -> QPointF:
        """Return where the ring's middle is, in the widget."""
        area = self._area()
        x, y = self._focus
        return QPointF(area.x() + x * area.width(), area.y() + y * area.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.missing:
            self._want_file()
        else:
            self._aim(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self.missing:
            self._aim(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the ring by arrows, further with Shift; Home puts it in the middle.

        Without a picture Return and Space ask for one.
        """
        if self.missing:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self._want_file()
            else:
                super().keyPressEvent(event)
            return
        step = _LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        x, y = self._focus
        places = {
            Qt.Key.Key_Left: (x - step, y),
            Qt.Key.Key_Right: (x + step, y),
            Qt.Key.Key_Up: (x, y - step),
            Qt.Key.Key_Down: (x, y + step),
            Qt.Key.Key_Home: (0.5, 0.5),
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            self._move(*place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture whole, its frame, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(frame, 6, 6)
        painter.fillPath(path, color("chip"))
        if self._image.isNull():
            painter.setPen(color("mute"))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(8, 8, -8, -8), flags, self.missing)
        else:
            painter.setClipPath(path)
            painter.drawImage(self._area(), self._image)
            self._paint_ring(painter)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(focus_line() if self.hasFocus() else QPen(color("line"), 1))
        painter.drawPath(path)

    def _paint_ring(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((Qt.GlobalColor.black, 4.0), (Qt.GlobalColor.white, 2.0)):
            painter.setPen(QPen(ink, width))
            painter.drawEllipse(self.ring(), _RING, _RING)

    def _area(self) -> QRectF:
        """Return where the picture is painted: whole, in the middle."""
        if self._image.isNull():
            return QRectF(self.rect())
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _want_file(self) -> None:
        if not self._read_only:
            self.file_wanted.emit()

    def _aim(self, at: QPointF) -> None:
        area = self._area()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._move((at.x() - area.x()) / area.width(), (at.y() - area.y()) / area.height())

    def _move(self, x: float, y: float) -> None:
        if self._read_only:
            return
        place = round(min(1.0, max(0.0, x)), 3), round(min(1.0, max(0.0, y)), 3)
        if place != self._focus:
            self.set_focus_point(place)
            self.focus_moved.emit(*place)

    def _look(self) -> None:
        """Show what a click does: move the ring, or choose the missing file."""
        shape = Qt.CursorShape.PointingHandCursor if self.missing else Qt.CursorShape.CrossCursor
        self.setCursor(Qt.CursorShape.ArrowCursor if self._read_only else shape)
        self.setToolTip(
            _("Choose the picture’s file")
            if self.missing
            else _("What must stay visible in any crop: click there, or use the arrows")
        )
        self._describe()
        self.update()

    def _describe(self) -> None:
        x, y = (round(part * 100) for part in self._focus)
        place = _("{x} percent from the left, {y} percent from the top").format(x=x, y=y)
        self.setAccessibleName(_("Picture") if self.missing else _("Focal point of the picture"))
        self.setAccessibleDescription(self.missing or place)
        announce(self, "DescriptionChanged")
