"""A field for a passphrase, and two of them where one is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.layout import column, label, plain_tip, row
from editor.i18n import _
from editor.trust.passphrase import SHORTEST_PASSPHRASE


class PasswordField(QLineEdit):
    """Shows dots; its name is also what an empty one shows."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setPlaceholderText(name)
        self.setToolTip(plain_tip(name))  # what it shows is cut where it is narrow
        self.setAccessibleName(name)


class PassphraseFields(QWidget):
    """Asks for the passphrase of a key that is here, or twice for that of one made now.

    What is wrong is shown below the fields, and nothing typed is lost. `beside` are
    widgets at the end of their line.
    """

    changed = Signal()
    """Something was typed."""
    entered = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, first: str = "", *beside: QWidget, is_new: bool = True) -> None:
        super().__init__()
        self._is_new = is_new
        self.first = PasswordField(first or _("Passphrase"))
        self.again = PasswordField(_("The same again"))
        self._problem = label(kind="error", wrap=True)
        self._problem.hide()
        self._hint = label(kind="hint", wrap=True)
        column(
            row((self.first, 1), (self.again, 1), *beside, spacing=6),
            self._problem,
            self._hint,
            inside=self,
            spacing=4,
        )
        self.first.returnPressed.connect(self._first_entered)
        self.again.returnPressed.connect(self.entered)
        for box in (self.first, self.again):
            box.textChanged.connect(self._text_changed)
        self.set_new(is_new)

    def set_new(self, is_new: bool) -> None:
        """Ask for a passphrase that is chosen now, or for the one of a key that is here."""
        self._is_new = is_new
        self.again.setVisible(is_new)
        self._hint.setText(
            _("{n} characters or more: a few words. Nobody can restore it.").format(
                n=SHORTEST_PASSPHRASE
            )
            if is_new
            else _("Your key is on this computer already.")
        )

    def set_hint(self, text: str) -> None:
        """Say something else below the fields; nothing for no line at all."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def text(self) -> str:
        """Return the first field's text."""
        return self.first.text()

    def is_filled(self) -> bool:
        """Return whether every field has text."""
        return bool(self.first.text() and (self.again.text() or not self._is_new))

    def is_good(self) -> bool:
        """Return whether the passphrase can be used; if not, say why and go to its field."""
        if self._is_new and len(self.first.text()) < SHORTEST_PASSPHRASE:
            self.show_problem(
                _("That is too short: it needs {n} characters.").format(n=SHORTEST_PASSPHRASE)
            )
            return False
        if self._is_new and self.first.text() != self.again.text():
            self.show_problem(_("The two are not the same."))
            self.again.setFocus()
            self.again.selectAll()
            return False
        return bool(self.first.text())

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong; the first field is selected, to be typed again."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._hint.setVisible(not sentence and bool(self._hint.text()))
        set_kind(self._problem, "error")
        self.first.setAccessibleDescription(sentence)
        if sentence:
            self.first.setFocus()
            self.first.selectAll()

    def problem(self) -> str:
        """Return the sentence that says what is wrong, or nothing."""
        return "" if self._problem.isHidden() else self._problem.text()

    def clear(self) -> None:
        """Empty the fields."""
        self.first.clear()
        self.again.clear()

    def _first_entered(self) -> None:
        if self._is_new:
            self.again.setFocus()
        else:
            self.entered.emit()

    def _text_changed(self) -> None:
        self.show_problem("")
        self.changed.emit()
