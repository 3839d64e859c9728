"""The bar that asks for the passphrase of a person's key, where a signature needs it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from editor.errors import EditorError
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.layout import button, column, label
from editor.gui.widgets.password_field import PassphraseFields
from editor.i18n import _

Call = Callable[[], object]


class PassphraseBar(QFrame):
    """Asks once: the key stays open until the desk is closed or the keys are locked.

    A window or dialog that has one needs nothing else: whatever is refused there for
    the lack of a passphrase is carried out after it was given.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        set_kind(self, "problem")
        self._session = session
        self._waiting: list[tuple[Call, Call]] = []
        self._focus_before: QWidget | None = None
        self._sentence = label(kind="strong", wrap=True)
        self.use = button(_("Sign"), self.unlock, "primary")
        not_now = button(_("Not now"), self.close_bar)
        self.field = PassphraseFields("", not_now, self.use, is_new=False)
        self.field.set_hint(_("It is asked once, and stays in this window’s memory only."))
        column(
            self._sentence,
            self.field,
            inside=self,
            spacing=6,
            margins=(12, 8, 12, 8),
        )
        self.field.entered.connect(self.unlock)
        keys = session.keys
        keys.add_asker(self)
        self.destroyed.connect(lambda: keys.remove_asker(self) if isValid(keys) else None)
        self.hide()

    def can_ask(self) -> bool:
        """Return whether the bar's window is shown, and no dialog blocks it."""
        if not isValid(self) or not self.window().isVisible():
            return False
        return QApplication.activeModalWidget() in (None, self.window())

    def ask(self, retry: Call, give_up: Call) -> None:
        """Ask for the passphrase; what was asked for meanwhile waits for the same answer."""
        self._waiting.append((retry, give_up))
        if not self.isHidden():
            return
        self._focus_before = QApplication.focusWidget()
        name = self._session.person.name
        self._sentence.setText(_("Your passphrase, to sign as {name}").format(name=name))
        self.setAccessibleName(self._sentence.text())
        self._set_busy(False)
        self.show()
        announce(self)
        self.field.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def unlock(self) -> None:
        """Open the key with what is typed, and carry out what waits for it."""
        if not self.field.text() or not self.use.isEnabled():
            return
        self._set_busy(True)
        self._session.keys.unlock(
            self._session.person.name,
            self.field.text(),
            owner=self,
            done=self._unlocked,
            failed=self._refused,
        )

    def close_bar(self) -> None:
        """Sign nothing."""
        for _retry, give_up in self._close():
            give_up()

    def text(self) -> str:
        """Return the sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sign nothing with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _unlocked(self) -> None:
        for retry, _give_up in self._close():
            retry()

    def _refused(self, error: EditorError) -> None:
        self._set_busy(False)
        self.field.show_problem(_("{sentence} Nothing is lost.").format(sentence=error.sentence))

    def _close(self) -> list[tuple[Call, Call]]:
        """Hide the bar and give the focus back; return what waited."""
        waiting, self._waiting = self._waiting, []
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.field.clear()
        self.hide()
        before, self._focus_before = self._focus_before, None
        if had_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        return waiting

    def _set_busy(self, is_busy: bool) -> None:
        self.use.setEnabled(not is_busy)
        self.use.setText(_("Opening…") if is_busy else _("Sign"))
