"""Import of a newspaper's page: the seed, and other pages of its shape."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.dateline import SEED_TEMPLATE, Dateline, render_dateline
from editor.errors import UnreadableText
from editor.formats.base import Incoming
from editor.formats.importers import read_incoming
from editor.formats.wire.noise import byline_names
from editor.text.plain import plain_text
from tests.formats.wire.wire_copy import FIRST, HEADLINE, SECOND, read_story

BRIEFS = (
    (
        "Marlin Ferries orders 4 electric ships",
        "The first should sail from the outer quay next spring.",
    ),
    ("Tidewater sells its rope works for $31.5m", "The buyer said all 86 jobs would stay."),
    ("Norrby to Seacliff for $1.4 bn", "The deal joins the two oldest chandlers on the coast."),
    ("Will the herring come back?", "Skippers saw the first shoals in nine years."),
    ("Eastmark Bank nets 212m in first quarter", "Fees grew faster than loans, the bank said."),
    ("Fog closes airport", "Flights resumed at noon."),
    ("Osprey Drilling wins 3-year contract", "Two rigs will move north in the autumn."),
)

PARAGRAPHS = (
    "Ada Lind and Omar Haddad talked about opening the old harbour to swimmers, "
    "port news agencies quoted Lind’s office as saying.",
    "The mayor and the harbour master met on Tuesday at a boathouse on the outer quay.",
    "“If the water is clean enough, a child can be taught to swim there,” the office said.",
    "If that were to happen, it would be the first time since 1931.",
    "Haddad “shows great patience (and a liking for) cold water”, Lind said.",
)

POINTS = (
    "The mayor and the harbour master met on Tuesday at a boathouse",
    'Lind said Haddad showed "great patience and a liking for cold water"',
)

CAPTION = "Harbour master Omar Haddad (C) speaks at the boathouse in Port Sorrel’s old dock."


@dataclass(frozen=True)
class Page:
    """What a page shows, from top to bottom."""

    chrome: tuple[str, ...] = ("Search Site", "Trends banner")
    briefs: tuple[tuple[str, str], ...] = BRIEFS[:5]
    headline: str = "Mayor Lind and Omar Haddad discuss opening the old harbour to swimmers"
    under: tuple[str, ...] = (CAPTION + " (AFP)",)
    points: tuple[str, ...] = POINTS
    bullet: str = "  • "
    dateline: str = "Port Sorrel, Norway–"
    paragraphs: tuple[str, ...] = PARAGRAPHS
    below: tuple[str, ...] = ()
    gap: str = "\n\n"
    ends: str = "\n"

    def text(self) -> str:
        """The page as copied from a browser."""
        first, *others = self.paragraphs
        pairs = [line for pair in self.briefs for line in pair]
        bullets = ["\n".join(self.bullet + point for point in self.points)] if self.points else []
        blocks = [
            *self.chrome,
            *pairs,
            self.headline,
            *self.under,
            *bullets,
            self.dateline + first,
            *others,
            *self.below,
        ]
        return self.gap.join(block for block in blocks if block).replace("\n", self.ends)


PAGE = Page()


def taken(page: Page) -> Incoming:
    return read_incoming(page.text().encode(), "page.txt")


def expect_page(incoming: Incoming, page: Page) -> None:
    """Everything of the page is in its field, and nothing else is."""
    (story,) = incoming.stories
    assert [(brief.title, brief.summary) for brief in incoming.briefs] == list(page.briefs)
    assert story.headline == page.headline
    assert story.key_points == page.points
    assert story.body.split("\n\n") == list(page.paragraphs)
    assert set(incoming.ignored) == {*page.chrome, *page.below}


def test_seed_gives_the_expected_story(shared: Path) -> None:
    (source,) = (shared / "seed").glob("*.txt")
    expected = json.loads((shared / "seed/expected.json").read_text())
    incoming = read_incoming(source.read_bytes(), source.name)
    (story,) = incoming.stories
    (picture,) = story.pictures
    wanted = expected["story"]
    paragraphs = story.body.split("\n\n")
    assert list(incoming.ignored) == expected["ignored"]
    assert [{"title": b.title, "summary": b.summary} for b in incoming.briefs] == expected["briefs"]
    assert story.headline == wanted["headline"]
    assert {"caption": picture.caption, "credit": picture.credit} == wanted["picture"]
    assert list(story.key_points) == wanted["key_points"]
    assert story.dateline == Dateline(city="Moscow", country="Russia")
    assert render_dateline(story.dateline, SEED_TEMPLATE) == wanted["dateline"]["rendered"]
    assert len(paragraphs) == wanted["body_paragraphs"]
    assert (paragraphs[0], paragraphs[-1]) == (wanted["body_first"], wanted["body_last"])
    assert incoming.problems == ()


def test_whole_page_is_imported_field_by_field() -> None:
    incoming = taken(PAGE)
    expect_page(incoming, PAGE)
    (story,) = incoming.stories
    assert story.dateline == Dateline(city="Port Sorrel", country="Norway")
    assert [(p.caption, p.credit) for p in story.pictures] == [(CAPTION, "AFP")]
    assert (story.language, story.section, incoming.problems) == ("en", "", ())


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(replace(PAGE, briefs=BRIEFS[:3]), id="three briefs"),
        pytest.param(replace(PAGE, briefs=BRIEFS), id="seven briefs"),
        pytest.param(replace(PAGE, briefs=()), id="no briefs"),
        pytest.param(replace(PAGE, chrome=("Search", "Menu", "Sign in", "Latest")), id="labels"),
        pytest.param(
            replace(PAGE, chrome=("Skip to content", "Menu", "Subscribe", "Trending")), id="skip"
        ),
        pytest.param(
            replace(PAGE, chrome=("Skip to main content", "Sign in"), briefs=()),
            id="chrome right above the headline",
        ),
        pytest.param(replace(PAGE, chrome=()), id="no chrome"),
        pytest.param(replace(PAGE, points=()), id="no key points"),
        pytest.param(replace(PAGE, under=()), id="no picture"),
        pytest.param(replace(PAGE, under=(), points=()), id="neither picture nor points"),
        pytest.param(replace(PAGE, ends="\r\n"), id="Windows line ends"),
        pytest.param(replace(PAGE, ends="\r"), id="old Mac line ends"),
        pytest.param(replace(PAGE, gap="\n"), id="no blank lines"),
        pytest.param(replace(PAGE, gap="\n \t\n\n"), id="blank lines that are not empty"),
        pytest.param(replace(PAGE, bullet="\t•\t"), id="tabs"),
        pytest.param(replace(PAGE, bullet="- "), id="hyphens"),
        pytest.param(replace(PAGE, bullet="* "), id="asterisks"),
        pytest.param(replace(PAGE, bullet="    – "), id="dashes"),
        pytest.param(replace(PAGE, dateline="PORT SORREL (AFP) — "), id="agency dateline"),
        pytest.param(replace(PAGE, dateline="PORT SORREL, March 3 (Reuters) - "), id="dated"),
        pytest.param(replace(PAGE, dateline="Port Sorrel–"), id="a city alone"),
        pytest.param(replace(PAGE, below=("Read more", "Share")), id="labels below"),
        pytest.param(
            replace(PAGE, headline="Should the old harbour be opened to swimmers this summer?"),
            id="a question",
        ),
        pytest.param(replace(PAGE, headline="Old harbour opens"), id="a short headline"),
        pytest.param(
            replace(PAGE, briefs=(("Norrby Co. buys Seacliff Inc.", "It paid $3."), *BRIEFS)),
            id="a title with a full stop",
        ),
        pytest.param(replace(PAGE, headline="The harbour opens again."), id="so has the headline"),
    ],
)
def test_pages_of_other_shapes(page: Page) -> None:
    expect_page(taken(page), page)


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        (CAPTION, CAPTION, ""),
        (CAPTION + " (AFP)", CAPTION, "AFP"),
        (CAPTION + " (Photo: Jane Doe/Reuters)", CAPTION, "Photo: Jane Doe/Reuters"),
        (CAPTION + " [Mia Berg/Harbour Post]", CAPTION, "Mia Berg/Harbour Post"),
        ("Omar Haddad at the boathouse on Tuesday (AP Photo)", None, "AP Photo"),
        (
            "Omar Haddad at the boathouse (L) on Tuesday",
            "Omar Haddad at the boathouse (L) on Tuesday",
            "",
        ),
        ("The boathouse (built in the hard winter of that year).", None, ""),
    ],
)
def test_captions_and_credits(line: str, caption: str | None, credit: str) -> None:
    incoming = taken(replace(PAGE, under=(line,)))
    expect_page(incoming, replace(PAGE, under=(line,)))
    (picture,) = incoming.stories[0].pictures
    assert picture.credit == credit
    assert picture.caption == (caption or line.removesuffix(" (AP Photo)"))


def test_credit_on_its_own_line() -> None:
    page = replace(PAGE, under=(CAPTION, "Photo: Jane Doe/Reuters"))
    incoming = taken(page)
    expect_page(incoming, page)
    assert incoming.stories[0].pictures[0].credit == "Photo: Jane Doe/Reuters"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Martin King, Jr.", ("Martin King, Jr.",)),
        ("By Ann Lee, Harbour Post", ("Ann Lee, Harbour Post",)),
        ("By Martin King, Jr. and Ann Lee", ("Martin King, Jr.", "Ann Lee")),
        ("By Ann Lee, Bo Ek and Cid Mo", ("Ann Lee", "Bo Ek", "Cid Mo")),
        ("By Ann Lee, Bo Ek, and Cid Mo", ("Ann Lee", "Bo Ek", "Cid Mo")),
        ("By Ann Lee; Bo Ek", ("Ann Lee", "Bo Ek")),
        ("بقلم منى حداد، القاهرة", ("منى حداد، القاهرة",)),
        ("By the time they came", ()),
    ],
)
def test_comma_belongs_to_a_name_unless_a_list_ends_in_and(
    line: str, names: tuple[str, ...]
) -> None:
    assert byline_names(line) == names


def test_bylines_and_times_are_not_headlines() -> None:
    page = replace(
        PAGE, under=("By Mia Berg and Ali Hassan", "Published 3 March 2026, 14:02", CAPTION)
    )
    incoming = taken(page)
    (story,) = incoming.stories
    assert story.headline == PAGE.headline
    assert story.bylines == ("Mia Berg", "Ali Hassan")
    assert story.pictures[0].caption == CAPTION
    assert incoming.ignored == (*PAGE.chrome, "Published 3 March 2026, 14:02")


@pytest.mark.parametrize("briefs", [BRIEFS[:5], ()])
def test_page_without_a_dateline_reports_it(briefs: tuple[tuple[str, str], ...]) -> None:
    page = replace(PAGE, dateline="", briefs=briefs)
    incoming = taken(page)
    expect_page(incoming, page)
    assert incoming.stories[0].dateline.is_empty
    assert [p.sentence for p in incoming.problems] == ["No dateline was found."]


def test_crossheads_do_not_become_briefs() -> None:
    text = "\n\n".join(
        ("Old harbour opens to swimmers at last", PARAGRAPHS[1], "Cold water", *PARAGRAPHS[2:])
    )
    incoming = read_incoming(text.encode(), "page.txt")
    assert incoming.briefs == ()
    assert incoming.stories[0].body.split("\n\n") == [PARAGRAPHS[1], "Cold water", *PARAGRAPHS[2:]]


ARABIC = Page(
    chrome=("بحث", "الأكثر قراءة"),
    briefs=(
        ("شركة العبّارات تطلب أربع سفن", "قالت الشركة إن السفينة الأولى ستبحر في الربيع."),
        ("المصرف الشرقي يربح 212 مليونا", "نمت الرسوم أسرع من القروض."),
    ),
    headline="رئيسة البلدية تبحث فتح المرفأ القديم أمام السباحين",
    under=("مدير المرفأ يتحدث في بيت القوارب القديم. (أ ف ب)",),
    points=("اجتمع الاثنان يوم الثلاثاء في بيت القوارب", "قالت إن المياه نظيفة بما يكفي"),
    dateline="القاهرة، مصر–",
    paragraphs=(
        "بحثت رئيسة البلدية ومدير المرفأ فتح المرفأ القديم أمام السباحين، بحسب ما قال مكتبها.",
        "وقالت: «إذا كانت المياه نظيفة بما يكفي، يمكن أن يتعلم الأطفال السباحة هناك».",
    ),
)


@pytest.mark.parametrize(
    ("dateline", "wanted"),
    [
        ("القاهرة، مصر–", Dateline(city="القاهرة", country="مصر")),
        ("القاهرة (وكالة) - ", Dateline(city="القاهرة", agency="وكالة")),
        ("عمّان، 3 آذار (بترا) -- ", Dateline(city="عمّان", date="--03-03", agency="بترا")),
        ("بيروت، ٣ مارس (رويترز) – ", Dateline(city="بيروت", date="--03-03", agency="رويترز")),
        ("الرياض – ", Dateline(city="الرياض")),
    ],
)
def test_arabic_page(dateline: str, wanted: Dateline) -> None:
    page = replace(ARABIC, dateline=dateline)
    incoming = taken(page)
    expect_page(incoming, page)
    (story,) = incoming.stories
    assert (story.language, story.dateline) == ("ar", wanted)
    assert story.pictures[0].credit == "أ ف ب"


def test_every_line_has_its_field() -> None:
    incoming = taken(PAGE)
    source = PAGE.text().split("\n")
    by_line: dict[int, list[str]] = {}
    for part in incoming.lines:
        by_line.setdefault(part.line, []).append(part.text)
    assert ["".join(by_line[i]) for i in sorted(by_line)] == source
    fields = [part.field for part in incoming.lines if part.field != "blank"]
    briefs = [f"brief/{i}/{name}" for i in range(5) for name in ("title", "summary")]
    assert fields == [
        "ignored",
        "ignored",
        *briefs,
        "headline",
        "pictures/0/caption",
        "pictures/0/credit",
        "key_points/0",
        "key_points/1",
        "dateline",
        *["body"] * 5,
    ]


def test_typography_is_unchanged_and_only_markdown_syntax_is_escaped() -> None:
    odd = (
        "He said *nothing* and __meant__ it; <b>bold</b> words cost 5 * 3 _pounds_.",
        "# 1 in the charts",
        "1. The first place",
        "- a dash that began a line",
        "+ plus and > more",
        "[link](http://harbour.example/) and ![this](x) and <http://harbour.example/>",
        "``Old quotes'' and `ticks` and a \\ stroke",
        "AT&amp;T and &copy; and R&D",
        "a | b",
        "===",
        "2*3*4",
        "The file snake_case_word & its R&D twin <SRD> cost 5 * 3 dlrs - or less",
        "    indented far",
        "~~~",
        "[^1]: a note, *[HTML]: an abbreviation, [x]: http://harbour.example",
        "Ends with two strokes\\\\",
    )
    page = replace(PAGE, paragraphs=(*PARAGRAPHS[:1], *odd, PARAGRAPHS[1]))
    (story,) = taken(page).stories
    assert plain_text(story.body).split("\n\n") == [
        paragraph.strip() for paragraph in page.paragraphs
    ]
    assert PARAGRAPHS[0] in story.body
    assert odd[11] in story.body


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u200f", "\ufeff", "\u202b"])
def test_invisible_mark_at_the_start_of_lines_hides_nothing(mark: str) -> None:
    lines = (HEADLINE, "• One point", "• Another point", f"SEACLIFF (AP) — {FIRST}", SECOND)
    story = read_story(*(mark + line for line in lines))
    assert story.headline == HEADLINE
    assert story.key_points == ("One point", "Another point")
    assert (story.dateline.city, story.dateline.agency) == ("SEACLIFF", "AP")
    assert story.body.startswith(FIRST)


_PIECES = (
    *(
        "(",
        ")",
        "[",
        "]",
        "(AP)",
        "(  )",
        " | ",
        "/",
        "AP",
        "\u00a0",
        "\u200f",
        "\t",
        "•",
        "1.",
        "o",
    ),
    *(
        "^",
        "<",
        "=",
        "—",
        " - ",
        ": ",
        "By ",
        "Von ",
        "&amp;",
        "5 mars",
        "2026",
        ".",
        "?",
        "“",
        "\n",
    ),
    *(
        "\n\n",
        "***",
        "-30-",
        "SEACLIFF",
        "Ann Bold",
        "دمشق",
        "京",
        "1 of 5 | ",
        "[1/3]",
        "REFILE-",
        FIRST,
    ),
)


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=25).map("".join))
def test_any_mixture_of_what_pages_have_is_read(text: str) -> None:
    try:
        incoming = read_incoming(text.encode(), "x.txt")
    except UnreadableText as refusal:
        assert refusal.hint  # noqa: PT017
    else:
        assert len(incoming.stories) == 1
