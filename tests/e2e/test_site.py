"""A reader opens an exported site from a folder, in a real browser with scripts on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWebEngineWidgets import QWebEngineView

from editor.core.brief import Banner, Brief
from editor.core.dateline import Dateline
from editor.core.house import Section
from editor.core.story import Correction
from editor.proof.frame import POLICY
from editor.proof.theme import shipped_names
from tests.e2e.exporting import export
from tests.e2e.searching import search
from tests.formats.site.edition import HOUSE, MemoryPictures, edition, lighthouse
from tests.proof.attacks import OWN, strangers
from tests.proof.browser import Browser
from tests.proof.test_browser_bytes import hostile


def test_every_page_has_no_errors_and_fits_a_small_phone(
    site: Path, reader: Browser, view: QWebEngineView
) -> None:
    view.resize(320, 640)
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":  # its links are absolute, to an address that is nowhere
            continue
        reader.open(path)
        reader.wait_for("innerWidth <= 320")
        assert reader.ask("document.documentElement.scrollWidth <= innerWidth"), path
    assert reader.page.messages == []


_TOO_WIDE = """
document.documentElement.scrollWidth <= innerWidth ? [] :
[...document.querySelectorAll('body *')].filter(e => !e.closest('.trends ol'))
  .filter(e => e.getBoundingClientRect().right > innerWidth)
  .map(e => `${e.tagName} ${e.className}`)
"""


def test_word_without_an_end_fits_a_phone(
    tmp_path: Path, reader: Browser, view: QWebEngineView
) -> None:
    view.resize(390, 640)
    endless, source = "Donaudampfschifffahrt" * 8, MemoryPictures()
    story = replace(
        lighthouse(source),
        slug="endless",
        kicker=endless,
        headline=endless,
        standfirst=endless,
        key_points=(endless, endless),
        bylines=(endless, endless),
        dateline=Dateline(city=endless, country=endless),
        body=f"{endless}\n\n## {endless}\n\n- {endless}",
    )
    sections = (*HOUSE.sections, Section("long", endless))
    corrections = (Correction(endless, "2026-03-04T09:00:00Z"),)
    stories = [
        replace(story, section="long", keywords=(endless,), corrections=corrections),
        replace(story, id="other", slug="other", related=(story.id,)),
    ]
    site = export(tmp_path / "site", edition(stories, source, sections=sections, name=endless))
    for name in (
        "stories/endless.html",
        "stories/other.html",
        "index.html",
        "sections/long.html",
        "corrections.html",
    ):
        reader.open(site / name)
        reader.wait_for("innerWidth <= 390")
        assert reader.ask(_TOO_WIDE) == [], name


@pytest.mark.parametrize("theme", shipped_names())
def test_many_sections_leave_the_story_on_the_first_screen_of_a_phone(
    theme: str, tmp_path: Path, reader: Browser, view: QWebEngineView
) -> None:
    view.resize(320, 640)
    source = MemoryPictures()
    sections = tuple(Section(f"s-{number}", f"Section {number}") for number in range(60))
    site = export(tmp_path / "site", edition([], source, sections=sections, theme=theme))
    reader.open(site / "index.html")
    reader.wait_for("innerWidth <= 320")
    assert reader.ask("document.querySelector('main').getBoundingClientRect().top < 480")


_SMALL = """
[...document.querySelectorAll('a, button, input')]
  .filter(e => !e.closest('.body, .skip') && !e.matches('.skip, [aria-hidden]'))
  .filter(e => e.checkVisibility())
  .map(e => [(e.closest('label') ?? e).getBoundingClientRect(), e.outerHTML])
  .filter(([box]) => box.width < 24 || box.height < 24)
  .map(([box, html]) => `${box.width} x ${box.height} ${html}`)
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_links_are_large_enough_for_a_finger(
    width: int, site: Path, reader: Browser, view: QWebEngineView
) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, words in running text aside."""
    view.resize(width, 640)
    for path in sorted(site.rglob("*.html")):
        if path.name != "404.html":
            reader.open(path)
            reader.wait_for(f"Math.abs(innerWidth - {width}) <= 20")
            assert reader.ask(_SMALL) == [], path


_HARD_TO_READ = """
(() => {
  const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const bytes = colour => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const light = colour => bytes(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => {
    const colour = e ? getComputedStyle(e).backgroundColor : 'white';
    return bytes(colour)[3] ? colour : ground(e.parentElement);
  };
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return [...document.querySelectorAll('body *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .filter(e => e.checkVisibility() && !e.closest('.skip, .unseen, script, noscript'))
    .filter(e => contrast(light(getComputedStyle(e).color), light(ground(e))) < 4.5)
    .map(e => e.outerHTML.slice(0, 120));
})()
"""


@pytest.mark.parametrize("theme", shipped_names())
def test_text_contrasts_with_what_is_under_it(
    tmp_path: Path, reader: Browser, view: QWebEngineView, theme: str
) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1, whichever rules of a theme meet on an element."""
    source = MemoryPictures()
    more = [replace(lighthouse(source), id=f"m{n}", slug=f"more-{n}") for n in range(20)]
    site = export(tmp_path / "site", edition(more, source, theme=theme))
    assert 'class="block"' in (site / "index.html").read_text(encoding="utf-8")
    for path in sorted(site.rglob("*.html")):
        if path.name != "404.html" and not path.name.startswith("more-"):
            reader.open(path)
            assert reader.ask(_HARD_TO_READ) == [], path


_BROKEN_WORDS = """
[...document.querySelectorAll('.masthead nav a, .rubric a')].flatMap(a => {
  const text = a.firstChild, range = document.createRange();
  return [...text.data.matchAll(/\\S+/g)].filter(word => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(word => word[0]);
})
"""


@pytest.mark.parametrize("theme", shipped_names())
def test_names_of_sections_are_whole_words_on_a_phone(
    tmp_path: Path, reader: Browser, view: QWebEngineView, theme: str
) -> None:
    view.resize(320, 640)
    names = ("World", "Business", "Science & Space", "Sport", "Culture")
    sections = tuple(Section(f"part-{n}", name) for n, name in enumerate(names))
    site = export(tmp_path / "site", edition(theme=theme, sections=sections))
    reader.open(site / "index.html")
    reader.wait_for("innerWidth <= 320")
    assert reader.ask(_BROKEN_WORDS) == []


_SEPARATORS_ASTRAY = """
[...document.querySelectorAll('.facts > :not(:last-child)')]
  .filter(e => getComputedStyle(e).direction !== getComputedStyle(e.parentElement).direction)
  .map(e => e.outerHTML)
"""


def test_separators_stay_between_names_of_two_directions(site: Path, reader: Browser) -> None:
    """What comes after an element is written in the element's direction, so on its other side."""
    seen = 0
    for path in sorted((site / "ar").rglob("*.html")):
        reader.open(path)
        assert reader.ask(_SEPARATORS_ASTRAY) == [], path
        seen += reader.ask("document.querySelectorAll('.rows .section').length")
    assert seen


def attacked(folder: Path, texts: Sequence[str]) -> Path:
    """A site of hostile stories and briefs, without its content policy."""
    source = MemoryPictures()
    lighthouse(source)
    size = 100  # each is a byline, whose feed has the whole story with all its bylines
    extra = [hostile(texts[start : start + size], start) for start in range(0, len(texts), size)]
    made = edition(extra, source)
    briefs = (Brief("x", " ".join(texts[::2]), " ".join(texts[1::2])),)
    export(folder, replace(made, banner=Banner(briefs)))
    for path in folder.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
        assert bare != html
        path.write_text(bare, encoding="utf-8")
    return folder


_SUSPICIOUS = """
[...document.querySelectorAll('*')].flatMap(e => [
  ...e.getAttributeNames().filter(n => n.startsWith('on') || n === 'style' || n === 'formaction'),
  ...(['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'TEMPLATE', 'MATH', 'STYLE', 'VIDEO', 'AUDIO']
    .includes(e.tagName) ? [e.tagName] : []),
  ...(e.tagName === 'SCRIPT' && e.type !== 'application/ld+json'
    && !/^assets\\/search(\\/[a-z0-9-]+)?\\.js(\\?[0-9a-f]+)?$/.test(e.getAttribute('src'))
    ? [e.outerHTML] : []),
  ...(e.hasAttribute('href') && !/^(https?|mailto|file):/.test(e.href) ? [e.href] : []),
])
"""


def provoke(folder: Path, reader: Browser) -> None:
    pages = sorted(folder.glob("stories/hostile*.html"))
    assert pages
    for path in (*pages, folder / "index.html", folder / "sections" / "world.html"):
        reader.open(path)
        assert reader.ask(_SUSPICIOUS) == [], path
        kinds = reader.ask(
            "[...document.querySelectorAll('[type=\"application/ld+json\"]')]"
            ".flatMap(e => JSON.parse(e.textContent)).map(e => e['@type'] ?? 'graph')"
        )
        assert kinds
        assert ("NewsArticle" in kinds) is (path in pages), kinds
    assert search(reader, folder, q="alert")
    assert reader.ask(_SUSPICIOUS) == []
    assert reader.page.dialogs == []


def test_hostile_texts_run_nothing(tmp_path: Path, reader: Browser) -> None:
    provoke(attacked(tmp_path / "site", OWN), reader)


def test_known_attack_texts_run_nothing(
    tmp_path: Path, reader: Browser, shared: Path, pytestconfig: pytest.Config
) -> None:
    provoke(attacked(tmp_path / "site", strangers(shared, pytestconfig)), reader)


def test_content_security_policy_blocks_foreign_scripts(
    site: Path, tmp_path: Path, reader: Browser
) -> None:
    html = (site / "stories" / "bare.html").read_text(encoding="utf-8")
    assert POLICY.replace("'", "&#39;") in html
    path = tmp_path / "stories" / "changed.html"
    path.parent.mkdir()
    path.write_text(html.replace("</main>", "<script>alert(1)</script></main>"), encoding="utf-8")
    reader.open(path)
    assert reader.page.dialogs == []
    assert any("Content Security Policy" in message for message in reader.page.messages)
