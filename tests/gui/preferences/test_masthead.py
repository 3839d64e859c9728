"""The masthead's dialog on a real desk, with real keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.core.people import Role
from editor.core.policy import FourEyes
from editor.core.workflow import Stage
from editor.gui.preferences.masthead import MastheadDialog
from editor.gui.session import Session
from editor.store.desk import Desk
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
        settle()
        return made

    return show


def test_nobody_has_a_key_before_the_first_signature(dialog: Open, qtbot: QtBot) -> None:
    shown = dialog()
    qtbot.waitUntil(lambda: bool(shown.rows()))
    assert "first approval" in shown.words.text()
    assert shown.rows()[::2] == [WRITER, CHIEF, EDITOR]


def test_words_are_those_of_the_signed_masthead(
    dialog: Open, desk: Desk, write: Callable[..., str], qtbot: QtBot
) -> None:
    write("ferry", stage=Stage.APPROVED)
    chain = reading(desk).masthead()
    assert chain is not None
    shown = dialog()
    assert chain.words in shown.words.text()
    qtbot.waitUntil(lambda: bool(shown.rows()))
    assert chain.latest.member(EDITOR).key.words in shown.rows()


def test_policy_is_signed(dialog: Open, desk: Desk, settle: Settle) -> None:
    shown = dialog()
    shown.policy.four_eyes.setCurrentIndex(shown.policy.four_eyes.findData(FourEyes.ALWAYS))
    shown.policy.gates["notes"].setChecked(True)
    shown.policy.sections["world"].setText(f"{CHIEF}, {EDITOR}")
    shown.policy.sign.click()
    settle()
    chain = reading(desk).masthead()
    assert chain is not None
    policy = chain.latest.policy
    assert (policy.four_eyes, policy.gates) == (FourEyes.ALWAYS, ("notes",))
    assert policy.approvers_of("world") == (CHIEF, EDITOR)
    assert shown.bar.text() == ""


def test_people_are_added_and_removed(
    dialog: Open, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    shown = dialog()
    shown.name.setText("Noor Hale")
    shown.role.setCurrentIndex(shown.role.findData(Role.EDITOR))
    shown.add.click()
    settle()
    assert reading(desk).person("Noor Hale").role is Role.EDITOR
    assert shown.name.text() == ""
    qtbot.waitUntil(lambda: "Noor Hale" in shown.rows())
    [remove] = [
        button
        for button in shown.people.findChildren(QPushButton)
        if button.accessibleName() == "Remove Noor Hale" and button.isVisible()
    ]
    remove.click()
    settle()
    assert "Noor Hale" not in [person.name for person in reading(desk).people()]


def test_empty_name_is_refused_in_the_dialog(dialog: Open) -> None:
    shown = dialog()
    shown.name.setText("  ")
    shown.add.click()
    assert shown.bar.text() == "A person needs a name."


def test_only_the_chief_can_change_the_masthead(
    dialog: Open, session: Session, settle: Settle
) -> None:
    session.set_person(EDITOR)
    shown = dialog()
    assert not shown.add.isEnabled()
    assert not shown.policy.isEnabled()
    assert not any(button.isEnabled() for button in shown.people.findChildren(QPushButton))
