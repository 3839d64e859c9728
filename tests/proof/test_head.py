from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from editor.core.house import House, Section
from editor.core.story import Picture, Story
from editor.proof.head import (
    MANIFEST,
    PageFacts,
    alternates,
    frame_lines,
    home_facts,
    list_facts,
    page_lines,
    story_facts,
)
from editor.proof.paper import Paper
from editor.proof.sections import shown_sections
from editor.proof.trees import Tree
from tests.formats.site.edition import HOUSE, MemoryPictures, item, lighthouse, picture
from tests.proof.attacks import OWN

PAPER = Paper(HOUSE)
UNKNOWN = Paper(replace(HOUSE, url=""))
TREES = (
    Tree("", "en", shown_sections(HOUSE, "en")),
    Tree("ar/", "ar", shown_sections(HOUSE, "ar")),
)


class Head(HTMLParser):
    """The elements of a head: metas by name or property, links by relation, all else by tag."""

    def __init__(self, lines: str) -> None:
        super().__init__()
        self.metas: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.tags: set[str] = set()
        self.feed(lines)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        values = dict(attributes)
        self.tags.add(tag)
        if tag == "meta":
            name = str(values.get("name") or values.get("property"))
            self.metas.setdefault(name, []).append(values["content"])
        if tag == "link":
            self.links.append(values)

    def hrefs(self, relation: str) -> list[str]:
        return [link["href"] for link in self.links if link["rel"] == relation]


def head_of(story: Story, paper: Paper = PAPER) -> Head:
    return Head(page_lines(story_facts(item(story), "In short.", 101, paper), paper))


@pytest.mark.parametrize("attack", OWN)
def test_no_text_becomes_another_element(attack: str) -> None:
    house = House("The Gulf Ledger", url="https://ledger.example/")
    bad = replace(
        lighthouse(MemoryPictures()),
        headline=attack,
        keywords=(attack,),
        bylines=(attack,),
        pictures=(replace(picture(MemoryPictures()), alt=attack, caption=attack),),
    )
    facts = story_facts(item(bad), attack, 1, Paper(house))
    head = Head(page_lines(replace(facts, feed="sections/world/"), Paper(house)))
    assert head.tags == {"meta", "link", "script"}
    shown = bad.without_blanks().headline
    assert head.metas["og:title"] == [re.sub("[\x00-\x08\x0b-\x1f\x80-\x9f\ufffe]", "", shown)]


def test_page_of_an_unknown_paper_has_no_whole_addresses() -> None:
    head = head_of(lighthouse(MemoryPictures()), UNKNOWN)
    assert head.links == []
    assert not {"og:url", "og:image", "og:image:alt", "twitter:image"} & head.metas.keys()
    assert head.metas["twitter:card"] == ["summary"], "it has no picture to show"
    assert alternates("index.html", TREES, UNKNOWN) == ()


def test_page_that_is_not_for_search_engines_says_only_that() -> None:
    facts = PageFacts("search.html", "Search", "en", indexed=False)
    assert page_lines(facts, PAPER) == '<meta name="robots" content="noindex">\n'


def test_story_is_shown_with_its_picture() -> None:
    head = head_of(replace(lighthouse(MemoryPictures()), language="en-GB"))
    address = "https://harbourpost.example/stories/old-lighthouse.html"
    assert head.hrefs("canonical") == head.metas["og:url"] == [address]
    assert head.metas["og:type"] == ["article"]
    assert head.metas["og:locale"] == ["en_GB"]
    assert head.metas["og:description"] == head.metas["description"] == ["In short."]
    assert head.metas["article:published_time"] == ["2026-03-03T14:02:00Z"]
    assert head.metas["article:author"][0] == (
        "https://harbourpost.example/authors/mara-lindqvist.html"
    )
    assert head.metas["article:tag"] == ["lighthouse", "harbour"]
    assert head.metas["twitter:card"] == ["summary_large_image"]
    assert head.metas["og:image"] == head.metas["twitter:image"]
    assert head.metas["og:image:width"] + head.metas["og:image:height"] == ["1200", "675"]
    assert head.metas["twitter:image:alt"] == [
        "A white lighthouse on a rock, with the sun low behind it"
    ]
    assert head.metas["robots"] == ["max-image-preview:large"]


def test_story_without_a_picture_is_shown_with_the_logo() -> None:
    head = head_of(Story(id="x", slug="x", headline="A regatta"))
    assert head.metas["og:image"] == ["https://harbourpost.example/assets/icon-512.png"]
    assert head.metas["og:image:alt"] == ["Harbour Post"]
    assert head.metas["twitter:card"] == ["summary"]


def test_picture_without_a_description_is_described_by_its_caption_or_the_headline() -> None:
    shown = replace(picture(MemoryPictures()), decorative=True, alt="", caption="The quay.")
    head = head_of(Story(id="x", slug="x", pictures=(shown, Picture(caption="No file."))))
    assert head.metas["twitter:image:alt"] == ["The quay."]
    head = head_of(
        Story(id="x", slug="x", headline="A quay", pictures=(replace(shown, caption=""),))
    )
    assert head.metas["og:image:alt"] == head.metas["twitter:image:alt"] == ["A quay"]


def test_story_is_two_steps_from_the_front_page() -> None:
    *_others, crumbs = story_facts(item(lighthouse(MemoryPictures())), "", 1, PAPER).objects
    assert [step["name"] for step in crumbs["itemListElement"]] == [
        "Harbour Post",
        "World",
        "Old lighthouse to shine again after thirty dark years",
    ]


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ("https://x.com/harbourpost", ["@harbourpost"]),
        ("https://www.twitter.com/harbourpost/", ["@harbourpost"]),
        ("https://x.com", None),
        ("https://mastodon.example/@post", None),
    ],
)
def test_card_names_the_account_of_the_paper(account: str, name: list[str] | None) -> None:
    paper = Paper(replace(HOUSE, accounts=(account,)))
    assert Head(page_lines(home_facts("en", paper), paper)).metas.get("twitter:site") == name


def test_front_page_says_who_the_paper_is_and_leads_to_the_manifest() -> None:
    head = Head(page_lines(home_facts("en", PAPER), PAPER))
    assert head.hrefs("canonical") == ["https://harbourpost.example/"]
    assert head.hrefs("manifest") == [MANIFEST]
    lines = page_lines(home_facts("en", PAPER), PAPER)
    assert '"@type":"WebSite"' in lines
    assert '"@type":"NewsMediaOrganization"' in lines
    arabic = page_lines(home_facts("ar", PAPER), PAPER)
    assert Head(arabic).hrefs("canonical") == ["https://harbourpost.example/ar/"]
    assert Head(arabic).hrefs("manifest") == [f"../{MANIFEST}"]
    assert "ld+json" not in arabic
    from_files = Head(page_lines(home_facts("en", UNKNOWN), UNKNOWN))
    assert from_files.hrefs("manifest") == [], "Chromium complains of it in the console"


def test_list_leads_to_its_own_feeds() -> None:
    facts = list_facts("sections/world/2.html", "World · Page 2", "en", PAPER)
    head = Head(page_lines(replace(facts, feed="sections/world/"), PAPER))
    assert head.hrefs("alternate") == [
        f"../../sections/world/{name}" for name in ("feed.xml", "rss.xml", "feed.json")
    ]
    assert head.metas["description"] == ["World · Page 2 · Harbour Post"]
    assert head.hrefs("canonical") == ["https://harbourpost.example/sections/world/2.html"]


def test_pages_in_several_languages_name_each_other() -> None:
    world = alternates("sections/world.html", TREES, PAPER)
    base = "https://harbourpost.example/"
    assert world == (
        ("en", f"{base}sections/world.html"),
        ("ar", f"{base}ar/sections/world.html"),
        ("x-default", f"{base}sections/world.html"),
    )
    assert alternates("index.html", TREES, PAPER)[1] == ("ar", f"{base}ar/")
    assert alternates("sections/world.html", TREES[:1], PAPER) == ()
    head = Head(page_lines(replace(home_facts("ar", PAPER), alternates=world), PAPER))
    assert [link["hreflang"] for link in head.links if "hreflang" in link] == [
        "en",
        "ar",
        "x-default",
    ]


def test_frame_leads_to_icons_and_to_the_feeds_of_its_tree() -> None:
    head = Head(frame_lines(PAPER, "../", "ar/"))
    assert head.hrefs("icon")[0] == "../assets/icon-32.png"
    assert "../assets/icon.svg" in head.hrefs("icon")
    assert head.hrefs("apple-touch-icon") == ["../assets/icon-180.png"]
    assert head.hrefs("alternate") == ["../ar/feed.xml", "../ar/rss.xml", "../ar/feed.json"]
    assert Head(frame_lines(PAPER, "", None)).hrefs("alternate") == []


def test_title_of_the_front_page_names_the_paper_once() -> None:
    paper = Paper(HOUSE)
    assert home_facts("en", paper).page_title(paper) == "Harbour Post"
    section = Section("world", "World")
    facts = list_facts("sections/world.html", section.title, "en", paper)
    assert facts.page_title(paper) == "World · Harbour Post"
