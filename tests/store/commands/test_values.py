"""A save with a value that means nothing is refused, and says which field it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from editor.core.commands import ImportItems, Reconcile, SaveStory
from editor.core.dateline import Dateline
from editor.core.story import Story
from editor.errors import BadValue
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, TOM, new, refused

SPORT = "medtop:15000000"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"slug": "Not A Slug"}, "slug"),
        ({"subjects": ("medtop:99",)}, "subjects"),
        ({"subjects": (SPORT, "sport")}, "subjects"),
        ({"related": ("no-such-story",)}, "related"),
    ],
)
def test_save_of_a_value_that_means_nothing_is_refused(
    desk: Desk, fields: dict[str, Any], path: str
) -> None:
    story = Story(headline="Ferry", body="It sails.", **fields)
    error = refused(desk, SaveStory(story), LINA, BadValue)
    assert error.path == path
    saved = new(desk)
    later = replace(reading(desk).stored(saved).story, **fields)
    assert refused(desk, SaveStory(later, 1), LINA, BadValue).path == path


@pytest.mark.parametrize("name", ["embargo", "publish_at", "expires"])
def test_no_story_can_have_a_time_that_is_none(name: str) -> None:
    with pytest.raises(BadValue) as refusal:
        replace(Story(), **{name: "tomorrow 6am"})  # type: ignore[arg-type]
    assert refusal.value.path == name


def test_no_dateline_can_have_a_day_that_is_none() -> None:
    with pytest.raises(BadValue):
        Dateline("Lisbon", date="last Tuesday")


def test_topics_and_stories_that_exist_are_saved(desk: Desk) -> None:
    other = new(desk, "Other")
    story = new(desk, subjects=(SPORT,), related=(other,))
    assert reading(desk).stored(story).story.related == (other,)


def test_what_came_from_outside_is_no_reason_to_refuse_the_next_version(desk: Desk) -> None:
    wire = Story(headline="Wire", subjects=("other:7",), related=("elsewhere",))
    [story] = desk.do(ImportItems((wire,)), LINA).ids("story")
    first = reading(desk).stored(story).story
    desk.do(SaveStory(replace(first, kicker="Sea"), 1), LINA)
    desk.do(SaveStory(replace(first, kicker="Sky"), 1), TOM)
    joined = replace(first, kicker="Sea and sky")
    worse = replace(joined, related=("nowhere",))
    assert refused(desk, Reconcile(story, (2, 3), worse), LINA, BadValue).path == "related"
    desk.do(Reconcile(story, (2, 3), joined), LINA)
