"""What an empty place says: what belongs here, and the buttons that bring it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyState(QWidget):
    """A sentence, a hint, and a button for each action; the first one is the obvious one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = QLabel()
        self._sentence.setProperty("kind", "strong")
        self._hint = QLabel()
        self._hint.setProperty("kind", "hint")
        self._buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(6)
        column.addStretch(2)
        for label in (self._sentence, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(6)
        self._row = QVBoxLayout()
        self._row.setSpacing(6)
        column.addLayout(self._row)
        column.addStretch(3)

    def show_text(self, sentence: str, hint: str, actions: list[QAction]) -> None:
        """Say what belongs here and offer the actions."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [self._button(action) for action in actions]

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text().replace("&", ""))
        button.clicked.connect(action.trigger)
        button.setToolTip(action.shortcut().toString())
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button
