"""Slugs are unique, well formed, and given where none is named."""

from __future__ import annotations

from editor.core.commands import (
    ImportItems,
    SaveStory,
)
from editor.core.story import Story
from editor.errors import BadValue
from editor.store.desk import Desk
from tests.reading import every_slug, reading
from tests.store.conftest import (
    LINA,
    MARA,
    approved,
    new,
    refused,
)


def test_slugs_are_unique_and_well_formed(desk: Desk) -> None:
    story = new(desk, slug="ferry")
    error = refused(desk, SaveStory(Story(slug="ferry", headline="Other")), MARA, BadValue)
    assert "Ferry resumes after storm" in error.sentence
    assert "ferry-2" in error.hint
    for slug in ("Ferry", "fer ry", "../etc", "page", "-", "x" * 81, "ف"):
        refused(desk, SaveStory(Story(slug=slug)), MARA, BadValue)
    other = new(desk, "Other", slug="other")
    refused(desk, SaveStory(Story(id=other, slug="ferry", headline="Other"), 1), MARA, BadValue)
    desk.do(SaveStory(Story(id=story, slug="ferry", headline="Still mine"), 1), MARA)
    desk.do(SaveStory(Story(id=story, headline="No slug given"), 2), MARA)
    assert reading(desk).stored(story).story.slug == "ferry"


def test_story_without_a_slug_gets_a_free_one(desk: Desk) -> None:
    for _ in range(3):
        new(desk, "Ferry resumes")
    new(desk, "!!!")
    new(desk, "")
    new(desk, "Page")
    assert sorted(every_slug(desk).values()) == [
        "ferry-resumes",
        "ferry-resumes-2",
        "ferry-resumes-3",
        "page-story",
        "story",
        "story-2",
    ]
    assert len({reading(desk).find(slug) for slug in every_slug(desk).values()}) == 6


def test_many_stories_with_one_headline_get_different_slugs(desk: Desk) -> None:
    ids = desk.do(ImportItems(tuple(Story(headline="Brief") for _ in range(100))), LINA).ids(
        "story"
    )
    slugs = every_slug(desk)
    wanted = ["brief", *(f"brief-{number}" for number in range(2, 101))]
    assert [slugs[id] for id in ids] == wanted
    long = "word-" * 15 + "words"
    one, two = (desk.do(ImportItems((Story(slug=long),)), LINA).ids("story")[0] for _ in range(2))
    assert (every_slug(desk)[one], every_slug(desk)[two]) == (
        long,
        f"{long[:70].rstrip('-')}-2",
    )


def test_a_slug_that_was_approved_stays_its_storys_own(desk: Desk) -> None:
    """Readers may have its address, and links in other stories name it by that slug."""
    story = approved(desk, slug="ferry")
    for number, slug in enumerate(("ferry-back", "ferry-home"), start=1):
        desk.do(SaveStory(Story(id=story, slug=slug, headline="Ferry back"), number), MARA)
    error = refused(desk, SaveStory(Story(slug="ferry", headline="Other")), MARA, BadValue)
    assert "Ferry back" in error.sentence
    names = reading(desk).names(slugs=("ferry", "ferry-back", "ferry-home"))
    assert names.owners == {"ferry": story, "ferry-back": story, "ferry-home": story}
    other = desk.do(ImportItems((Story(slug="ferry", headline="Other"),)), LINA).ids("story")[0]
    assert every_slug(desk)[other] == "ferry-2"
    draft = new(desk, "A draft's slug is free", slug="ferry-back")
    names = reading(desk).names(slugs=("ferry", "ferry-back"))
    assert names.owners == {"ferry": story, "ferry-back": draft}
