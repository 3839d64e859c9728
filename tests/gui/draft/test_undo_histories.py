"""Undo goes on where a story was left, as long as its text is the one that was left."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from editor.core.commands import SaveStory
from editor.gui.draft import undo_histories
from editor.gui.draft.draft import Draft
from editor.gui.draft.undo_histories import MOST_STORIES
from editor.gui.draft.undo_steps import Step
from editor.store.desk import Desk
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
CHIEF, EDITOR = "Mara Quill", "Theo Marsh"


def headline(draft: Draft, text: str) -> None:
    """Change the headline as the form does."""
    draft.edit(replace(draft.typed, headline=text), "headline")


def test_steps_come_back_with_the_text_they_lead_to(
    draft: Draft, write: Write, hands: Any, settle: Settle
) -> None:
    first, second = write("ferry", "Ferry"), write("market", "Market")
    hands.open(first)
    headline(draft, "Ferry late")
    draft.edit(replace(draft.typed, kicker="Now"), "kicker")
    draft.undo()
    hands.open(second)
    settle()
    assert draft.stack.count() == 0, "they are another story's"
    headline(draft, "Market early")
    hands.open(first)
    settle()
    draft.redo()
    assert (draft.typed.headline, draft.typed.kicker) == ("Ferry late", "Now")
    draft.undo()
    draft.undo()
    assert (draft.typed.headline, draft.typed.kicker) == ("Ferry", "")
    hands.open(second)
    draft.undo()
    assert draft.typed.headline == "Market"


def test_new_story_has_its_steps_though_the_desk_gave_it_id_and_slug(
    draft: Draft, write: Write, hands: Any, settle: Settle
) -> None:
    other = write("market")
    draft.new()
    headline(draft, "Lighthouse to be painted")
    story = draft.open_story.story_id
    hands.open(other)
    settle()
    hands.open(story)
    assert draft.typed.slug == "lighthouse-to-be-painted"
    draft.undo()
    assert draft.typed.headline == ""
    assert (draft.typed.id, draft.typed.slug) == (story, "lighthouse-to-be-painted")


def test_text_of_somebody_else_has_none_of_the_steps(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    first, second = write("ferry", "Ferry"), write("market")
    hands.open(first)
    headline(draft, "Ferry late")
    hands.open(second)
    settle()
    saved = reading(desk).stored(first)
    desk.do(SaveStory(replace(saved.story, kicker="Theirs"), saved.version), EDITOR)
    hands.open(first)
    assert draft.typed.kicker == "Theirs"
    assert draft.stack.count() == 0
    draft.undo()
    assert draft.typed.headline == "Ferry late"
    hands.open(second)
    hands.open(first)
    assert draft.stack.count() == 0, "they do not come back either"


def test_steps_of_stories_that_were_left_long_ago_are_forgotten_and_freed(
    draft: Draft, write: Write, hands: Any, settle: Settle
) -> None:
    stories = [write(f"story-{number}") for number in range(MOST_STORIES + 2)]
    steps = list[weakref.ref[Step]]()
    for story in stories:
        hands.open(story)
        headline(draft, "Changed")
        steps.append(weakref.ref(draft.stack.command(0)))  # type: ignore[arg-type]
    settle()
    gc.collect()
    assert [step() is None for step in steps] == [True] + [False] * (MOST_STORIES + 1)
    hands.open(stories[0])
    assert draft.stack.count() == 0
    hands.open(stories[2])
    assert draft.stack.count() == 1


def test_many_steps_count_as_many_stories(
    draft: Draft, write: Write, hands: Any, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_histories, "MOST_STEPS", 5)
    stories = [write(f"story-{number}") for number in range(3)]
    for story in stories:
        hands.open(story)
        for number in range(3):
            headline(draft, f"Changed {number}")
    settle()
    draft.close()
    kept = list[int]()
    for story in stories:
        hands.open(story)
        kept.append(draft.stack.count())
    assert kept == [0, 0, 3]


def test_whoever_shows_undo_hears_of_another_storys_steps(
    draft: Draft, write: Write, hands: Any
) -> None:
    first, second = write("ferry"), write("market")
    hands.open(first)
    headline(draft, "Changed")
    seen = list[bool]()
    draft.steps_changed.connect(lambda: seen.append(draft.stack.canUndo()))
    hands.open(second)
    hands.open(first)
    assert seen == [False, True]
