"""A row of buttons of which one is chosen: the pane's tabs, or desktop and phone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from editor.gui.theme import color, edge_line
from editor.gui.widgets.flow_row import FlowRow
from editor.i18n import in_digits, plural

_PADDING, _TIGHT = 22, 14
"""How much wider a choice is than its title, in pixels."""


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

    def add_choice(self, name: str, title: str) -> None:
        """Add a choice at the end; the first one is chosen until another is."""
        button = _Segment(title, self)
        self._group.addButton(button)
        self._buttons[name] = button
        self.add(button)
        if len(self._buttons) == 1:
            button.setChecked(True)
        button.toggled.connect(lambda on, name=name: self.chosen.emit(name) if on else None)

    def sizeHint(self) -> QSize:
        """Ask for one line; large letters may need two."""
        width = self._line_width([button.padding for button in self._buttons.values()])
        return QSize(width, self.heightForWidth(width))

    def line_width(self, *, tight: bool) -> int:
        """Return how much room one line needs, in pixels: as usual, or with choices set `tight`."""
        return self._line_width([_TIGHT if tight else _PADDING] * len(self._buttons))

    def set_tight(self, tight: bool) -> None:
        """Leave little room around the titles, or as much as usual."""
        for button in self._buttons.values():
            button.set_padding(_TIGHT if tight else _PADDING)

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

    def _line_width(self, paddings: Sequence[int]) -> int:
        buttons = zip(self._buttons.values(), paddings, strict=True)
        shown = [button.width_with(padding) for button, padding in buttons if not button.isHidden()]
        return sum(shown) + self.gap * len(shown)

    def current(self) -> str:
        """Return the name of what is chosen."""
        return next((name for name, button in self._buttons.items() if button.isChecked()), "")

    def set_badge(self, name: str, count: int) -> None:
        """Show how many items wait behind a choice; nothing at 0."""
        self._buttons[name].set_badge(count)


class _Segment(QAbstractButton):
    """One choice: its title, and how many items wait there if any do."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._badge = 0
        self.padding = _PADDING
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

    def set_padding(self, padding: int) -> None:
        if padding != self.padding:
            self.padding = padding
            self.updateGeometry()

    def width_with(self, padding: int) -> int:
        # The chosen title is bold, which is wider: with room for it nothing moves.
        width = QFontMetrics(self._bold_font()).horizontalAdvance(self.text()) + padding
        return width + self._badge_width() + 6 if self._badge else width

    def sizeHint(self) -> QSize:
        height = QFontMetrics(self._bold_font()).height() + 10
        return QSize(self.width_with(self.padding), height)

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
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._badge:
            self._paint_badge(painter, mirrored)

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
        left = 9 if mirrored else self.width() - width - 9
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
