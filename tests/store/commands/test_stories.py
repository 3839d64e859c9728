"""Saves that come late become versions of their own; a person joins them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.brief import Brief
from editor.core.commands import (
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
from editor.errors import BadValue, DeskDamaged, NotAllowed, NotFound, Stale
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import every_slug, reading
from tests.store.conftest import (
    LINA,
    TOM,
    Clock,
    approved,
    change_database,
    everything,
    new,
    refused,
)


def save(desk: Desk, story: str, base: int, by: str = LINA, **change: str) -> int:
    """Save a change of the version `base`; the number of the version it became."""
    text = replace(reading(desk).stored(story, base).story, **change)  # type: ignore[arg-type]
    return desk.do(SaveStory(text, base), by).version


def split(desk: Desk, **words: str) -> str:
    """A story with the leaves 2 and 3, both from version 1."""
    story = new(desk, body="One.\n\nTwo.\n\nThree.", **words)
    assert save(desk, story, 1, LINA, body="One!\n\nTwo.\n\nThree.") == 2
    assert save(desk, story, 1, TOM, body="One.\n\nTwo.\n\nThree!") == 3
    return story


@pytest.mark.parametrize("base", [0, -1, 4, 99])
def test_unknown_base_is_refused(desk: Desk, base: int) -> None:
    story = split(desk)
    with pytest.raises(NotFound, match=f"no version {base}"):
        desk.do(SaveStory(Story(id=story, headline="X"), base), LINA)
    assert len(reading(desk).versions(story)) == 3


def test_late_save_makes_a_version_of_its_own(desk: Desk) -> None:
    story = split(desk)
    assert reading(desk).leaves(story) == (2, 3)
    assert reading(desk).row(story).leaves == 2
    assert reading(desk).rows()[0].leaves == 2
    assert [row.parents for row in reading(desk).versions(story)] == [(1,), (1,), ()]
    assert reading(desk).stored(story).version == 3, "the latest number is shown"
    assert reading(desk).stored(story, 2).story.body.startswith("One!")
    assert reading(desk).search("three")[0].id == story


def test_every_leaf_can_be_edited(desk: Desk) -> None:
    story = split(desk)
    assert save(desk, story, 2, kicker="Sea") == 4
    assert reading(desk).leaves(story) == (3, 4)
    assert save(desk, story, 4, kicker="Weather") == 5
    assert reading(desk).leaves(story) == (3, 5)
    assert save(desk, story, 1, kicker="Late") == 6
    assert reading(desk).leaves(story) == (3, 5, 6)
    assert reading(desk).row(story).leaves == 3


def test_saving_an_existing_text_makes_no_version(desk: Desk) -> None:
    story = split(desk)
    before = reading(desk).log()
    latest, base = reading(desk).stored(story).story, reading(desk).stored(story, 1).story
    for text, number, there in ((latest, 1, 3), (latest, 3, 3), (base, 1, 1)):
        changes = desk.do(SaveStory(text, number), LINA)
        assert not changes.touched
        assert changes.version == there
    assert reading(desk).log() == before


def test_decisions_wait_until_versions_are_reconciled(desk: Desk) -> None:
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
        desk.do(approving(desk, handed_in, 3), TOM)
    desk.do(Return(handed_in, 3, "Join these first."), TOM)
    desk.do(Spike(handed_in, 3), LINA)


def test_stage_set_by_hand_does_not_publish_two_leaves(desk: Desk) -> None:
    story = split(desk)
    change_database(desk, "UPDATE stories SET stage = 'approved'")
    with pytest.raises(NotAllowed, match="reconcile"):
        desk.do(Publish(story, 3), TOM)


def test_late_save_ends_an_approval(desk: Desk) -> None:
    story = approved(desk)
    save(desk, story, 1, TOM, kicker="A")
    assert save(desk, story, 1, LINA, kicker="B") == 3
    assert reading(desk).stored(story).state.stage is Stage.REVIEW
    assert reading(desk).stored(story).approval is None


def test_reconciling_joins_the_leaves(desk: Desk) -> None:
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


def test_wrong_reconciliations_are_refused(desk: Desk) -> None:
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


def test_ancestor_of_two_versions_is_found(desk: Desk) -> None:
    story = split(desk)
    save(desk, story, 2, kicker="Sea")
    desk.do(Reconcile(story, (3, 4), replace(reading(desk).stored(story).story, kicker="J")), LINA)
    for pair, shared in (((4, 3), 1), ((4, 5), 4), ((2, 4), 2), ((5, 5), 5)):
        found = reading(desk).ancestor(story, *pair)
        assert found is not None
        assert found.version == shared
    assert reading(desk).ancestor(story, 3, 99) is None


def test_restored_version_follows_the_latest(desk: Desk) -> None:
    story = split(desk)
    desk.do(Restore(story, 3, 1), LINA)
    assert reading(desk).leaves(story) == (2, 4)
    assert reading(desk).stored(story).cause == "restored"


def test_import_drops_corrections(desk: Desk) -> None:
    correction = Correction("It was Tuesday.", "2026-03-01T00:00:00Z")
    story = desk.do(ImportItems((Story(headline="Wire", corrections=(correction,)),)), LINA).ids(
        "story"
    )[0]
    assert reading(desk).stored(story).story.corrections == ()
    assert reading(desk).stored(story).state.stage is Stage.DRAFT


def test_slug_of_a_live_version_stays_taken(desk: Desk) -> None:
    story = approved(desk, slug="ferry")
    desk.do(Publish(story, 1), TOM)
    save(desk, story, 1, slug="boat")
    with pytest.raises(BadValue, match="belongs to another story"):
        new(desk, "Other", slug="ferry")
    taken_in = desk.do(ImportItems((Story(slug="ferry"),)), LINA).ids("story")[0]
    assert every_slug(desk)[taken_in] == "ferry-2"
    assert save(desk, story, 2, slug="ferry") == 3, "its own slug it may have back"
    assert reading(desk).row(story).slug == "ferry"
    change_database(
        desk,
        "UPDATE versions SET content = packed('{') WHERE story = ? AND number = 1",
        story,
    )
    new(desk, "Another", slug="boat")


def test_saving_makes_immutable_versions_with_parents(desk: Desk, clock: Clock) -> None:
    story = new(desk, body="One two three.")
    clock.go(hours=-5)
    first = reading(desk).stored(story)
    desk.do(SaveStory(replace(first.story, body="One two."), 1), TOM)
    latest, oldest = reading(desk).versions(story)
    assert (latest.version, latest.parents, latest.author, latest.words) == (2, (1,), TOM, 2)
    assert (oldest.version, oldest.parents, oldest.author, oldest.words) == (1, (), LINA, 3)
    assert latest.at < oldest.at
    assert reading(desk).stored(story, 1).story == first.story
    assert reading(desk).stored(story).latest == 2
    assert reading(desk).stored(story).hash == reading(desk).stored(story).story.hash != first.hash


def test_saving_the_same_text_again_makes_no_version(desk: Desk) -> None:
    story = approved(desk)
    before = everything(desk)
    assert not desk.do(SaveStory(reading(desk).stored(story).story, 1), LINA).touched
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="K"), 1), LINA)
    assert not desk.do(SaveStory(reading(desk).stored(story).story, 1), LINA).touched
    assert everything(desk) != before


def test_unknown_section_is_saved(desk: Desk) -> None:
    story = new(desk, section="Harbour & docks")
    assert reading(desk).stored(story).story.section == "Harbour & docks"
    assert reading(desk).counts().sections == {"Harbour & docks": 1}


def test_imported_stories_get_ids_and_free_slugs(desk: Desk) -> None:
    new(desk, slug="ferry")
    stories = (
        Story(slug="ferry", headline="A"),
        Story(id="pretended", slug="Not A Slug!", headline="B"),
        Story(slug="index"),
        Story(headline="عبّارة تعود", language="ar"),
    )
    briefs = (
        Brief(id="pretended", title="Tides", summary="High at six."),
        Brief(title="Tides", summary="High at six."),
        Brief(title="Tides", summary="Low at noon."),
    )
    changes = desk.do(ImportItems(stories, briefs, "wire.txt"), LINA)
    ids = changes.ids("story")
    assert [every_slug(desk)[id] for id in ids][:3] == ["ferry-2", "not-a-slug", "index-story"]
    assert len(set(ids)) == 4
    assert "pretended" not in ids
    assert all(reading(desk).stored(id).story.id == id for id in ids)
    assert {reading(desk).stored(id).cause for id in ids} == {"imported"}
    assert reading(desk).log(ids[0])[0].note == "wire.txt"
    assert changes.touches("banner")
    assert [brief.summary for brief in reading(desk).banner().briefs] == [
        "High at six.",
        "Low at noon.",
    ]
    assert len({brief.id for brief in reading(desk).banner().briefs} - {"", "pretended"}) == 2
    again = desk.do(ImportItems((), briefs), LINA)
    assert not again.touched
    assert len(reading(desk).banner().briefs) == 2


def test_one_bad_story_stops_the_whole_import(desk: Desk) -> None:
    before = everything(desk)
    with pytest.raises((TypeError, AttributeError)):
        desk.do(ImportItems((Story(headline="Good"), "not a story")), LINA)  # type: ignore[arg-type]
    assert everything(desk) == before


def test_first_save_that_is_sent_again_makes_no_second_story(desk: Desk) -> None:
    save = SaveStory(Story(headline="Ferry back on Monday", body="It sails."), new_id="ab" * 16)
    assert desk.do(save, LINA).ids("story") == ("ab" * 16,)
    assert desk.do(save, LINA).version == 1
    longer = replace(save.story, body="It sails again.")
    assert desk.do(replace(save, story=longer), LINA).version == 2
    [row] = reading(desk).rows()
    assert (row.id, row.slug, row.leaves) == ("ab" * 16, "ferry-back-on-monday", 1)


@pytest.mark.parametrize("wrong", ["../x", "AB" * 16, "ab" * 15, " " + "ab" * 16, "ab" * 16 + "\n"])
def test_strange_id_for_a_new_story_is_refused(desk: Desk, wrong: str) -> None:
    refused(desk, SaveStory(Story(headline="Ferry"), new_id=wrong), LINA, BadValue)


@pytest.mark.parametrize("content", ["{", "[]", '{"headline": 3}'])
def test_new_version_replaces_a_damaged_one(desk: Desk, content: str) -> None:
    saved, restored = new(desk), new(desk, "Other")
    for story in (saved, restored):
        desk.do(SaveStory(Story(id=story, headline="Second"), 1), LINA)
    change_database(desk, "UPDATE versions SET content = packed(?) WHERE number = 2", content)
    with pytest.raises(DeskDamaged):
        reading(desk).stored(saved)
    desk.do(SaveStory(Story(id=saved, headline="Third"), 2), LINA)
    desk.do(Restore(restored, 2, 1), LINA)
    assert reading(desk).stored(saved).story.headline == "Third"
    assert reading(desk).stored(restored).story.headline == "Other"


def test_restoring_makes_a_new_version(desk: Desk) -> None:
    story = new(desk, slug="ferry", body="First.")
    desk.do(SaveStory(Story(id=story, slug="boat", headline="H", body="Second."), 1), LINA)
    new(desk, "Another", slug="ferry")
    for earlier in (0, 3, -1):
        refused(desk, Restore(story, 2, earlier), LINA, NotFound)
    assert not desk.do(Restore(story, 2, 2), LINA).touched
    desk.do(Restore(story, 2, 1), LINA)
    now = reading(desk).stored(story)
    assert (now.version, now.cause, now.story.body) == (3, "restored", "First.")
    assert now.story.slug == "boat", "the earlier slug has found another story"
    assert reading(desk).versions(story)[0].parents == (2,)


def test_nobody_ignores_an_issue_in_the_name_of_another(desk: Desk) -> None:
    forged, own = (f"stray-spaces body: “a  b” – Meant — {name}" for name in (TOM, LINA))
    saved = new(desk)
    later = replace(reading(desk).stored(saved).story, ignored=(forged,))
    desk.do(SaveStory(later, 1), LINA)
    assert reading(desk).stored(saved).story.ignored == (own,)
    # The answer was lost, and it is saved once more: that is no other version.
    assert desk.do(SaveStory(later, 1), LINA).version == 2
    desk.do(SaveStory(replace(later, ignored=(own, "nonsense"), headline="B"), 2), TOM)
    assert reading(desk).stored(saved).story.ignored == (own, "nonsense")
    # Who reads another's reason in the newest version, and saves on an older one, keeps it.
    desk.do(SaveStory(replace(later, ignored=(own,), headline="C"), 1), TOM)
    assert reading(desk).stored(saved).story.ignored == (own,)
    [other] = desk.do(SaveStory(replace(later, id="", slug="")), LINA).ids("story")
    assert reading(desk).stored(other).story.ignored == (own,)
