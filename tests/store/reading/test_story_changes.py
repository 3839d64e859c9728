"""What replacing would change on a desk: page by page, with the reason where nothing can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from editor.core.commands import SaveStory, Spike, Submit
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import BadValue, NotAllowed, Stale
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from editor.store.reading.story_changes import StoryChanges, StoryReplacing
from editor.store.replacement import ReplacedStory, replace_in_story, restore_story
from editor.text.find import FindQuery
from editor.text.replace import Replacing
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, MARA

CHIEF = Person(MARA, Role.CHIEF)


@pytest.fixture
def save(desk: Desk) -> Callable[..., str]:
    """Save a new story and give its id."""

    def put(slug: str, by: str = MARA, **values: Any) -> str:
        story = replace(Story(slug=slug, headline=f"Kiev {slug}", body="In Kiev."), **values)
        [id] = desk.do(SaveStory(story), by).ids("story")
        return id

    return put


def work(
    desk: Desk, words: str = "kiev", by: str = "Kyiv", person: Person = CHIEF
) -> StoryReplacing:
    return StoryReplacing(Replacing(FindQuery(words), by), person, desk.journal)


def found(desk: Desk, replacing: StoryReplacing, **wanted: Any) -> dict[str, tuple[int, str]]:
    """Return how many changes there are in which story, and why they can't be made."""
    snapshot, after = reading(desk), None
    pages: list[StoryChanges] = []
    while True:
        page = replacing.read_page(snapshot, Filter(**wanted), after, limit=2)
        pages += page.stories
        after = page.after
        if after is None:
            break
    return {
        story.row.slug: (story.count, story.refusal.sentence if story.refusal else "")
        for story in pages
    }


def test_every_page_is_looked_through(desk: Desk, save: Callable[..., str]) -> None:
    for number in range(5):
        save(f"s{number}")
    save("other", headline="Lviv", body="Nothing")
    save("world", section="world", headline="Nothing")
    every = {f"s{number}": (2, "") for number in range(5)} | {"world": (1, "")}
    assert found(desk, work(desk)) == every
    assert found(desk, work(desk), section="world") == {"world": (1, "")}
    assert found(desk, work(desk, "paris")) == {}


def test_a_story_that_is_saved_between_two_pages_is_not_missed(
    desk: Desk, save: Callable[..., str]
) -> None:
    ids = [save(f"s{number}") for number in range(4)]
    replacing = work(desk)
    first = replacing.read_page(reading(desk), Filter(), limit=2)
    for id in ids[:3]:
        desk.do(SaveStory(replace(reading(desk).stored(id).story, kicker="New"), 1), CHIEF.name)
    slugs, after = [story.row.slug for story in first.stories], first.after
    while after is not None:
        page = replacing.read_page(reading(desk), Filter(), after, limit=2)
        slugs += [story.row.slug for story in page.stories]
        after = page.after
    assert {*slugs} == {"s0", "s1", "s2", "s3"}


def test_the_reason_is_told_where_nothing_can_be_changed(
    desk: Desk, save: Callable[..., str]
) -> None:
    spiked, typed, forked = save("spiked"), save("typed"), save("forked")
    desk.do(Spike(spiked, 1), CHIEF.name)
    desk.journal.write(f"story:{typed}", {"story": {}, "base": 1})
    for kicker in ("One", "Two"):
        story = replace(reading(desk).stored(forked, 1).story, kicker=kicker)
        desk.do(SaveStory(story, 1), CHIEF.name)
    assert found(desk, work(desk)) == {
        "spiked": (2, "A story that is spiked can't be saved."),
        "typed": (
            2,
            "Somebody is editing it here: it has text that is not saved as a version.",
        ),
        "forked": (2, "It has 2 versions to reconcile."),
    }
    for id, version in ((spiked, 1), (typed, 1), (forked, 3)):
        with pytest.raises(NotAllowed):
            replace_in_story(desk, work(desk), id, version)
        assert reading(desk).row(id).version == version


def test_an_expression_that_takes_too_long_names_its_story(
    desk: Desk, save: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save("slow", headline="Slow boats", body="a" * 200 + "bc")
    replacing = Replacing(FindQuery(r"(a|aa|a+)+b\d", regular_expression=True), "")
    changes = replacing.changes
    monkeypatch.setattr(replacing, "changes", lambda story: changes(story, 0.05))
    with pytest.raises(BadValue, match="In “Slow boats”: The expression takes too long"):
        StoryReplacing(replacing, CHIEF, desk.journal).read_page(reading(desk), Filter())


def test_replacing_makes_a_version_and_restoring_the_exact_text_before(
    desk: Desk, save: Callable[..., str]
) -> None:
    id = save("quay")
    before = reading(desk).stored(id).story
    replaced = replace_in_story(desk, work(desk), id, 1)
    assert replaced == ReplacedStory(id, 1, 2, 2)
    after = reading(desk).stored(id)
    assert (after.story.headline, after.story.body) == ("Kyiv quay", "In Kyiv.")
    assert restore_story(desk, replaced, CHIEF.name) == 3
    assert reading(desk).stored(id).story == before
    assert reading(desk).stored(id).hash == reading(desk).stored(id, 1).hash


def test_changes_that_are_left_out_are_not_made(desk: Desk, save: Callable[..., str]) -> None:
    id = save("quay")
    assert replace_in_story(desk, work(desk), id, 1, {0}).count == 1
    story = reading(desk).stored(id).story
    assert (story.headline, story.body) == ("Kiev quay", "In Kyiv.")


def test_a_story_that_was_saved_since_is_stale(desk: Desk, save: Callable[..., str]) -> None:
    id = save("quay")
    replaced = replace_in_story(desk, work(desk), id, 1)
    with pytest.raises(Stale, match="has changed since it was looked through"):
        replace_in_story(desk, work(desk), id, 1)
    latest = reading(desk).stored(id)
    desk.do(SaveStory(replace(latest.story, kicker="Late"), 2), CHIEF.name)
    with pytest.raises(Stale):
        restore_story(desk, replaced, CHIEF.name)
    assert reading(desk).stored(id).story.kicker == "Late"


def test_the_door_refuses_a_save_that_must_be_on_the_latest(
    desk: Desk, save: Callable[..., str]
) -> None:
    id = save("quay")
    first = reading(desk).stored(id).story
    desk.do(SaveStory(replace(first, kicker="Two"), 1, only_on_latest=True), CHIEF.name)
    with pytest.raises(Stale):
        desk.do(SaveStory(replace(first, kicker="Three"), 1, only_on_latest=True), CHIEF.name)
    assert reading(desk).row(id).version == 2
    assert reading(desk).row(id).leaves == 1


def test_a_text_that_would_be_too_long_is_refused_whole(
    desk: Desk, save: Callable[..., str]
) -> None:
    id = save("quay", body="e " * 3000)
    with pytest.raises(BadValue, match="1,000,000 is the limit"):
        replace_in_story(desk, work(desk, "e", "word " * 100), id, 1)
    assert reading(desk).row(id).version == 1


def test_a_new_version_of_an_approved_story_has_no_approval(
    desk: Desk, save: Callable[..., str]
) -> None:
    id = save("quay", by=LINA)
    desk.do(Submit(id, 1), LINA)
    desk.do(approving(desk, id, 1), CHIEF.name)
    assert reading(desk).stored(id).approval is not None
    replace_in_story(desk, work(desk), id, 1)
    assert reading(desk).stored(id).approval is None
    assert str(reading(desk).row(id).stage) == "in review"
