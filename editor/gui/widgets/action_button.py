"""A button for an action: same text, same key, enabled and shown when the action is."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.buttons import Button
from editor.gui.widgets.layout import plain_tip


class ActionButton(Button):
    """Follows a QAction, so that no button does what no menu offers."""

    def __init__(self, action: QAction, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow_action)
        action.visibleChanged.connect(self._follow_action)
        self._follow_action()

    def set_kind(self, kind: str) -> None:
        """Give the button the look of another kind."""
        if self.property("kind") != kind:
            set_kind(self, kind)

    def _follow_action(self) -> None:
        text = self._action.text().replace("&", "")
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        self.setEnabled(self._action.isEnabled())
        self.setVisible(self._action.isVisible())
        keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(plain_tip(f"{text} ({keys})" if keys else text))
