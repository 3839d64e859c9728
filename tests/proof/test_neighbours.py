from __future__ import annotations

from dataclasses import replace

from editor.proof.neighbours import Neighbours, neighbours_of
from editor.proof.site import Site
from tests.formats.site.edition import HOUSE, edition, item
from tests.proof.whole_pages import WholePages

ONE = edition().listings[0]


def test_neighbours_are_of_the_same_section_and_language() -> None:
    places = (
        ("a", "world", "en"),
        ("b", "sport", "en"),
        ("c", "world", "ar"),
        ("d", "world", "en-GB"),
    )
    listings = [
        replace(ONE, id=id, slug=id, section=section, language=language)
        for id, section, language in places
    ]
    found = neighbours_of(listings, HOUSE)
    assert (found["a"].newer, getattr(found["a"].older, "slug", "")) == (None, "d")
    assert (getattr(found["d"].newer, "slug", ""), found["d"].older) == ("a", None)
    assert found["b"] == found["c"] == Neighbours()


def test_story_without_a_section_has_no_neighbours() -> None:
    listings = [replace(ONE, id=id, section="") for id in "ab"]
    assert neighbours_of(listings, HOUSE) == {}


def test_page_leads_to_both_neighbours_outside_the_article() -> None:
    made = edition()
    story, site, pages = made.items[0], Site.of(made), WholePages()
    around = neighbours_of([replace(ONE, id=id, slug=id) for id in ("new", "s1", "old")], HOUSE)
    html = pages.pages.html(pages.pages.story(story, site, around["s1"]), site)
    article, _, after = html.partition("</article>")
    assert '<a rel="prev" class="older" href="old.html">' in after
    assert '<a rel="next" class="newer" href="new.html">' in after
    assert 'class="neighbours"' not in article
    assert pages.article(item(story.story, updated=story.updated), site).html in html
