"""The script between two pages carries only what differs."""

from __future__ import annotations

import pytest

from editor.checks.base import TextPlace
from editor.core.edition import Item
from editor.core.house import House
from editor.core.story import Story
from editor.gui.page.page_maker import PageMaker
from editor.gui.page.rendered_page import RenderedPage, patch_script
from editor.gui.page.scheme_handler import wearing
from editor.gui.preview.places import block_at, block_place
from editor.proof.pages import Pages, Site

SITE = Site(House("Harbour Post"))


def sheet(maker: PageMaker, body: str, headline: str = "Ferry back") -> RenderedPage:
    story = Story(id="s", slug="ferry", headline=headline, body=body)
    return maker.story(Item(story, 0, "", "2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z"), SITE)


def test_a_typed_letter_sends_one_block() -> None:
    maker = PageMaker()
    old = sheet(maker, "One.\n\nTwo.\n\nThree.")
    assert patch_script(old, sheet(maker, "One.\n\nTwo!\n\nThree.")) == (
        'stonehand.blocks(3, 1, 2, "<p>Two!</p>")'
    )
    assert patch_script(old, sheet(maker, "One.\n\nThree.")) == 'stonehand.blocks(3, 1, 2, "")'
    assert patch_script(old, old) == ""


def test_another_headline_sends_the_page() -> None:
    maker = PageMaker()
    script = patch_script(sheet(maker, "One."), sheet(maker, "One.", headline="Ferry gone"))
    assert script.startswith("stonehand.page(")
    assert "Ferry gone" in script


@pytest.mark.parametrize("body", ["", "One.", "One.\n\nTwo *more*.\n\n- a\n- b"])
def test_the_makers_page_is_the_renderers(body: str) -> None:
    story = Story(id="s", slug="ferry", headline="Ferry", body=body, section="world")
    item = Item(story, 0, "", "2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z")
    assert PageMaker().story(item, SITE).html == Pages().story(item, SITE)


def test_places_and_blocks_find_each_other() -> None:
    body = "One.\n\n- a\n- b\n\nThree\nlines"
    blocks = sheet(PageMaker(), body).blocks
    assert block_at(TextPlace("headline", 0, 0), blocks) == -1
    assert block_at(TextPlace("body", body.index("- b"), 0), blocks) == 1
    assert block_at(TextPlace("body", len(body), len(body)), blocks) == 2
    at = body.index("Three")
    assert block_place(2, blocks) == TextPlace("body", at, at)
    assert block_place(9, blocks) == TextPlace("body", 0, 0)
    assert block_at(TextPlace("body", 0, 0), ()) == -1


def test_a_style_sheet_is_told_the_look() -> None:
    css = b"@media (prefers-color-scheme: dark) { a {} }"
    assert wearing(css, "dark") == b"@media (min-width: 0px) { a {} }"
    assert wearing(css, "light") == b"@media (max-width: 0px) { a {} }"
    assert wearing(css, "pink") == css
