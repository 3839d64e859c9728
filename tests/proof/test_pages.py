from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from editor.core.brief import Brief
from editor.core.dateline import Dateline
from editor.core.publisher import AiUse
from editor.core.story import Correction, Picture, Story
from editor.core.times import parse_instant
from editor.proof.pages import Site
from editor.proof.site import LinkText
from editor.proof.words import words
from editor.resources import resource
from editor.text.cache import DocumentCache
from editor.text.document import Document
from editor.text.parse import Parser
from tests.editions import listed
from tests.formats.site.edition import HOUSE, MemoryPictures, edition, item, lighthouse
from tests.proof.whole_pages import WholePages
from tests.text import documents

PAGES = WholePages()
SITE = Site(HOUSE)


def article(story: Story, site: Site = SITE) -> str:
    return PAGES.article(item(story), site).html


def test_an_empty_story_still_has_a_page() -> None:
    made = PAGES.article(replace(item(Story()), published="", updated=""), SITE)
    assert made.blocks == ()
    assert "<time" not in made.html
    assert made.html.startswith("<article ")
    assert made.html.endswith("</article>")


def test_the_page_contains_the_article_unchanged() -> None:
    whole = edition()
    site = Site.of(whole)
    for story in whole.items:
        assert PAGES.article(story, site).html in PAGES.story(story, site)


def test_credit_follows_the_caption_in_brackets() -> None:
    html = article(lighthouse(MemoryPictures()))
    text = re.sub(r"<[^>]+>", "", re.findall(r"<figcaption.*?</figcaption>", html)[0])
    assert text == "The lighthouse off Bergen’s harbour at dusk. (Harbour Post/M. Lindqvist)"


def test_a_standfirst_is_under_the_headline_and_announces_the_story() -> None:
    source = MemoryPictures()
    plain, story = lighthouse(source), replace(lighthouse(source), standfirst="It <shines> again.")
    assert "standfirst" not in article(plain)
    assert '</h1>\n<p class="standfirst" dir="auto">It &lt;shines&gt; again.</p>' in article(story)
    page = PAGES.story(item(story), SITE)
    assert '<meta name="description" content="It &lt;shines&gt; again.">' in page
    assert '<meta property="og:description" content="It &lt;shines&gt; again.">' in page
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert data["description"] == "It <shines> again."
    assert data["abstract"] == list(story.key_points)
    card = re.search(r'<p class="summary".*?</p>', PAGES.home([listed(item(story))], SITE))
    assert card is not None
    assert "It &lt;shines&gt; again." in card[0]


def test_the_dateline_runs_into_the_first_paragraph() -> None:
    story = Story(dateline=Dateline("Bergen", "Norway"), body="## First\n\nWords.\n\nMore.")
    blocks = PAGES.article(item(story), SITE).blocks
    assert blocks == (
        "<h2>First</h2>",
        '<p><span class="dateline" dir="auto">Bergen, Norway–</span>Words.</p>',
        "<p>More.</p>",
    )


def test_a_dateline_without_a_paragraph_is_apart() -> None:
    made = PAGES.article(item(Story(dateline=Dateline("Bergen"), body="- One")), SITE)
    assert made.blocks == ("<ul><li>One</li></ul>",)
    assert made.html.count("Bergen") == 1
    assert ">Bergen</span>" in made.html, "no dash that leads on to nothing"


def test_links_to_stories_that_are_not_exported_become_text() -> None:
    story = Story(body="[out](old-lighthouse) and [kept](kept-back)", related=("a", "b", "a"))
    site = Site(
        HOUSE,
        (),
        {"a": "old-lighthouse"},
        {"a": LinkText("Old lighthouse", "en"), "b": LinkText("Secret", "en")},
    )
    html = article(story, site)
    assert '<a href="old-lighthouse.html">out</a> and kept' in html
    assert html.count("Old lighthouse") == 1
    assert "Secret" not in html


def test_links_to_related_stories_say_in_which_language_those_are() -> None:
    site = Site(HOUSE, (), {"a": "manara"}, {"a": LinkText("منارة", "ar")})
    assert '<li lang="ar"><a href="manara.html" dir="auto">منارة</a></li>' in article(
        Story(related=("a",)), site
    )


def test_facts_around_a_headline_are_words_apart_without_a_style_sheet() -> None:
    story = Story(section="world", kicker="Seafaring", bylines=("Ines Vale",), body="Words.")
    text = re.sub(r"<[^>]+>", "", article(story))
    assert "World Seafaring" in text
    assert "By Ines Vale 3 March 2026" in text
    assert "2026 1 minute read" in text


def test_a_decorative_picture_has_an_empty_alt() -> None:
    picture = Picture("a" * 64 + ".jpg", alt="words", decorative=True, width=10, height=10)
    assert 'alt=""' in article(Story(pictures=(picture,)))
    assert 'alt="words"' in article(Story(pictures=(replace(picture, decorative=False),)))


@pytest.mark.parametrize(
    ("language", "direction", "day", "read"),
    [
        ("en", "ltr", "3 March 2026", "1 minute read"),
        ("en-US", "ltr", "March 3, 2026", "1 minute read"),
        ("ar", "rtl", "3 مارس 2026", "قراءة في دقيقة واحدة"),
        ("fr", "ltr", "3 mars 2026", "Lecture 1 min"),
        ("he", "rtl", "3 במרץ 2026", "1 minute read"),
        ("", "ltr", "3 March 2026", "1 minute read"),
        ("x-harbour", "ltr", "3 March 2026", "1 minute read"),
    ],
)
def test_dates_and_direction_follow_the_story(
    language: str, direction: str, day: str, read: str
) -> None:
    html = article(Story(language=language, body="Word."))
    assert f'dir="{direction}"' in html.partition(">")[0]
    assert f">{day}</time>" in html
    assert read in html
    assert "<script" not in html


@pytest.mark.parametrize("language", ["../../x", '"><script>', "e", "--"])
def test_no_language_names_another_file(language: str) -> None:
    assert words(language).language == "en"
    assert words(language).day(parse_instant("2026-03-03T14:02:00Z")) == "3 March 2026"


def test_every_language_has_every_word() -> None:
    folder = resource("templates", "words")
    keys = {
        path.stem: json.loads(path.read_text(encoding="utf-8")).keys()
        for path in folder.glob("*.json")
    }
    assert {"ar", "en"} <= keys.keys()
    assert all(names == keys["en"] for names in keys.values())


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "قراءة في دقيقة واحدة"),
        (2, "قراءة في دقيقتين"),
        (3, "قراءة في 3 دقائق"),
        (11, "قراءة في 11 دقيقة"),
    ],
)
def test_arabic_plural_forms(n: int, said: str) -> None:
    assert words("ar").count("read", n) == said


def test_an_update_is_shown_on_another_day_only() -> None:
    story = Story(body="Word.")
    later = item(story, "2026-03-03T01:00:00Z", "2026-03-03T20:00:00Z")
    assert "Updated" not in PAGES.article(later, SITE).html
    later = item(story, "2026-03-03T01:00:00Z", "2026-03-04T00:00:00Z")
    assert ">Updated 4 March 2026</time>" in PAGES.article(later, SITE).html


def test_names_are_isolated_from_the_direction_around_them() -> None:
    html = article(Story(bylines=("Mara", "", "يوسف", "Tom")))
    names = re.sub("</?a[^>]*>", "", html)
    assert "By <bdi>Mara</bdi>, <bdi>يوسف</bdi> and <bdi>Tom</bdi>" in names


def test_briefs_link_to_stories_with_a_page_only() -> None:
    briefs = (Brief("1", "One", story="a"), Brief("2", "Two", story="b"))
    html = PAGES.home([], Site(HOUSE, briefs, {"a": "alpha"}))
    assert '<a href="stories/alpha.html">One</a>' in html
    assert ">Two</h3>" in html


def test_linked_data_reads_back() -> None:
    story = Story(headline="</script><script>alert(1)//", slug="x", bylines=("Mara",))
    html = PAGES.story(item(story), SITE)
    block = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0]
    value = json.loads(block)
    assert value["headline"] == story.headline
    assert value["url"] == "https://harbourpost.example/stories/x.html"
    assert "image" not in value


def test_without_an_address_there_are_no_absolute_links() -> None:
    html = PAGES.story(item(lighthouse(MemoryPictures())), Site(replace(HOUSE, url="")))
    assert "http" not in re.sub(r"https://schema.org|https://board.example\S*|http-equiv", "", html)


def test_every_date_is_the_day_in_the_papers_zone() -> None:
    half_past_one = "2026-03-04T01:30:00Z"
    story = Story(
        id="a", slug="a", headline="A", corrections=(Correction("It was 40.", half_past_one),)
    )
    late = replace(item(story), published=half_past_one, updated=half_past_one)
    site = Site(replace(HOUSE, timezone="America/New_York"), what_if=parse_instant(half_past_one))
    page = PAGES.story(late, site)
    assert f'<time class="published" datetime="{half_past_one}">3 March 2026</time>' in page
    assert f'<time datetime="{half_past_one}">3 March 2026</time>' in page, "the correction"
    assert "3 March 2026, 20:30 EST" in page
    assert "4 March" not in page + PAGES.home([listed(late)], site) + PAGES.body(late, site)
    assert "4 March 2026" in PAGES.story(late, Site(HOUSE))


def test_no_update_is_shown_on_the_day_of_publication_there() -> None:
    story = replace(
        item(Story(slug="a", headline="A")),
        published="2026-03-04T01:30:00Z",
        updated="2026-03-04T06:00:00Z",
    )
    new_york = Site(replace(HOUSE, timezone="America/New_York"))
    assert "Updated 4 March 2026" in PAGES.article(story, new_york).html
    assert "Updated" not in PAGES.article(story, SITE).html


def test_blank_key_point_leaves_no_empty_line_and_no_empty_summary() -> None:
    story = Story(
        slug="a",
        headline="A",
        kicker="\u200b",
        standfirst=" ",
        key_points=("", "It opens.", " "),
        bylines=("", "Ann Lee"),
        pictures=(Picture(caption=" ", credit=" "),),
        body="Words.",
    )
    page = PAGES.story(item(story), SITE)
    assert page.count("<li><bdi>") == 1
    assert '<meta name="description" content="It opens.">' in page
    assert "kicker" not in page
    assert "<figcaption" not in page
    assert 'class="standfirst"' not in page
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert (data["abstract"], [author["name"] for author in data["author"]]) == (
        ["It opens."],
        ["Ann Lee"],
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("AFP", "(AFP)"),
        ("(AFP)", "(AFP)"),
        (" ((AFP)) ", "(AFP)"),
        ("（共同）", "(共同)"),
        ("(AFP) and (Reuters)", "((AFP) and (Reuters))"),
        ("Jo Ek (AFP)", "(Jo Ek (AFP))"),
    ],
)
def test_credit_typed_in_brackets_is_in_one_pair(typed: str, shown: str) -> None:
    html = article(Story(pictures=(Picture(caption="Dawn.", credit=typed),)))
    assert f'<bdi class="credit">{shown}</bdi>' in html


@pytest.mark.parametrize(
    ("names", "language", "shown"),
    [
        (("Ann Lee", "Bo Ek"), "en", "Ann Lee and Bo Ek"),
        (("Ann Lee, Harbour Post",), "en", "Ann Lee, Harbour Post"),
        (
            ("Martin King, Jr.", "Ann Lee, Harbour Post"),
            "en",
            "Martin King, Jr.; Ann Lee, Harbour Post",
        ),
        (("منى", "سامي", "ليلى"), "ar", "منى وسامي وليلى"),
        (("منى، القاهرة", "سامي"), "ar", "منى، القاهرة؛ سامي"),
        (("An", "Bo", "Cid"), "fr", "An, Bo et Cid"),
    ],
)
def test_bylines_are_joined_as_their_language_does(
    names: tuple[str, ...], language: str, shown: str
) -> None:
    joined = re.sub(r"</?bdi>", "", words(language).names(names))
    assert joined == shown


class ReadAtOnce(DocumentCache):
    """Reads each body at once and from nothing, whatever was read before."""

    def of(self, body: str) -> Document:
        return Document.of((Parser().read(body),))


@settings(deadline=None, max_examples=40)
@given(documents.typed)
def test_pages_of_a_typed_text_are_those_of_the_text_read_at_once(texts: list[str]) -> None:
    """What the preview shows after any edits, and what an export of them writes."""
    typed = WholePages()
    site = Site(HOUSE, slugs={"other": "b-c"})
    for text in texts:
        story = Story(id="s1", slug="ferry", headline="Ferry", section="world", body=text)
        made, fresh = item(story), WholePages(ReadAtOnce())
        assert typed.article(made, site) == fresh.article(made, site)
        assert typed.story(made, site) == fresh.story(made, site)
        assert typed.body(made, site) == fresh.body(made, site)
        assert typed.home([listed(made)], site) == fresh.home([listed(made)], site)
        bodies = [pages.pages.bodies.of("", story) for pages in (typed, fresh)]
        assert bodies[0] == bodies[1]


@pytest.mark.parametrize(
    ("choice", "value"), [(AiUse.ALLOW, "0"), (AiUse.NO_TRAINING, "1"), (AiUse.NONE, "1")]
)
def test_page_says_whether_mining_is_reserved(choice: AiUse, value: str) -> None:
    house = replace(HOUSE, ai_use=choice, licence="https://harbourpost.example/terms?a=1&b=2")
    page = PAGES.home((), Site(house))
    assert f'<meta name="tdm-reservation" content="{value}">' in page
    terms = '<meta name="tdm-policy" content="https://harbourpost.example/terms?a=1&amp;b=2">'
    assert (terms in page) is (choice is not AiUse.ALLOW)


def test_correction_is_marked_beside_the_date_and_leads_to_its_note() -> None:
    notes = (
        Correction("It was 40.", "2026-03-03T09:00:00Z"),
        Correction("It was 50.", "2026-03-05T09:00:00Z"),
    )
    story = Story(body="Word.", corrections=notes)
    html = article_at(story, "2026-03-02T09:00:00Z", "2026-03-05T10:00:00Z")
    mark = '<time datetime="2026-03-05T09:00:00Z">Corrected 5 March 2026</time>'
    assert f'<a href="#correction-2">{mark}</a>' in html
    assert "Updated" not in html, "the correction is that update"
    assert 'id="correction-2"' in html
    later = article_at(story, "2026-03-02T09:00:00Z", "2026-03-06T10:00:00Z")
    assert ">Updated 6 March 2026</time>" in later


def article_at(story: Story, published: str, updated: str) -> str:
    return PAGES.article(item(story, published, updated), SITE).html


def test_names_subjects_and_keywords_lead_to_lists_in_the_language_of_the_story() -> None:
    story = Story(
        language="ar",
        bylines=("Mara Lindqvist", "!"),
        subjects=("medtop:20000002", "medtop:nothing"),
        keywords=("a & b", "قناة"),
        section="world",
    )
    html = article(story)
    assert '<a rel="author" href="../ar/authors/mara-lindqvist.html"><bdi>Mara Lindqvist' in html
    assert "و<bdi>!</bdi>" in html
    assert re.findall(r'<a href="(../ar/subjects/[^"]+)"', html) == ["../ar/subjects/20000002.html"]
    assert 'href="../ar/search.html?q=a%20%26%20b"' in html
    assert '<a class="section" href="../ar/sections/world.html" lang="en"' in html
    assert 'class="tags"' not in article(Story(body="Word."))


def test_story_is_shared_by_plain_links_where_the_paper_has_an_address() -> None:
    story = Story(slug="x", headline="5 & 6 <b>?", section="world")
    page = PAGES.story(item(story), SITE)
    subject = "5%20%26%206%20%3Cb%3E%3F%20%C2%B7%20Harbour%20Post"
    body = "https%3A//harbourpost.example/stories/x.html"
    assert f'href="mailto:?subject={subject}&amp;body={body}"' in page
    assert ">https://harbourpost.example/stories/x.html</span>" in page
    assert 'class="share"' not in PAGES.story(item(story), Site(replace(HOUSE, url="")))


def test_story_says_where_it_is_and_whose_it_is() -> None:
    house = replace(HOUSE, rights="© {year} Harbour Post", timezone="America/New_York")
    page = PAGES.story(
        item(Story(slug="x", headline="X", section="world"), "2026-01-01T02:00:00Z"),
        Site(house, year=2027),
    )
    crumbs = page.partition('<nav class="crumbs"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', crumbs) == ["../index.html", "../sections/world.html"]
    assert re.findall(r'<p class="rights"><bdi[^>]*>([^<]+)', page) == ["© 2025 Harbour Post"]
    home = PAGES.home([], Site(house, year=2027))
    assert re.findall(r'<p class="rights"><bdi[^>]*>([^<]+)', home) == ["© 2027 Harbour Post"]
