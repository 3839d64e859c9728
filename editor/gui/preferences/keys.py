"""One's own key: where it is, when it is locked, and changing its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGroupBox, QWidget

from editor.errors import BadInput, EditorError
from editor.gui.preferences.setting_row import SettingChoice
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.password_field import PassphraseFields, PasswordField
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.progress import Progress
from editor.settings import all_settings


class KeysDialog(Dialog):
    """Only a key behind a passphrase is locked: the computer's own keyring opens with its login."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Your key"), parent)
        self._session = session
        self._name = session.person.name
        self.bar = ProblemBar()
        self._about = label(kind="hint", wrap=True)
        self.words = label(kind="strong")
        self.lock_after = SettingChoice(all_settings()["lock_keys_after"], self._choose)
        self.lock_now = button(_("&Lock keys now"), self._lock)
        self.old = PasswordField(_("Present passphrase"))
        self.new = PassphraseFields(_("New passphrase"))
        self.change = button(_("Change &passphrase"), self._change)
        self._locking, self._changing = QWidget(), QGroupBox(_("Passphrase"))
        self._lay_out()
        self.old.textChanged.connect(self._enable)
        self.old.returnPressed.connect(self.new.first.setFocus)
        self.new.changed.connect(self._enable)
        self.new.entered.connect(self._change)
        session.keys.changed.connect(self._show)
        session.settings_changed.connect(self._show)
        self._read_words()
        self._show()
        self._enable()
        self.setMinimumWidth(480)

    def _lay_out(self) -> None:
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.lock_after.setAccessibleName(_("Lock keys after"))
        column(
            LabelRow(_("Lock keys after the window was not used for"), self.lock_after),
            row(self.lock_after, STRETCH, self.lock_now, spacing=6),
            inside=self._locking,
            spacing=2,
        )
        column(
            self.old,
            self.new,
            row(STRETCH, self.change),
            inside=self._changing,
            spacing=6,
            margins=(12, 10),
        )
        parts = (self.words, self._about, 4, self._locking, 4, self._changing, STRETCH)
        self.lay_out(
            column(*parts, spacing=6),
            row(STRETCH, button(_("Close"), self.reject)),
            above=(self.bar,),
            margins=(20, 16),
        )

    def _read_words(self) -> None:
        name = self._name

        def show(words: str) -> None:
            self.words.setText(
                _("The key of {name}: {words}").format(name=name, words=words)
                if words
                else _("There is no key of {name} on this computer.").format(name=name)
            )

        def read(_progress: Progress) -> str:
            key = self._session.desk.keys.public_key(name)
            return key.words if key else ""

        self._session.jobs.run(
            read, owner=self, done=show, failed=self.bar.show_error, lane="store"
        )

    def _show(self) -> None:
        known, keys = self._session.keys.known, self._session.keys
        sentence = _("It is {place}.").format(place=known.place)
        if known.is_sample:
            sentence = _("The sample’s people are invented, and so are their keys.")
        elif not known.has_passphrase:
            sentence += " " + _("It opens with your login, so there is nothing to lock here.")
        self._about.setText(sentence)
        for part in (self._locking, self._changing):
            part.setVisible(known.has_passphrase)
        self.lock_now.setEnabled(not keys.is_locked(self._name))
        self.lock_after.show_value(self._session.settings.lock_keys_after)

    def _choose(self, minutes: int) -> None:
        if minutes != self._session.settings.lock_keys_after:
            self._session.change_settings(lock_keys_after=minutes)

    def _lock(self) -> None:
        self._session.lock_keys()

    def _enable(self) -> None:
        self.change.setEnabled(bool(self.old.text()) and self.new.is_filled())

    def _change(self) -> None:
        if not self.change.isEnabled() or not self.new.is_good():
            return
        name, old, new = self._name, self.old.text(), self.new.text()
        self.change.setEnabled(False)

        def work(_progress: Progress) -> None:
            self._session.desk.keys.change_passphrase(name, old, new)

        self._session.jobs.run(
            work, owner=self, done=self._changed, failed=self._refused, lane="store"
        )

    def _changed(self, _nothing: None) -> None:
        self.old.clear()
        self.new.clear()
        self.bar.show_text(_("The key of {name} has a new passphrase.").format(name=self._name))

    def _refused(self, error: EditorError) -> None:
        self._enable()
        if isinstance(error, BadInput):
            self.old.setFocus()
            self.old.selectAll()
        self.bar.show_error(error)
