"""The article that a browser gives back is, byte for byte, the one that was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from editor.core.edition import Edition
from editor.core.story import Correction, Story
from editor.formats.export import write_files
from editor.formats.folder_output import FolderOutput
from editor.formats.site.exporter import SiteExporter
from editor.progress import Progress
from editor.proof.pages import Site
from tests.formats.site.edition import MemoryPictures, edition, lighthouse
from tests.proof.attacks import OWN, strangers
from tests.proof.browser import Browser
from tests.proof.whole_pages import WholePages

_ARTICLE = "document.querySelector('article').outerHTML"


def hostile(texts: Sequence[str], number: int = 0) -> Story:
    """The story with every field filled in, by an attacker."""
    source = MemoryPictures()
    base = lighthouse(source)
    everything = " ".join(texts)
    return replace(
        base,
        id=f"h{number}",
        slug=f"hostile-{number}",
        headline=everything,
        kicker=everything,
        standfirst=everything,
        key_points=tuple(texts),
        bylines=tuple(texts),
        dateline=replace(base.dateline, city=everything),
        pictures=tuple(
            replace(picture, caption=everything, credit=everything, alt=everything)
            for picture in base.pictures
        ),
        keywords=tuple(texts),
        corrections=tuple(Correction(f"Not {text}", "2026-03-04T09:00:00Z") for text in texts),
        body="\n\n".join(texts),
    )


def compare(browser: Browser, folder: Path, made: Edition) -> None:
    with FolderOutput(folder) as out:
        write_files(made, SiteExporter(), out, Progress())
    pages, site = WholePages(), Site.of(made)
    for item in made.items:
        path = folder / "stories" / f"{item.story.slug}.html"
        article = pages.article(item, site)
        browser.open(path)
        assert browser.ask(_ARTICLE) == article.html
        assert article.html in path.read_text(encoding="utf-8")
        blocks = browser.ask(
            "[...document.querySelector('article .body').childNodes].map(b => b.outerHTML)"
        )
        # Each block is one element, and nothing stands between two.
        assert blocks == list(article.blocks)


def test_english_arabic_and_bare_stories(silent: Browser, tmp_path: Path) -> None:
    compare(silent, tmp_path / "site", edition())


def test_a_hostile_story(silent: Browser, tmp_path: Path) -> None:
    source = MemoryPictures()
    lighthouse(source)
    compare(silent, tmp_path / "site", edition([hostile(OWN)], source))


def test_stories_of_collected_attack_strings(
    silent: Browser, tmp_path: Path, shared: Path, pytestconfig: pytest.Config
) -> None:
    texts = strangers(shared, pytestconfig)
    source = MemoryPictures()
    size = 100  # each is a byline, whose feed has the whole story with all its bylines
    extra = [hostile(texts[start : start + size], start) for start in range(0, len(texts), size)]
    compare(silent, tmp_path / "site", edition(extra, source))


def test_a_story_with_footnotes_and_nested_lists(silent: Browser, tmp_path: Path) -> None:
    source = MemoryPictures()
    body = (
        "The quay[^1] “opened”[^two].\n- one[^1]\n  - [two[^two]](https://x.example)\n\n"
        "[^two]: Later.\n\n    - a\n\n[^1]: The *old* one.\n\n[^3]: Nobody asked."
    )
    story = replace(lighthouse(source), id="f1", slug="footnotes", body=body)
    compare(silent, tmp_path / "site", edition([story], source))
