"""A story with fields of a later Stonehand is read, and never written without them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from editor.core.commands import (
    Command,
    Correct,
    ImportItems,
    Publish,
    Reconcile,
    Restore,
    SaveStory,
    Submit,
    Update,
)
from editor.core.story import Story
from editor.errors import NotAllowed
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, TOM, approved, new

HOLOGRAM = {"hologram": {"depth": 3}}


def later(story: Story) -> Story:
    """The story as a later Stonehand wrote it."""
    return Story.from_json({**story.to_json(), **HOLOGRAM})


def save_as_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, story_id: str, base: int = 1, **change: str
) -> int:
    """Save a version as a later Stonehand does, which knows its own fields."""
    text = later(replace(reading(desk).stored(story_id, base).story, **change))  # type: ignore[arg-type]
    with monkeypatch.context() as patched:
        patched.setattr(Story, "require_known", lambda _story: None)
        return desk.do(SaveStory(text, base), LINA).version


def refused(desk: Desk, command: Command, by: str = LINA) -> None:
    before = reading(desk).log()
    with pytest.raises(NotAllowed, match="fields that this version of Stonehand does not know"):
        desk.do(command, by)
    assert reading(desk).log() == before


def test_it_is_read_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    story_id = new(desk)
    save_as_later(desk, monkeypatch, story_id)
    stored = reading(desk).stored(story_id)
    assert json.loads(stored.story.canonical())["hologram"] == HOLOGRAM["hologram"]
    assert stored.story.hash == stored.hash


def test_no_save_restore_or_approval_makes_a_version_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    story_id = new(desk)
    save_as_later(desk, monkeypatch, story_id)
    known, unknown = (reading(desk).stored(story_id, number).story for number in (1, 2))
    refused(desk, SaveStory(replace(unknown, kicker="Sea"), 2))
    refused(desk, SaveStory(replace(known, kicker="Sea"), 2))
    refused(desk, SaveStory(replace(unknown, kicker="Sea"), 1))
    refused(desk, Restore(story_id, 2, 1))
    refused(desk, Submit(story_id, 2), LINA)
    with monkeypatch.context() as patched:
        patched.setattr(Story, "require_known", lambda _story: None)
        desk.do(Submit(story_id, 2), LINA)
    refused(desk, approving(desk, story_id, 2), TOM)


def test_restoring_an_earlier_version_with_unknown_fields_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    story_id = new(desk)
    number = save_as_later(desk, monkeypatch, story_id)
    with monkeypatch.context() as patched:
        patched.setattr(Story, "require_known", lambda _story: None)
        desk.do(Restore(story_id, number, 1), LINA)
    refused(desk, Restore(story_id, number + 1, number))


def test_update_of_it_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    story_id = approved(desk)
    desk.do(Publish(story_id, 1), TOM)
    with monkeypatch.context() as patched:
        patched.setattr(Story, "require_known", lambda _story: None)
        save_as_later(desk, patched, story_id)
        desk.do(Submit(story_id, 2), LINA)
        desk.do(approving(desk, story_id, 2), TOM)
    refused(desk, Update(story_id, 2), TOM)


def test_a_correction_of_it_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    story_id = approved(desk)
    desk.do(Publish(story_id, 1), TOM)
    save_as_later(desk, monkeypatch, story_id)
    refused(desk, Correct(story_id, 2, "The year was wrong."), TOM)


def test_a_text_written_on_a_known_version_is_saved_beside_it_and_not_joined(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    story_id = new(desk)
    save_as_later(desk, monkeypatch, story_id)
    mine = replace(reading(desk).stored(story_id, 1).story, kicker="Sea")
    assert desk.do(SaveStory(mine, 1), LINA).version == 3
    assert reading(desk).leaves(story_id) == (2, 3)
    refused(desk, Reconcile(story_id, (2, 3), mine))


def test_an_import_with_unknown_fields_is_refused(desk: Desk) -> None:
    refused(desk, ImportItems((later(Story(headline="Ferry")),)))
