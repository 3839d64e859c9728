from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from editor.core.listing import Listing
from editor.core.story import Story
from editor.core.times import instant_text
from editor.formats.site import sitemap as module
from editor.formats.site.sitemap import (
    INDEX,
    NEWS,
    SitemapEntry,
    news_stories,
    sitemap_texts,
    sitemaps,
)
from editor.proof.paper import Paper
from tests.editions import listed
from tests.formats.site.edition import HOUSE, item
from tests.proof.attacks import OWN

PAPER = Paper(HOUSE)
BASE = "https://harbourpost.example/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS_SPACE = "{http://www.google.com/schemas/sitemap-news/0.9}"
AT = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)


def story(slug: str, published: str, updated: str = "", **values: Any) -> Listing:
    values = {"headline": slug, **values}
    return listed(item(Story(id=slug, slug=slug, body="Word.", **values), published, updated))


def files(
    stories: list[Listing], lists: list[SitemapEntry] | None = None, at: datetime = AT
) -> dict[str, str]:
    news = news_stories(stories, at)
    texts = sitemap_texts(sitemaps(stories, lists or []), news, PAPER)
    return {text.path: text.make() for text in texts}


def addresses(text: str) -> list[tuple[str, str | None]]:
    return [
        (entry.findtext(f"{SPACE}loc") or "", entry.findtext(f"{SPACE}lastmod"))
        for entry in ElementTree.fromstring(text)
    ]


NEW = story("new", "2026-03-03T14:02:00Z", "2026-03-04T05:00:00Z")
MIDDLE = story("middle", "2026-03-01T08:00:00Z")
OLD = story("old", "2026-01-31T23:59:59Z", "2026-02-02T08:00:00Z")


def test_site_without_stories_has_an_index_of_its_lists() -> None:
    made = files([], [SitemapEntry("index.html")])
    assert made.keys() == {INDEX, "sitemaps/pages.xml"}
    assert addresses(made["sitemaps/pages.xml"]) == [(BASE, None)]
    assert addresses(made[INDEX]) == [(BASE + "sitemaps/pages.xml", None)]
    assert addresses(files([])[INDEX]) == []


def test_story_is_in_the_map_of_its_first_month() -> None:
    made = files([NEW, MIDDLE, OLD], [SitemapEntry("index.html", NEW.updated)])
    assert addresses(made[INDEX]) == [
        (BASE + "sitemaps/pages.xml", "2026-03-04T05:00:00Z"),
        (BASE + "sitemaps/2026-01.xml", "2026-02-02T08:00:00Z"),
        (BASE + "sitemaps/2026-03.xml", "2026-03-04T05:00:00Z"),
        (BASE + NEWS, "2026-03-03T14:02:00Z"),
    ]
    assert addresses(made["sitemaps/2026-03.xml"]) == [
        (BASE + "stories/middle.html", "2026-03-01T08:00:00Z"),
        (BASE + "stories/new.html", "2026-03-04T05:00:00Z"),
    ]
    assert addresses(made["sitemaps/2026-01.xml"]) == [
        (BASE + "stories/old.html", "2026-02-02T08:00:00Z")
    ]


def test_edited_story_changes_its_month_and_the_index_alone() -> None:
    def keys(stories: list[Listing]) -> dict[str, tuple[str, ...]]:
        texts = sitemap_texts(sitemaps(stories, []), news_stories(stories, AT), PAPER)
        return {text.path: text.inputs for text in texts}

    before = keys([NEW, MIDDLE, OLD])
    after = keys([NEW, MIDDLE, replace(OLD, updated="2026-03-04T05:30:00Z")])
    assert {path for path in before if before[path] != after[path]} == {
        "sitemaps/2026-01.xml",
        INDEX,
    }


def test_full_map_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_URLS", 2)
    stories = [story(f"s{day}", f"2026-03-0{day}T08:00:00Z") for day in (5, 4, 3, 2, 1)]
    made = {part.path: [page.path for page in part.pages] for part in sitemaps(stories, [])}
    assert made == {
        "sitemaps/2026-03.xml": ["stories/s1.html", "stories/s2.html"],
        "sitemaps/2026-03-2.xml": ["stories/s3.html", "stories/s4.html"],
        "sitemaps/2026-03-3.xml": ["stories/s5.html"],
    }


def test_widest_map_is_smaller_than_search_engines_allow() -> None:
    longest = SitemapEntry("p" * (2_048 - len(BASE)), "2026-03-01T08:00:00Z")
    (part,) = sitemaps([], [longest] * module._MOST_URLS)
    one = next(iter(sitemap_texts([replace(part, pages=(longest,))], (), PAPER))).make()
    assert len(part.pages) <= 50_000
    assert len(one) * len(part.pages) <= 50 * 1024 * 1024


def test_news_are_those_of_two_days_and_at_most_a_thousand() -> None:
    inside = story("inside", "2026-03-02T06:00:00Z")
    outside = story("outside", "2026-03-02T05:59:59Z", "2026-03-04T05:00:00Z")
    assert news_stories([inside, outside], AT) == (inside,)
    many = [
        replace(inside, published=instant_text(AT - timedelta(minutes=minute)))
        for minute in range(1_100)
    ]
    found = news_stories(many, AT)
    assert len(found) == 1_000
    assert found[0] == many[0]
    assert news_stories(many, AT + timedelta(minutes=1)) == found, "and not of the clock"


def test_news_say_the_papers_name_the_language_and_the_title() -> None:
    stories = [
        story("one", "2026-03-03T14:02:00Z", language="en-GB"),
        story("two", "2026-03-03T13:02:00Z", language="zh-Hant", headline="港口"),
        story("three", "2026-03-03T12:02:00Z", language="zh", headline="منارة"),
    ]
    root = ElementTree.fromstring(files(stories)[NEWS])
    found = [
        tuple(
            news.findtext(name)
            for name in (
                f"{NEWS_SPACE}publication/{NEWS_SPACE}name",
                f"{NEWS_SPACE}publication/{NEWS_SPACE}language",
                f"{NEWS_SPACE}publication_date",
                f"{NEWS_SPACE}title",
            )
        )
        for news in root.iter(f"{NEWS_SPACE}news")
    ]
    assert found == [
        ("Harbour Post", "en", "2026-03-03T14:02:00Z", "one"),
        ("Harbour Post", "zh-tw", "2026-03-03T13:02:00Z", "港口"),
        ("Harbour Post", "zh-cn", "2026-03-03T12:02:00Z", "منارة"),
    ]


def test_hostile_headlines_stay_text() -> None:
    stories = [
        story(f"s{number}", "2026-03-03T14:02:00Z", headline=attack)
        for number, attack in enumerate(OWN)
    ]
    root = ElementTree.fromstring(files(stories)[NEWS])
    assert len(list(root.iter(f"{NEWS_SPACE}title"))) == len(OWN)
    assert {entry.tag for entry in root.iter()} == {
        f"{SPACE}urlset",
        f"{SPACE}url",
        f"{SPACE}loc",
        *(
            NEWS_SPACE + name
            for name in ("news", "publication", "name", "language", "publication_date", "title")
        ),
    }


def test_maps_are_valid(shared: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(shared / "schemas" / "sitemap" / "sitemap.xsd")))
    made = files([NEW, MIDDLE, OLD], [SitemapEntry("index.html"), SitemapEntry("about.html")])
    for path in ("sitemaps/pages.xml", "sitemaps/2026-03.xml", "sitemaps/2026-01.xml"):
        schema.assertValid(etree.fromstring(made[path].encode()))
