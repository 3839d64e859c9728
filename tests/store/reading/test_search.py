"""Whatever is typed into the search field: no error, no SQL, the right stories."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from editor.core.commands import ImportItems, SaveStory, Spike
from editor.core.fields import Field
from editor.core.paths import leaf_values, with_value
from editor.core.story import Picture, Story
from editor.store.desk import Desk
from tests.conftest import ROOT
from tests.core.filled import filled, token
from tests.reading import reading
from tests.store.conftest import LINA, MARA, change_database, new

CASES = json.loads((ROOT / "tests" / "text" / "folding_cases.json").read_text(encoding="utf-8"))[
    "queries"
]

HOSTILE = (
    "",
    " ",
    '"',
    '""',
    '"""',
    "'",
    "*",
    "ferry*",
    "*ferry",
    "-ferry",
    "ferry-",
    "NOT ferry",
    "AND",
    "OR OR",
    "ferry AND",
    "NEAR(ferry storm)",
    "NEAR(",
    "headline:ferry",
    "nosuchcolumn:ferry",
    "{headline body}:ferry",
    "^ferry",
    "ferry + storm",
    "(",
    ")",
    "((((((((",
    "ferry;",
    "'; DROP TABLE stories; --",
    '" OR 1=1 --',
    "ferry\0storm",
    "\ud800",
    "ferry \udfff",
    "%",
    "_",
    "\\",
    "\x02\x03",
    "ferry\x02",
    "😀",
    "👩‍👩‍👧‍👦",
    "\u202eferry",
    "ﷺ",
    "a" * 100_000,
    "ferry " * 10_000,
    "x " * 5_000,
    "\n".join("abc"),
    "①②③",
    "〇",
)


def snippets(desk: Desk, words: str) -> dict[str, str]:
    """What a search shows of each story that it finds, by the story's id."""
    with desk.read() as snapshot:
        rows = snapshot.search(words)
        found = snapshot.snippets(words, rows)
    return {row.id: snippet for row, snippet in zip(rows, found, strict=True)}


@pytest.mark.parametrize("words", HOSTILE)
def test_search_syntax_is_read_as_words(desk: Desk, words: str) -> None:
    story = new(desk, body="The ferry sails.")
    for row in reading(desk).search(words):
        assert row.id == story
    assert reading(desk).count() == 1


def test_search_survives_the_big_list_of_naughty_strings(desk: Desk, shared: Path) -> None:
    strings = json.loads((shared / "attacks/blns/blns.json").read_text(encoding="utf-8"))
    assert len(strings) > 400
    desk.do(ImportItems(tuple(Story(headline=text, body=text) for text in strings)), LINA)
    found = 0
    for text in strings:
        found += any(text.strip() == row.headline.strip() for row in reading(desk).search(text))
    letters = sum(any(letter.isalnum() for letter in text) for text in strings)
    assert reading(desk).count() == len(strings)
    assert found > 0.8 * letters, "what is in a headline is found by it"


def test_search_without_a_match_is_empty(desk: Desk) -> None:
    assert reading(desk).search("ferry") == []
    new(desk)
    assert reading(desk).search("submarine") == []
    assert reading(desk).search("ferry submarine") == []
    assert reading(desk).search("ferry", limit=0) == []
    assert reading(desk).search("ferry", limit=-1) == []


def test_all_words_must_match_and_the_last_may_be_unfinished(desk: Desk) -> None:
    story = new(desk, "Ferry resumes", body="The **Zoë Café** is open.", key_points=("Tide turns",))
    for words in ("fer", "FERRY res", "zoe caf", "tide ferry", '"zoë café"', "café open", "open"):
        assert [row.id for row in reading(desk).search(words)] == [story], words
    for words in ("fer resumes", '"café zoë"', '"ferr"', "erry", "f"):
        assert reading(desk).search(words) == [], words


def test_every_field_is_searched(desk: Desk) -> None:
    new(
        desk,
        "Alpha",
        kicker="Bravo",
        key_points=("Charlie",),
        bylines=("Delta Echo",),
        body="Foxtrot",
        pictures=(Picture(caption="Golf", credit="Hotel", alt="India"),),
        keywords=("Juliett",),
        slug="kilo-lima",
    )
    names = "Alpha Bravo Charlie Delta Foxtrot Golf Hotel India Juliett Kilo Lima"
    assert all(reading(desk).search(word) for word in names.split())


def test_arabic_and_chinese_are_found(desk: Desk) -> None:
    arabic = new(desk, "عودة العبّارة إلى الميناء", body="استأنفت الرحلات.", language="ar")
    chinese = new(desk, "渡轮恢复航行", body="港口今天开放。한국어 문장", language="zh")
    assert [row.id for row in reading(desk).search("الميناء")] == [arabic]
    assert [row.id for row in reading(desk).search("المين")] == [arabic]
    assert [row.id for row in reading(desk).search("航行")] == [chinese]
    [snippet] = snippets(desk, "今天").values()
    assert snippet.replace("\x02", "").replace("\x03", "") == "港口今天开放。한국어 문장"
    assert "\x02" in snippet


@pytest.mark.parametrize(("text", "query", "is_found"), CASES, ids=str)
def test_search_finds_what_the_table_says(
    desk: Desk, text: str, query: str, is_found: bool
) -> None:
    """The site's search is tested with the same table."""
    changes: tuple[dict[str, Any], ...] = (
        {"headline": text}, {"body": text}, {"keywords": (text,)}
    )  # fmt: skip
    for number, change in enumerate(changes):
        story = new(desk, **{"headline": "Other", "slug": f"s{number}", **change})
        hits = snippets(desk, query)
        assert (story in hits) is is_found, change
        if is_found and "headline" not in change:
            assert "\x02" in hits[story]


@pytest.mark.parametrize(
    ("text", "query", "snippet"),
    [
        ("Vive l’art, dit-il.", "art", "Vive l’\x02art\x03, dit-il."),
        ("In der Straße\u00adn.", "strassen", "In der \x02Straße\u00adn\x03."),
        ("قال إنّ المَنَارَة", "المناره", "قال إنّ \x02المَنَارَة\x03"),
        ("渡轮恢复航行。", "恢复", "渡轮\x02恢复\x03航行。"),
        ("Written in C++.", "c++", "Written in \x02C++\x03."),
        ("Year ۱۴۰۵ ends", "1405", "Year \x02۱۴۰۵\x03 ends"),
    ],
)
def test_the_words_that_were_found_are_marked_as_they_are_written(
    desk: Desk, text: str, query: str, snippet: str
) -> None:
    new(desk, "Other", body=text)
    assert [*snippets(desk, query).values()] == [snippet]


def test_only_latest_versions_are_found_newest_first(desk: Desk) -> None:
    one, two = new(desk, "Ferry one", slug="first"), new(desk, "Ferry two", slug="second")
    assert [row.id for row in reading(desk).search("ferry")] == [two, one]
    boat = replace(reading(desk).stored(one).story, headline="Boat one", body="A ferry")
    desk.do(SaveStory(boat, 1), LINA)
    assert [row.id for row in reading(desk).search("ferry")] == [one, two]
    assert reading(desk).search('"ferry one"') == []
    desk.do(Spike(two, 1), MARA)
    assert reading(desk).search("two")[0].stage == "spiked"


def test_of_many_matches_those_in_headlines_and_the_newest_are_returned(desk: Desk) -> None:
    best = new(desk, "Lighthouse")
    body = "Much is said here about other things before the lighthouse is named at all."
    stories = tuple(Story(headline=f"Note {number}", body=body) for number in range(60))
    desk.do(ImportItems(stories), LINA)
    newest = [row.id for row in reading(desk).rows(limit=60)]
    for words in ("lighthouse", '"Lighthouse"', "light"):
        shown = [row.id for row in reading(desk).search(words, limit=10)]
        assert shown == [*newest[:9], best]
    assert len(reading(desk).search("lighthouse", limit=61)) == 61


def test_snippet_shows_the_words_in_their_place(desk: Desk) -> None:
    before, after = "Quay. " * 400, " Quay." * 400
    new(desk, "Long", body=f"{before}Then the CAFÉ burnt, the café of all cafés.{after}")
    [snippet] = snippets(desk, "cafe").values()
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert "the \x02CAFÉ\x03 burnt, the \x02café\x03 of all \x02cafés\x03." in snippet
    assert len(snippet) < 200
    new(desk, "Marks\x02in", body="a \x02b\x03 marked")
    assert [*snippets(desk, "marked").values()] == ["a b \x02marked\x03"]


def test_match_in_the_headline_shows_the_start_of_the_story(desk: Desk) -> None:
    new(desk, "Ferry", body="The boat sails.")
    assert [*snippets(desk, "ferry").values()] == ["The boat sails."]
    new(desk, "Barge", body="")
    assert [*snippets(desk, "barge").values()] == ["\x02Barge\x03"]


@pytest.mark.parametrize(
    ("path", "field"),
    [(path, field) for path, field, _value in leaf_values(filled())],
    ids=[path for path, _field, _value in leaf_values(filled())],
)
def test_a_field_is_found_if_the_table_says_so(desk: Desk, path: str, field: Field) -> None:
    word = token(f"{path}/0" if field.many else path)
    story = with_value(filled(id="", related=(), section="world"), "slug", f"a-{token('slug')}")
    desk.do(SaveStory(story), LINA)
    assert bool(reading(desk).search(word)) is (field.search is not None)


def test_search_reads_no_text_of_what_it_finds(desk: Desk) -> None:
    """A list shows rows: only what is shown of a text is read, by `snippets`."""
    story = new(desk, "Ferry", body="The boat sails.")
    change_database(desk, "UPDATE versions SET content = x'00'")
    assert [row.id for row in reading(desk).search("boat")] == [story]
