"""The checks pane: a card each, the way there, the mend, and a good word when all is well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.checks import CHECKS
from editor.checks.base import TextPlace
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.checks import ChecksPane
from editor.gui.story.form import StoryForm

Write = Callable[..., str]


@pytest.fixture
def pane(session: Session, draft: Draft, qtbot: QtBot) -> ChecksPane:
    """The pane, shown."""
    made = ChecksPane(draft)
    qtbot.addWidget(made)
    made.resize(380, 600)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def buttons(pane: ChecksPane, card: int) -> dict[str, QPushButton]:
    """A card's buttons by their words."""
    return {button.text(): button for button in pane.cards[card].findChildren(QPushButton)}


def test_each_finding_has_a_card_and_the_badge_its_number(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("spaces", "A “made-up quotation” here", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 2)
    assert [card.finding for card in pane.cards] == list(draft.open_story.findings)
    assert pane.summary.text() == "2 issues"


def test_the_mend_is_one_click_and_the_card_goes(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("spaces", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    [title] = [fix.title for fix in draft.open_story.findings[0].fixes]
    buttons(pane, 0)[title].click()
    assert draft.typed.body == "Two spaces."
    qtbot.waitUntil(lambda: not pane.cards)
    assert pane.summary.text() == "No problems found"
    assert str(len(CHECKS)) in pane.about.text()


def test_a_card_leads_to_its_place(
    pane: ChecksPane, form: StoryForm, write: Write, hands: Any, qtbot: QtBot
) -> None:
    pane.place_chosen.connect(form.go_to)
    hands.open(write("spaces", body="🚢 Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    buttons(pane, 0)["Go to body"].click()
    assert form.body.selected().strip() == ""
    assert form.body.selected() != ""


def test_cards_are_walked_with_the_arrows(
    pane: ChecksPane, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("two", "A “made-up quotation” here", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 2)
    pane.step(1)
    assert pane.cards[0].hasFocus()
    hands.press(pane.cards[0], Qt.Key.Key_Down)
    assert pane.cards[1].hasFocus()
    places: list[TextPlace] = []
    pane.place_chosen.connect(places.append)
    hands.press(pane.cards[1], Qt.Key.Key_Return)
    assert places == [pane.cards[1].finding.place]


def test_a_card_that_is_still_true_keeps_its_focus(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("two", "A “made-up quotation” here", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 2)
    kept = pane.cards[0]
    kept.setFocus()
    [fix] = [fix for each in draft.open_story.findings for fix in each.fixes]
    draft.apply_fix(fix)
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    assert pane.cards == [kept]
    assert kept.hasFocus()


def test_nothing_open_says_so(pane: ChecksPane) -> None:
    assert pane.summary.text() == "Open a story to see what the checks find."
