"""What readers are told after publication: corrections, withdrawals; and pictures to come."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from editor.core.edition import Withdrawn
from editor.core.story import Correction, Picture, Story
from editor.proof.pages import Site
from editor.proof.site import LinkText
from tests.editions import listed, with_items
from tests.formats.site.edition import HOUSE, MemoryPictures, edition, item, lighthouse
from tests.proof.whole_pages import WholePages

TOLD = (
    Correction("The light is seen from 20 miles, not <30>.", "2026-03-04T09:00:00Z"),
    Correction("The lamp arrives\nin May & not in June.", "2026-03-06T23:30:00Z"),
)
HOSTILE = "</aside></article><script>alert(1)</script>"


def site(story: Story) -> Site:
    return Site(
        HOUSE, slugs={story.id: story.slug}, link_texts={story.id: LinkText(story.headline, "en")}
    )


def article(**change: object) -> str:
    story = replace(lighthouse(MemoryPictures()), **change)  # type: ignore[arg-type]
    return WholePages().article(item(story), site(story)).html


def test_a_hostile_correction_is_shown_as_text() -> None:
    html = article(corrections=(Correction(HOSTILE, TOLD[0].at),))
    assert "<script" not in html
    assert html.count("</article>") == 1
    assert "&lt;script&gt;alert(1)" in html


def test_a_story_without_corrections_has_no_correction_markup() -> None:
    assert "correction" not in article()


def test_each_correction_is_on_the_page_with_its_day() -> None:
    html = article(corrections=TOLD)
    found = re.findall(r'<aside class="correction"[^>]*>(.*?)</aside>', html, re.DOTALL)
    assert len(found) == 2
    assert '<time datetime="2026-03-04T09:00:00Z">4 March 2026</time>' in found[0]
    assert "Correction" in found[0]
    assert "not &lt;30&gt;." in found[0]
    assert "in May &amp; not" in found[1]
    ids = re.findall(r'aria-labelledby="(correction-\d)"', html)
    assert ids == re.findall(r'<h2 id="(correction-\d)"', html) == ["correction-1", "correction-2"]


def test_an_arabic_story_has_corrections_in_arabic() -> None:
    html = article(language="ar", corrections=TOLD[:1])
    assert "تصحيح <time" in html
    assert "مارس" in html


def test_linked_data_has_the_corrections() -> None:
    story = replace(lighthouse(MemoryPictures()), corrections=TOLD)
    page = WholePages().story(item(story), site(story))
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert data["correction"] == [
        {"@type": "CorrectionComment", "text": told.text, "datePublished": told.at} for told in TOLD
    ]


def test_a_body_for_feeds_has_the_corrections() -> None:
    story = replace(lighthouse(MemoryPictures()), corrections=TOLD)
    body = WholePages().body(item(story), site(story))
    assert body.count('<aside class="correction"') == 2
    assert "not &lt;30&gt;." in body


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_withdrawn_story_leaves_a_page_that_says_so(language: str) -> None:
    made = edition()
    gone = Withdrawn("s9", "old-lighthouse", language, "2026-03-05T00:00:00Z")
    kept = with_items(made, made.items[1:])
    page = WholePages().withdrawn(gone, Site.of(kept))
    said = {"en": "This story has been withdrawn", "ar": "سُحب هذا الخبر"}[language]
    assert f">{said}</h1>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert f'<html lang="{language}"' in page
    assert 'href="../index.html"' in page
    assert "lighthouse" not in page.lower()


def test_a_picture_without_a_file_has_its_caption_and_credit() -> None:
    coming = Picture(caption="The tug <Ida> at dawn.", credit="Harbour Post/M. L.")
    html = article(pictures=(coming, Picture(), Picture(credit="Agency only")))
    figures = re.findall(r"<figure.*?</figure>", html, re.DOTALL)
    assert len(figures) == 2, "one with nothing to say is not there"
    assert all("<img" not in figure for figure in figures)
    assert "The tug &lt;Ida&gt; at dawn." in figures[0]
    assert "(Harbour Post/M. L.)" in figures[0]
    assert "(Agency only)" in figures[1]


def test_cards_and_metadata_skip_a_picture_without_a_file() -> None:
    source = MemoryPictures()
    story = lighthouse(source)
    story = replace(story, pictures=(Picture(caption="To come."), *story.pictures))
    pages = WholePages()
    page = pages.story(item(story), site(story))
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert [image.get("caption", "") for image in data["image"]] == [
        "The lighthouse off Bergen’s harbour at dusk.",
        *[""] * 3,  # its crops
    ]
    assert page.count("og:image:width") == 1
    assert "To come." not in pages.home([listed(item(story))], site(story))
