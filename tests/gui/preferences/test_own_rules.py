"""Own rules in the house style dialog: written, added from files, refused with a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.core.house_style import RuleText
from editor.gui.preferences.house_style import HouseStyleDialog
from editor.gui.preferences.own_rules import OwnRules
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, WRITER, ShowDialog
from tests.reading import reading

Settle = Callable[[], None]
_SHIPS = 'extends = "existence"\nmessage = "Not “%s”"\ntokens = ["vessel"]\n'
_BROKEN = 'extends = "existence"\nmessage = "Not “%s”"\ntokens = ["("]\n'


@pytest.fixture
def rules(qtbot: QtBot) -> OwnRules:
    shown = OwnRules()
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def dialog(
    session: Session, show_dialog: ShowDialog[HouseStyleDialog], settle: Settle
) -> HouseStyleDialog:
    session.set_person(CHIEF)
    shown = show_dialog(HouseStyleDialog(session))
    settle()
    shown.choose_group("rules")
    return shown


def test_first_rule_is_one_that_works(rules: OwnRules, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rules.changed):
        rules.add.click()
    [rule] = rules.rules()
    assert rule.name == "rule-1.toml"
    assert rules.first_problem() is None
    rules.add.click()
    assert [rule.name for rule in rules.rules()] == ["rule-1.toml", "rule-2.toml"]


def test_mistake_is_told_while_it_is_typed(rules: OwnRules, qtbot: QtBot) -> None:
    rules.add_rule(RuleText("ships.toml", _SHIPS))
    assert rules.found.text() == "Not “…”"
    rules.text.setPlainText(_BROKEN)
    qtbot.waitUntil(lambda: "line 3" in rules.found.text())
    assert rules.rules()[0].text == _BROKEN


def test_files_are_added_and_what_is_no_rule_is_told(rules: OwnRules, tmp_path: Path) -> None:
    texts = {"ships.toml": _SHIPS, "broken.toml": _BROKEN, "Very.yml": "extends: existence\n"
             "message: Cut '%s'\ntokens:\n  - very\n"}  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    rules.add_files([*(tmp_path / name for name in texts), tmp_path / "gone.toml"])
    assert [rule.name for rule in rules.rules()] == ["ships.toml", "Very.yml"]
    assert "gone.toml" in rules.bar.text()
    rules.add_files([tmp_path / "broken.toml"])
    assert "broken.toml, line 3" in rules.bar.text()


def test_rule_is_removed(rules: OwnRules) -> None:
    rules.add_rule(RuleText("ships.toml", _SHIPS))
    rules.remove.click()
    assert rules.rules() == ()
    assert not rules.remove.isEnabled()
    assert not rules.text.toPlainText()


def test_rules_are_saved_and_listed_among_the_checks(
    dialog: HouseStyleDialog, desk: Desk, settle: Settle
) -> None:
    dialog.rules.add_rule(RuleText("ships.toml", _SHIPS))
    dialog.choose_group("checks")
    dialog.checks.choose("own-ships")
    assert dialog.checks.current() == "own-ships"
    dialog.save.click()
    settle()
    assert reading(desk).house_style_state().style.rules == (RuleText("ships.toml", _SHIPS),)


def test_rule_with_a_mistake_is_not_saved_and_its_line_is_shown(
    dialog: HouseStyleDialog, desk: Desk, settle: Settle
) -> None:
    dialog.rules.add_rule(RuleText("broken.toml", _BROKEN))
    dialog.choose_group("words")
    dialog.save.click()
    settle()
    assert "broken.toml, line 3" in dialog.bar.text()
    assert dialog.rules.isVisible()
    assert dialog.rules.text.textCursor().blockNumber() == 2
    assert reading(desk).house_style_state().style.rules == ()


def test_journalist_reads_rules_only(dialog: HouseStyleDialog, session: Session) -> None:
    dialog.rules.add_rule(RuleText("ships.toml", _SHIPS))
    session.set_person(WRITER)
    assert dialog.rules.text.isReadOnly()
    assert not dialog.rules.add.isEnabled()
    assert not dialog.rules.remove.isEnabled()


def test_rule_with_a_mistake_can_be_looked_at_among_the_checks(dialog: HouseStyleDialog) -> None:
    dialog.rules.add_rule(RuleText("broken.toml", _BROKEN))
    dialog.choose_group("checks")
    dialog.checks.choose("own-broken")
    assert "broken.toml, line 3" in dialog.checks.about.toPlainText()
