"""The masthead's dialog on a real desk, with real keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.people import Role
from editor.core.policy import FourEyes
from editor.gui.preferences.masthead import MastheadDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from editor.store.log import pins
from editor.trust.keyring import KeyFolder, ensure_key
from editor.trust.keys import PublicKey
from tests.reading import reading

CHIEF, EDITOR, WRITER = "Mara Quill", "Theo Marsh", "Ines Vale"
Settle = Callable[[], None]
Open = Callable[[], MastheadDialog]


@pytest.fixture
def dialog(session: Session, settle: Settle, qtbot: QtBot) -> Open:
    def show() -> MastheadDialog:
        made = MastheadDialog(session)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        settle()
        return made

    return show


def buttons(shown: MastheadDialog, name: str) -> list[QPushButton]:
    """The buttons of the list whose accessible name begins so."""
    found = shown.people.findChildren(QPushButton)
    return [button for button in found if button.accessibleName().startswith(name)]


def other_key(tmp_path: Path, name: str) -> PublicKey:
    """A key of theirs on another computer."""
    return ensure_key(KeyFolder(tmp_path / "elsewhere", "passphrase", cost=1), name).public


def test_number_words_and_keys_are_those_of_the_signed_masthead(
    dialog: Open, desk: Desk, qtbot: QtBot
) -> None:
    chain = reading(desk).masthead()
    shown = dialog()
    assert chain.words in shown.words.text()
    assert shown.words.text().startswith(f"Masthead {chain.latest.number}.")
    expected = {
        text
        for member in chain.latest.members
        for text in (member.person.name, *(key.words for key in member.keys))
    }
    qtbot.waitUntil(lambda: expected <= set(shown.rows()))


def test_policy_is_signed(dialog: Open, desk: Desk, settle: Settle) -> None:
    shown = dialog()
    shown.policy.four_eyes.setCurrentIndex(shown.policy.four_eyes.findData(FourEyes.ALWAYS))
    shown.policy.gates["notes"].setChecked(True)
    shown.policy.sections["world"].setPlainText(f"{CHIEF}\n{EDITOR}")
    shown.policy.sign.click()
    settle()
    chain = reading(desk).masthead()
    assert chain is not None
    policy = chain.latest.policy
    assert (policy.four_eyes, policy.gates) == (FourEyes.ALWAYS, ("notes",))
    assert policy.approvers_of("world") == (CHIEF, EDITOR)
    assert shown.bar.text() == ""


def test_person_is_added_with_the_line_they_sent(
    dialog: Open, desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = dialog()
    key = other_key(tmp_path, "لينا حداد")
    file = tmp_path / "lina.txt"
    file.write_text(key.line("لينا حداد") + "\n", encoding="utf-8")
    shown.new.read_file(file)
    assert key.words in shown.new.words.text(), "compared before it is added"
    assert shown.new.name.text() == "لينا حداد", "the line says whose it is"
    shown.new.role.setCurrentIndex(shown.new.role.findData(Role.EDITOR))
    shown.new.add.click()
    settle()
    assert reading(desk).person("لينا حداد").role is Role.EDITOR
    assert shown.new.name.text() == shown.new.key.text() == ""
    qtbot.waitUntil(lambda: "لينا حداد" in shown.rows())
    [remove] = buttons(shown, "Remove لينا حداد")
    remove.click()
    settle()
    assert "لينا حداد" in [person.name for person in reading(desk).people()], "asked first"
    assert shown.bar.text() == "Remove لينا حداد from the masthead?"
    assert "Nothing that لينا حداد signs is accepted" in shown.bar.accessibleName()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Cancel", "a second Return removes nobody"
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    settle()
    assert "لينا حداد" in [person.name for person in reading(desk).people()]
    [remove] = buttons(shown, "Remove لينا حداد")
    remove.click()
    press(shown, "Remove لينا حداد", qtbot)
    settle()
    assert "لينا حداد" not in [person.name for person in reading(desk).people()]
    qtbot.waitUntil(lambda: "لينا حداد" not in shown.rows())


def test_computer_is_added_and_removed_again(
    dialog: Open, desk: Desk, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    shown = dialog()
    key = other_key(tmp_path, EDITOR)
    assert buttons(shown, "Remove the computer") == [], "their only one stays"
    [more] = buttons(shown, f"Add a computer of {EDITOR}")
    more.click()
    assert shown.new.name.text() == EDITOR
    assert not shown.new.role.isEnabled()
    shown.new.key.setText(key.line(EDITOR))
    assert shown.new.add.text() == "&Add computer"
    shown.new.add.click()
    settle()
    assert key in reading(desk).masthead().latest.member(EDITOR).keys
    assert len(buttons(shown, f"Remove the computer of {EDITOR}")) == 2
    [drop] = buttons(shown, f"Remove the computer of {EDITOR} with the key {key.words}")
    drop.click()
    assert key.words in shown.bar.text()
    press(shown, "Remove this computer", qtbot)
    settle()
    assert key not in reading(desk).masthead().latest.member(EDITOR).keys


@pytest.mark.parametrize("locked", [False, True])
def test_only_chief_is_not_removed_and_nobody_is_asked_for_a_passphrase(
    dialog: Open, desk: Desk, settle: Settle, locked: bool
) -> None:
    if locked:
        desk.lock_keys()
    shown = dialog()
    [remove] = buttons(shown, f"Remove {CHIEF}")
    remove.click()
    settle()
    assert shown.bar.text() == f"{CHIEF} is the desk's only chief."
    assert not shown.passphrase.isVisible()
    assert CHIEF in [person.name for person in reading(desk).people()]


def test_broken_rule_does_not_ask_for_a_passphrase(
    dialog: Open, desk: Desk, settle: Settle
) -> None:
    desk.lock_keys()
    shown = dialog()
    role = shown.people.findChildren(QComboBox)[0]
    role.setCurrentIndex(role.findData(Role.JOURNALIST))
    role.activated.emit(role.currentIndex())
    settle()
    assert shown.bar.text() == f"{CHIEF} is the desk's only chief."
    assert not shown.passphrase.isVisible()


def test_bad_line_is_refused_in_the_dialog(dialog: Open) -> None:
    shown = dialog()
    shown.new.name.setText("Noor Hale")
    shown.new.key.setText("hello")
    shown.new.add.click()
    assert shown.bar.text() == "This is not a Stonehand key."
    shown.new.name.setText("  ")
    shown.new.add.click()
    assert shown.bar.text() == "A person needs a name."


def test_desk_that_was_turned_back_is_accepted_only_after_its_words_were_shown(
    dialog: Open, desk: Desk, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    chain = reading(desk).masthead()
    newer = replace(chain.latest, number=chain.latest.number + 1)
    later = replace(chain, mastheads=(*chain.mastheads, newer), hashes=(*chain.hashes, "0" * 64))
    pins.remember(desk.path, later, {})
    shown = dialog()
    assert "an older one was put in its place" in shown.bar.text()
    assert not shown.new.isEnabled()
    press(shown, "Accept…", qtbot)
    assert chain.words in shown.bar.text()
    press(shown, "Accept this desk", qtbot)
    settle()
    assert shown.bar.text() == ""
    assert reading(desk).masthead().latest == chain.latest
    assert shown.new.isEnabled()


def press(shown: MastheadDialog, text: str, qtbot: QtBot) -> None:
    def found() -> list[QPushButton]:
        offered = shown.bar.findChildren(QPushButton)
        return [
            button
            for button in offered
            if button.text().replace("&", "") == text and button.isVisible()
        ]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


def test_only_the_chief_can_change_the_masthead(
    dialog: Open, session: Session, settle: Settle
) -> None:
    session.set_person(EDITOR)
    shown = dialog()
    assert not shown.new.add.isEnabled()
    assert not shown.policy.isEnabled()
    assert not any(button.isEnabled() for button in shown.people.findChildren(QPushButton))
