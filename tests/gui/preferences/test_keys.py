"""The dialog about one's own key: locking it, and its passphrase."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.errors import BadInput
from editor.gui.keys import KeyState, KnownKeys
from editor.gui.preferences.keys import KeysDialog
from editor.gui.session import Session
from editor.settings import load_settings
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder, ensure_key
from tests.gui.conftest import CHIEF

Settle = Callable[[], None]


@pytest.fixture
def dialog(session: Session, settle: Settle, qtbot: QtBot) -> KeysDialog:
    made = KeysDialog(session)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


def test_words_and_place_of_the_key_are_shown(dialog: KeysDialog, desk: Desk) -> None:
    assert desk.keys.public_key(CHIEF).words in dialog.words.text()
    assert dialog.lock_after.currentText() == "1 hour"


def test_choice_when_keys_are_locked_is_saved(
    dialog: KeysDialog, session: Session, settle: Settle
) -> None:
    dialog.lock_after.setCurrentIndex(dialog.lock_after.findData(15))
    settle()
    assert session.settings.lock_keys_after == load_settings()[0].lock_keys_after == 15


def test_keys_are_locked_now(dialog: KeysDialog, session: Session, settle: Settle) -> None:
    dialog.lock_now.click()
    settle()
    assert session.keys.state(CHIEF) is KeyState.LOCKED
    assert not dialog.lock_now.isEnabled()


def test_passphrase_is_changed_and_a_wrong_one_is_named(
    dialog: KeysDialog, desk: Desk, settle: Settle
) -> None:
    folder = desk.keys
    assert isinstance(folder, KeyFolder)
    dialog._name = name = "Vera Stone"
    ensure_key(folder, name)
    for field in (dialog.new.first, dialog.new.again):
        field.setText("harbour lights")
    dialog.old.setText("wrong")
    dialog.change.click()
    settle()
    assert "does not open this key" in dialog.bar.text()
    assert dialog.new.text() == "harbour lights", "nothing is lost"
    dialog.old.setText("test")
    dialog.change.click()
    settle()
    assert "new passphrase" in dialog.bar.text()
    assert dialog.old.text() == dialog.new.text() == ""
    assert KeyFolder(folder.folder, "harbour lights").read(name) is not None
    with pytest.raises(BadInput):
        KeyFolder(folder.folder, "test").read(name)


def test_keys_of_a_keyring_and_of_the_sample_are_not_locked(
    dialog: KeysDialog, session: Session
) -> None:
    session.keys.known = KnownKeys(place="in this computer's keyring")
    session.keys.changed.emit()
    assert not dialog.lock_after.isVisible()
    assert not dialog.change.isVisible()
