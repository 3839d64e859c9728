"""What the stories that a text names are called."""

from __future__ import annotations

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.store.desk import Desk
from editor.store.reading.rows import StoryNames
from tests.reading import reading
from tests.store.conftest import LINA, new


def test_only_what_was_asked_for_is_known(desk: Desk) -> None:
    ferry, fog = new(desk, "Ferry", slug="ferry"), new(desk, "Fog", slug="fog")
    assert reading(desk).names() == StoryNames()
    assert reading(desk).names([ferry, "none"]) == StoryNames({ferry: "ferry"})
    names = reading(desk).names(slugs=["fog", "mist"])
    assert names == StoryNames({fog: "fog"}, {"fog": fog}, frozenset({"mist"}))


def test_a_former_slug_leads_to_the_story_under_its_present_one(desk: Desk) -> None:
    story = new(desk, "Ferry", slug="ferry")
    desk.do(SaveStory(Story(id=story, slug="ferry-back", headline="Ferry"), 1), LINA)
    names = reading(desk).names(slugs=["ferry"])
    assert names == StoryNames({story: "ferry-back"}, {"ferry": story})


def test_a_slug_that_two_stories_had_leads_to_neither(desk: Desk) -> None:
    for number in (1, 2):
        story = new(desk, "Ferry", slug="ferry")
        renamed = Story(id=story, slug=f"ferry-of-day-{number}", headline="Ferry")
        desk.do(SaveStory(renamed, 1), LINA)
    assert reading(desk).names(slugs=["ferry"]) == StoryNames(unknown=frozenset({"ferry"}))


def test_more_names_than_one_statement_takes(desk: Desk) -> None:
    story = new(desk, "Ferry", slug="ferry")
    slugs = {f"story-{number}" for number in range(1_200)}
    names = reading(desk).names(slugs=slugs | {"ferry"})
    assert names == StoryNames({story: "ferry"}, {"ferry": story}, frozenset(slugs))
