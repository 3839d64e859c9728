"""The bar that asks for the passphrase of a person's key, where a signature needs it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from editor.errors import BadInput, EditorError, KeyUnavailable
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.layout import button, column, label, row
from editor.i18n import _

_SHORTEST = 8


def wants_passphrase(session: Session, error: EditorError) -> bool:
    """Return whether a passphrase may solve a problem: the key is in a file, and locked."""
    return isinstance(error, KeyUnavailable | BadInput) and session.desk.keys.needs_passphrase


class PassphraseBar(QFrame):
    """Asks once; the passphrase is held in memory until the desk is closed, and nowhere else.

    The passphrase of a key that is only made now has to be typed twice.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        set_kind(self, "problem")
        self._session = session
        self._retry: Callable[[], object] | None = None
        self._sentence = label(kind="strong", wrap=True)
        self._hint = label(kind="hint", wrap=True)
        self.first = _password_field(_("Passphrase"))
        self.again = _password_field(_("The same again"))
        self.use = button(_("Sign"), self.unlock, "primary")
        column(
            self._sentence,
            self._hint,
            row(
                (self.first, 1),
                (self.again, 1),
                button(_("Not now"), self.close_bar),
                self.use,
                spacing=6,
            ),
            inside=self,
            spacing=6,
            margins=(12, 8, 12, 10),
        )
        self.hide()

    def ask(self, error: EditorError, retry: Callable[[], object]) -> None:
        """Ask for the passphrase; `retry` repeats what needed it."""
        self._retry = retry
        name = self._session.person.name

        def show(has_key: bool) -> None:
            self.again.setVisible(not has_key)
            hint = (
                _("It stays in this window's memory until you close it.")
                if has_key
                else _("Choose one of at least {n} characters: your key is made now.").format(
                    n=_SHORTEST
                )
            )
            self._show(error.sentence, hint)
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

        self._session.use_desk(lambda desk: desk.keys.has(name), owner=self, done=show)

    def unlock(self) -> None:
        """Unlock the key with the passphrase, and repeat what needed it."""
        text, retry = self.first.text(), self._retry
        if not self.again.isHidden():
            if len(text) < _SHORTEST:
                self._show(_("That is too short."), self._hint.text())
                return
            if text != self.again.text():
                self._show(_("The two are not the same."), self._hint.text())
                return
        if text and retry is not None:
            self.close_bar()
            self._session.use_desk(
                lambda desk: desk.unlock(text), owner=self, done=lambda _nothing: retry()
            )

    def close_bar(self) -> None:
        """Sign nothing."""
        self.first.clear()
        self.again.clear()
        self.hide()

    def text(self) -> str:
        """Return the sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sign with Enter, and sign nothing with Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.unlock()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _show(self, sentence: str, hint: str) -> None:
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self.setAccessibleName(f"{sentence} {hint}")
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def _password_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field
