"""Where versions are compared, stories and topics have names, not ids and codes."""

from __future__ import annotations

from editor.core.story import Story
from editor.gui.review.comparison import compared
from editor.gui.review.conflicts import join

SLUGS = {"a1": "ferry-returns", "b2": "harbour-opens"}
SPORT, CINEMA = "medtop:15000000", "medtop:20000005"


def texts(story: Story, before: Story) -> list[str]:
    parts = compared(before, story, False, SLUGS).parts
    return [span.text for part in parts for passage in part.passages for span in passage.spans]


def test_changes_name_stories_and_topics() -> None:
    after = Story(related=("a1", "gone"), subjects=(SPORT, "other:7"))
    assert texts(after, Story()) == ["sport", "other:7", "ferry-returns", "gone"]
    assert texts(Story(language="ar", subjects=(CINEMA,)), Story(language="ar")) == ["سينما"]


def test_a_change_is_told_by_name_and_refused_by_code() -> None:
    shown = compared(Story(subjects=(SPORT,)), Story(subjects=(CINEMA,)), False, SLUGS)
    [spot] = shown.spots
    assert shown.described(spot) == "Subjects: removed “sport”, added “cinema”"


def test_a_conflict_is_decided_by_name_and_not_in_other_words() -> None:
    base, ours, theirs = (Story(related=related) for related in (("a1",), ("b2",), ("gone",)))
    [conflict] = join(base, ours, theirs, SLUGS).conflicts
    assert conflict.text(conflict.chunk.ours) == "harbour-opens"
    assert not conflict.written
    assert conflict.both() == ("b2", "gone")
