"""Saves that come late become versions of their own; a person joins them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.commands import (
    Approve,
    ImportItems,
    Publish,
    Reconcile,
    Restore,
    Return,
    SaveStory,
    Spike,
    Submit,
)
from editor.core.merge import merge
from editor.core.story import Correction, Story
from editor.core.workflow import Stage
from editor.errors import BadValue, NotAllowed, NotFound, Stale
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, TOM, approved, new


def save(desk: Desk, story: str, base: int, by: str = LINA, **change: str) -> int:
    """Save a change of the version `base`; the number of the version it became."""
    text = replace(reading(desk).stored(story, base).story, **change)  # type: ignore[arg-type]
    return desk.do(SaveStory(text, base), by).version


def split(desk: Desk, **words: str) -> str:
    """A story with the heads 2 and 3, both from version 1."""
    story = new(desk, body="One.\n\nTwo.\n\nThree.", **words)
    assert save(desk, story, 1, LINA, body="One!\n\nTwo.\n\nThree.") == 2
    assert save(desk, story, 1, TOM, body="One.\n\nTwo.\n\nThree!") == 3
    return story


@pytest.mark.parametrize("base", [0, -1, 4, 99])
def test_a_base_that_never_was_is_refused(desk: Desk, base: int) -> None:
    story = split(desk)
    with pytest.raises(NotFound, match=f"no version {base}"):
        desk.do(SaveStory(Story(id=story, headline="X"), base), LINA)
    assert len(reading(desk).versions(story)) == 3


def test_a_late_save_is_a_version_of_its_own(desk: Desk) -> None:
    story = split(desk)
    assert reading(desk).leaves(story) == (2, 3)
    assert reading(desk).row(story).leaves == 2
    assert reading(desk).rows()[0].leaves == 2
    assert [row.parents for row in reading(desk).versions(story)] == [(1,), (1,), ()]
    assert reading(desk).stored(story).version == 3, "the newest number is shown"
    assert reading(desk).stored(story, 2).story.body.startswith("One!")
    assert reading(desk).search("three")[0].row.id == story


def test_each_head_can_be_written_on(desk: Desk) -> None:
    story = split(desk)
    assert save(desk, story, 2, kicker="Sea") == 4
    assert reading(desk).leaves(story) == (3, 4)
    assert save(desk, story, 4, kicker="Weather") == 5
    assert reading(desk).leaves(story) == (3, 5)
    assert save(desk, story, 1, kicker="Late") == 6
    assert reading(desk).leaves(story) == (3, 5, 6)
    assert reading(desk).row(story).leaves == 3


def test_saving_what_is_there_makes_no_version(desk: Desk) -> None:
    story = split(desk)
    before = reading(desk).log()
    latest, base = reading(desk).stored(story).story, reading(desk).stored(story, 1).story
    for text, number, there in ((latest, 1, 3), (latest, 3, 3), (base, 1, 1)):
        changes = desk.do(SaveStory(text, number), LINA)
        assert not changes.touched
        assert changes.version == there
    assert reading(desk).log() == before


def test_decisions_wait_until_one_text_is_left(desk: Desk) -> None:
    story = split(desk)
    for command in (Submit(story, 3), Submit(story, 2)):
        with pytest.raises((NotAllowed, Stale)):
            desk.do(command, LINA)
    with pytest.raises(NotAllowed, match="two versions to reconcile: 2 and 3") as caught:
        desk.do(Submit(story, 3), LINA)
    assert caught.value.hint
    assert reading(desk).stored(story).state.stage is Stage.DRAFT

    handed_in = new(desk, "Other")
    desk.do(Submit(handed_in, 1), LINA)
    save(desk, handed_in, 1, kicker="A")
    save(desk, handed_in, 1, kicker="B")
    with pytest.raises(NotAllowed, match="reconcile"):
        desk.do(Approve(handed_in, 3), TOM)
    desk.do(Return(handed_in, 3, "Join these first."), TOM)
    desk.do(Spike(handed_in, 3), LINA)


def test_a_stage_set_by_hand_publishes_no_split_story(desk: Desk) -> None:
    story = split(desk)
    with sqlite.connect(desk.path / DATABASE) as raw:
        raw.execute("UPDATE stories SET stage = 'approved'")
    raw.close()
    with pytest.raises(NotAllowed, match="reconcile"):
        desk.do(Publish(story, 3), TOM)


def test_a_late_save_ends_an_approval(desk: Desk) -> None:
    story = approved(desk)
    save(desk, story, 1, TOM, kicker="A")
    assert save(desk, story, 1, LINA, kicker="B") == 3
    assert reading(desk).stored(story).state.stage is Stage.REVIEW
    assert reading(desk).stored(story).approval is None


def test_reconciling_joins_the_heads(desk: Desk) -> None:
    story = split(desk)
    ancestor = reading(desk).ancestor(story, 2, 3)
    assert ancestor is not None
    assert ancestor.version == 1
    joined = merge(
        ancestor.story, reading(desk).stored(story, 2).story, reading(desk).stored(story, 3).story
    ).story()
    changes = desk.do(Reconcile(story, (3, 2), joined), TOM)
    assert changes.version == 4
    now = reading(desk).stored(story)
    assert now.story.body == "One!\n\nTwo.\n\nThree!"
    assert (now.cause, now.author) == ("reconciled", TOM)
    assert reading(desk).versions(story)[0].parents == (2, 3)
    assert (reading(desk).leaves(story), reading(desk).row(story).leaves) == ((4,), 1)
    assert reading(desk).log(story, 1)[0].action == "reconciled"
    desk.do(Submit(story, 4), LINA)


def test_what_cannot_be_reconciled(desk: Desk) -> None:
    story, other = split(desk), new(desk, "Other")
    joined = reading(desk).stored(story).story
    with pytest.raises(NotAllowed, match="nothing to reconcile"):
        desk.do(Reconcile(other, (1,), reading(desk).stored(other).story), LINA)
    with pytest.raises(BadValue, match="another story"):
        desk.do(Reconcile(story, (2, 3), reading(desk).stored(other).story), LINA)
    save(desk, story, 2, kicker="Sea")
    for leaves in ((2, 3), (3,), (), (1, 2, 3, 4), (3, 4, 99)):
        with pytest.raises(Stale, match="3 and 4") as caught:
            desk.do(Reconcile(story, leaves, joined), LINA)
        assert caught.value.hint
    assert reading(desk).leaves(story) == (3, 4)
    with pytest.raises(NotFound):
        desk.do(Reconcile("nowhere", (1, 2), joined), LINA)


def test_ancestors(desk: Desk) -> None:
    story = split(desk)
    save(desk, story, 2, kicker="Sea")
    desk.do(Reconcile(story, (3, 4), replace(reading(desk).stored(story).story, kicker="J")), LINA)
    for pair, shared in (((4, 3), 1), ((4, 5), 4), ((2, 4), 2), ((5, 5), 5)):
        found = reading(desk).ancestor(story, *pair)
        assert found is not None
        assert found.version == shared
    assert reading(desk).ancestor(story, 3, 99) is None


def test_restoring_grows_from_the_newest(desk: Desk) -> None:
    story = split(desk)
    desk.do(Restore(story, 3, 1), LINA)
    assert reading(desk).leaves(story) == (2, 4)
    assert reading(desk).stored(story).cause == "restored"


def test_an_import_says_nothing_to_our_readers(desk: Desk) -> None:
    told = Correction("It was Tuesday.", "2026-03-01T00:00:00Z")
    story = desk.do(ImportItems((Story(headline="Wire", corrections=(told,)),)), LINA).ids("story")[
        0
    ]
    assert reading(desk).stored(story).story.corrections == ()
    assert reading(desk).stored(story).state.stage is Stage.DRAFT


def test_a_slug_that_readers_know_a_story_by_stays_its_own(desk: Desk) -> None:
    story = approved(desk, slug="ferry")
    desk.do(Publish(story, 1), TOM)
    save(desk, story, 1, slug="boat")
    with pytest.raises(BadValue, match="belongs to another story"):
        new(desk, "Other", slug="ferry")
    taken_in = desk.do(ImportItems((Story(slug="ferry"),)), LINA).ids("story")[0]
    assert reading(desk).slugs()[taken_in] == "ferry-2"
    assert save(desk, story, 2, slug="ferry") == 3, "its own slug it may have back"
    assert reading(desk).row(story).slug == "ferry"
    with sqlite.connect(desk.path / DATABASE) as raw:
        raw.execute("UPDATE versions SET content = '{' WHERE story = ? AND number = 1", (story,))
    raw.close()
    new(desk, "Another", slug="boat")
