"""Import of agency copy: Reuters copy of 1987, and invented copy in many house styles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from editor.core.canonical import normal
from editor.core.dateline import Dateline, render_dateline
from editor.errors import UnreadableText
from editor.formats.base import Incoming
from editor.formats.encoding import decode
from editor.formats.importers import read_incoming
from editor.text.plain import plain_text

DATELINES = [
    ("SEACLIFF, Feb 26 - ", Dateline(city="SEACLIFF", date="--02-26")),
    ("PORT SORREL, Ore., FEb 26 - ", Dateline(city="PORT SORREL", state="Ore.", date="--02-26")),
    ("NORRBY, Va. Feb 26 - ", Dateline(city="NORRBY", state="Va.", date="--02-26")),
    ("Norrby, Ontario, Feb 26 - ", Dateline(city="Norrby", state="Ontario", date="--02-26")),
    ("EASTMARK, Feb 26- ", Dateline(city="EASTMARK", date="--02-26")),
    ("EASTMARK (AP) — ", Dateline(city="EASTMARK", agency="AP")),
    ("EASTMARK (AP) _ ", Dateline(city="EASTMARK", agency="AP")),
    ("Eastmark (dpa) - ", Dateline(city="Eastmark", agency="dpa")),
    ("NORRBY (AFP) – ", Dateline(city="NORRBY", agency="AFP")),
    (
        "SEACLIFF, March 3 (Reuters) - ",
        Dateline(city="SEACLIFF", date="--03-03", agency="Reuters"),
    ),
    (
        "SEACLIFF, Switzerland (XYZ) -- ",
        Dateline(city="SEACLIFF", country="Switzerland", agency="XYZ"),
    ),
    (
        "SEACLIFF/PORT SORREL, Sept. 9, 2026 (Reuters) - ",
        Dateline(city="SEACLIFF/PORT SORREL", date="2026-09-09", agency="Reuters"),
    ),
    ("SEACLIFF. March 3 (Interport) - ", Dateline("SEACLIFF", date="--03-03", agency="Interport")),
    ("SEACLIFF, 3 March /PORTAG/. ", Dateline("SEACLIFF", date="--03-03", agency="PORTAG")),
    ("(ANPO) - Seacliff, March 3 - ", Dateline("Seacliff", date="--03-03", agency="ANPO")),
    ("(Portnews) - ", Dateline(agency="Portnews")),
    ("ST. ANNE-ON-SEA — ", Dateline(city="ST. ANNE-ON-SEA")),
    ("Al-Marsa, Tunisia – ", Dateline(city="Al-Marsa", country="Tunisia")),
    ("Rio do Porto, Brazil (AFP) — ", Dateline("Rio do Porto", country="Brazil", agency="AFP")),
    ("Århus-by, Denmark — ", Dateline(city="Århus-by", country="Denmark")),
    ("القاهرة (وكالة) - ", Dateline(city="القاهرة", agency="وكالة")),
    ("صنعاء/عدن، 3 مارس (وكالة) - ", Dateline("صنعاء/عدن", date="--03-03", agency="وكالة")),
]

FIRST = "The Harbour Board said it will open a second quay and hire four pilots this spring."
WRAPPED = """\
The Harbour Board said it will open a second quay
and hire four pilots this spring.
    The board's plan costs 3.4 mln dlrs, and half of it is
for dredging.
    Shr 34 cts vs 1.19 dlrs
    Net 807,000 vs 2,858,000
"""


def read(text: str) -> Incoming:
    return read_incoming(text.encode(), "story.txt")


def headline_and_body(incoming: Incoming) -> tuple[str, str, list[str]]:
    (story,) = incoming.stories
    return story.headline, story.body.split("\n\n")[0], story.body.split("\n\n")


@pytest.mark.parametrize(("text", "dateline"), DATELINES)
def test_datelines_of_many_house_styles(text: str, dateline: Dateline) -> None:
    incoming = read(f"Harbour board opens second quay\n\n{text}{FIRST}\n\nIt opens in May.\n")
    headline, first, body = headline_and_body(incoming)
    assert incoming.stories[0].dateline == dateline
    assert (headline, first, len(body)) == ("Harbour board opens second quay", FIRST, 2)
    assert incoming.problems == () or not dateline.agency


@pytest.mark.parametrize(
    "first",
    [
        "The plan – which nobody had read – passed on Tuesday, the board said in a long note.",
        "Lind – who has led the board since 2011 – said the plan would pass in May, she hopes.",
        "Feb 31 - the day that never comes - is when the quay will open, a pilot joked to us.",
        "Co-operation between the two boards has never been closer than now, the mayor said.",
        "Harbour fees (AP) rose again and nobody - not even the pilots - could say why that was.",
    ],
)
def test_ordinary_sentences_are_not_datelines(first: str) -> None:
    incoming = read(f"Harbour board opens second quay\n\n{first}\n\nIt opens in May.\n")
    assert incoming.stories[0].dateline.is_empty
    assert headline_and_body(incoming)[1] == first


@pytest.mark.parametrize("slug", [" Reuter\n", " REUTER\n", "", "\n\n   \n Reuter\n\n"])
def test_wrapped_lines_are_joined_and_the_end_slug_is_ignored(slug: str) -> None:
    incoming = read(
        f"HARBOUR <HBR> OPENS SECOND QUAY\n    SEACLIFF, Ore., Feb 26 - {WRAPPED}{slug}"
    )
    headline, first, body = headline_and_body(incoming)
    assert headline == "HARBOUR <HBR> OPENS SECOND QUAY"
    assert first == FIRST
    assert body[1:] == [
        "The board's plan costs 3.4 mln dlrs, and half of it is for dredging.",
        "Shr 34 cts vs 1.19 dlrs",
        "Net 807,000 vs 2,858,000",
    ]
    assert list(incoming.ignored) == [slug.strip()] * bool(slug)


def test_end_slug_directly_after_the_last_words_is_ignored() -> None:
    incoming = read(
        "QUAY\n    SEACLIFF, Feb 26 - The board met and\nclosed at noon.       REUTER\n"
    )
    assert plain_text(incoming.stories[0].body) == "The board met and closed at noon."
    assert incoming.ignored == ("REUTER",)


def test_compound_broken_at_its_hyphen_is_joined() -> None:
    incoming = read(
        "QUAY OPENS AT LAST\n    SEACLIFF, Feb 26 - The board bought ten anti-\n"
        "collision lights and long-\nand short-range radios.\n    It met again.\n"
    )
    assert plain_text(incoming.stories[0].body) == (
        "The board bought ten anti-collision lights and long- and short-range radios."
        "\n\nIt met again."
    )


DPA = """\
\x01eca0124 3 i 93  dpa 1888\r

Harbour/quay/\r
\x02EXTRA
Second quay to open in Seacliff next month, board says =\r

Seacliff (dpa) - The harbour board says it expects\r
the second quay to open early next\r
month.\r

Two pilots "fully agreed".\r

# Notebook\r

## Internet links\r
- [Board news](http://board.example/3UXnb)\r

dpa abc def\r
\r
\x03212101 GMT Nov 18\r
\x7f
\x7f\x04"""

ANPA = """\
\x16\x16\x01W2870\x1f_harbr
f l\x13\x11 BC-LT--Seacliff-QuayB     11-13 1049
\x02\x02BC-LT--Seacliff-Quay,466<
\x1fFor harbour pilots, a second quay at last <
\x1fAP Photo XNP101, XNP102<
\x1fEds: With AP Photos.<
\x1fBy ADA LIND and OMAR HADDAD=
\x1fAssociated Press=
\t   PORT SORREL, Norway (AP) _ For pilots, even a short walk to the boat was hard. \r
 \r
\t   ``A second quay'' is a gift, they say. \r
 \r
\t   ___\r
 \r
\t   Mia Berg in Norrby helped with this story.\r

\t   \x03AP-WF-11-13-13 1509GMT<
"""


def test_headers_and_end_marks_of_two_agencies_are_ignored() -> None:
    dpa = read_incoming(DPA.encode(), "dpa.txt")
    (story,) = dpa.stories
    assert story.headline == "Second quay to open in Seacliff next month, board says"
    assert story.dateline == Dateline(city="Seacliff", agency="dpa")
    assert story.body == (
        "The harbour board says it expects the second quay to open early next month."
        '\n\nTwo pilots "fully agreed".'
    )
    assert "dpa abc def" in dpa.ignored
    assert "EXTRA" in dpa.ignored
    assert any("control character" in problem.sentence for problem in dpa.problems)

    anpa = read_incoming(ANPA.encode(), "x.tst")
    (story,) = anpa.stories
    assert story.headline == "For harbour pilots, a second quay at last"
    assert story.bylines == ("ADA LIND", "OMAR HADDAD")
    assert story.dateline == Dateline("PORT SORREL", country="Norway", agency="AP")
    assert plain_text(story.body).split("\n\n")[:2] == [
        "For pilots, even a short walk to the boat was hard.",
        "``A second quay'' is a gift, they say.",
    ]
    assert {"Eds: With AP Photos.<", "Associated Press="} <= set(anpa.ignored)


@pytest.mark.parametrize(
    "tail",
    [
        "ENDS",
        "-30-",
        "(END)",
        "###",
        "Copyright 2026 Harbour Post. All rights reserved.",
        "(Reporting by Ada Lind; editing by Omar Haddad)",
        "AFP",
        "# dpa NOTEBOOK\n\n* * * *\nThe following information is not for publication\n\nTel: 1",
    ],
)
def test_lines_below_a_story_are_ignored(tail: str) -> None:
    incoming = read(f"Harbour opens quay\n\nSEACLIFF (AP) — {FIRST}\n\nIt met.\n\n{tail}\n")
    assert headline_and_body(incoming)[2] == [FIRST, "It met."]
    assert list(incoming.ignored) == [line for line in tail.split("\n") if line]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"    SEACLIFF, Feb 26 - {FIRST}\n", "No headline was found."),
        ("Harbour opens quay", "No paragraph was found under the headline."),
        (f"Harbour opens quay\n\n{FIRST}\n\n{FIRST}", "No dateline was found."),
        (
            f"Harbour opens quay\n\nSeacliff–{FIRST}",
            "“Seacliff” was read as the dateline only because of its position.",
        ),
    ],
)
def test_uncertain_readings_are_reported(text: str, sentence: str) -> None:
    problems = read(text).problems
    assert [problem.sentence for problem in problems] == [sentence]
    assert all(problem.hint for problem in problems)


def test_reuters_copy_of_1987(shared: Path) -> None:
    """At least 97 of 100 stories come back whole, compared with the labels they came with."""
    source = (shared / "wire/reuters-1987.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in source.splitlines()]
    wrong = [row["headline"] for row in rows if not _recovered(row)]
    assert len(rows) == 200
    assert len(wrong) <= 2, wrong


def _recovered(row: dict[str, str]) -> bool:
    (story,) = read(row["text"]).stories
    # One label has run on into the first sentence, some bodies keep the slug.
    label, _, more = row["dateline"].partition(" - ")
    body = re.sub(r"\s+reuters?\s*$", "", f"{more} {row['body']}", flags=re.IGNORECASE)
    rendered = render_dateline(story.dateline, "{city}[, {place}][, {date}]")
    return (
        story.headline == " ".join(row["headline"].split())
        and _bare(rendered) == _bare(label)
        and bool(story.dateline.city and story.dateline.date)
        and "".join(plain_text(story.body).split()) == "".join(body.split())
    )


def _bare(dateline: str) -> str:
    """A dateline without the dots and commas in which labels and houses differ."""
    return re.sub(r"[\s.,-]+", " ", dateline).strip().casefold()


def test_real_agency_files(shared: Path) -> None:
    two_line = (shared / "wire/dpa_two_line.txt").read_bytes()
    (story,) = read_incoming(two_line, "dpa_two_line.txt").stories
    assert story.headline.endswith("Mattis says")
    assert story.dateline == Dateline(city="Washington", agency="dpa")
    assert len(story.body.split("\n\n")) == 4
    (story,) = read_incoming((shared / "wire/IPTC7901.txt").read_bytes(), "IPTC7901.txt").stories
    assert story.headline.startswith("Germany Social Democrats")
    assert story.dateline == Dateline(city="Berlin", agency="dpa")
    assert len(story.body.split("\n\n")) == 5
    for name in ("anpa-1.tst", "ap_anpa-1.tst"):
        (story,) = read_incoming((shared / "wire" / name).read_bytes(), name).stories
        assert story.dateline.agency == "AP"
        assert story.headline
        assert story.bylines
    notice = read_incoming((shared / "wire/dpa_copyright.txt").read_bytes(), "notice.txt")
    assert notice.stories[0].headline == "Impressum"


def test_story_of_a_hundred_thousand_words() -> None:
    paragraph = (
        "Pilots * said <nothing> about [the quay] on a _cold_ and rather windy morning. " * 8
    )
    text = "Harbour opens quay\n\nSEACLIFF (AP) — " + "\n\n".join([paragraph.strip()] * 1_000)
    (story,) = read(text).stories
    assert len(story.body.split("\n\n")) == 1_000
    assert plain_text(story.body).count("Pilots * said <nothing> about [the quay]") == 8_000


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [text + FIRST for text, _ in DATELINES]
            + [
                "• a point",
                "Caption of it. (AFP)",
                "By Ada Lind",
                "Reuter",
                "# Notebook",
                "",
                "   ",
            ]
            + [
                "Harbour opens quay",
                "It met on Tuesday.",
                "(",
                "=",
                "x" * 200,
                "`",
                "1. a",
                "  - b",
                "➤",
                "1.",
                "2. b",
                "Team          P    W",
                "Seacliff     10    8",
                "\tPlayed\tWon",
                "Image source, PA",
                "Image caption,",
                "(AP Photo/Jo Shutter)",
                "Caption of it. | Jo Shutter/AP",
                "NEWS PROVIDED BY",
                "Copy Link",
                "^BC-Harbour,40<",
                "AP-WF-11-13-13 1509GMT<",
                "3 March 2026, 14:02",
                f"By Ann Bold PARIS, Jan 2 - {FIRST}",
                "新华社北京3月5日电",
                "دمشق-سانا",
            ]
        ),
    ),
    max_size=14,
)


@given(LINES)
def test_any_text_is_imported_and_no_line_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        incoming = read(text)
    except UnreadableText:
        reject()
    source = decode(text.encode(), "story.txt").text
    by_line: dict[int, str] = {}
    for part in incoming.lines:
        by_line[part.line] = by_line.get(part.line, "") + part.text
        assert (part.field == "blank") == (not part.text.strip()) or part.text == ""
    assert [by_line[i] for i in sorted(by_line)] == source.split("\n")
    fields = {part.field for part in incoming.lines}
    body = [part.text for part in incoming.lines if part.field == "body"]
    assert bool(body) == bool(incoming.stories[0].body)
    words = "".join("".join(body).split())
    assert normal(words) == normal("".join(plain_text(incoming.stories[0].body).split()))
    assert ("headline" in fields) == bool(incoming.stories[0].headline)


@given(st.binary(max_size=200))
def test_any_bytes_are_imported_or_refused_with_a_hint(data: bytes) -> None:
    refusal = None
    try:
        read_incoming(data, "x.txt")
    except UnreadableText as error:
        refusal = error
    assert refusal is None or (refusal.sentence and refusal.hint)
