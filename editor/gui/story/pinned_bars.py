"""Bars that stay in view above or below what scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.layout import column

_CHANGES = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
_SIDE, _TOP, _BOTTOM, _GAP = 16, 10, 4, 6


class PinnedBars(QScrollArea):
    """Takes room at the top of a scroll area as long as one of its bars has something to say.

    Bars that are higher than the area scroll, as with large letters in a small window. The bar
    `below` has room at the bottom, where nothing moves when it appears.
    """

    def __init__(self, area: QScrollArea, *bars: QWidget, below: QWidget | None = None) -> None:
        super().__init__(area)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        content = QWidget()
        set_kind(content, "ground")
        self._area, self._bars, self._heights = area, bars, (0, 0)
        self._below = QWidget(area)
        set_kind(self._below, "ground")
        cells = [below] if below else []
        self._below_column = column(
            *cells, inside=self._below, margins=(_SIDE, _BOTTOM, _SIDE, _TOP)
        )
        self._below_bars = cells
        self._column = column(
            *bars, inside=content, spacing=_GAP, margins=(_SIDE, _TOP, _SIDE, _BOTTOM)
        )
        self.setWidget(content)
        for watched in (area, *bars, *cells):
            watched.installEventFilter(self)
        self.hide()
        self._below.hide()

    def put_first(self, bar: QWidget) -> None:
        """Add a bar above the others."""
        self._bars = (bar, *self._bars)
        self._column.insertWidget(0, bar)
        bar.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as wide as the area, and as tall as the sentences need there."""
        wanted = (QEvent.Type.Resize,) if watched is self._area else _CHANGES
        if event.type() in wanted:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        area, frame = self._area, self._area.frameWidth()
        width = area.width() - 2 * frame
        above = min(_needed(self._bars, self._column, width), area.height() - 2 * frame)
        below = _needed(self._below_bars, self._below_column, width)
        if (above, below) != self._heights:
            self._heights = above, below
            area.setViewportMargins(0, above, 0, below)
        self.setGeometry(frame, frame, width, above)
        self._below.setGeometry(frame, area.height() - frame - below, width, below)
        self.setVisible(above > 0)
        self._below.setVisible(below > 0)


def _needed(bars: Sequence[QWidget], layout: QVBoxLayout, width: int) -> int:
    """Return the height that the bars with something to say need at a width."""
    if all(bar.isHidden() for bar in bars):
        return 0
    height = layout.totalHeightForWidth(width)
    return layout.totalSizeHint().height() if height < 0 else height
