from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from editor.core.dateline import Dateline
from editor.core.publisher import PolicyKind, PublishedPolicy
from editor.core.story import Correction, Story
from editor.proof.authors import author_slug
from editor.proof.linked_data import (
    breadcrumbs,
    news_article,
    organization,
    script_element,
    website,
)
from editor.proof.paper import HOME, Paper
from tests.formats.site.edition import HOUSE, MemoryPictures, item, lighthouse
from tests.proof.attacks import OWN

PAPER = Paper(
    replace(
        HOUSE,
        rights="© {year} Harbour Post",
        licence="https://licences.example/by",
        accounts=("https://x.com/harbourpost",),
        contact="desk@harbourpost.example",
        founded=1911,
        show_masthead=True,
        policies=(
            PublishedPolicy(PolicyKind.ETHICS, "We pay for our own coffee."),
            PublishedPolicy(PolicyKind.CORRECTIONS, "https://harbourpost.example/corrected"),
        ),
    )
)
UNKNOWN = replace(PAPER, house=replace(PAPER.house, url=""))


class Scripts(HTMLParser):
    """The text of each script element, as a browser finds its end."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        (self.found if tag == "script" else self.others).append("")

    def handle_data(self, data: str) -> None:
        self.found[-1] += data


def read(value: dict[str, Any]) -> dict[str, Any]:
    scripts = Scripts()
    scripts.feed(str(script_element(value)))
    assert scripts.others == []
    (text,) = scripts.found
    found: dict[str, Any] = json.loads(text)
    assert found.pop("@context") == "https://schema.org"
    return found


def article(story: Story, paper: Paper = PAPER, **dates: str) -> dict[str, Any]:
    return read(news_article(item(story, **dates), "In short.", 101, paper))


@pytest.mark.parametrize("attack", OWN)
def test_no_text_ends_the_script_element(attack: str) -> None:
    story = replace(
        lighthouse(MemoryPictures()),
        headline=attack,
        kicker=attack,
        bylines=(attack,),
        keywords=(attack,),
        subjects=(attack,),
        dateline=Dateline(city=attack, agency=attack),
        key_points=(attack, attack),
    )
    value = read(news_article(item(story), attack, 1, PAPER))
    shown = story.without_blanks().headline
    assert value["headline"] == re.sub("[\x80-\x9f\ufffe]", "", shown), "XML may not have these"


def test_story_of_an_unknown_paper_has_no_addresses() -> None:
    text = str(script_element(news_article(item(lighthouse(MemoryPictures())), "", 1, UNKNOWN)))
    assert "https://" not in text.replace("https://schema.org", "").replace(
        "https://licences.example", ""
    )
    assert breadcrumbs([("World", "sections/world.html")], UNKNOWN) == []
    value = read(website(UNKNOWN))
    assert value.keys() == {"@type", "name", "inLanguage", "license"}


def test_empty_story_says_only_what_is_known() -> None:
    value = article(Story(id="x", slug="x", headline=""), Paper(HOUSE))
    assert value.keys() == {
        "@type", "@id", "identifier", "url", "mainEntityOfPage", "inLanguage", "datePublished",
        "dateModified", "author", "publisher", "isPartOf", "description", "wordCount", "version",
        "isAccessibleForFree", "copyrightHolder", "copyrightYear",
    }  # fmt: skip
    assert value["author"][0]["name"] == "Harbour Post", "nobody signed it"


def test_story_says_what_google_asks_for() -> None:
    story = replace(
        lighthouse(MemoryPictures()),
        headline="A headline " * 20,
        subjects=("medtop:20000002",),
        corrections=(Correction("It was 3, not 4.", "2026-03-03T18:00:00Z"),),
    )
    value = article(story)
    address = "https://harbourpost.example/stories/old-lighthouse.html"
    assert {value[name] for name in ("@id", "url", "mainEntityOfPage")} == {address}
    assert len(value["headline"]) > 200, "whole, however long"
    assert value["author"] == [
        {
            "@type": "Person",
            "name": "Mara Lindqvist",
            "url": "https://harbourpost.example/authors/mara-lindqvist.html",
        },
        {
            "@type": "Person",
            "name": "يوسف حداد",
            "url": f"https://harbourpost.example/authors/{author_slug('يوسف حداد')}.html",
        },
    ]
    assert value["publisher"]["logo"]["url"] == "https://harbourpost.example/assets/icon-512.png"
    whole, *crops = value["image"]
    assert whole["url"] == whole["contentUrl"]
    assert whole["creditText"] == "Harbour Post/M. Lindqvist"
    assert [(image["width"], image["height"]) for image in crops] == [
        (1200, 675),
        (1200, 900),
        (1200, 1200),
    ]
    assert value["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "It was 3, not 4.",
            "datePublished": "2026-03-03T18:00:00Z",
        }
    ]
    assert value["about"] == [
        {
            "@type": "DefinedTerm",
            "@id": "http://cv.iptc.org/newscodes/mediatopic/20000002",
            "termCode": "20000002",
            "name": "arts and entertainment",
            "inDefinedTermSet": "http://cv.iptc.org/newscodes/mediatopic/",
        }
    ]


def test_dateline_is_text_and_a_place() -> None:
    value = article(lighthouse(MemoryPictures()))
    assert value["dateline"] == "Bergen, Norway"
    assert value["locationCreated"] == {
        "@type": "Place",
        "name": "Bergen",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Bergen",
            "addressCountry": "Norway",
        },
    }
    assert "isBasedOn" not in value


def test_wire_copy_names_its_agency_and_claims_no_rights() -> None:
    wire = replace(lighthouse(MemoryPictures()), dateline=Dateline(agency="Reuters"))
    value = article(wire)
    agency = {"@type": "Organization", "name": "Reuters"}
    assert value["sourceOrganization"] == agency
    assert value["isBasedOn"] == {"@type": "CreativeWork", "provider": agency}
    assert not {"license", "copyrightHolder", "copyrightYear", "copyrightNotice"} & value.keys()
    assert "locationCreated" not in value
    own = article(replace(wire, dateline=Dateline(agency="Harbour Post")))
    assert "isBasedOn" not in own
    assert own["license"] == "https://licences.example/by"


def test_rights_are_of_the_year_in_the_papers_zone() -> None:
    paper = replace(PAPER, house=replace(PAPER.house, timezone="Asia/Tokyo"))
    value = article(Story(id="x", slug="x"), paper, published="2025-12-31T20:00:00Z")
    assert value["copyrightYear"] == 2026
    assert value["copyrightNotice"] == "© 2026 Harbour Post"


def test_front_page_says_who_the_paper_is() -> None:
    value = read(organization(PAPER))
    assert value["@id"] == article(lighthouse(MemoryPictures()))["publisher"]["@id"]
    assert value["ethicsPolicy"] == "https://harbourpost.example/about.html#ethics-policy"
    assert value["correctionsPolicy"] == "https://harbourpost.example/corrected"
    assert value["masthead"] == "https://harbourpost.example/about.html#masthead"
    assert value["sameAs"] == ["https://x.com/harbourpost"]
    assert value["foundingDate"] == "1911"
    assert value["contactPoint"]["email"] == "desk@harbourpost.example"
    assert read(organization(Paper(HOUSE))).keys() == {"@type", "@id", "name", "url", "logo"}


def test_site_has_a_search() -> None:
    target = read(website(PAPER))["potentialAction"]["target"]["urlTemplate"]
    assert target == "https://harbourpost.example/search.html?q={search_term_string}"


def test_breadcrumbs_lead_from_the_front_page() -> None:
    (value,) = breadcrumbs([("Post", HOME), ("World", "sections/world.html")], PAPER)
    assert [(step["position"], step["item"]) for step in value["itemListElement"]] == [
        (1, "https://harbourpost.example/"),
        (2, "https://harbourpost.example/sections/world.html"),
    ]


def test_every_property_is_in_schema_org(shared: Path) -> None:
    text = (shared / "schemas" / "schemaorg" / "newsarticle-properties-30.0.json").read_text()
    types = json.loads(text)["types"]
    story = replace(
        lighthouse(MemoryPictures()),
        subjects=("medtop:20000002",),
        dateline=Dateline("Bergen", "Norway", agency="Reuters"),
        corrections=(Correction("It was 3.", "2026-03-03T18:00:00Z"),),
    )
    objects = [article(story), read(organization(PAPER)), read(website(PAPER))]
    checked = [
        (value["@type"], name)
        for value in values_in(objects)
        if value.get("@type") in types
        for name in value
        if not name.startswith("@") and name != "query-input"  # an annotation, as actions may have
    ]
    assert len(checked) > 60
    assert [(kind, name) for kind, name in checked if name not in types[kind]["properties"]] == []


def values_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object at any depth."""
    if isinstance(value, list):
        for part in value:
            yield from values_in(part)
    elif isinstance(value, dict):
        yield value
        yield from values_in(list(value.values()))
