"""Join: a person's own key on this computer, and the line that the chief needs to add it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from editor.core.people import LONGEST_NAME, Person, Role
from editor.core.story import slug_from
from editor.errors import BadInput, BadValue, EditorError, TrustError, reason_of
from editor.files import write_file
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import STRETCH, button, column, label, once, row
from editor.gui.widgets.password_field import PassphraseFields
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.progress import Progress
from editor.targets import check_target_file
from editor.trust.keyring import KeyStore, choose_key_store, ensure_key
from editor.trust.keys import PrivateKey, PublicKey

_PAUSE_MS = 250


@dataclass(frozen=True, slots=True)
class _FoundKey:
    """What is on this computer under a name.

    `is_closed` is whether a key is here that its person can't open, or not without
    a passphrase that may be forgotten. `problem` says what is wrong with it.
    """

    name: str
    key: PublicKey | None = None
    asks: bool = False
    is_closed: bool = False
    problem: EditorError | None = None


class JoinDialog(Dialog):
    """Makes nobody's key but one's own, and shows the same line again whenever it is asked for."""

    key_made = Signal(str)
    """The name of the person whose key was made just now."""

    def __init__(
        self, session: Session | None, parent: QWidget | None = None, *, jobs: Jobs | None = None
    ) -> None:
        """Without a `session`, where no desk is open, it has `jobs` of its own."""
        super().__init__(_("Join a desk"), parent)
        self._session = session
        self._jobs = session.jobs if session is not None else jobs or Jobs(self)
        self.bar = ProblemBar()
        self.name = QLineEdit(session.person.name if session and not self._is_sample() else "")
        self.passphrase = PassphraseFields(_("A passphrase for your key"))
        self.make = button(_("&Make my key"), self._make, "primary")
        self.words = label(kind="title")
        self.line = QLineEdit()
        self.copy = button(_("&Copy"), self._copy)
        self.save = button(_("&Save as…"), self._choose_file)
        self.renew = button(_("Make a &new key…"), self._start_renewing, "quiet")
        self.meaning = label(
            _(
                "The chief has to add you again with the new key; the old one is set aside and "
                "no longer signs on this computer."
            ),
            "hint",
            wrap=True,
        )
        self.back = button(_("Cancel"), self._stop_renewing, "quiet")
        self._found = _FoundKey("")
        self._renews = False
        self._result, self._making = QWidget(), QWidget()
        self._lay_out()
        self._look_soon = once(self, self._look, _PAUSE_MS)
        self.name.textChanged.connect(self._name_changed)
        self.name.returnPressed.connect(self._name_entered)
        self.passphrase.changed.connect(self._enable)
        self.passphrase.entered.connect(self._make)
        self.name.setMaxLength(LONGEST_NAME)
        self._show(_FoundKey(""))
        self._look()
        self.setMinimumWidth(520)

    def _lay_out(self) -> None:
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self.words.setTextInteractionFlags(
            selectable | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.line.setReadOnly(True)
        column(
            self.meaning,
            self.passphrase,
            row(STRETCH, self.back, self.make, spacing=6),
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
        content = column(
            label(
                _(
                    "You sign with a key of your own, which never leaves this computer. Send its "
                    "line to the desk’s chief, who adds you after reading its words with you on "
                    "the phone."
                ),
                "hint",
                wrap=True,
            ),
            LabelRow(_("Your name, as colleagues know it"), self.name, follows=True),
            self.name,
            self._making,
            self._result,
            STRETCH,
            spacing=8,
        )
        buttons = row(self.renew, STRETCH, button(_("Close"), self.reject))
        self.lay_out(content, buttons, above=(self.bar,), margins=(20, 16))

    def _store(self) -> KeyStore:
        """Where a person's own key belongs, which is never among those of the sample."""
        if self._session is None or self._is_sample():
            return choose_key_store()
        return self._session.desk.keys

    def _is_sample(self) -> bool:
        return self._session is not None and self._session.keys.known.is_sample

    def _name_changed(self) -> None:
        self._show(_FoundKey("", asks=self._found.asks))
        self.bar.clear()
        self._look_soon.start()

    def _name_entered(self) -> None:
        if self._needs_passphrase():
            self.passphrase.first.setFocus()
        elif self.make.isEnabled():
            self._make()

    def _needs_passphrase(self) -> bool:
        return self._renews or self._found.asks

    def _look(self) -> None:
        """Look whether there is a key of that name already, and what a new one needs."""
        name = _tidy(self.name.text())
        self._jobs.run(
            lambda _progress: _find_key(self._store(), name),
            owner=self,
            done=self._looked,
            failed=self.bar.show_error,
            lane="store",
        )

    def _looked(self, found: _FoundKey) -> None:
        if found.name == _tidy(self.name.text()):
            self._show(found)
            if found.problem is not None:
                self.bar.show_error(found.problem)

    def _show(self, found: _FoundKey, *, renews: bool = False) -> None:
        self._found, self._renews = found, renews
        key = None if renews else found.key
        self._result.setVisible(key is not None)
        self._making.setVisible(renews or (key is None and not found.is_closed))
        self.renew.setVisible(found.is_closed and not renews)
        self.meaning.setVisible(renews)
        self.back.setVisible(renews)
        self.make.setText(_("&Make a new key") if renews else _("&Make my key"))
        self.passphrase.setVisible(self._needs_passphrase())
        if key is not None:
            self.words.setText(key.words)
            self.words.setAccessibleName(
                _("The words of your key: {words}").format(words=key.words)
            )
            self.line.setText(key.line(_tidy(self.name.text())))
            self.line.setCursorPosition(0)
            self.copy.setText(_("&Copy"))
            self.save.setText(_("&Save as…"))
        self._enable()
        if self.isVisible():
            self.fit()

    def _start_renewing(self) -> None:
        self.bar.clear()
        self._show(self._found, renews=True)
        self.passphrase.first.setFocus()

    def _stop_renewing(self) -> None:
        self.passphrase.clear()
        self._looked(self._found)

    def _enable(self) -> None:
        has_name = bool(_tidy(self.name.text()))
        is_filled = not self._needs_passphrase() or self.passphrase.is_filled()
        self.make.setEnabled(has_name and is_filled)

    def _make(self) -> None:
        needs_passphrase, renews = self._needs_passphrase(), self._renews
        if not self.make.isEnabled() or (needs_passphrase and not self.passphrase.is_good()):
            return
        name, passphrase = _tidy(self.name.text()), self.passphrase.text()
        self.make.setEnabled(False)
        self.bar.clear()

        def make(_progress: Progress) -> PublicKey:
            store = self._store()
            if needs_passphrase:
                store = store.unlocked(passphrase)
            if not renews:
                return ensure_key(store, name).public
            key = PrivateKey.generate()
            store.replace(name, key)
            return key.public

        self._jobs.run(make, owner=self, done=self._made, failed=self._refused, lane="store")

    def _made(self, key: PublicKey) -> None:
        self.passphrase.clear()
        self.key_made.emit(_tidy(self.name.text()))
        if self._session is not None:
            if not self._is_sample():
                # Who joined works here, as soon as the chief has added them.
                self._session.change_settings(person=_tidy(self.name.text()))
            self._session.keys.read()
        self._show(_FoundKey(_tidy(self.name.text()), key))
        self.copy.setFocus()

    def _refused(self, error: EditorError) -> None:
        self._enable()
        self.bar.show_error(error)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())
        self.copy.setText(_("Copied"))

    def _choose_file(self) -> None:
        name = f"{slug_from(self.name.text(), 'key')}.stonehand-key"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save your key line"), name)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the line to a file, which can be sent."""
        text = self.line.text()

        def write(_progress: Progress) -> None:
            # The file dialog has asked about a file that is there.
            check_target_file(path, _("a key line"), lambda _file: True)
            try:
                write_file(path, f"{text}\n".encode())
            except OSError as error:
                raise BadInput(
                    _("{file} can't be written: {reason}.").format(
                        file=path.name, reason=reason_of(error)
                    ),
                    _("Choose another file."),
                ) from None

        self._jobs.run(
            write,
            owner=self,
            done=lambda _nothing: self.save.setText(_("Saved")),
            failed=self.bar.show_error,
        )


def _tidy(name: str) -> str:
    """Return a name as the desk writes it; empty for what is no name."""
    try:
        return Person(name, Role.JOURNALIST).name
    except BadValue:
        return ""


def _find_key(store: KeyStore, name: str) -> _FoundKey:
    """Find a person's key, on the store's thread. Raises KeyUnavailable."""
    asks = store.needs_passphrase and not os.environ.get("STONEHAND_PASSPHRASE")
    if not name:
        return _FoundKey(name, asks=asks)
    try:
        key = store.public_key(name)
    except (BadInput, TrustError) as problem:
        if not store.needs_passphrase:
            raise  # a keyring has to be opened first
        return _FoundKey(name, asks=asks, is_closed=True, problem=problem)
    return _FoundKey(name, key, asks, is_closed=key is not None and not _opens(store, name))


def _opens(store: KeyStore, name: str) -> bool:
    try:
        return store.read(name) is not None
    except (BadInput, TrustError):
        return False
