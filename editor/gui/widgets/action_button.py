"""A button that is an action: same words, same key, enabled and shown when it is."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from editor.gui.theme import set_kind


class ActionButton(QPushButton):
    """Follows a QAction, so that nothing can be done by a button that no menu offers."""

    def __init__(self, action: QAction, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind:
            self.setProperty("kind", kind)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        action.visibleChanged.connect(self._follow)
        self._follow()

    def set_kind(self, kind: str) -> None:
        """Look like another kind of button."""
        if self.property("kind") != kind:
            set_kind(self, kind)

    def _follow(self) -> None:
        text = self._action.text().replace("&", "")
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        self.setEnabled(self._action.isEnabled())
        self.setVisible(self._action.isVisible())
        keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{text} ({keys})" if keys else text)
