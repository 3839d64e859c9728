"""A note for readers is in the form: it can be read, edited and withdrawn until they have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from editor.core.commands import Correct, Publish
from editor.core.workflow import Stage
from editor.gui.draft.draft import Draft
from editor.gui.story.corrections import CorrectionRow
from editor.gui.story.form import StoryForm
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, EDITOR
from tests.people import approving
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]


@pytest.fixture
def story(desk: Desk, write: Write) -> str:
    """A live story that was opened for a correction."""
    story = write("ferry", stage=Stage.APPROVED)
    desk.do(Publish(story, 1), CHIEF)
    desk.do(Correct(story, 1, "It sails on Tuesday."), CHIEF)
    return story


def row(form: StoryForm) -> CorrectionRow:
    [found] = form.corrections.rows
    return found


def test_a_story_without_one_shows_nothing(form: StoryForm, opened: str) -> None:
    assert form.corrections.rows == []
    assert form.corrections.isHidden()


def test_the_note_is_edited_like_any_text(
    form: StoryForm, draft: Draft, story: str, hands: Any, desk: Desk, settle: Settle
) -> None:
    hands.open(story)
    field = row(form).cell.field
    assert field.text() == "It sails on Tuesday."
    hands.type(field, " At six.")
    assert draft.typed.corrections[0].text == "It sails on Tuesday. At six."
    draft.save()
    settle()
    assert reading(desk).stored(story).story.corrections[0].text == "It sails on Tuesday. At six."


def test_an_empty_note_is_said_beside_it_and_not_dropped(
    form: StoryForm, draft: Draft, story: str, hands: Any
) -> None:
    hands.open(story)
    field = row(form).cell.field
    field.selectAll()
    hands.type(field, " ")
    assert "needs a note" in row(form).cell.problem()
    assert list(draft.open_story.bad_texts) == ["corrections/0/text"]
    row(form).withdraw.click()
    assert not draft.open_story.bad_texts


def test_a_withdrawn_note_is_gone_until_undo(
    form: StoryForm, draft: Draft, story: str, hands: Any, desk: Desk, settle: Settle
) -> None:
    hands.open(story)
    row(form).withdraw.click()
    assert draft.typed.corrections == ()
    assert form.corrections.isHidden()
    draft.undo()
    assert row(form).cell.field.text() == "It sails on Tuesday."
    row(form).withdraw.click()
    draft.save()
    settle()
    assert reading(desk).stored(story).story.corrections == ()


def test_what_readers_have_can_t_be_changed(
    form: StoryForm, story: str, hands: Any, desk: Desk
) -> None:
    desk.do(approving(desk, story), EDITOR)
    desk.do(Publish(story, 2), CHIEF)
    hands.open(story)
    assert row(form).cell.field.isReadOnly()
    assert row(form).withdraw.isHidden()
    assert row(form).cell.label.count().startswith("Readers have it")
