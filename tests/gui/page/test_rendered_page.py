"""The script between two pages carries only what differs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from editor.core.edition import Item
from editor.core.house import House, Section
from editor.core.story import Picture, Story
from editor.gui.page.page_maker import PageMaker
from editor.gui.page.rendered_page import RenderedPage, patch_script
from editor.gui.page.scheme_handler import with_color_scheme
from editor.proof.pages import Site
from editor.text import plain
from editor.text.cache import DocumentCache
from editor.text.document import BodySection
from editor.text.metrics import Tally, tally
from editor.text.parse import Parser
from tests.proof.whole_pages import WholePages

SITE = Site(House("Harbour Post"))


def rendered(maker: PageMaker, body: str, headline: str = "Ferry back") -> RenderedPage:
    story = Story(id="s", slug="ferry", headline=headline, body=body)
    return maker.story(Item(story, 0, "", "2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z"), SITE)


def test_preview_has_every_picture_file_that_its_page_names() -> None:
    plain = Picture("0123456789abcdef" + "0" * 48 + ".jpg", width=1600, height=1000, alt="A quay")
    for picture in (plain, plain.turned(1), replace(plain, lead_crop=(0.1, 0.1, 0.6, 0.54))):
        story = Story(id="s", slug="ferry", body="Words.", pictures=(picture, plain))
        item = Item(story, 0, "", "2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z")
        page = PageMaker(DocumentCache()).story(item, SITE)
        assert page.article
        named = set(re.findall(r"media/[\w.-]+", page.article.html))
        assert len(named) >= 4
        assert named <= set(page.media)


def test_typed_letter_sends_one_block() -> None:
    maker = PageMaker(DocumentCache())
    old = rendered(maker, "One.\n\nTwo.\n\nThree.")
    assert patch_script(old, rendered(maker, "One.\n\nTwo!\n\nThree.")) == (
        'stonehand.blocks(3, 1, 2, "<p>Two!</p>")'
    )
    assert patch_script(old, rendered(maker, "One.\n\nThree.")) == 'stonehand.blocks(3, 1, 2, "")'
    assert patch_script(old, old) == ""


def test_changed_headline_sends_the_whole_page() -> None:
    maker = PageMaker(DocumentCache())
    script = patch_script(rendered(maker, "One."), rendered(maker, "One.", headline="Ferry gone"))
    assert script.startswith("stonehand.page(")
    assert "Ferry gone" in script


def test_headline_below_the_article_is_the_present_one() -> None:
    maker = PageMaker(DocumentCache())
    rendered(maker, "One.")
    page = rendered(maker, "One.", headline="Ferry gone")
    assert "Ferry gone" in page.after
    assert "Ferry back" not in page.html


def test_story_that_was_never_saved_has_the_address_that_it_will_get() -> None:
    site = Site(replace(SITE.house, url="https://post.example/"))
    maker = PageMaker(DocumentCache())
    for headline, slug in (("Ferry is back", "ferry-is-back"), ("", "untitled")):
        story = Story(headline=headline, body="One.")
        page = maker.story(Item(story, 0, "", "2026-03-03T10:00:00Z", ""), site)
        assert f"https://post.example/stories/{slug}.html</span>" in page.html
        assert page.path == "stories/untitled.html", "or each key would load another page"


NOTED = "One[^a].\n\nTwo[^b].\n\nThree.\n\n[^a]: A.\n\n[^b]: B."


def test_footnotes_are_numbered_again_by_the_blocks_they_change() -> None:
    """A mark that is typed or removed changes other blocks, and the preview sends those."""
    maker = PageMaker(DocumentCache())
    old, new = rendered(maker, NOTED), rendered(maker, NOTED.replace("One[^a]", "One"))
    script = patch_script(old, new)
    assert script.startswith("stonehand.blocks(5, 0, 5, ")
    assert new.html == rendered(PageMaker(DocumentCache()), NOTED.replace("One[^a]", "One")).html
    assert new.article is not None
    assert 'href="#fn-ferry-1"' in new.article.blocks[1]
    typed = patch_script(old, rendered(maker, NOTED.replace("Three", "Three!")))
    assert typed == 'stonehand.blocks(5, 2, 3, "<p>Three!.</p>")'


def test_a_key_in_thirty_thousand_words_reads_counts_and_sends_its_own_paragraph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counted in characters: what is parsed, what words are counted in, and what is sent."""
    read, counted = list[str](), list[str]()
    read_section = Parser.read

    def note_read(self: Parser, text: str) -> BodySection:
        read.append(text)
        return read_section(self, text)

    def note_counted(text: str) -> Tally:
        counted.append(text)
        return tally(text)

    monkeypatch.setattr(Parser, "read", note_read)
    monkeypatch.setattr(plain, "tally", note_counted)
    words = "The harbour board said on *Tuesday* that two boats would sail again. " * 4
    paragraphs = [f"{number} {words}".strip() for number in range(640)]
    assert len(" ".join(paragraphs).split()) > 30_000
    maker = PageMaker(DocumentCache())
    old = rendered(maker, "\n\n".join(paragraphs))
    read.clear()
    counted.clear()
    paragraphs[300] += "!"
    new = rendered(maker, "\n\n".join(paragraphs))
    typed = paragraphs[300]
    assert read == [f"{typed}\n\n"]
    assert counted == [typed.replace("*", "")]
    html = typed.replace("*Tuesday*", "<em>Tuesday</em>")
    assert patch_script(old, new) == f'stonehand.blocks(640, 300, 301, "<p>{html}</p>")'


@pytest.mark.parametrize("body", ["", "One.", "One.\n\nTwo *more*.\n\n- a\n- b", NOTED])
def test_page_of_the_maker_is_the_renderers(body: str) -> None:
    story = Story(id="s", slug="ferry", headline="Ferry", body=body, section="world")
    item = Item(story, 0, "", "2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z")
    assert PageMaker(DocumentCache()).story(item, SITE).html == WholePages().story(item, SITE)


def test_page_of_the_maker_has_the_section_in_the_language_of_the_story() -> None:
    world = Section("world", "World", (("ar", "العالم"),))
    site = Site(replace(SITE.house, sections=(world,)))
    story = Story(id="s", slug="manara", headline="منارة", language="ar-EG", section="world")
    item = Item(story, 0, "", "2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z")
    html = PageMaker(DocumentCache()).story(item, site).html
    assert html == WholePages().story(item, site)
    assert html.count('lang="ar" dir="auto">العالم</a>') == 3, "above the story, top and foot"
    assert "World" not in html


def test_page_knows_where_the_body_has_its_blocks() -> None:
    page = rendered(PageMaker(DocumentCache()), "One.\n\n- a\n- b\n\nThree\nlines")
    assert [block.start for block in page.blocks] == [0, 6, 15]


def test_color_scheme_queries_of_a_style_sheet_are_answered() -> None:
    css = b"@media (prefers-color-scheme: dark) { a {} }"
    assert with_color_scheme(css, "dark") == b"@media (min-width: 0px) { a {} }"
    assert with_color_scheme(css, "light") == b"@media (max-width: 0px) { a {} }"
    assert with_color_scheme(css, "pink") == css
