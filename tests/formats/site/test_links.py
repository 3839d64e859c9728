"""A reader comes to every story by links alone, and no link leads to nothing."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from editor.core.publisher import Digits, PolicyKind, PublishedPolicy
from editor.core.story import Correction, Story
from editor.formats.export import write_files
from editor.formats.output import MemoryOutput
from editor.formats.site.exporter import SiteExporter
from editor.progress import Progress
from tests.formats.site.edition import edition

SECTIONS = ("world", "business", "sport", "")
URL = "https://harbourpost.example/"


class Page(HTMLParser):
    """The addresses in a page, and the places in it that an address can name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.files: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            match name:
                case "href" if tag == "a":
                    self.links.append(value or "")
                case "href" | "src" | "action":
                    self.files.append(value or "")
                case "srcset":
                    self.files += [source.split()[0] for source in (value or "").split(",")]
                case "id":
                    self.ids.append(value or "")
                case "aria-labelledby" | "aria-describedby":
                    self.links += [f"#{id}" for id in (value or "").split()]


def story(number: int) -> Story:
    is_arabic = number % 3 == 2
    return Story(
        id=f"x{number}",
        slug=f"x-{number}",
        language="ar" if is_arabic else "en",
        section=SECTIONS[number % 4],
        headline=f"خبر {number}" if is_arabic else f"Story {number}",
        key_points=("One.", "Two."),
        bylines=(("ليلى", "José Díaz") if is_arabic else ("José Díaz", "Jose Diaz", "!"))[
            : number % 4
        ],
        body=f"See [it](x-{number + 7}), [gone](nothing).[^1]\n\n[^1]: A note.",
        keywords=("a & b", "قناة/بحر"),
        subjects=("medtop:20000002", "medtop:nothing"),
        corrections=(Correction("It was 4.", "2026-03-04T05:00:00Z"),) if number % 5 == 0 else (),
        related=(f"x{number + 11}", "gone"),
    )


def exported(count: int, url: str) -> dict[str, Page]:
    made = edition(
        [story(i) for i in range(count)],
        url=url,
        rights="© {year} Harbour Post",
        about="Read [this](x-1).",
        contact="desk@harbourpost.example",
        digits=Digits.NATIVE,
        policies=(PublishedPolicy(PolicyKind.CORRECTIONS, "At once."),),
    )
    with MemoryOutput() as out:
        write_files(made, SiteExporter(), out, Progress())
    files = dict(out.files)
    pages = {path: Page(data.decode()) for path, data in files.items() if path.endswith(".html")}
    return pages | {path: Page("") for path in files if path not in pages}


def target(path: str, link: str) -> tuple[str, str] | None:
    """The file and the place in it that a link leads to; None for one to elsewhere."""
    parts = urlsplit(link.removeprefix(URL) if link.startswith(URL) else link)
    if parts.scheme or parts.netloc:
        return None
    start = "" if link.startswith(URL) else dirname(path)
    found = normpath(join(start, unquote(parts.path))) if parts.path else path
    if link.startswith(URL) and (not parts.path or parts.path.endswith("/")):
        found = normpath(join(parts.path, "index.html"))
    return found, parts.fragment


@pytest.mark.parametrize("url", ["", URL])
def test_no_link_leads_to_nothing(url: str) -> None:
    pages, seen = exported(80, url), 0
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in (*page.links, *page.files):
            if (leads_to := target(path, link)) is None:
                assert urlsplit(link).scheme in ("https", "mailto"), (path, link)
                continue
            file, place = leads_to
            assert file in pages, (path, link)
            assert not place or place in pages[file].ids, (path, link)
            seen += 1
    assert seen > 4_000


@pytest.mark.parametrize("count", [0, 1, 80, 208])
def test_every_page_is_reached_by_links_alone(count: int) -> None:
    pages = exported(count, "")
    for start in ("index.html", "ar/index.html", "stories/bare.html"):
        found, unread = {start}, [start]
        while unread:
            path = unread.pop()
            for link in pages[path].links:
                leads_to = target(path, link)
                if leads_to and leads_to[0] not in found:
                    found.add(leads_to[0])
                    unread.append(leads_to[0])
        assert found == {path for path in pages if path.endswith(".html")} - {"404.html"}, start
        assert len([path for path in found if path.startswith("stories/")]) == count + 4


def test_pages_without_scripts_have_one_headline_and_their_landmarks() -> None:
    made = replace(edition([story(i) for i in range(12)]))
    with MemoryOutput() as out:
        write_files(made, SiteExporter(), out, Progress())
    for path, data in out.files.items():
        if path.endswith(".html"):
            html = data.decode()
            for tag in ("<h1", "<main", '<header class="masthead"', "<footer", 'class="skip"'):
                assert html.count(tag) == 1, (path, tag)
