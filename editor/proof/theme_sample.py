"""An invented paper with every kind of page, for trying themes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from editor.core.brief import Brief
from editor.core.edition import Item, Withdrawn
from editor.core.house import House, Section
from editor.core.listing import Listing
from editor.core.people import Person, Role
from editor.core.picture_reference import picture_reference
from editor.core.story import Correction, Picture, Story
from editor.core.times import instant_text
from editor.proof.bodies import Bodies
from editor.proof.listing import listing_of
from editor.proof.site import LinkText, Site
from editor.proof.site_pages import LIST_CORRECTIONS, LIST_STORIES
from editor.proof.trees import trees_of
from editor.resources import resource

_AT: Final = datetime(2026, 3, 4, 6, tzinfo=UTC)
_PICTURE: Final[Mapping[str, Any]] = {"file": f"{'0' * 64}.jpg", "width": 2400, "height": 1600}
_IN_TEXT: Final[Mapping[str, Any]] = {**_PICTURE, "file": f"{'1' * 64}.jpg"}
_MORE_SECTIONS: Final = 10
"""With those of the sample desk, more than fit at the top of a page."""
_LISTS: Final = 3
"""How many pages the longest lists have: the one in the middle leads both ways."""


class ThemeSample(NamedTuple):
    """What pages are made of: `items` are the stories, `listings` are those of longer lists."""

    site: Site
    items: tuple[Item, ...]
    listings: tuple[Listing, ...]
    withdrawn: Withdrawn


@cache
def full_sample() -> ThemeSample:
    """Return a paper that says all of itself, in two languages, with long lists.

    Its stories are those of the sample desk: one has everything that a story can have, others
    have only a headline and a body.
    """
    stories = [_read(path.name) for path in sorted(resource("samples", "stories").glob("*.json"))]
    first = _filled(stories[0], related=(stories[1].id, stories[2].id))
    bare = Story(id="bare", slug="bare", headline="A headline", body="A text.")
    turkish = replace(bare, id="tr", slug="tr", language="tr", section=first.section)
    turkish = replace(turkish, subjects=first.subjects)
    # With a large picture at the top of its front page, and another story below.
    pictured = replace(turkish, id="tr-2", slug="tr-2", pictures=(Picture(**_PICTURE),))
    british = replace(bare, id="gb", slug="gb", language="en-GB", dateline=first.dateline)
    british = replace(british, body="- A list")
    all_stories = (bare, first, *stories[1:], pictured, turkish, british)
    items = tuple(_item(story, number) for number, story in enumerate(all_stories))
    bodies = Bodies()
    listings = [listing_of(item, bodies.of(item.hash, item.story)) for item in items]
    listings += [
        replace(listings[1], id=f"{n}", slug=f"story-{n}", hash=f"{n}", corrections=())
        for n in range(_LISTS * LIST_STORIES)
    ]
    house = replace(
        House.from_json(_json("desk.json")["house"]), accounts=("https://example.org/@harbour",)
    )
    url_policy = replace(house.policies[0], text="https://example.org/ethics")
    more = (Section(f"section-{n}", f"Section {n}") for n in range(_MORE_SECTIONS))
    house = replace(
        house, policies=(url_policy, *house.policies[1:]), sections=(*house.sections, *more)
    )
    site = Site(
        house,
        (Brief("1", "A trend", "It goes on.", first.id), Brief("2", "Another trend")),
        {listing.id: listing.slug for listing in listings},
        {listing.id: LinkText(listing.headline, listing.language) for listing in listings},
        trees=trees_of(listings, house),
        year=_AT.year,
        people=tuple(Person(f"A {role}", role) for role in Role),
    )
    return ThemeSample(site, items, tuple(listings), _WITHDRAWN)


@cache
def empty_sample() -> ThemeSample:
    """Return a paper without a story, that says nothing of itself, at an instant to come."""
    house = House("Harbour Post")
    return ThemeSample(Site(house, what_if=_AT, trees=trees_of((), house)), (), (), _WITHDRAWN)


_WITHDRAWN = Withdrawn("killed", "killed", "en", instant_text(_AT))


def _read(name: str) -> Story:
    """Return a story of the sample desk, without what only a desk knows."""
    plan = _json("stories", name)
    pictures = (plan["picture"] | _PICTURE,) if "picture" in plan else ()
    values = {**plan["story"], "id": plan["story"]["slug"], "body": "\n\n".join(plan["paragraphs"])}
    return Story.from_json(values | {"pictures": list(pictures)})


def _filled(story: Story, related: tuple[str, ...]) -> Story:
    """Return a story with everything that a story can have."""
    return replace(
        story,
        body=f"{story.body}\n\n{picture_reference(_IN_TEXT['file'])}",
        pictures=(
            Picture(caption="A boat.", credit="Desk", **_PICTURE),
            Picture(**_PICTURE),
            Picture(caption="The quay.", **_IN_TEXT),
        ),
        corrections=(Correction("The boat is green.", instant_text(_AT)),)
        * (_LISTS * LIST_CORRECTIONS),
        related=related,
    )


def _item(story: Story, number: int) -> Item:
    """Return a story as it was published, the first one last, and updated a day later."""
    published = _AT - timedelta(days=number + 1)
    updated = published + timedelta(days=1)
    return Item(story, 1, story.hash, instant_text(published), instant_text(updated))


def _json(*path: str) -> Any:
    return json.loads(resource("samples", *path).read_text(encoding="utf-8"))
