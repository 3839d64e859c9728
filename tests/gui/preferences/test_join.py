"""Join: one's own key, its words, and the line that the chief needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from editor.core.commands import AddPerson
from editor.core.people import Person, Role
from editor.gui.keys import KeyState
from editor.gui.preferences.join import JoinDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder, choose_key_store, ensure_key
from editor.trust.keys import PublicKey
from tests.gui.conftest import CHIEF

Settle = Callable[[], None]
Open = Callable[[], JoinDialog]


@pytest.fixture
def dialog(session: Session, settle: Settle, qtbot: QtBot) -> Open:
    def show() -> JoinDialog:
        made = JoinDialog(session)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made.show()
        settle()
        return made

    return show


def type_name(shown: JoinDialog, name: str, qtbot: QtBot, settle: Settle) -> None:
    shown.name.setText(name)
    qtbot.waitUntil(lambda: not shown._look_soon.isActive())
    settle()


def test_line_of_a_key_that_is_here_is_shown_without_asking(dialog: Open) -> None:
    shown = dialog()
    key = choose_key_store().public_key(CHIEF)
    assert shown.name.text() == CHIEF
    assert shown.words.text() == key.words
    assert shown.line.text() == key.line(CHIEF)
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == key.line(CHIEF)


def test_key_is_made_and_its_line_lets_the_chief_add_its_owner(
    dialog: Open, session: Session, desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = dialog()
    type_name(shown, "  سلمى  الخطيب ", qtbot, settle)
    assert shown.passphrase.isHidden(), "the environment has the passphrase"
    assert not shown.words.isVisible()
    shown.make.click()
    settle()
    key, owner = PublicKey.from_line(shown.line.text())
    assert owner == "سلمى الخطيب"
    assert shown.words.text() == key.words
    file = tmp_path / "lina.txt"
    shown.save_to(file)
    settle()
    line = file.read_text(encoding="utf-8").strip()
    desk.do(AddPerson(Person(owner, Role.EDITOR), line), CHIEF)
    session.reload()
    settle()
    assert session.keys.state(owner) is KeyState.OPEN
    assert session.person.name == owner, "who joined works here"


def test_passphrase_is_chosen_twice_where_keys_are_in_files(
    dialog: Open, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    shown = dialog()
    type_name(shown, "Noor Hale", qtbot, settle)
    assert shown.passphrase.isVisible()
    assert not shown.make.isEnabled()
    shown.passphrase.first.setText("harbour lights")
    shown.passphrase.again.setText("harbour light")
    qtbot.keyClick(shown.passphrase.again, Qt.Key.Key_Return)
    assert shown.passphrase.problem() == "The two are not the same."
    shown.passphrase.again.setText("harbour lights")
    qtbot.keyClick(shown.passphrase.again, Qt.Key.Key_Return)
    settle()
    store = choose_key_store()
    assert isinstance(store, KeyFolder)
    key = store.unlocked("harbour lights").read("Noor Hale")
    assert shown.words.text() == key.public.words


def test_short_passphrase_is_refused_beside_the_field(
    dialog: Open, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    shown = dialog()
    type_name(shown, "Noor Vale", qtbot, settle)
    for field in (shown.passphrase.first, shown.passphrase.again):
        field.setText("short")
    shown.make.click()
    assert "too short" in shown.passphrase.problem()
    assert not choose_key_store().has("Noor Vale")


def test_new_key_is_made_in_place_of_one_that_does_not_open(
    dialog: Open, settle: Settle, qtbot: QtBot
) -> None:
    store = choose_key_store()
    assert isinstance(store, KeyFolder)
    old = ensure_key(store.unlocked("forgotten"), "Noor Hale").public
    shown = dialog()
    assert shown.renew.isHidden(), "one's own key opens"
    type_name(shown, "Noor Hale", qtbot, settle)
    assert shown.words.text() == old.words
    shown.renew.click()
    assert shown.meaning.isVisible()
    assert not shown.words.isVisible()
    shown.back.click()
    assert shown.words.isVisible()
    assert shown.passphrase.isHidden()
    shown.renew.click()
    for field in (shown.passphrase.first, shown.passphrase.again):
        assert field.isVisible()
        field.setText("harbour lights")
    shown.make.click()
    settle()
    key = store.unlocked("harbour lights").read("Noor Hale")
    assert key is not None
    assert key.public != old
    assert shown.line.text() == key.public.line("Noor Hale")
    assert len(list(store.folder.glob("*.pem.old-1"))) == 1


@pytest.mark.parametrize("content", [b"\0", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII"])
def test_damaged_key_can_be_replaced(
    dialog: Open, settle: Settle, qtbot: QtBot, content: bytes
) -> None:
    store = choose_key_store()
    assert isinstance(store, KeyFolder)
    before = set(store.folder.iterdir()) if store.folder.exists() else set()
    ensure_key(store, "Noor Hale")
    [file] = set(store.folder.iterdir()) - before
    file.write_bytes(content)
    shown = dialog()
    type_name(shown, "Noor Hale", qtbot, settle)
    assert "damaged" in shown.bar.text()
    assert not shown.make.isVisible()
    shown.renew.click()
    for field in (shown.passphrase.first, shown.passphrase.again):
        field.setText("harbour lights")
    qtbot.keyClick(shown.passphrase.again, Qt.Key.Key_Return)
    settle()
    assert shown.words.isVisible()
    assert store.unlocked("harbour lights").read("Noor Hale") is not None


def test_locked_key_can_be_replaced(
    dialog: Open,
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ensure_key(choose_key_store(), "Noor Hale")
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    shown = dialog()
    desk.lock_keys()
    type_name(shown, "Noor Hale", qtbot, settle)
    assert shown.renew.isVisible()
    assert shown.words.isVisible()


def test_what_is_no_name_makes_no_key(dialog: Open, settle: Settle, qtbot: QtBot) -> None:
    shown = dialog()
    type_name(shown, "\u200b", qtbot, settle)
    assert not shown.make.isEnabled()
    assert shown.renew.isHidden()


def test_file_that_cannot_be_written_is_a_problem_in_the_dialog(
    dialog: Open, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    shown = dialog()
    shown.save_to(tmp_path / "none" / "key.txt")
    settle()
    assert "can't be written" in shown.bar.text()
    before = sorted(desk.path.rglob("*"))
    shown.save_to(desk.path / "pictures" / "key.txt")
    settle()
    assert "inside the desk" in shown.bar.text()
    assert sorted(desk.path.rglob("*")) == before
