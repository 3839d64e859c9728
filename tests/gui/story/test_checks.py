"""The checks pane: a card for each finding, with the way there and the fix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from editor.checks import CHECKS
from editor.core.commands import SaveHouseStyle
from editor.core.findings import Level, TextPlace
from editor.core.house_style import HouseStyle, RuleText
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.checks import ChecksPane
from editor.gui.story.form import StoryForm
from editor.store.reading.signed_states import HouseStyleState

Write = Callable[..., str]


@pytest.fixture
def pane(session: Session, draft: Draft, qtbot: QtBot) -> ChecksPane:
    """The pane, shown."""
    pane = ChecksPane(draft)
    qtbot.addWidget(pane)
    pane.resize(380, 600)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    return pane


def buttons(pane: ChecksPane, card: int) -> dict[str, QPushButton]:
    """Return a card's buttons by their text."""
    return {button.text(): button for button in pane.cards[card].findChildren(QPushButton)}


def test_each_finding_has_a_card(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("spaces", "A “made-up quotation” here", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 2)
    assert [card.finding for card in pane.cards] == list(draft.open_story.findings)
    assert pane.summary.text() == "2 issues"


def test_fix_is_one_click_and_its_card_is_removed(
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


def test_card_goes_to_its_place(
    pane: ChecksPane, form: StoryForm, write: Write, hands: Any, qtbot: QtBot
) -> None:
    pane.place_chosen.connect(form.go_to)
    hands.open(write("spaces", body="🚢 Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    buttons(pane, 0)["Go to body"].click()
    assert form.body.selected().strip() == ""
    assert form.body.selected() != ""


def test_arrows_move_between_cards(
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


def test_card_of_an_unchanged_finding_keeps_its_focus(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("two", "A “made-up quotation” here", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 2)
    unchanged = pane.cards[0]
    unchanged.setFocus()
    [fix] = [fix for finding in draft.open_story.findings for fix in finding.fixes]
    draft.apply_fix(fix)
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    assert pane.cards == [unchanged]
    assert unchanged.hasFocus()


def test_cards_stay_while_typing_moves_their_places(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    """All that follows a key has moved: making its cards anew took half a second in a long text."""
    hands.open(write("open", body="One “word.\n\nTwo “words.\n\nThree “words."))
    qtbot.waitUntil(lambda: draft.open_story.checked is draft.typed)
    before = list(pane.cards)
    assert len(before) == 3
    draft.edit(replace(draft.typed, body=f"More and {draft.typed.body}"), "body")
    qtbot.waitUntil(lambda: draft.open_story.checked is draft.typed)
    assert pane.cards == before
    assert [card.finding for card in pane.cards] == list(draft.open_story.findings)
    places: list[TextPlace] = []
    pane.place_chosen.connect(places.append)
    buttons(pane, 2)["Go to body"].click()
    assert places == [draft.open_story.findings[2].place]


def test_card_of_a_finding_that_is_gone_goes_and_those_beside_it_stay(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("open", body="One “word.\n\nTwo “words.\n\nThree “words."))
    qtbot.waitUntil(lambda: draft.open_story.checked is draft.typed)
    first, _second, third = pane.cards
    draft.edit(replace(draft.typed, body=draft.typed.body.replace("Two “", "Both ")), "body")
    qtbot.waitUntil(lambda: draft.open_story.checked is draft.typed)
    assert pane.cards == [first, third]
    assert [card.finding for card in pane.cards] == list(draft.open_story.findings)


def test_no_open_story_is_said(pane: ChecksPane) -> None:
    assert pane.summary.text() == "Open a story to see what the checks find."


def test_pane_deleted_while_the_checks_run(draft: Draft, write: Write, settle: Any) -> None:
    pane = ChecksPane(draft)
    draft.open(write("spaces", body="Two  spaces."))
    settle()
    draft.edit(replace(draft.typed, body="Two  spaces and two  more."), "body")
    shiboken6.delete(pane)
    settle()
    assert draft.open_story.is_open


def test_finding_is_ignored_here_with_a_reason_and_checked_again(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("spaces", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    card = pane.cards[0]
    buttons(pane, 0)["Ignore here…"].click()
    assert card.reason.hasFocus()
    qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    assert not pane.ignored_cards, "not without a reason"
    qtbot.keyClicks(card.reason, " . !")
    assert not card.ignore.isEnabled()
    qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    assert not pane.ignored_cards, "a full stop is no reason"
    card.reason.clear()
    qtbot.keyClicks(card.reason, "A poem")
    qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not pane.cards)
    line = draft.typed.ignored[0]
    assert line.endswith(f"– A poem — {draft.session.person.name}")
    [left] = pane.ignored_cards
    assert "A poem" in "".join(label.text() for label in left.findChildren(QLabel))
    draft.undo()
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    assert pane.ignored_cards == []
    draft.redo()
    qtbot.waitUntil(lambda: len(pane.ignored_cards) == 1)
    pane.ignored_cards[0].findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    assert draft.typed.ignored == ()


def test_esc_gives_up_ignoring(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("spaces", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    buttons(pane, 0)["Ignore here…"].click()
    qtbot.keyClick(pane.cards[0].reason, Qt.Key.Key_Escape)
    assert not pane.cards[0].why.isVisible()
    assert pane.cards[0].hasFocus()


def test_next_check_goes_to_each_place_in_turn(
    pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("spaces", "A “made-up quotation” here", body="Two  spaces."))
    qtbot.waitUntil(lambda: len(pane.cards) == 2)
    places: list[TextPlace] = []
    pane.place_chosen.connect(places.append)
    for _press in range(3):
        pane.show_next_place()
    first, second = (finding.place for finding in draft.open_story.findings)
    assert places == [first, second, first]


RULE = RuleText(
    "terms.toml",
    """extends = "substitution"
message = "Write “%s” instead of “%s”."
level = "hint"
[swap]
utilise = "use"
""",
)
MANY = "We utilise it, (they utilise it.\n\nAll utilise  it."


@pytest.fixture
def styled(session: Session, hands: Any, qtbot: QtBot) -> Session:
    """The session of a desk with a rule of its own, whose unbalanced marks are no matter."""
    style = HouseStyle(levels=(("unbalanced-marks", Level.STOPS),), rules=(RULE,))
    session.run(SaveHouseStyle(style, HouseStyle().hash), owner=session)
    qtbot.waitUntil(lambda: session.facts.style_state.saved == style)
    return session


def test_level_is_said_and_the_worst_comes_first(
    styled: Session, pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("terms", body=MANY))
    qtbot.waitUntil(lambda: len(pane.cards) == 5)
    first, second, third = (pane.cards[index] for index in (0, 1, 2))
    assert [card.finding.level for card in (first, second, third)] == ["stops", "warning", "hint"]
    assert first.findChildren(QLabel)[0].text() == "Stops approval"
    assert pane.summary.text() == "2 issues, 3 hints"
    assert first.accessibleName().startswith("Stops approval: ")
    assert third.findChildren(QLabel)[0].text() == "Hint"


def test_all_of_one_kind_are_fixed_as_one_step(
    styled: Session, pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("terms", body=MANY))
    qtbot.waitUntil(lambda: len(pane.cards) == 5)
    assert pane.cards[1].fix_all.isHidden(), "there is one double space"
    assert pane.cards[2].fix_all.text() == "Fix all 3 of this kind"
    pane.cards[2].fix_all.click()
    assert draft.typed.body == MANY.replace("utilise", "use")
    qtbot.waitUntil(lambda: len(pane.cards) == 2)
    draft.undo()
    assert draft.typed.body == MANY
    qtbot.waitUntil(lambda: len(pane.cards) == 5)
    [place] = [place for place in [pane.cards[3].finding.place] if place.path == "body"]
    pane.fix_all_here(TextPlace("body", place.start, place.start))
    assert draft.typed.body == MANY.replace("utilise", "use")


def test_one_key_fixes_what_is_at_the_caret_and_goes_to_the_next(
    styled: Session, pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    places: list[TextPlace] = []
    pane.place_chosen.connect(places.append)
    hands.open(write("terms", body=MANY))
    qtbot.waitUntil(lambda: len(pane.cards) == 5)
    at = MANY.index("utilise", 10)
    pane.fix_here(TextPlace("body", at + 2, at + 2))
    pane.fix_here(TextPlace("body", at + 2, at + 2))
    assert draft.typed.body == MANY.replace("(they utilise", "(they use")
    qtbot.waitUntil(lambda: len(places) == 1)
    [place] = places
    assert draft.typed.body[place.start : place.end] == "utilise"
    assert place.start > at, "the next one, where it is now"
    pane.fix_here(TextPlace("headline"))
    qtbot.waitUntil(lambda: len(pane.cards) == 3)
    assert draft.typed.body.count("utilise") == 1
    draft.undo()
    draft.undo()
    assert draft.typed.body == MANY


def test_fix_in_a_story_that_is_left_moves_nothing_in_the_next_one(
    styled: Session, pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    places: list[TextPlace] = []
    other = write("other", body="They utilise it.")
    hands.open(write("terms", body=MANY))
    qtbot.waitUntil(lambda: len(pane.cards) == 5)
    pane.fix_here(TextPlace("body", 5, 5))
    pane.place_chosen.connect(places.append)
    hands.open(other)
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    assert places == []


def test_one_key_goes_on_where_there_is_no_fix(
    styled: Session, pane: ChecksPane, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    places: list[TextPlace] = []
    pane.place_chosen.connect(places.append)
    hands.open(write("terms", body=MANY))
    qtbot.waitUntil(lambda: len(pane.cards) == 5)
    assert pane.cards[0].finding.fixes == ()
    pane.fix_here(TextPlace("headline"))
    assert places == [pane.cards[1].finding.place]
    assert draft.typed.body == MANY


def test_untrusted_house_style_is_said(
    session: Session,
    pane: ChecksPane,
    write: Write,
    hands: Any,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    state = HouseStyleState(doubt="The house style was changed outside Stonehand.")
    monkeypatch.setattr(session, "_facts", replace(session.facts, style_state=state))
    hands.open(write("fine", body="Words."))
    qtbot.waitUntil(lambda: "changed outside" in pane.about.text())
