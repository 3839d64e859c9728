"""Where versions are compared, stories and topics have names, not ids and codes."""

from __future__ import annotations

from editor.core.dateline import Dateline
from editor.core.story import Story
from editor.gui.review.comparison import compared
from editor.gui.review.conflicts import join

SLUGS = {"a1": "ferry-returns", "b2": "harbour-opens"}
SPORT, CINEMA = "medtop:15000000", "medtop:20000005"


def texts(story: Story, before: Story) -> list[str]:
    parts = compared(before, story, SLUGS, False).parts
    return [span.text for part in parts for passage in part.passages for span in passage.spans]


def test_changes_name_stories_and_topics() -> None:
    after = Story(related=("a1", "gone"), subjects=(SPORT, "other:7"))
    assert texts(after, Story()) == ["sport", "other:7", "ferry-returns", "gone"]
    assert texts(Story(language="ar", subjects=(CINEMA,)), Story(language="ar")) == ["سينما"]


def test_change_shows_names_for_codes() -> None:
    shown = compared(Story(subjects=(SPORT,)), Story(subjects=(CINEMA,)), SLUGS, False)
    [spot] = shown.spots
    assert shown.describe(spot) == "Subjects: removed “sport”, added “cinema”"


def test_conflict_of_codes_is_shown_by_name_and_can_not_be_typed() -> None:
    base, ours, theirs = (Story(related=related) for related in (("a1",), ("b2",), ("gone",)))
    [conflict] = join(base, ours, theirs, SLUGS).conflicts
    assert conflict.text(conflict.chunk.ours) == "harbour-opens"
    assert not conflict.is_text
    assert conflict.both() == ("b2", "gone")


def test_day_without_a_year_is_named() -> None:
    date = Dateline(city="Bergen", date="--02-26")
    assert "Feb 26" in texts(Story(dateline=date), Story())
    assert "26 févr" in texts(Story(dateline=date, language="fr"), Story(language="fr"))
