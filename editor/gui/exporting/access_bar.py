"""Asks what opens a target: a password, a token or keys, which stay in the keyring."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from editor.core.delivery import Target
from editor.core.target_address import PlaceKind
from editor.delivery.credentials import Credentials, secret_title
from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.layout import STRETCH, button, column, label, plain_tip, row
from editor.gui.widgets.password_field import PasswordField
from editor.i18n import _


class AccessBar(QFrame):
    """Hidden until something is asked. `given` has what was typed, and whether to keep it."""

    given = Signal(Credentials, bool)

    def __init__(self) -> None:
        super().__init__()
        set_kind(self, "problem")
        self._sentence = label(kind="strong", wrap=True)
        self.user, self.key_file = QLineEdit(), QLineEdit()
        self.secret = PasswordField(_("Password"))
        self.keep = QCheckBox(_("&Keep it in this computer’s keyring"))
        self.keep.setChecked(True)
        self.connect_button = button(_("Co&nnect"), self._give, "primary")
        for field in (self.user, self.key_file, self.secret):
            field.returnPressed.connect(self._give)
        column(
            self._sentence,
            row((self.user, 1), (self.secret, 1), spacing=6),
            self.key_file,
            row(
                self.keep,
                STRETCH,
                button(_("Not now"), self.close_bar),
                self.connect_button,
                spacing=6,
            ),
            inside=self,
            spacing=6,
            margins=(12, 8, 12, 8),
        )
        self.hide()

    def ask(self, target: Target, sentence: str) -> None:
        """Ask what opens a target; `sentence` says why."""
        place = target.place
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        is_bucket = place.kind is PlaceKind.S3
        user = _("Id of the access key") if is_bucket else _("User name")
        _name(self.user, user)
        _name(self.secret, secret_title(target))
        _name(self.key_file, _("File of a private key, if one opens it"))
        self.user.setVisible(is_bucket or not place.user)
        self.key_file.setVisible(place.kind is PlaceKind.SFTP)
        self.secret.clear()
        self.show()
        announce(self)
        first = self.secret if self.user.isHidden() or self.user.text() else self.user
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_bar(self) -> None:
        """Ask nothing any more, and forget the secret."""
        self.secret.clear()
        self.hide()

    def text(self) -> str:
        """Return the sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give nothing with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        typed = Credentials(
            self.secret.text(), self.user.text().strip(), self.key_file.text().strip()
        )
        is_kept = self.keep.isChecked()
        self.close_bar()
        self.given.emit(typed, is_kept)


def _name(field: QLineEdit, name: str) -> None:
    field.setPlaceholderText(name)
    field.setToolTip(plain_tip(name))
    field.setAccessibleName(name)
