"""Buttons that Return presses as Space does; Qt leaves Return to a dialog's main button."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
)

from editor.gui.theme import color, focus_line

_FILLED = ("primary", "approve")
_RING_INSET, _RING_RADIUS = 2, 4
_FEW_LETTERS = 4
_OPENS_MENU = " ▾"


class Button(QPushButton):
    """A push button: Return presses the one that has the focus, never another.

    On a filled one the ring of the focus is drawn inside, where it stands out from the colour
    that was there before.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_return(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") in _FILLED:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = QPen(color("on_accent"), focus_line().widthF())
            inset = _RING_INSET + line.widthF() / 2
            painter.setPen(line)
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, _RING_RADIUS, _RING_RADIUS)


class SmallButton(QToolButton):
    """A tool button; Return also opens its menu."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_return(self, event):
            super().keyPressEvent(event)


class ElidedButton(SmallButton):
    """Its text may be any name: where there is no room for all of it, its end is left out.

    The mark of a menu stays.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Leave room for a few letters and what is around them."""
        whole, metrics = self.sizeHint(), self.fontMetrics()
        around = whole.width() - metrics.horizontalAdvance(self.text())
        few = around + _FEW_LETTERS * metrics.averageCharWidth()
        return QSize(min(few, whole.width()), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        missing = self.sizeHint().width() - self.width()
        if missing > 0:
            name, metrics = self.text().removesuffix(_OPENS_MENU), self.fontMetrics()
            room = metrics.horizontalAdvance(name) - missing
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            option.text = shown + self.text()[len(name) :]
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)


def _pressed_by_return(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Click a button for Return alone; a key that is held clicks once."""
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not is_return or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
