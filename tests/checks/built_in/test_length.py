"""How long texts may be."""

from __future__ import annotations

from editor.core.house import House
from tests.checks.checking import at, found, story

SMALL = House("Harbour Post", limits=(("headline", 10), ("key_points", 8)))


def test_a_headline_is_counted_as_readers_count() -> None:
    assert found(story(headline="a" * 90)) == []
    [finding] = found(story(headline="a" * 91))
    assert finding.sentence == "The headline has 91 characters"
    assert finding.hint == "House style allows 90: cut 1."
    family = "👨‍👩‍👧‍👦" * 10
    assert found(story(headline=family, key_points=("One", "Two")), house=SMALL) == []


def test_the_place_is_the_part_over_the_limit() -> None:
    subject = story(headline="Ten lettersé and more", key_points=("One", "A long point"))
    headline, point = found(subject, house=SMALL)
    assert at(subject, headline) == subject.headline[10:]
    assert at(subject, point) == "point"[1:]
    assert point.sentence == "Key point 2 has 12 characters"
