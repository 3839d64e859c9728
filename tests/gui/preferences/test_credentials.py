"""The dialog about content credentials, with real certificates, keys and a keyring in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from editor.core.people import Role
from editor.core.times import now
from editor.gui.preferences.credentials import CredentialsDialog
from editor.gui.session import Session
from editor.gui.window.help import HelpWindow
from editor.store.desk import Desk
from editor.trust.picture_keys import read_key_file, read_picture_key
from tests.certificates import chain, key_pem, new_key
from tests.gui.conftest import OpenWindow, ShowDialog
from tests.keyrings import Secrets
from tests.reading import reading

Settle = Callable[[], None]

pytestmark = pytest.mark.usefixtures("secrets")


@pytest.fixture
def dialog(session: Session, show_dialog: ShowDialog[CredentialsDialog]) -> CredentialsDialog:
    return show_dialog(CredentialsDialog(session))


def signed_by(desk: Desk) -> str:
    return reading(desk).house().content_credentials


def work_as(session: Session, role: Role) -> None:
    session.set_person(next(person.name for person in session.people if person.role is role))


def test_paper_signs_no_pictures_until_a_chief_makes_certificates(
    dialog: CredentialsDialog, desk: Desk, settle: Settle, secrets: Secrets
) -> None:
    assert dialog.state.text() == "The paper signs no pictures."
    assert not dialog.off.isVisible()
    assert not dialog.copy.isVisible()
    dialog.make.click()
    assert not dialog.make.isEnabled(), "a second click would make a second key"
    settle()
    assert dialog.bar.text() == ""
    assert "Harbour Post" in dialog.state.text()
    assert "Issued by" in dialog.details.text()
    assert "can be exported here" in dialog.about.text()
    assert not dialog.make.isVisible()
    assert signed_by(desk).count("BEGIN CERTIFICATE") == 2
    assert len(secrets.passwords) == 1


def test_they_are_turned_off_and_back_with_the_same_key(
    dialog: CredentialsDialog, desk: Desk, settle: Settle, secrets: Secrets
) -> None:
    dialog.make.click()
    settle()
    before, keys = signed_by(desk), dict(secrets.passwords)
    dialog.off.click()
    settle()
    assert signed_by(desk) == ""
    assert dialog.state.text() == "The paper signs no pictures."
    buttons = dialog.bar.findChildren(QAbstractButton)
    [undo] = [part for part in buttons if part.text().replace("&", "") == "Undo"]
    undo.click()
    settle()
    assert signed_by(desk) == before
    assert secrets.passwords == keys
    assert "can be exported here" in dialog.about.text()


def test_files_of_an_authority_are_added_with_their_passphrase(
    dialog: CredentialsDialog, desk: Desk, settle: Settle, tmp_path: Path, secrets: Secrets
) -> None:
    key = new_key()
    files = tmp_path / "chain.pem", tmp_path / "key.pem"
    files[0].write_text(chain(key))
    files[1].write_bytes(key_pem(key, b"sesame"))
    dialog.certificates.set_path(files[0])
    dialog.key.set_path(files[1])
    settle()
    assert (dialog.certificates.problem(), dialog.key.problem()) == ("", "")
    dialog.key_passphrase.setText("wrong")
    dialog.add.click()
    settle()
    assert "does not open the private key" in dialog.bar.text()
    assert dialog.key_passphrase.hasFocus()
    assert dialog.certificates.path == files[0], "nothing is lost"
    assert (signed_by(desk), secrets.passwords) == ("", {})
    dialog.key_passphrase.setText("sesame")
    dialog.add.click()
    settle()
    assert dialog.bar.text() == "The key is in this computer’s keyring."
    assert signed_by(desk) == files[0].read_text()
    assert list(secrets.passwords.values()) == [read_picture_key(key_pem(key)).pem]
    assert dialog.key_passphrase.text() == dialog.key.edit.text() == ""
    assert "Press Authority" in dialog.details.text()


def test_what_is_wrong_with_a_file_is_below_it(
    dialog: CredentialsDialog, settle: Settle, tmp_path: Path
) -> None:
    file, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    expired = chain(new_key(), start=now() - timedelta(days=9), days=8)
    key.write_bytes(key_pem(new_key()))
    dialog.key.set_path(key)
    for text, sentence in (
        (expired, "expired on"),
        (key.read_text(), "private key is in the text"),
        ("no", "no certificate in this text"),
    ):
        file.write_text(text)
        dialog.certificates.set_path(file)
        settle()
        assert sentence in dialog.certificates.problem()
        assert not dialog.add.isEnabled()
    dialog.key.set_path(tmp_path / "none.pem")
    settle()
    assert "can't be read" in dialog.key.problem()


def test_key_of_another_certificate_is_refused(
    dialog: CredentialsDialog, desk: Desk, settle: Settle, tmp_path: Path, secrets: Secrets
) -> None:
    files = tmp_path / "chain.pem", tmp_path / "key.pem"
    files[0].write_text(chain(new_key()))
    files[1].write_bytes(key_pem(new_key()))
    dialog.certificates.set_path(files[0])
    dialog.key.set_path(files[1])
    settle()
    dialog.add.click()
    settle()
    assert "not that of the first certificate" in dialog.bar.text()
    assert (signed_by(desk), secrets.passwords) == ("", {})


def test_key_is_copied_and_added_where_it_is_missing_by_anybody(
    dialog: CredentialsDialog,
    session: Session,
    settle: Settle,
    tmp_path: Path,
    secrets: Secrets,
) -> None:
    dialog.make.click()
    settle()
    kept, file = dict(secrets.passwords), tmp_path / "copy.pem"
    dialog.copy_passphrase.first.setText("harbour lights")
    assert not dialog.copy.isEnabled()
    dialog.copy_passphrase.again.setText("harbour light")
    dialog.copy.click()
    assert "not the same" in dialog.copy_passphrase.problem()
    dialog.copy_passphrase.again.setText("harbour lights")
    dialog.copy_to(file)
    settle()
    assert "copied to" in dialog.bar.text()
    assert dialog.copy_passphrase.text() == ""
    assert read_key_file(file, "harbour lights").pem == next(iter(kept.values()))
    secrets.passwords.clear()
    work_as(session, Role.JOURNALIST)
    dialog.read()
    settle()
    assert "can’t be exported here" in dialog.about.text()
    assert not dialog.copy.isVisible()
    assert not dialog.certificates.isVisible()
    assert not dialog.off.isEnabled()
    dialog.key.set_path(file)
    dialog.key_passphrase.setText("harbour lights")
    settle()
    dialog.add.click()
    settle()
    assert secrets.passwords == kept
    assert "can be exported here" in dialog.about.text()


def test_key_is_never_copied_into_a_desk(
    dialog: CredentialsDialog, desk: Desk, settle: Settle
) -> None:
    dialog.make.click()
    settle()
    dialog.copy_passphrase.first.setText("harbour lights")
    dialog.copy_to(desk.path / "key.pem")
    settle()
    assert "is inside the desk" in dialog.bar.text()
    assert not (desk.path / "key.pem").exists()
    assert dialog.copy_passphrase.text() == "harbour lights"


def test_only_a_chief_turns_them_on(
    dialog: CredentialsDialog, session: Session, settle: Settle
) -> None:
    work_as(session, Role.EDITOR)
    settle()
    assert not dialog.make.isEnabled()
    assert dialog.make.toolTip() == "Only a chief may change this."
    assert not dialog.add.isVisible()


def test_closed_keyring_is_said_and_nothing_is_signed(
    dialog: CredentialsDialog, desk: Desk, settle: Settle, secrets: Secrets
) -> None:
    secrets.is_locked = True
    dialog.make.click()
    settle()
    assert "keyring of this computer did not open" in dialog.bar.text()
    assert signed_by(desk) == ""
    assert dialog.make.isEnabled()


def test_help_opens_at_its_page_and_can_be_used(open_window: OpenWindow, settle: Settle) -> None:
    window = open_window()
    window.menu_actions["credentials"].trigger()
    [dialog] = window.findChildren(CredentialsDialog)
    settle()
    for _time in range(2):
        dialog.help_asked.emit()
    [help_window] = dialog.findChildren(HelpWindow)
    assert help_window.isVisible()
    assert "Content credentials (C2PA)" in help_window.text()
    assert QApplication.activeModalWidget() is dialog
    dialog.reject()
