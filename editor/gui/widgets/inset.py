"""Air around a bar that comes and goes: none while the bar is hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Inset(QWidget):
    """Holds one widget and is as visible as it is."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "ground")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 6)
        column.addWidget(inner)
        inner.installEventFilter(self)
        self._inner = inner
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the inner widget."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._follow()
        return False

    def _follow(self) -> None:
        self.setVisible(not self._inner.isHidden())
