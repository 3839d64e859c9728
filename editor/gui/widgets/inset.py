"""Margins around a bar that is shown only at times: none while the bar is hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.layout import column


class Inset(QWidget):
    """Holds one widget and is visible when that is."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        column(inner, inside=self, margins=(16, 10, 16, 6))
        inner.installEventFilter(self)
        self._inner = inner
        self._follow_inner()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._follow_inner()
        return False

    def _follow_inner(self) -> None:
        self.setVisible(not self._inner.isHidden())
