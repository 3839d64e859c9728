"""The dialog about content credentials: by which certificates the paper signs its pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGroupBox, QWidget

from editor.core.changes import Changes
from editor.core.commands import SaveHouse
from editor.core.people import Role
from editor.core.story import slug_from
from editor.core.times import now, shown_at
from editor.errors import EditorError, KeyUnavailable
from editor.gui.coalescer import LastAnswer
from editor.gui.jobs import Work
from editor.gui.path_field import PathField
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.password_field import PassphraseFields, PasswordField
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, isolated
from editor.trust.paper_credentials import (
    PaperCredentials,
    add_certificates,
    add_key,
    copy_key,
    make_certificates,
    read_certificates,
    read_paper_credentials,
)
from editor.trust.picture_keys import read_key_file

T = TypeVar("T")


class CredentialsDialog(Dialog):
    """A chief turns them on and off; whoever has the key may copy it to another computer."""

    help_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Content credentials"), parent, size=(620, 640))
        self._session, self._answer = session, LastAnswer()
        self._found: PaperCredentials | None = None
        self._under_way = 0
        self.bar, self.passphrase = ProblemBar(), PassphraseBar(session)
        self.state, self.details = label(kind="strong", wrap=True), label(wrap=True)
        self.about = label(kind="hint", wrap=True)
        self.make = button(_("&Make certificates"), self._make, "primary")
        self.off = button(_("&Turn off"), self._turn_off)
        files = _("PEM files (*.pem *.crt *.cer *.key);;All files (*)")
        jobs = session.jobs
        self.certificates = PathField(
            jobs, _("File of the certificates"), _problem_of_certificates, files=files
        )
        self.key = PathField(jobs, _("File of their key"), _problem_of_key, files=files)
        self.key_passphrase = PasswordField(_("Passphrase of the key’s file, if it has one"))
        self.add = button(_("&Add"), self._add)
        self.copy_passphrase = PassphraseFields(_("Passphrase for the copy"))
        self.copy = button(_("Copy the &key…"), self._choose_copy)
        self._lay_out()
        for field in (self.certificates, self.key):
            field.changed.connect(self._enable)
            field.checked.connect(self._enable)
        self.key_passphrase.returnPressed.connect(self.add.click)
        self.copy_passphrase.changed.connect(self._enable)
        self.copy_passphrase.entered.connect(self.copy.click)
        session.person_changed.connect(self._enable)
        session.keys.changed.connect(self._enable)
        session.changed.connect(self._changed)
        self._enable()
        self.read()

    def read(self) -> None:
        """Ask the keyring, which may take its time, and show how it is."""
        house = self._session.house
        self._session.jobs.run(
            lambda _progress: read_paper_credentials(house),
            owner=self,
            done=self._answer.only(self._show),
            failed=self.bar.show_error,
        )

    def copy_to(self, path: Path) -> None:
        """Copy the key to a file that the typed passphrase opens."""
        house, passphrase = self._session.house, self.copy_passphrase.text()

        def done(_nothing: None) -> None:
            self.copy_passphrase.clear()
            self.bar.show_text(
                _("The key was copied to {file}.").format(file=isolated(path.name)),
                _("Add it on the other computer, then remove the file."),
            )

        # The file dialog has asked about a file that is there.
        self._run(lambda _progress: copy_key(house, path, passphrase, force=True), done)

    def _lay_out(self) -> None:
        self.details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.details.setAccessibleName(_("Certificates of the paper"))
        self._adding, self._copying = QGroupBox(), QGroupBox(_("Key on another computer"))
        self._certificates_row = LabelRow(
            _("File of the &certificates"), self.certificates.edit, follows=True
        )
        column(
            self._certificates_row,
            self.certificates,
            LabelRow(_("&File of their key"), self.key.edit, follows=True),
            self.key,
            self.key_passphrase,
            row(STRETCH, self.add),
            inside=self._adding,
            spacing=6,
            margins=(12, 10),
        )
        column(
            label(_("Pictures can be exported where the key is."), "hint", wrap=True),
            self.copy_passphrase,
            row(STRETCH, self.copy),
            inside=self._copying,
            spacing=6,
            margins=(12, 10),
        )
        parts = (
            self.state,
            self.details,
            self.about,
            row(self.make, self.off, STRETCH, spacing=8),
            self._adding,
            self._copying,
            STRETCH,
        )
        self.lay_out(
            column(*parts, spacing=10, margins=(2, 2, 8, 2)),
            row(button(_("&Help"), self.help_asked.emit), STRETCH, button(_("Close"), self.reject)),
            above=(self.bar, self.passphrase),
        )

    def _show(self, found: PaperCredentials | None) -> None:
        self._found = found
        if found is None:
            self.state.setText(_("The paper signs no pictures."))
            self.about.setText(
                _(
                    "Content credentials (C2PA) state inside each JPEG which paper published it. "
                    "Own certificates need nobody else; readers see them as “untrusted”, "
                    "because no list of theirs knows the paper."
                )
            )
        else:
            chain = found.chain
            self.state.setText(
                _("The paper signs its pictures as {name}.").format(name=isolated(chain.name))
            )
            self.details.setText(_details(found))
            self.about.setText(
                _("The key is in this computer’s keyring: pictures can be exported here.")
                if found.is_key_here
                else _("The key is not on this computer: new pictures can’t be exported here.")
            )
        self.details.setVisible(found is not None)
        self._enable()

    def _enable(self) -> None:
        """Offer what this person can do now."""
        session, found = self._session, self._found
        is_chief = session.can_decide and session.person.role is Role.CHIEF
        is_on, has_key = bool(session.house.content_credentials), bool(found and found.is_key_here)
        self.make.setVisible(not is_on)
        self.off.setVisible(is_on)
        for own in (self.make, self.off):
            own.setEnabled(is_chief and not self._under_way)
            own.setToolTip("" if is_chief else _("Only a chief may change this."))
        self._certificates_row.setVisible(is_chief)
        self.certificates.setVisible(is_chief)
        self._adding.setVisible(is_chief or (found is not None and not has_key))
        self._adding.setTitle(
            _("Certificates of an authority") if is_chief else _("Key of these certificates")
        )
        self._copying.setVisible(has_key)
        certificates = is_chief and bool(self.certificates.edit.text().strip())
        is_good = not (self.key.problem() or (certificates and self.certificates.problem()))
        has_files = bool(self.key.edit.text().strip()) and (certificates or is_on)
        self.add.setEnabled(is_good and has_files and not self._under_way)
        self.certificates.edit.setPlaceholderText(
            _("Empty for those of the paper: only their key is added") if is_on else ""
        )
        self.copy.setEnabled(self.copy_passphrase.is_filled() and not self._under_way)

    def _make(self) -> None:
        house = self._session.house
        self._run(lambda _progress: make_certificates(house, now()), self._save)

    def _turn_off(self) -> None:
        before = self._session.house.content_credentials

        def done() -> None:
            self.bar.show_text(
                _("Content credentials are off."),
                _("The next export has pictures without them. The key stays in the keyring."),
                (_("&Undo"), partial(self._save, before)),
            )

        self.bar.clear()
        self._save("", done)

    def _add(self) -> None:
        if not self.add.isEnabled():
            return
        house, key, passphrase = self._session.house, self.key.path, self.key_passphrase.text()
        certificates = self.certificates.path
        if self.certificates.isHidden() or not self.certificates.edit.text().strip():
            self._run(lambda _progress: add_key(house, key, passphrase), self._added)
        else:
            self._run(
                lambda _progress: add_certificates(certificates, key, passphrase, now()),
                lambda text: self._save(text, self._added),
            )

    def _added(self, _nothing: None = None) -> None:
        for field in (self.certificates, self.key):
            field.edit.clear()
            field.show_problem("")
        self.key_passphrase.clear()
        self.bar.show_text(_("The key is in this computer’s keyring."))
        self.read()

    def _choose_copy(self) -> None:
        if not self.copy.isEnabled() or not self.copy_passphrase.is_good():
            return
        name = f"{slug_from(self._session.house.name, 'paper')}-picture-key.pem"
        chooser = QFileDialog(self, _("Copy the key"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.selectFile(name)
        chooser.fileSelected.connect(lambda chosen: self.copy_to(Path(chosen)))
        chooser.open()

    def _run(self, work: Work[T], done: Callable[[T], object]) -> None:
        self.bar.clear()
        self._count(1)
        self._session.jobs.run(
            work,
            owner=self,
            done=done,
            failed=self._refused,
            ended=lambda: self._count(-1),
        )

    def _save(self, text: str, done: Callable[[], object] | None = None) -> None:
        """Let the chief sign the paper with other certificates, or with none."""
        house = self._session.house
        if text == house.content_credentials:
            if done:
                done()
            return

        def saved(_changes: Changes) -> None:
            self._count(-1)
            if done:
                done()

        def failed(error: EditorError) -> None:
            self._count(-1)
            self.bar.show_error(error)

        self._count(1)
        command = SaveHouse(replace(house, content_credentials=text), house.hash)
        self._session.run(command, owner=self, done=saved, failed=failed)

    def _refused(self, error: EditorError) -> None:
        self.bar.show_error(error)
        if isinstance(error, KeyUnavailable) and self._adding.isVisible():
            self.key_passphrase.setFocus()
            self.key_passphrase.selectAll()

    def _count(self, more: int) -> None:
        self._under_way += more
        self._enable()

    def _changed(self, changes: Changes) -> None:
        if changes.touches("house"):
            self.read()


def _details(found: PaperCredentials) -> str:
    chain = found.chain
    return "\n".join(
        (
            _("Issued by {name}").format(name=isolated(chain.issuer)),
            _("Valid until {time}").format(time=shown_at(chain.end)),
            _("Fingerprint {text}").format(text=_in_groups(chain.fingerprint)),
        )
    )


def _in_groups(fingerprint: str) -> str:
    return " ".join(fingerprint[start : start + 8] for start in range(0, len(fingerprint), 8))


def _problem_of_certificates(path: Path) -> str:
    """Return what is wrong with a file of certificates; nothing where none is named."""
    if path == Path():
        return ""
    try:
        read_certificates(path, now())
    except EditorError as error:
        return f"{error.sentence} {error.hint}"
    return ""


def _problem_of_key(path: Path) -> str:
    """Return what is wrong with a key's file but for its passphrase, which is asked for below."""
    if path == Path():
        return ""
    try:
        read_key_file(path)
    except KeyUnavailable:
        return ""
    except EditorError as error:
        return f"{error.sentence} {error.hint}"
    return ""
