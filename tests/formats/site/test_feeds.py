from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest

from editor.core.dateline import Dateline
from editor.core.edition import Edition, FormerSlug, Item
from editor.core.listing import Listing
from editor.core.picture_reference import picture_reference
from editor.core.story import Correction, Story
from editor.formats.site.feed_content import content_inputs, feed_content
from editor.formats.site.feeds import LIST_STORIES, SITE_STORIES, feed_texts, site_feeds
from editor.proof.authors import author_slug
from editor.proof.pages import Pages
from editor.proof.site import Site
from tests.editions import edition_of
from tests.formats.site.edition import (
    AT,
    HOUSE,
    MemoryPictures,
    edition,
    item,
    lighthouse,
    stories,
)
from tests.proof.attacks import OWN

RIGHTS = {"rights": "© {year} Harbour Post", "licence": "https://licences.example/by"}
NAMES = ("feed.xml", "rss.xml", "feed.json")
SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def of(items: Iterable[Item], **house: Any) -> Edition:
    made = edition()
    return edition_of(replace(HOUSE, **house), tuple(items), made.banner, made.pictures, AT)


def files(made: Edition) -> dict[str, str]:
    site, pages = Site.of(made), Pages()

    def content(listing: Listing) -> str:
        return feed_content(made.item(listing), pages, site)

    return {
        text.path: text.make()
        for feed in site_feeds(made.listings, site)
        for text in feed_texts(feed, site, content)
    }


def inputs(made: Edition) -> dict[str, tuple[str, ...]]:
    """What goes into each file, told without any text."""
    site = Site.of(made)

    def never(listing: Listing) -> str:
        raise AssertionError(listing)

    feeds = site_feeds(made.listings, site)
    return {text.path: text.inputs for feed in feeds for text in feed_texts(feed, site, never)}


def notes(count: int, **values: Any) -> list[Item]:
    return [
        item(
            Story(**{"id": f"n{i}", "slug": f"note-{i}", "headline": f"Note {i}", **values}),
            f"2026-03-01T{20 - i // 60:02}:{59 - i % 60:02}:00Z",
        )
        for i in range(count)
    ]


def test_paper_without_stories_has_feeds_that_are_valid_and_never_change() -> None:
    made = files(of([]))
    assert made.keys() == {
        f"{folder}{name}"
        for folder in ("", "sections/world/", "sections/business/", "sections/sport/")
        for name in NAMES
    }
    atom, rss = feedparser.parse(made["feed.xml"]), feedparser.parse(made["rss.xml"])
    assert atom.bozo == rss.bozo == 0
    assert atom.feed.updated == "1970-01-01T00:00:00Z"
    assert "updated" not in rss.feed
    assert json.loads(made["feed.json"])["items"] == []


@pytest.mark.parametrize("attack", OWN)
def test_hostile_texts_stay_text_in_every_feed(attack: str) -> None:
    bad = replace(
        lighthouse(MemoryPictures()),
        headline=attack,
        standfirst=attack,
        key_points=(attack, attack),
        bylines=(attack,),
        keywords=(attack,),
        body=attack,
        subjects=("medtop:20000002", attack),
        corrections=(Correction(f"Wrong: {attack}", "2026-03-03T18:00:00Z"),),
        pictures=tuple(
            replace(picture, caption=attack, credit=attack, alt=attack, rights=attack)
            for picture in lighthouse(MemoryPictures()).pictures
        ),
    )
    made = files(of([item(bad)]))
    assert len(made) > 12
    for path, text in made.items():
        if path.endswith(".json"):
            json.loads(text)
        else:
            kinds = {element.tag for element in ElementTree.fromstring(text).iter()}
            assert not {"script", "img", "svg"} & kinds
            assert feedparser.parse(text).bozo == 0
    Content().feed(json.loads(made["feed.json"])["items"][0]["content_html"])


class Content(HTMLParser):
    """Refuses what no content may have."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "svg", "base", "meta", "form", "button", "template", "style")
        for name, value in attributes:
            assert name in ("dir", "lang", "src", "alt", "width", "height", "href", "class", "id",
                            "datetime", "aria-label", "aria-labelledby")  # fmt: skip
            assert name != "href" or urlsplit(value).scheme in ("", "https", "mailto")


def test_feeds_have_the_newest_stories_of_their_list() -> None:
    made = files(
        of([*notes(60, section="world", bylines=("Ann Lee",)), *notes(1, id="x", slug="x")])
    )
    counts = {path: len(feedparser.parse(text).entries) for path, text in made.items()
              if path.endswith("feed.xml")}  # fmt: skip
    assert counts == {
        "feed.xml": SITE_STORIES,
        "sections/world/feed.xml": LIST_STORIES,
        "sections/business/feed.xml": 0,
        "sections/sport/feed.xml": 0,
        f"authors/{author_slug('Ann Lee')}/feed.xml": LIST_STORIES,
    }
    world = feedparser.parse(made["sections/world/feed.xml"])
    assert world.feed.title == "World · Harbour Post"
    assert world.feed.link == "https://harbourpost.example/sections/world.html"
    assert world.entries[0].title == "Note 0"


def test_stories_of_another_language_are_in_the_feeds_of_its_tree() -> None:
    made = files(edition())
    titles = {
        path: [entry["title"] for entry in json.loads(text)["items"]]
        for path, text in made.items()
        if path.endswith("feed.json")
    }
    arabic = "منارة قديمة تضيء من جديد بعد ثلاثين عامًا"
    assert titles["ar/feed.json"] == titles["ar/sections/world/feed.json"] == [arabic]
    assert arabic not in titles["feed.json"]
    assert "ar/sections/sport/feed.json" not in titles, "it has no page there"
    root = ElementTree.fromstring(made["ar/feed.xml"])
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def test_every_feed_says_where_it_and_its_page_are() -> None:
    for path, text in files(edition()).items():
        folder = path.rpartition("/")[0]
        page = f"{folder}.html" if folder not in ("", "ar") else f"{folder}/".lstrip("/")
        own, listed = f"{HOUSE.url}{path}", f"{HOUSE.url}{page}"
        if path.endswith(".json"):
            value = json.loads(text)
            assert (value["feed_url"], value["home_page_url"]) == (own, listed)
            continue
        feed = feedparser.parse(text).feed
        links = {link.rel: link.href for link in feed.links}
        assert (links["self"], links["alternate"]) == (own, listed)


def test_entries_carry_authors_rights_subjects_and_the_picture() -> None:
    story = replace(lighthouse(MemoryPictures()), subjects=("medtop:20000002",))
    made = files(of([item(story)], **RIGHTS))
    atom, rss = feedparser.parse(made["feed.xml"]), feedparser.parse(made["rss.xml"])
    entry = atom.entries[0]
    assert [(author.name, author.href) for author in entry.authors] == [
        (name, f"{HOUSE.url}authors/{author_slug(name)}.html") for name in story.bylines
    ]
    assert entry.rights == rss.entries[0].rights == "© 2026 Harbour Post"
    assert entry.license == rss.entries[0].license == "https://licences.example/by"
    assert atom.feed.rights == rss.feed.rights == "© 2026 Harbour Post"
    subject = {"scheme": "http://cv.iptc.org/newscodes/mediatopic/", "term": "20000002"}
    assert subject.items() <= dict(entry.tags[-1]).items()
    assert subject.items() <= dict(rss.entries[0].tags[-1]).items()
    (enclosure,) = entry.enclosures
    (media,) = rss.entries[0].media_content
    value = json.loads(made["feed.json"])
    first = value["items"][0]
    assert enclosure.href == media["url"] == first["image"]
    assert int(media["width"]) >= 1200
    assert first["tags"][-1] == "arts and entertainment"
    assert value["icon"] == f"{HOUSE.url}assets/icon-512.png"
    assert value["favicon"] == atom.feed.icon == f"{HOUSE.url}assets/icon-32.png"
    assert first["_rights"] == {
        "notice": "© 2026 Harbour Post",
        "license": "https://licences.example/by",
    }


def test_wire_copy_is_not_licensed() -> None:
    wire = replace(lighthouse(MemoryPictures()), dateline=Dateline("Bergen", agency="Reuters"))
    made = files(of([item(wire)], **RIGHTS))
    entry = feedparser.parse(made["feed.xml"]).entries[0]
    assert "license" not in entry
    assert "rights" not in entry
    assert "_rights" not in json.loads(made["feed.json"])["items"][0]


def test_content_is_the_whole_story_with_whole_addresses() -> None:
    made = edition(
        [
            replace(
                lighthouse(MemoryPictures()),
                id="c",
                slug="corrected",
                corrections=(Correction("It was 3, not 4.", "2026-03-03T18:00:00Z"),),
            )
        ]
    )
    content = feed_content(made.items[-1], Pages(), Site.of(made))
    order = (
        "<ul><li>The harbour board pays",
        f'<figure><img src="{HOUSE.url}media/',
        "(Harbour Post/M. Lindqvist)</figcaption>",
        "Bergen, Norway–",
        f'href="{HOUSE.url}stories/new-ferries.html"',
        "It was 3, not 4.",
    )
    places = [content.index(part) for part in order]
    assert places == sorted(places)
    assert 'src="m' not in content
    assert 'href="n' not in content


def test_picture_in_the_text_is_there_alone() -> None:
    story = lighthouse(MemoryPictures())
    body = f"Before.\n\n{picture_reference(story.pictures[0].file)}\n\nAfter."
    made = edition([replace(story, id="p", slug="pictured", body=body)])
    content = feed_content(made.items[-1], Pages(), Site.of(made))
    order = ("Before.</p>", f'<figure><img src="{HOUSE.url}media/', "<p>After.")
    places = [content.index(part) for part in order]
    assert places == sorted(places)
    assert content.count("<figure>") == len(story.pictures)


def test_edited_story_changes_the_feeds_it_is_in_alone() -> None:
    made = edition()
    items = list(made.items)
    edited = replace(items[2].story, body="Four ships.")
    items[2] = replace(items[2], story=edited, hash=edited.hash, version=2)
    before, after = inputs(made), inputs(of(items))
    assert before.keys() == after.keys()
    assert {path for path in before if before[path] != after[path]} == {
        f"{folder}{name}"
        for folder in ("", "sections/business/", f"authors/{author_slug('Tom Achterberg')}/")
        for name in NAMES
    }


def test_new_slug_changes_the_content_of_stories_that_link_to_it() -> None:
    made = edition()
    ferries = next(entry for entry in made.items if entry.story.id == "s2")
    renamed = replace(ferries.story, slug="wind-ferries")
    items = [
        replace(entry, story=renamed, hash=renamed.hash) if entry.story.id == "s2" else entry
        for entry in made.items
    ]
    now = replace(of(items), former_slugs=(FormerSlug("new-ferries", "s2"),))
    changed = {
        old.id
        for old, new in zip(made.listings, now.listings, strict=True)
        if content_inputs(old, Site.of(made)) != content_inputs(new, Site.of(now))
    }
    assert changed == {"s1", "s2"}
    assert f"{HOUSE.url}stories/wind-ferries.html" in files(now)["feed.json"]


def test_equal_editions_give_equal_feeds() -> None:
    assert files(edition()) == files(edition())


def test_feeds_are_valid_by_their_schemas(shared: Path) -> None:
    schema = json.loads((shared / "schemas" / "jsonfeed" / "schema-v1.1.json").read_text())
    made = files(of(map(item, stories(MemoryPictures())), **RIGHTS))
    made |= {f"none/{path}": text for path, text in files(of([])).items()}
    check = jsonschema.validators.validator_for(schema)(schema)
    found = [text for path, text in made.items() if path.endswith("feed.json")]
    assert len(found) > 10
    for text in found:
        check.validate(json.loads(text))


def test_atom_is_valid_by_relax_ng(shared: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    grammar = etree.RelaxNG(etree.parse(str(shared / "schemas" / "atom" / "atom.rng")))
    made = files(of(map(item, stories(MemoryPictures())), **RIGHTS))
    made |= {f"none/{path}": text for path, text in files(of([])).items()}
    for path, text in made.items():
        if path.endswith("feed.xml"):
            grammar.assertValid(etree.fromstring(text.encode()))
