"""The house style dialog: levels and words, who may change them, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.checks.built_in import CHECKS
from editor.core.commands import SaveHouseStyle
from editor.core.findings import Level
from editor.core.house_style import HouseStyle, LoadedWord, RuleText
from editor.gui.preferences.house_style import HouseStyleDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, WRITER, ShowDialog
from tests.reading import reading

Settle = Callable[[], None]
Open = Callable[[], HouseStyleDialog]

RULE = RuleText(
    "terms.toml", 'extends = "existence"\nmessage = "Not “%s”."\ntokens = ["leverage"]\n'
)


@pytest.fixture
def open_dialog(
    session: Session, show_dialog: ShowDialog[HouseStyleDialog], settle: Settle
) -> Open:
    def open_it() -> HouseStyleDialog:
        dialog = show_dialog(HouseStyleDialog(session))
        settle()
        return dialog

    return open_it


def saved(desk: Desk) -> HouseStyle:
    return reading(desk).house_style_state().style


def titles(dialog: HouseStyleDialog) -> list[str]:
    items = [dialog.checks.list.topLevelItem(at) for at in range(200)]
    return [item.text(0) for item in items if item is not None and not item.isHidden()]


def test_every_check_is_listed_with_its_level_and_examples(open_dialog: Open) -> None:
    dialog = open_dialog()
    assert titles(dialog) == [check.title for check in CHECKS]
    dialog.checks.choose("mixed-quotes")
    item = dialog.checks.list.currentItem()
    assert item is not None
    assert item.text(1) == "Warning"
    assert "Right: " in dialog.checks.about.toPlainText()
    assert "mixed-quotes" in dialog.checks.about.toPlainText()
    dialog.checks.search.setText("quotation marks")
    assert "One kind of quotation marks" in titles(dialog)
    assert len(titles(dialog)) < len(CHECKS)
    dialog.checks.search.setText("nothing has this")
    assert titles(dialog) == []


def test_level_is_chosen_by_keyboard_and_saved(
    open_dialog: Open, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    assert not dialog.save.isEnabled()
    dialog.checks.choose("stray-spaces")
    dialog.checks.level.setFocus()
    qtbot.keyClick(dialog.checks.level, Qt.Key.Key_End)
    assert dialog.checks.level.currentText() == "Stops approval"
    item = dialog.checks.list.currentItem()
    assert item is not None
    assert item.text(1) == "Stops approval"
    assert "Not saved yet" in dialog.who.text()
    dialog.save.click()
    settle()
    assert saved(desk).levels == (("stray-spaces", Level.STOPS),)
    dialog = open_dialog()
    assert "signature verified" in dialog.who.text()
    dialog.checks.choose("stray-spaces")
    dialog.checks.set_level(None)
    dialog.save.click()
    settle()
    assert saved(desk) == HouseStyle()


def test_words_are_saved_and_own_rules_stay(
    open_dialog: Open, session: Session, settle: Settle, desk: Desk
) -> None:
    session.run(SaveHouseStyle(HouseStyle(rules=(RULE,)), HouseStyle().hash), owner=session)
    settle()
    dialog = open_dialog()
    assert len(titles(dialog)) == len(CHECKS) + 1
    dialog.choose_group("words")
    dialog.words.setPlainText("Wadi Halfa\nAkwasi\n")
    dialog.choose_group("loaded")
    dialog.loaded.setPlainText("claimed → said\nbrutal")
    dialog.save.click()
    settle()
    assert saved(desk) == HouseStyle(
        words=("Akwasi", "Wadi Halfa"),
        loaded=(LoadedWord("brutal"), LoadedWord("claimed", "said")),
        rules=(RULE,),
    )


def test_line_with_a_mistake_is_said_and_nothing_is_lost(
    open_dialog: Open, settle: Settle, desk: Desk
) -> None:
    dialog = open_dialog()
    dialog.loaded.setPlainText("brutal\n→ said")
    dialog.save.click()
    settle()
    assert "Line 2 names no word" in dialog.bar.text()
    assert dialog.loaded.isVisible()
    assert dialog.loaded.toPlainText() == "brutal\n→ said"
    dialog.loaded.setPlainText("x" * 90)
    dialog.save.click()
    settle()
    assert "90 characters" in dialog.bar.text()
    assert saved(desk) == HouseStyle()


def test_what_no_story_goes_out_without_has_its_level_for_good(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.checks.choose("minimum")
    assert not dialog.checks.level.isEnabled()
    assert "no story can go out" in dialog.checks.level.toolTip()


def test_journalist_sees_it_and_may_not_change_it(open_dialog: Open, session: Session) -> None:
    session.set_person(WRITER)
    dialog = open_dialog()
    dialog.checks.choose("length")
    assert not dialog.checks.level.isEnabled()
    assert dialog.words.isReadOnly()
    assert not dialog.save.isEnabled()
    assert "Only editors and chiefs" in dialog.who.text()


def test_style_saved_by_another_meanwhile_is_a_choice_and_nothing_is_lost(
    open_dialog: Open, settle: Settle, desk: Desk, session: Session
) -> None:
    dialog = open_dialog()
    dialog.words.setPlainText("Akwasi")
    theirs = HouseStyle(words=("Boateng",))
    desk.do(SaveHouseStyle(theirs, HouseStyle().hash), CHIEF)
    dialog.save.click()
    settle()
    assert "Someone else changed the house style" in dialog.bar.text()
    assert dialog.words.toPlainText() == "Akwasi"
    buttons = dialog.bar.findChildren(QPushButton)
    [keep] = [part for part in buttons if part.text().replace("&", "") == "Keep mine"]
    keep.click()
    dialog.save.click()
    settle()
    assert saved(desk).words == ("Akwasi",)


def test_what_was_changed_comes_back_after_a_crash(
    open_dialog: Open, session: Session, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    dialog.words.setPlainText("Akwasi")
    dialog.checks.choose("length")
    dialog.checks.set_level(Level.OFF)
    qtbot.waitUntil(
        lambda: (
            (desk.journal.read("house-style") or {}).get("typed", {}).get("level length") == "off"
        ),
        timeout=10_000,
    )
    again = open_dialog()
    assert again.words.toPlainText() == "Akwasi"
    assert again.has_unsaved()
    assert again.checks.levels() == {"length": "off"}


def test_doubt_is_said(open_dialog: Open, session: Session, settle: Settle, desk: Desk) -> None:
    from tests.store.conftest import change_database

    session.run(SaveHouseStyle(HouseStyle(words=("A",)), HouseStyle().hash), owner=session)
    settle()
    change_database(desk, "UPDATE papers SET content = '{}' WHERE kind = 'house style'")
    dialog = open_dialog()
    assert "changed outside" in dialog.bar.text()
    assert dialog.save.isEnabled(), "to sign it again"
