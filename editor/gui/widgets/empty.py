"""What an empty place says: what appears there, and the buttons that bring it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.layout import CENTER, STRETCH, button, column, label

_KEY = re.compile("&(.)")


class EmptyState(QScrollArea):
    """A sentence, a hint, and a button for each action; the first one is the obvious one.

    Scrolled where large letters leave no room for all of it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence, self._hint = label(kind="strong", wrap=True), label(kind="hint", wrap=True)
        for text in (self._sentence, self._hint):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons: list[QPushButton] = []
        self._column = column(spacing=6)
        # Two parts of air above and three below: a little above the middle.
        above, below = (STRETCH,) * 2, (STRETCH,) * 3
        content = (self._sentence, self._hint, 6, self._column)
        page = QWidget()
        set_kind(page, "empty")
        column(*above, *content, *below, inside=page, spacing=6, margins=24)
        self.setWidgetResizable(True)
        self.setWidget(page)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_text(self, sentence: str, hint: str, actions: list[QAction]) -> None:
        """Say what appears here and offer the actions."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        for old in self._buttons:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [self._button(action) for action in actions]

    def text(self) -> str:
        """Return the sentence that is shown."""
        return self._sentence.text()

    def _button(self, action: QAction) -> QPushButton:
        # Without the key, which is the menu's; `iconText` would also lose the three dots.
        text = _KEY.sub(lambda found: found[0] if found[1] == "&" else found[1], action.text())
        made = button(text, action.trigger)
        made.setToolTip(action.shortcut().toString())
        made.setEnabled(action.isEnabled())
        action.enabledChanged.connect(made.setEnabled)
        self._column.addWidget(made, 0, CENTER)
        return made
