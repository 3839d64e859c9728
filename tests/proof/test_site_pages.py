"""All pages with lists: what is in them, and that what goes into each is told before."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from editor.core.brief import Banner
from editor.core.edition import Edition
from editor.core.house import House, Section
from editor.core.listing import Listing
from editor.core.people import Person, Role
from editor.core.publisher import Digits, PolicyKind, PublishedPolicy
from editor.core.story import Correction, Picture
from editor.core.times import instant_text
from editor.proof.frame import Frames
from editor.proof.planned import PlannedPage
from editor.proof.site import Site
from editor.proof.site_pages import LIST_STORIES, site_pages
from editor.proof.theme import shipped_theme
from tests.editions import MemoryTexts
from tests.formats.site.edition import AT, HOUSE, MemoryPictures, edition
from tests.proof.attacks import OWN

ONE = edition().listings[0]


def listing(number: int, **change: Any) -> Listing:
    """A story, each some hours older than the one before."""
    at = instant_text(AT - timedelta(hours=7 * number))
    values = {
        "id": f"id{number}",
        "slug": f"story-{number}",
        "hash": f"{number:064x}",
        "headline": f"Headline {number}",
        "section": HOUSE.sections[number % 3].slug,
        "bylines": (f"Author {number % 3}",),
        "subjects": ("medtop:20000002",),
        "corrections": (),
        "published": at,
        "updated": at,
        "related": (),
        "links": (),
    }
    return replace(ONE, **{**values, **change})


def edition_with(listings: Iterable[Listing], house: House = HOUSE) -> Edition:
    return Edition(house, tuple(listings), Banner(), MemoryTexts(()), MemoryPictures(), AT)


def planned(
    listings: Iterable[Listing], house: House = HOUSE, front: tuple[str, ...] = (), **site: Any
) -> dict[str, PlannedPage]:
    made = edition_with(listings, house)
    pages = list(site_pages(replace(Site.of(made), **site), made.listings, front))
    assert len({page.path for page in pages}) == len(pages)
    return {page.path: page for page in pages}


def inside(page: PlannedPage) -> str:
    made = page.make()
    assert made.page == page.page
    return made.inside.main


def rows(page: PlannedPage) -> list[str]:
    return re.findall(r'class="headline" href="[./]*stories/([\w-]+)\.html"', inside(page))


def test_hostile_texts_are_text_in_every_list() -> None:
    text = " ".join(OWN)
    house = replace(HOUSE, about=text, policies=(PublishedPolicy(PolicyKind.ETHICS, text),))
    corrections = (Correction(text, ONE.published),)
    bad = listing(1, headline=text, kicker=text, bylines=OWN, keywords=OWN, corrections=corrections)
    site = Site.of(edition_with([bad], house))
    frames = Frames(shipped_theme(), site)
    for page in site_pages(site, [bad]):
        html = frames.html(page.make())
        assert "<script>" not in html, page.path
        assert not re.search(r"<(?:img|svg|iframe)\b[^>]*\son", html), page.path


@pytest.mark.parametrize("code", ["", "medtop:0", "medtop:../../x", "../x", "subject:1"])
def test_subject_that_is_no_topic_has_no_page(code: str) -> None:
    pages = planned([listing(1, subjects=(code,))])
    assert not [path for path in pages if path.startswith("subjects/")]


def test_empty_paper_has_every_page_that_frames_lead_to() -> None:
    pages = planned([])
    assert set(pages) == {
        *("index.html", "archive.html", "corrections.html", "search.html", "404.html"),
        *(f"sections/{section.slug}.html" for section in HOUSE.sections),
    }
    for path in ("index.html", "archive.html", "sections/world.html"):
        assert "No stories yet." in inside(pages[path])
    assert "No corrections yet." in inside(pages["corrections.html"])


def test_archive_counts_the_stories_of_each_month_in_the_papers_zone() -> None:
    times = (
        "2026-03-01T00:30:00Z",
        "2026-02-28T23:30:00Z",
        "2026-02-28T22:30:00Z",
        "2025-12-31T12:00:00Z",
    )
    listings = [listing(i, published=at, updated=at) for i, at in enumerate(times)]
    pages = planned(listings, replace(HOUSE, timezone="Europe/Oslo"))
    archive = inside(pages["archive.html"])
    assert re.findall(
        r'href="(archive/[^"]+)">([^<]+)</a> <span class="count">([^<]+)<', archive
    ) == [
        ("archive/2026-03.html", "March 2026", "2 stories"),
        ("archive/2026-02.html", "February 2026", "1 story"),
        ("archive/2025-12.html", "December 2025", "1 story"),
    ]
    assert re.findall(r'<h2 id="year-\d+">(\d+)<', archive) == ["2026", "2025"]
    assert rows(pages["archive/2026-03.html"]) == ["story-0", "story-1"]


def test_update_leaves_a_story_in_the_month_of_its_publication() -> None:
    old = listing(200)
    pages = planned([replace(old, updated=ONE.updated)])
    assert rows(pages[f"archive/{old.published[:7]}.html"]) == ["story-200"]
    assert pages["archive.html"].updated == ONE.updated


def with_picture(number: int, width: int, height: int) -> Listing:
    picture = Picture(f"{number:064x}.jpg", width=width, height=height, alt="A ferry")
    return listing(number, pictures=(picture,))


@pytest.mark.parametrize(("width", "height"), [(0, 0), (500, 333), (1600, 300)])
def test_home_without_a_large_lead_picture_has_the_other_stories_beside_the_newest(
    width: int, height: int
) -> None:
    lead = with_picture(0, width, height) if width else listing(0, pictures=())
    html = inside(planned([lead, *(listing(i) for i in range(1, 20))])["index.html"])
    first, latest, rest = re.split(r"(?=<section)", html, maxsplit=2)
    cards = re.findall(r'<article class="card ([^"]+)"', first)
    assert cards == ["lead small" if width else "lead", *["row"] * 4]
    assert 'class="latest"' in latest
    assert "tops" not in html
    assert "card lead" not in rest


def test_home_with_a_large_lead_picture_has_the_other_stories_below() -> None:
    html = inside(planned([with_picture(0, 1200, 800), *map(listing, range(1, 20))])["index.html"])
    assert re.findall(r'<article class="card (\w[^"]*)"', html)[:5] == ["lead", *["tile"] * 4]
    assert html.index('class="latest"') < html.index('class="grid tops"')


def test_section_is_led_by_one_story_and_pairs_and_by_no_small_picture_enlarged() -> None:
    stories = [listing(i, section="sport") for i in range(1, 30)]
    small = replace(with_picture(0, 500, 333), section="sport")
    html = inside(planned([small, *stories])["sections/sport.html"])
    cards = re.findall(r'<article class="card (\w[^"]*)"', html)
    assert cards[0] == "row top small"
    assert len(cards[1:]) % 2 == 0
    large = replace(with_picture(0, 1200, 800), section="sport")
    html = inside(planned([large, *stories])["sections/sport.html"])
    assert '<article class="card row top"' in html


@pytest.mark.parametrize("count", [10, 11, 60])
def test_masthead_names_few_of_many_sections_and_leads_to_all(count: int) -> None:
    sections = tuple(Section(f"part-{i}", f"Part {i}") for i in range(count))
    house = replace(HOUSE, sections=sections)
    stories = [listing(1, section=f"part-{count - 1}")]
    site = Site.of(edition_with(stories, house))
    frames = Frames(shipped_theme(), site)
    pages = {page.path: frames.html(page.make()) for page in site_pages(site, stories)}
    address = re.compile(r'<a href="[./]*sections/part-(\d+)\.html"')
    for path, current in (("index.html", None), (f"sections/part-{count - 1}.html", count - 1)):
        head, _, foot = pages[path].partition("</header>")
        every = [str(number) for number in range(count)]
        assert address.findall(foot.partition('<footer class="colophon">')[2]) == every
        leads = '<a class="all" href="#sections">All sections</a>' in head
        assert leads is (count > 10)
        assert (' id="sections"' in foot) is leads
        if leads:
            every = every[:8] if current is None else [*every[:8], str(current)]
        assert address.findall(head) == every
        assert head.count("aria-current") == (current is not None)


def test_long_lists_are_numbered_from_the_oldest() -> None:
    listings = [listing(i, section="sport", bylines=("Mara",)) for i in range(2 * LIST_STORIES + 1)]
    pages = planned(listings)
    for path in ("authors/mara", "subjects/20000002", "sections/sport"):
        assert rows(pages[f"{path}/1.html"]) == [f"story-{i}" for i in range(51, 101)]
        assert f"{path}/2.html" not in pages
        newest = inside(pages[f"{path}.html"])
        assert 'rel="next" href="../' + path + '/1.html"' in newest
        assert all(f"stories/story-{i}.html" in newest for i in range(51))
        assert 'rel="prev" href="../../' + path + '.html"' in inside(pages[f"{path}/1.html"])


def test_author_page_has_the_stories_of_the_name_however_it_is_spelled() -> None:
    listings = [
        listing(1, bylines=("Mara Lindqvist", "Tom")),
        listing(2, bylines=("MARA LINDQVIST",)),
        listing(3, bylines=("Mára Lindqvist",)),
    ]
    pages = planned(listings)
    assert rows(pages["authors/mara-lindqvist.html"]) == ["story-1", "story-2"]
    assert "<bdi>Mara Lindqvist</bdi>" in inside(pages["authors/mara-lindqvist.html"])
    [other] = [path for path in pages if re.match(r"authors/mara-lindqvist-\w+\.html", path)]
    assert rows(pages[other]) == ["story-3"]


def test_subjects_are_named_in_the_language_of_the_page() -> None:
    pages = planned([listing(1), listing(2, language="ar"), listing(3, language="tr")])
    names = [
        re.findall(
            r"<h1[^>]*><bdi([^>]*)>([^<]+)<", inside(pages[f"{prefix}subjects/20000002.html"])
        )[0]
        for prefix in ("", "ar/", "tr/")
    ]
    assert names[0] == ("", "Arts and entertainment")
    assert names[1][0] == ""
    assert names[2] == (' lang="en"', "Arts and entertainment")


def test_corrections_are_listed_newest_first_and_lead_to_their_place() -> None:
    first, second = "2026-03-01T09:00:00Z", "2026-03-03T09:00:00Z"
    pages = planned(
        [
            listing(1, corrections=(Correction("One.", first), Correction("Three.", second))),
            listing(2, corrections=(Correction("Two.", "2026-03-02T09:00:00Z"),)),
        ]
    )
    html = inside(pages["corrections.html"])
    assert re.findall(r'class="text" dir="auto">(\w+)\.', html) == ["Three", "Two", "One"]
    assert re.findall(r'href="(stories/[^"]+)"', html) == [
        "stories/story-1.html#correction-2",
        "stories/story-2.html#correction-1",
        "stories/story-1.html#correction-1",
    ]
    assert pages["corrections.html"].updated == second


def test_long_list_of_corrections_has_pages() -> None:
    many = tuple(
        Correction(f"{i}.", f"2026-03-01T{i // 60:02}:{i % 60:02}:00Z") for i in range(100)
    )
    pages = planned([listing(1, corrections=many)])
    assert inside(pages["corrections.html"]).count('class="text"') == 50
    assert inside(pages["corrections/1.html"]).count('class="text"') == 50


def test_page_about_the_paper_says_what_the_house_says() -> None:
    house = replace(
        HOUSE,
        about="Since *1911*. See [it](story-1) and [nothing](gone).",
        contact="desk@paper.example",
        founded=1911,
        policies=(
            PublishedPolicy(PolicyKind.CORRECTIONS, "At **once**."),
            PublishedPolicy(PolicyKind.ETHICS, "https://paper.example/ethics"),
        ),
    )
    people = (Person("Ana", Role.JOURNALIST), Person("Bo", Role.CHIEF))
    pages = planned([listing(1)], house)
    html = inside(pages["about.html"])
    assert 'Since <em>1911</em>. See <a href="stories/story-1.html">it</a> and nothing.' in html
    assert 'href="mailto:desk@paper.example"' in html
    assert '<section class="policy" id="corrections-policy"' in html
    assert "<p>At <strong>once</strong>.</p>" in html
    assert '<a href="https://paper.example/ethics">' in html
    assert "Ana" not in html
    shown = inside(planned([listing(1)], house, people=people)["about.html"])
    assert re.findall(r"<dt>(.*?)</dt><dd><bdi>(\w+)", shown) == [
        ("Editors-in-chief", "Bo"),
        ("Journalists", "Ana"),
    ]
    assert 'id="masthead"' in shown, "where the paper's description for machines leads"
    assert "about.html#corrections-policy" in inside(pages["corrections.html"])


def test_paper_that_says_nothing_of_itself_has_no_page_about_it() -> None:
    assert "about.html" not in planned([listing(1)])


def test_languages_have_a_tree_each_that_names_the_others() -> None:
    pages = planned([listing(1), listing(2, language="ar", section="sport")])
    assert rows(pages["ar/archive/2026-03.html"]) == ["story-2"]
    assert "ar/sections/world.html" not in pages
    assert pages["ar/sections/sport.html"].page.home == "../../ar/"
    links = {
        path: re.findall(r'hreflang="([^"]+)" href="([^"]+)"', pages[path].make().inside.head)
        for path in ("index.html", "ar/index.html", "ar/sections/sport.html", "sections/world.html")
    }
    assert links["index.html"] == links["ar/index.html"]
    assert ("ar", f"{HOUSE.url}ar/") in links["index.html"]
    assert ("x-default", HOUSE.url) in links["index.html"]
    assert ("en", f"{HOUSE.url}sections/sport.html") in links["ar/sections/sport.html"]
    assert links["sections/world.html"] == []


def test_native_digits_are_in_lists() -> None:
    house = replace(HOUSE, language="ar", digits=Digits.NATIVE)
    html = inside(planned([listing(1, language="ar")], house)["archive.html"])
    assert "مارس ٢٠٢٦" in html
    assert not re.search(r">[^<]*\d[^<]*<", re.sub(r"[٠-٩]", "", html))


def test_new_story_changes_the_newest_page_of_a_list_alone() -> None:
    # So that no newest page becomes full: then a page more begins.
    listings = [listing(i) for i in range(1, 320)]
    before = planned(listings)
    after = planned([listing(0), *listings])
    changed = {path for path in before if before[path].inputs != after[path].inputs}
    assert before.keys() == after.keys()
    assert changed == {
        *("index.html", "archive.html", "archive/2026-03.html", "sections/world.html"),
        *("authors/author-0.html", "subjects/20000002.html"),
    }


CHANGES: tuple[dict[str, Any], ...] = (
    {"headline": "Another", "hash": "a" * 64},
    {"section": "sport", "hash": "b" * 64},
    {"language": "ar", "hash": "c" * 64},
    {"bylines": ("AUTHOR 1", "Ny"), "hash": "d" * 64},
    {"subjects": ("medtop:04000000",), "hash": "e" * 64},
    {"slug": "elsewhere", "kicker": "Now", "summary": "More.", "hash": "f" * 64},
    {"corrections": (Correction("It was 4.", ONE.published),), "hash": "0a" * 32},
    {"pictures": (), "words": 5_000, "hash": "0b" * 32},
    {"updated": "2026-03-04T05:30:00Z", "version": 2},
    {"published": "2025-11-02T05:30:00Z"},
)


@pytest.mark.parametrize("seed", range(12))
def test_pages_of_equal_inputs_are_equal_whatever_changes(seed: int) -> None:
    chosen = random.Random(seed)
    count = chosen.choice((3, 14, 101, 150))
    listings = [listing(i) for i in range(count)]
    front: tuple[str, ...] = ("id2", "id1")
    house = replace(HOUSE, about="See [it](story-1).", timezone="Europe/Oslo")
    before = planned(listings, house, front)
    for _turn in range(6):
        place = chosen.randrange(len(listings))
        match chosen.randrange(4):
            case 0:
                del listings[place]
            case 1:
                number = 1_000 + _turn
                listings.insert(place, listing(place, id=f"id{number}", slug=f"story-{number}"))
            case _:
                listings[place] = replace(listings[place], **chosen.choice(CHANGES))
        front = tuple(chosen.sample(("id0", "id1", "id2", "id3"), 2))
        after = planned(listings, house, front)
        for path in before.keys() & after.keys():
            if before[path].inputs == after[path].inputs:
                assert before[path].page == after[path].page
                assert before[path].make() == after[path].make(), path
        before = after


def test_each_row_is_made_once_for_all_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    template = shipped_theme().templates.get_template("rows.html").module
    made: list[str] = []
    row = vars(template)["row"]

    def counted(story: Listing, *values: Any) -> str:
        made.append(story.id)
        return str(row(story, *values))

    monkeypatch.setitem(vars(template), "row", counted)
    for page in planned([listing(i) for i in range(120)]).values():
        page.make()
    assert len(made) == len(set(made)) == 120
