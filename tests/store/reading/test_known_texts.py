"""What is known of texts: what would be made of them, and kept once it was."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from editor.core.commands import Submit
from editor.core.dateline import Dateline
from editor.core.export_memory import MemoryParts
from editor.core.listing import TextFacts
from editor.core.story import Correction, Picture, Story
from editor.proof.bodies import body_of
from editor.proof.listing import text_facts
from editor.store.desk import Desk
from editor.store.reading.known_texts import KIND, KnownTexts
from editor.text.parse import parse
from tests.databases import replacing
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, TOM, approved, change_database, new

FULL = Story(
    id="0" * 32,
    slug="ferry",
    language="ar",
    section="world",
    kicker="مباشر",
    headline="Ferry \u200b resumes",
    standfirst="After the storm.",
    key_points=("One — two", "", "Three"),
    bylines=("Lina Haddad", "Omar"),
    dateline=Dateline(city="Cairo", country="Egypt", agency="AP"),
    body="See [tides](tides) and [quay](quay).\n\n> It sails.\n\nAgain[^1].\n\n[^1]: Note.",
    pictures=(
        Picture(file="a.png", alt="A", caption="C", credit="(Z)", focus=(0.25, 0.75), width=9),
        Picture(file="b.png", decorative=True, rights="R", height=7),
    ),
    keywords=("k", "l"),
    subjects=("04000000",),
    embargo="2026-03-04T00:00:00Z",
    publish_at="2026-03-05T00:00:00Z",
    expires="2027-03-05T00:00:00Z",
    related=("1" * 32, "0" * 32, "1" * 32),
    ed_note="Private.",
    corrections=(Correction("It was Monday.", "2026-03-04T00:00:00Z"),),
)


@pytest.mark.parametrize("story", [FULL, Story(id="1", headline="H", body="B"), Story()])
def test_facts_come_back_as_they_were_made(story: Story) -> None:
    parts = MemoryParts()
    made = KnownTexts(parts).of("hash", story)
    assert made.facts == text_facts(story, body_of(parse(story.body), story.slug))
    assert KnownTexts(parts).get("hash") == made
    kept = KnownTexts(parts).of("hash", Story(headline="Never read"))
    assert kept == made
    for field in fields(TextFacts):
        value = getattr(kept.facts, field.name)
        assert type(value) is type(getattr(made.facts, field.name)), field.name
    assert (kept.embargo, kept.publish_at, kept.expires) == (
        *(story.embargo, story.publish_at, story.expires),
    )
    assert (kept.id, kept.slug, kept.section) == (story.id, story.slug, story.section)
    assert kept.corrections == story.corrections


def test_every_fact_of_the_full_story_is_there() -> None:
    facts = KnownTexts(MemoryParts()).of("hash", FULL).facts
    empty = [field.name for field in fields(TextFacts) if not getattr(facts, field.name)]
    assert empty == []


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, False),
        ({"headline": ""}, True),
        ({"body": "***"}, True),
        ({"body": "", "picture_story": True}, False),
        ({"body": "", "picture_story": True, "pictures": ()}, True),
    ],
)
def test_what_is_less_than_readers_must_get_is_known(changes: dict[str, Any], lacks: bool) -> None:
    known = KnownTexts(MemoryParts()).of("hash", replace(FULL, **changes))
    assert known.lacks_parts is lacks


@pytest.mark.parametrize("data", [b"", b"nothing", b"\xc0", b"\x99" + b"\xa0" * 9])
def test_part_that_does_not_read_back_is_not_known(data: bytes) -> None:
    parts = MemoryParts()
    KnownTexts(parts).of("hash", FULL)
    ((kind, key),) = (name for name in parts._parts if name[0] == KIND)
    parts.put(kind, key, data)
    assert KnownTexts(parts).get("hash") is None
    assert KnownTexts(parts).of("hash", FULL).facts.slug == "ferry"


def test_facts_of_another_text_are_not_known() -> None:
    parts = MemoryParts()
    KnownTexts(parts).of("ab" * 32, FULL)
    assert KnownTexts(parts).get("cd" * 32) is None


def test_approval_makes_what_the_export_needs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    story = approved(desk, "Ferry", **{"key_points": ("One", "Two")})
    path, clock = desk.path, desk._clock
    monkeypatch.setattr(KnownTexts, "_make", None)
    with Desk.open(path, clock=clock) as again:
        (listing,) = reading(again).edition(None, clock()).listings
    assert (listing.id, listing.headline, listing.key_points) == (story, "Ferry", ("One", "Two"))


def test_text_that_was_swapped_after_its_approval_is_not_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = new(desk, "Ferry")
    stored = reading(desk).stored(story)
    desk.do(Submit(story, 1), LINA)
    command = approving(desk, story)
    do = desk._door.do

    def swap_after(*arguments: Any) -> Any:
        changes = do(*arguments)
        change_database(desk, replacing("'sails'", "'sinks'"))
        return changes

    monkeypatch.setattr(type(desk._door), "do", lambda _door, *given: swap_after(*given))
    desk.do(command, TOM)
    assert KnownTexts(desk.exports.parts).get(stored.hash) is None
