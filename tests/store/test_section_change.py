"""Another section for a story that is not open: a version of its own, or a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.commands import SaveHouse, SaveStory, Spike, Submit
from editor.core.house import Section
from editor.core.story import Story
from editor.errors import BadValue, NotAllowed, Stale
from editor.store.desk import Desk
from editor.store.replacement import restore_story
from editor.store.section_change import change_section
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM


@pytest.fixture
def story(desk: Desk) -> str:
    """A story about the world on a desk with two sections."""
    house = reading(desk).house()
    sections = (Section("world", "World"), Section("sport", "Sport"))
    desk.do(SaveHouse(replace(house, sections=sections), house.hash), MARA)
    text = Story(slug="quay", section="world", headline="Quay", body="Boats came in.")
    [id] = desk.do(SaveStory(text), LINA).ids("story")
    return id


def test_another_section_is_a_version_and_can_be_taken_back(desk: Desk, story: str) -> None:
    before = reading(desk).stored(story)
    moved = change_section(desk, story, 1, "sport", TOM)
    assert (moved.before, moved.after, moved.count) == (1, 2, 1)
    after = reading(desk).stored(story)
    assert after.story == replace(before.story, section="sport")
    assert after.author == TOM
    restore_story(desk, moved, TOM)
    assert reading(desk).stored(story).hash == before.hash


def test_the_same_section_makes_no_version(desk: Desk, story: str) -> None:
    moved = change_section(desk, story, 1, "world", TOM)
    assert (moved.after, moved.count) == (1, 0)
    assert reading(desk).row(story).version == 1


def test_a_section_that_the_paper_does_not_have_is_refused(desk: Desk, story: str) -> None:
    with pytest.raises(BadValue, match="no section “spotr”") as caught:
        change_section(desk, story, 1, "spotr", TOM)
    assert caught.value.hint == "Its sections are world, sport."


def test_what_was_saved_since_stays(desk: Desk, story: str) -> None:
    text = reading(desk).stored(story).story
    desk.do(SaveStory(replace(text, kicker="Late"), 1), LINA)
    with pytest.raises(Stale, match="has changed since version 1"):
        change_section(desk, story, 1, "sport", TOM)
    assert reading(desk).row(story).version == 2


def test_versions_to_reconcile_come_first(desk: Desk, story: str) -> None:
    text = reading(desk).stored(story).story
    desk.do(SaveStory(replace(text, kicker="One"), 1), LINA)
    desk.do(SaveStory(replace(text, kicker="Two"), 1), TOM)
    with pytest.raises(NotAllowed, match="It has 2 versions to reconcile"):
        change_section(desk, story, 3, "sport", TOM)


def test_an_approval_is_not_lost_by_the_way(desk: Desk, story: str) -> None:
    desk.do(Submit(story, 1), LINA)
    desk.do(approving(desk, story, 1), TOM)
    with pytest.raises(NotAllowed, match="would need approval again"):
        change_section(desk, story, 1, "sport", TOM)


def test_a_spiked_story_stays_where_it_is(desk: Desk, story: str) -> None:
    desk.do(Spike(story, 1), TOM)
    with pytest.raises(NotAllowed, match="A story that is spiked can't be saved"):
        change_section(desk, story, 1, "sport", TOM)
