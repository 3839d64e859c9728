"""Join: a person's own key on this computer, and the line that the chief needs to add it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from editor.core.people import Person, Role
from editor.core.story import slug_from
from editor.errors import BadInput, EditorError
from editor.files import write_file
from editor.gui.session import Session
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import STRETCH, button, column, label, once, row
from editor.gui.widgets.password_field import PassphraseFields
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.progress import Progress
from editor.trust.keyring import KeyStore, choose_key_store, ensure_key
from editor.trust.keys import PublicKey

_PAUSE_MS = 250


class JoinDialog(QDialog):
    """Makes nobody's key but one's own, and shows the same line again whenever it is asked for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Join a desk"))
        self._session = session
        self._key: PublicKey | None = None
        self.bar = ProblemBar()
        self.name = QLineEdit("" if session.keys.known.is_sample else session.person.name)
        self.passphrase = PassphraseFields(_("A passphrase for your key"))
        self.make = button(_("&Make my key"), self._make, "primary")
        self.words = label(kind="title")
        self.line = QLineEdit()
        self.copy = button(_("&Copy"), self._copy)
        self.save = button(_("&Save as…"), self._choose_file)
        self._needs_passphrase = False
        self._result, self._making = QWidget(), QWidget()
        self._lay_out()
        self._look_soon = once(self, self._look, _PAUSE_MS)
        self.name.textChanged.connect(self._name_changed)
        self.name.returnPressed.connect(self._name_entered)
        self.passphrase.changed.connect(self._enable)
        self.passphrase.entered.connect(self._make)
        self._show_key(None)
        self._look()
        self.setMinimumWidth(520)

    def _lay_out(self) -> None:
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self.words.setTextInteractionFlags(
            selectable | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.line.setReadOnly(True)
        column(
            self.passphrase,
            row(STRETCH, self.make),
            inside=self._making,
            spacing=8,
        )
        column(
            LabelRow(_("The words of your key"), self.words),
            self.words,
            6,
            LabelRow(_("The line to send to the chief"), self.line),
            row((self.line, 1), self.copy, self.save, spacing=6),
            inside=self._result,
            spacing=2,
        )
        column(
            label(
                _(
                    "You sign with a key of your own, which never leaves this computer. Send its "
                    "line to the desk’s chief, who adds you after reading its words with you on "
                    "the phone."
                ),
                "hint",
                wrap=True,
            ),
            self.bar,
            LabelRow(_("Your name, as colleagues know it"), self.name),
            self.name,
            self._making,
            self._result,
            STRETCH,
            row(STRETCH, button(_("Close"), self.reject)),
            inside=self,
            spacing=8,
            margins=(20, 16),
        )

    def _store(self) -> KeyStore:
        """Where a person's own key belongs, which is never among those of the sample."""
        is_sample = self._session.keys.known.is_sample
        return choose_key_store() if is_sample else self._session.desk.keys

    def _name_changed(self) -> None:
        self._show_key(None)
        self.bar.clear()
        self._look_soon.start()

    def _name_entered(self) -> None:
        if self._needs_passphrase:
            self.passphrase.first.setFocus()
        elif self.make.isEnabled():
            self._make()

    def _look(self) -> None:
        """Look whether there is a key of that name already, and what a new one needs."""
        name = _tidy(self.name.text())

        def read(_progress: Progress) -> tuple[str, PublicKey | None, bool]:
            store = self._store()
            asks = store.needs_passphrase and not os.environ.get("STONEHAND_PASSPHRASE")
            return name, store.public_key(name) if name else None, asks

        self._session.jobs.run(
            read, owner=self, done=self._looked, failed=self.bar.show_error, lane="store"
        )

    def _looked(self, found: tuple[str, PublicKey | None, bool]) -> None:
        name, key, self._needs_passphrase = found
        if name == _tidy(self.name.text()):
            self._show_key(key)

    def _show_key(self, key: PublicKey | None) -> None:
        self._key = key
        self._result.setVisible(key is not None)
        self._making.setVisible(key is None)
        self.passphrase.setVisible(self._needs_passphrase)
        if key is not None:
            self.words.setText(key.words)
            self.words.setAccessibleName(
                _("The words of your key: {words}").format(words=key.words)
            )
            self.line.setText(key.line(_tidy(self.name.text())))
            self.line.setCursorPosition(0)
        self._enable()
        self.adjustSize()

    def _enable(self) -> None:
        has_name = bool(_tidy(self.name.text()))
        is_filled = not self._needs_passphrase or self.passphrase.is_filled()
        self.make.setEnabled(has_name and is_filled)

    def _make(self) -> None:
        if not self.make.isEnabled() or (self._needs_passphrase and not self.passphrase.is_good()):
            return
        name, needs_passphrase = _tidy(self.name.text()), self._needs_passphrase
        passphrase = self.passphrase.text()
        self.make.setEnabled(False)
        self.bar.clear()

        def make(_progress: Progress) -> PublicKey:
            store = self._store()
            if needs_passphrase:
                store = store.unlocked(passphrase)
            return ensure_key(store, name).public

        self._session.jobs.run(
            make, owner=self, done=self._made, failed=self._refused, lane="store"
        )

    def _made(self, key: PublicKey) -> None:
        self.passphrase.clear()
        if not self._session.keys.known.is_sample:
            # Who joined works here, as soon as the chief has added them.
            self._session.change_settings(person=_tidy(self.name.text()))
        self._session.keys.read()
        self._show_key(key)
        self.copy.setFocus()

    def _refused(self, error: EditorError) -> None:
        self._enable()
        self.bar.show_error(error)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())
        self.copy.setText(_("Copied"))

    def _choose_file(self) -> None:
        name = f"{slug_from(self.name.text()) or 'key'}.stonehand-key.txt"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save your key line"), name)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the line to a file, which can be sent."""
        text = self.line.text()

        def write(_progress: Progress) -> None:
            try:
                write_file(path, f"{text}\n".encode())
            except OSError as error:
                raise BadInput(
                    _("{file} can't be written: {reason}.").format(
                        file=path.name, reason=error.strerror
                    ),
                    _("Choose another file."),
                ) from None

        self._session.jobs.run(
            write,
            owner=self,
            done=lambda _nothing: self.save.setText(_("Saved")),
            failed=self.bar.show_error,
        )


def _tidy(name: str) -> str:
    """Return a name as the desk writes it; empty for nothing but white space."""
    return Person(name, Role.JOURNALIST).name if name.strip() else ""
