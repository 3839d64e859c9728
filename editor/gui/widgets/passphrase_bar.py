"""The bar that asks for the passphrase of somebody's key, where a signature needs it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.errors import BadInput, EditorError, KeyUnavailable
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.i18n import _

_SHORTEST = 8


def wants_passphrase(session: Session, error: EditorError) -> bool:
    """Whether a passphrase may help against a problem: the key is in a file, and shut."""
    return isinstance(error, KeyUnavailable | BadInput) and session.desk.keys.needs_passphrase


class PassphraseBar(QFrame):
    """Asks once; what is typed is held in memory until the desk is closed, and nowhere else.

    A key that is only made now gets the passphrase typed here, so it is asked twice.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "problem")
        self._session = session
        self._retry: Callable[[], object] | None = None
        self._sentence = QLabel()
        self._hint = QLabel()
        set_kind(self._sentence, "strong")
        set_kind(self._hint, "hint")
        for label in (self._sentence, self._hint):
            label.setWordWrap(True)
        self.first = self._field(_("Passphrase"))
        self.again = self._field(_("The same again"))
        self.use = QPushButton(_("Sign"))
        self.use.setProperty("kind", "primary")
        leave = QPushButton(_("Not now"))
        row = QHBoxLayout()
        row.addWidget(self.first, 1)
        row.addWidget(self.again, 1)
        row.addWidget(leave)
        row.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.addWidget(self._sentence)
        column.addWidget(self._hint)
        column.addLayout(row)
        self.use.clicked.connect(self.unlock)
        leave.clicked.connect(self.close_bar)
        self.hide()

    def ask(self, error: EditorError, retry: Callable[[], object]) -> None:
        """Ask for the passphrase; `retry` does again what needed it."""
        self._retry = retry
        name = self._session.person.name

        def show(made: bool) -> None:
            self.again.setVisible(not made)
            hint = (
                _("It stays in this window's memory until you close it.")
                if made
                else _("Choose one of at least {n} characters: your key is made now.").format(
                    n=_SHORTEST
                )
            )
            self._say(error.sentence, hint)
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

        self._session.use_desk(lambda desk: desk.keys.has(name), show)

    def unlock(self) -> None:
        """Take the passphrase and do again what needed it."""
        text, retry = self.first.text(), self._retry
        if not self.again.isHidden() and (text != self.again.text() or len(text) < _SHORTEST):
            short = len(text) < _SHORTEST
            said = _("That is too short.") if short else _("The two are not the same.")
            self._say(said, self._hint.text())
            return
        if text and retry is not None:
            self._clear()
            self.hide()
            self._session.use_desk(lambda desk: desk.unlock(text), lambda _nothing: retry())

    def close_bar(self) -> None:
        """Sign nothing."""
        self._clear()
        self.hide()

    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the passphrase, Esc signs nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.unlock()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _say(self, sentence: str, hint: str) -> None:
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self.setAccessibleName(f"{sentence} {hint}")
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _clear(self) -> None:
        self.first.clear()
        self.again.clear()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        return field
