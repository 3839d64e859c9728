"""Finding words and expressions: what is found, where it is, and what is refused."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.dateline import Dateline
from editor.core.story import Correction, Picture, Story
from editor.errors import BadValue
from editor.text.find import LONGEST_QUERY, FindQuery, TextFinder, TextMatch, searched_texts

EXPRESSION = {"regular_expression": True}


def found(text: str, words: str, **options: Any) -> list[str]:
    """Return what is found, each with the character on either side."""
    query = FindQuery(words, **options)
    matches = TextFinder(query).find_in_texts([("body", text)])
    return [
        f"{text[max(0, match.start - 1) : match.start]}[{text[match.start : match.end]}]"
        f"{text[match.end : match.end + 1]}"
        for match in matches
    ]


@pytest.mark.parametrize(
    ("text", "words", "options", "expected"),
    [
        ("Kiev, KIEV", "kiev", {}, ["[Kiev],", " [KIEV]"]),
        ("Kiev, KIEV", "Kiev", {"match_case": True}, ["[Kiev],"]),
        ("a.b axb", "a.b", {}, ["[a.b] "]),
        ("a.b axb", "a.b", EXPRESSION, ["[a.b] ", " [axb]"]),
        ("one\ntwo", "^t", EXPRESSION, ["\n[t]w"]),
        ("don’t", "don't", {}, ["[don’t]"]),
        ("“so” 25\u00a0km", '"so" 25 km', {}, ["[“so” 25\u00a0km]"]),
        ("O’Brien O’Brien’s", "Brien", {"whole_word": True}, []),
        ("O’Brien’s", "O'Brien", {"whole_word": True}, ["[O’Brien]’"]),
        ("Kiev’s Kievan", "Kiev", {"whole_word": True}, ["[Kiev]’"]),
        ("Kiev'S", "kiev", {"whole_word": True}, ["[Kiev]'"]),
        ("don’t", "don", {"whole_word": True}, []),
        ("l’art, L'art, Oh’art", "art", {"whole_word": True}, ["’[art],", "'[art],"]),
        ("‘Kiev’ mayor-elect", "kiev", {"whole_word": True}, ["‘[Kiev]’"]),
        ("‘Kiev’ mayor-elect", "mayor", {"whole_word": True}, [" [mayor]-"]),
        ("US$5, $50", "$5", {"whole_word": True}, ["S[$5],"]),
        ("été étés", "été", {"whole_word": True}, ["[été] "]),
        ("قال القدس والقدس", "القدس", {"whole_word": True}, [" [القدس] "]),
        ("渡江，渡", "渡", {"whole_word": True}, ["[渡]江", "，[渡]"]),
        ("cat cats", "(?i)CATS?", {"whole_word": True, **EXPRESSION}, ["[cat] ", " [cats]"]),
        ("été Ete", "ete", {}, [" [Ete]"]),
        ("été Ete", "ete", {"ignore_diacritics": True}, ["[été] ", " [Ete]"]),
        ("été Ete", "Éte", {"ignore_diacritics": True, "match_case": True}, [" [Ete]"]),
        ("Ålesund, Łódź, København", "lodz", {"ignore_diacritics": True}, [" [Łódź],"]),
        ("København", "kobenhavn", {"ignore_diacritics": True}, ["[København]"]),
        ("أحمد وإيمان", "احمد", {"ignore_diacritics": True}, ["[أحمد] "]),
        ("كَتَبَ الدرسَ", "كتب", {"ignore_diacritics": True}, ["[كَتَبَ] "]),
        ("كَتَبَ", "كتب", {}, []),
        ("كـتـاب", "كتاب", {"ignore_diacritics": True}, ["[كـتـاب]"]),
        ("Straße", "s", {"ignore_diacritics": True, "match_case": True}, []),
        ("Straße", "strasse", {"ignore_diacritics": True}, ["[Straße]"]),
        ("é", "[aé]", {"ignore_diacritics": True, "regular_expression": True}, ["[é]"]),
        ("xxyx", "x*", EXPRESSION, ["[xx]y", "y[x]"]),
        ("abc", "x*", EXPRESSION, []),
        ("x̂ x", "x", {}, [" [x]"]),
        ("👍🏽 👍", "👍", {}, [" [👍]"]),
        ("🙂a🙂b", "b", {}, ["🙂[b]"]),
    ],
)  # fmt: skip
def test_what_is_found(text: str, words: str, options: Any, expected: list[str]) -> None:
    assert found(text, words, **options) == expected


def test_every_text_is_searched_in_the_order_of_the_form() -> None:
    story = Story(
        slug="ox",
        section="ox",
        kicker="ox",
        headline="an ox",
        standfirst="ox",
        key_points=("no", "ox"),
        dateline=Dateline(city="ox"),
        body="ox\n\nox",
        pictures=(Picture(caption="ox", credit="ox", alt="ox", rights="ox"),),
        bylines=("ox",),
        keywords=("ox",),
        ed_note="ox",
        ignored=("ox",),
        corrections=(Correction("ox", "2026-03-01T00:00:00Z"),),
    )
    matches = TextFinder(FindQuery("OX")).find_in_story(story)
    assert [match.path for match in matches] == [
        "kicker",
        "headline",
        "standfirst",
        "key_points/1",
        "dateline/city",
        "body",
        "body",
        "pictures/0/caption",
        "pictures/0/credit",
        "pictures/0/alt",
        "pictures/0/rights",
        "bylines/0",
        "keywords/0",
        "ed_note",
    ]
    assert matches[1] == TextMatch("headline", 3, 5)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "There is nothing to find."),
        ("(a", "The expression has a mistake at character 3: missing )."),
        ("a**", "The expression has a mistake at character 3: multiple repeat."),
        ("ab[", "The expression has a mistake at character 4: unterminated character set."),
        ("(" * 3000 + ")" * 3000, f"6,000 characters are too many to look for; {LONGEST_QUERY:,}"),
        ("(" * 900 + ")" * 900, "The expression has too many brackets inside each other."),
    ],
)
def test_a_bad_expression_is_refused_with_its_place(words: str, sentence: str) -> None:
    with pytest.raises(BadValue) as error:
        TextFinder(FindQuery(words, regular_expression=True))
    assert error.value.sentence.startswith(sentence)
    assert error.value.hint


def test_a_comment_inside_an_expression_hides_no_bracket_of_ours() -> None:
    with pytest.raises(BadValue, match="has a mistake"):
        TextFinder(FindQuery("(?x)a #", regular_expression=True, whole_word=True))


def test_only_marks_are_nothing_to_find_where_they_are_ignored() -> None:
    with pytest.raises(BadValue, match="only diacritics"):
        TextFinder(FindQuery("\u064e", ignore_diacritics=True))


def test_an_expression_that_would_run_for_minutes_is_stopped() -> None:
    finder = TextFinder(FindQuery(r"(a|aa|a+)+b\d", regular_expression=True))
    with pytest.raises(BadValue, match="takes too long"):
        finder.find_in_story(Story(body="a" * 200 + "bc"), seconds=0.05)


_TEXTS = st.text(
    st.sampled_from("aAeéèÉsßæ \u0301\u0308\u064e\u0651أإاىي🙂👍🏽\u200d’'x\u0640"), max_size=30
).map(lambda text: unicodedata.normalize("NFC", text))


@given(_TEXTS, _TEXTS, st.booleans(), st.booleans(), st.booleans())
def test_what_is_found_is_in_order_and_comes_to_the_query(
    text: str, words: str, case: bool, whole: bool, bare: bool
) -> None:
    query = FindQuery(words, whole, case, ignore_diacritics=bare)
    try:
        finder = TextFinder(query)
    except BadValue:
        return
    end = 0
    for match in finder.find_in_texts([("body", text)]):
        assert end <= match.start < match.end
        end = match.end
        part = text[match.start : match.end]
        edges_free = replace(query, whole_word=False)
        again = TextFinder(edges_free).find_in_texts([("body", part)])
        assert [(found.start, found.end) for found in again] == [(0, len(part))]
        assert not unicodedata.combining(text[end : end + 1] or "x")


@given(st.text(max_size=40))
def test_any_plain_words_are_found_in_themselves(text: str) -> None:
    words = unicodedata.normalize("NFC", text.replace("\0", "").replace("\r", ""))
    if words and not any("\ud800" <= letter <= "\udfff" for letter in words):
        assert len(TextFinder(FindQuery(words)).find_in_texts([("body", words)])) == 1


def test_no_searched_text_is_one_that_obeys_a_rule() -> None:
    assert {path for path, _text in searched_texts(Story())} == {
        "kicker", "headline", "standfirst", "body", "ed_note",
        "dateline/city", "dateline/country", "dateline/state", "dateline/agency",
    }  # fmt: skip


@pytest.mark.parametrize(
    "expression",
    [
        "a{99999999}",
        "(?:a{1000}){1000}",
        "(?:(?:ab{90}){90,}){90}",
        "(?R)",
        "(a)(?1)",
        "(?P<a>b)(?&a)",
    ],
)
def test_an_expression_that_would_fill_the_memory_is_refused(expression: str) -> None:
    with pytest.raises(BadValue, match=r"repeats too much|a group inside itself"):
        TextFinder(FindQuery(expression, regular_expression=True))


def test_usual_repetitions_are_no_problem() -> None:
    for expression in (
        r"\d{4}-\d{2}-\d{2}",
        ".{20} .{20} .{20}",
        r"\(?R{2}",
        "[{9999999}]x{0,900}",
    ):
        assert TextFinder(FindQuery(expression, regular_expression=True))


def test_picture_in_the_text_is_found_as_a_whole_or_not_at_all() -> None:
    shown = "![](picture:4f4f4f4f)"
    story = Story(headline="4f", body=f"A picture, 4f.\n\n{shown}")

    def found(words: str, **how: bool) -> list[str]:
        matches = TextFinder(FindQuery(words, **how)).find_in_story(story)
        texts = {"headline": story.headline, "body": story.body}
        return [texts[match.path][match.start : match.end] for match in matches]

    assert found("4f") == ["4f", "4f"]
    assert found("picture", whole_word=True) == ["picture"]
    assert found(".\n\n!") == []
    assert found(shown) == found(r"!.+\)", regular_expression=True) == [shown]
