"""Bars that stay in view above what scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.layout import column

_CHANGES = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
_SIDE, _TOP, _BOTTOM, _GAP = 16, 10, 4, 6


class PinnedBars(QWidget):
    """Takes room at the top of a scroll area as long as one of its bars has something to say."""

    def __init__(self, area: QScrollArea, *bars: QWidget) -> None:
        super().__init__(area)
        set_kind(self, "ground")
        self._area, self._bars, self._height = area, bars, 0
        self._column = column(
            *bars, inside=self, spacing=_GAP, margins=(_SIDE, _TOP, _SIDE, _BOTTOM)
        )
        for watched in (area, *bars):
            watched.installEventFilter(self)
        self.hide()

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
        is_needed = any(not bar.isHidden() for bar in self._bars)
        width = self._area.width() - 2 * self._area.frameWidth()
        height = self._column.totalHeightForWidth(width) if is_needed else 0
        if height < 0:
            height = self._column.totalSizeHint().height()
        if height != self._height:
            self._height = height
            self._area.setViewportMargins(0, height, 0, 0)
        self.setGeometry(self._area.frameWidth(), self._area.frameWidth(), width, height)
        self.setVisible(is_needed)
