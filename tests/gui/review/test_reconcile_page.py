"""Versions of one story, reconciled by a person in the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.gui.review.conflict_card import ConflictCard, Decision
from editor.gui.review.reconcile_page import ReconcilePage
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.reading import reading

CHIEF, EDITOR, WRITER = "Mara Quill", "Theo Marsh", "Ines Vale"
OpenWindow = Callable[..., MainWindow]
Settle = Callable[[], None]
Write = Callable[..., str]


def fork(desk: Desk, story_id: str, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    base = reading(desk).stored(story_id)
    desk.do(SaveStory(replace(base.story, **mine), base.version), WRITER)
    desk.do(SaveStory(replace(base.story, **theirs), base.version), EDITOR)


def decide(card: ConflictCard, decision: Decision) -> None:
    card.choices.button(decision).click()


@pytest.fixture
def begin(
    open_window: OpenWindow, settle: Settle, qtbot: QtBot
) -> Callable[[str], tuple[MainWindow, ReconcilePage]]:
    def go(story_id: str) -> tuple[MainWindow, ReconcilePage]:
        window = open_window(EDITOR)
        window.parts.open_story(story_id)
        settle()
        window.draft.reconcile()
        settle()
        page = window.centre.reconcile
        qtbot.waitUntil(page.isVisible)
        return window, page

    return go


Begin = Callable[[str], tuple[MainWindow, ReconcilePage]]


def test_a_person_decides_where_both_changed(
    begin: Begin, write: Write, desk: Desk, settle: Settle
) -> None:
    story_id = write("ferry", "Ferry back on Monday")
    fork(
        desk,
        story_id,
        {"headline": "Ferry back on Tuesday", "kicker": "Norland"},
        {"headline": "Ferry back at last"},
    )
    window, page = begin(story_id)
    [card] = page.cards
    assert card.accessibleName() == "Headline"
    assert not page.reconcile.isEnabled()
    decide(card, Decision.THEIRS)
    page.reconcile.click()
    settle()
    joined = reading(desk).stored(story_id)
    assert joined.story.headline == "Ferry back at last"
    assert joined.story.kicker == "Norland", "what only one changed joins by itself"
    assert reading(desk).leaves(story_id) == (joined.version,)
    assert window.centre.page() is window.centre.form
    assert window.draft.typed == joined.story


def test_both_paragraphs_or_a_typed_answer_can_be_chosen(
    begin: Begin, write: Write, desk: Desk, settle: Settle
) -> None:
    story_id = write("ferry")
    first, second = reading(desk).stored(story_id).story.body.split("\n\n")
    fork(
        desk,
        story_id,
        {"headline": "One", "body": f"{first}\n\nBoats came in early."},
        {"headline": "Other", "body": f"{first}\n\nBoats came in late."},
    )
    _window, page = begin(story_id)
    headline, body = page.cards
    decide(headline, Decision.OWN)
    headline.own.setPlainText("Neither one nor the other, 25\u00a0km off")
    decide(body, Decision.BOTH)
    page.reconcile.click()
    settle()
    story = reading(desk).stored(story_id).story
    assert story.headline == "Neither one nor the other, 25\u00a0km off"
    assert story.body == f"{first}\n\nBoats came in early.\n\nBoats came in late."
    assert second not in story.body


def test_changes_in_different_places_merge_without_a_decision(
    begin: Begin, write: Write, desk: Desk, settle: Settle
) -> None:
    story_id = write("ferry")
    fork(desk, story_id, {"headline": "New words"}, {"kicker": "Norland"})
    _window, page = begin(story_id)
    assert page.cards == []
    page.reconcile.click()
    settle()
    story = reading(desk).stored(story_id).story
    assert (story.headline, story.kicker) == ("New words", "Norland")


def test_three_versions_are_reconciled_two_at_a_time(
    begin: Begin, write: Write, desk: Desk, settle: Settle
) -> None:
    story_id = write("ferry")
    base = reading(desk).stored(story_id)
    for words in ("One", "Two", "Three"):
        desk.do(SaveStory(replace(base.story, headline=words), 1), WRITER)
    _window, page = begin(story_id)
    decide(page.cards[0], Decision.OURS)
    page.reconcile.click()
    settle()
    decide(page.cards[0], Decision.THEIRS)
    page.reconcile.click()
    settle()
    assert reading(desk).stored(story_id).story.headline == "Three"
    assert len(reading(desk).leaves(story_id)) == 1


def test_later_goes_back_to_the_form(begin: Begin, write: Write, desk: Desk) -> None:
    story_id = write("ferry")
    fork(desk, story_id, {"headline": "One"}, {"headline": "Other"})
    window, page = begin(story_id)
    page.later.click()
    assert window.centre.page() is window.centre.form
    assert len(reading(desk).leaves(story_id)) == 2


def test_typed_answer_that_breaks_a_rule_is_refused_on_the_page(
    begin: Begin, write: Write, desk: Desk
) -> None:
    story_id = write("ferry")
    fork(
        desk,
        story_id,
        {"embargo": "2027-01-02T06:00:00Z"},
        {"embargo": "2027-01-03T06:00:00Z"},
    )
    _window, page = begin(story_id)
    decide(page.cards[0], Decision.OWN)
    page.cards[0].own.setPlainText("next week")
    page.reconcile.click()
    assert page.bar.text()
    assert isinstance(reading(desk).stored(story_id).story, Story)
    assert len(reading(desk).leaves(story_id)) == 2
