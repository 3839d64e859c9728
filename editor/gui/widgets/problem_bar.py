"""A known problem beside its cause: a sentence, a hint, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from editor.errors import EditorError
from editor.gui.theme import set_kind
from editor.i18n import _


class ProblemBar(QFrame):
    """Takes no room until there is something to say; goes when it is dismissed or cleared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "problem")
        self._sentence = QLabel()
        self._sentence.setProperty("kind", "strong")
        self._hint = QLabel()
        self._hint.setProperty("kind", "hint")
        for label in (self._sentence, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(6)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._sentence)
        words.addWidget(self._hint)
        words.addLayout(self._actions)
        close = QPushButton("×")
        close.setProperty("kind", "quiet")
        close.setAccessibleName(_("Dismiss"))
        close.setToolTip(_("Dismiss"))
        close.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 6, 8)
        row.addLayout(words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._close = close
        self.hide()

    def show_error(self, error: EditorError, *actions: tuple[str, Callable[[], None]]) -> None:
        """Show a known problem, with buttons (label, what it does) that dismiss it too."""
        self.show_text(error.sentence, error.hint, *actions, severe=True)

    def show_text(
        self,
        sentence: str,
        hint: str = "",
        *actions: tuple[str, Callable[[], None]],
        severe: bool = False,
    ) -> None:
        """Show a sentence; `severe` for what went wrong, otherwise for what is worth knowing."""
        set_kind(self, "error" if severe else "problem")
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._set_actions(actions)
        self.setAccessibleName(f"{sentence} {hint}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Take the problem away."""
        self.hide()
        self._set_actions(())

    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def _set_actions(self, actions: tuple[tuple[str, Callable[[], None]], ...]) -> None:
        while item := self._actions.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for label, act in actions:
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, act=act: self._do(act))
            self._actions.addWidget(button)
            QWidget.setTabOrder(button, self._close)
        if actions:
            self._actions.addStretch(1)

    def _do(self, act: Callable[[], None]) -> None:
        self.clear()
        act()
