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


def test_before_the_first_signature_nobody_has_a_key(dialog: Open, qtbot: QtBot) -> None:
    shown = dialog()
    qtbot.waitUntil(lambda: bool(shown.rows()))
    assert "first approval" in shown.words.text()
    assert shown.rows()[::2] == [WRITER, CHIEF, EDITOR]


def test_the_words_are_those_of_the_chain(
    dialog: Open, desk: Desk, write: Callable[..., str], qtbot: QtBot
) -> None:
    write("ferry", stage=Stage.APPROVED)
    chain = reading(desk).masthead()
    assert chain is not None
    shown = dialog()
    assert chain.words in shown.words.text()
    qtbot.waitUntil(lambda: bool(shown.rows()))
    assert chain.latest.member(EDITOR).key.words in shown.rows()


def test_a_policy_is_signed(dialog: Open, desk: Desk, settle: Settle) -> None:
    shown = dialog()
    shown.policy.four_eyes.setCurrentIndex(shown.policy.four_eyes.findData(FourEyes.ALWAYS))
    shown.policy.gates["notes"].setChecked(True)
    shown.policy.sections["world"].setText(f"{CHIEF}, {EDITOR}")
    shown.policy.save.click()
    settle()
    chain = reading(desk).masthead()
    assert chain is not None
    policy = chain.latest.policy
    assert (policy.four_eyes, policy.gates) == (FourEyes.ALWAYS, ("notes",))
    assert policy.approvers_of("world") == (CHIEF, EDITOR)
    assert shown.bar.text() == ""


def test_people_come_change_and_go(dialog: Open, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    shown = dialog()
    shown.name.setText("Noor Hale")
    shown.role.setCurrentIndex(shown.role.findData(Role.EDITOR))
    shown.add.click()
    settle()
    assert reading(desk).person("Noor Hale").role is Role.EDITOR
    assert shown.name.text() == ""
    qtbot.waitUntil(lambda: "Noor Hale" in shown.rows())
    [remove] = [
        each
        for each in shown.people.findChildren(QPushButton)
        if each.accessibleName() == "Remove Noor Hale" and each.isVisible()
    ]
    remove.click()
    settle()
    assert "Noor Hale" not in [each.name for each in reading(desk).people()]


def test_a_name_that_is_none_is_refused_beside_it(dialog: Open) -> None:
    shown = dialog()
    shown.name.setText("  ")
    shown.add.click()
    assert shown.bar.text() == "A person needs a name."


def test_who_is_no_chief_reads_only(dialog: Open, session: Session, settle: Settle) -> None:
    session.work_as(EDITOR)
    shown = dialog()
    assert not shown.add.isEnabled()
    assert not shown.policy.isEnabled()
    assert not any(each.isEnabled() for each in shown.people.findChildren(QPushButton))
