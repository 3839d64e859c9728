"""Findings in the body point into its Markdown, and fixes leave the markup alone."""

from __future__ import annotations

import pytest

from tests.checks.checking import at, fixed, found, story


@pytest.mark.parametrize(
    ("body", "words", "after"),
    [
        ("- one\n- two  spaces", "  ", "- one\n- two spaces"),
        (
            "1. one\n    - two\n\n        three  four",
            "  ",
            "1. one\n    - two\n\n        three four",
        ),
        ("> > one\n> > two  three", "  ", "> > one\n> > two three"),
        ("| a | b |\n|---|---|\n| c | d  e |", "  ", "| a | b |\n|---|---|\n| c | d e |"),
        ("## One  two ##\n\nText.", "  ", "## One two ##\n\nText."),
        ("`a  b` and [c  d](e-f)", "  ", "`a  b` and [c d](e-f)"),
        ("`a  b`\n\n    c  d\n\ne  f", "  ", "`a  b`\n\n    c  d\n\ne f"),
        ("Text[^1].\n\n[^1]: a  note", "  ", "Text[^1].\n\n[^1]: a note"),
        ("**one *two  three* four**", "  ", "**one *two three* four**"),
        ("[one ](two-three) four", " ](two-three) ", "[one](two-three) four"),
        (r"a \*  \_", "  ", r"a \* \_"),
        ("one&nbsp; two", "&nbsp; ", "one two"),
        ("one\ntwo  three\\\nfour", "  ", "one\ntwo three\\\nfour"),
        ("قال *نعم*  🚢 ثم", "  ", "قال *نعم* 🚢 ثم"),
        ("one\u200b *two*", "\u200b", "one *two*"),
        ("It&rsquo;s ‘so’ &quot;now&quot;", "&quot;", "It&rsquo;s ‘so’ “now”"),
        ('It&rsquo;s "so" &quot;now&quot;', "&rsquo;", 'It\'s "so" &quot;now&quot;'),
        (r"It’s ‘so’ *\"now\"*", r"\"", "It’s ‘so’ *“now”*"),
        ("$5bn, $6&nbsp;bn, $7 **bn**", "$6&nbsp;bn", "$5bn, $6bn, $7**bn**"),
    ],
)
def test_a_place_and_its_fix_are_counted_in_the_markdown(body: str, words: str, after: str) -> None:
    subject = story(body)
    [finding] = found(subject)
    assert at(subject, finding) == words
    assert fixed(subject, finding.fixes[0]).body == after


@pytest.mark.parametrize(
    ("body", "words", "start"),
    [
        ("- one\n- “two", "“", 8),
        ("> *one* (two", "(", 8),
        ("| (a) | b |\n|---|---|\n| c | (d |", "(", 28),
        ("[(one](two) three", "(", 1),
        (r"one \(two", r"\(", 4),
        ("one &quot;two", "&quot;", 4),
        ("قال: **«نعم** 🚢", "«", 7),
    ],
)
def test_a_lone_mark_is_pointed_at_in_the_markdown(body: str, words: str, start: int) -> None:
    subject = story(body)
    [finding] = found(subject)
    assert (at(subject, finding), finding.place.start) == (words, start)


def test_a_fix_that_would_cut_through_markup_is_not_offered() -> None:
    [finding] = found(story("$5bn or $6 m*illion*"))
    assert finding.check == "money-style"
    assert finding.fixes == ()


def test_code_and_addresses_are_no_prose() -> None:
    body = "See https://a.example/(x, `“` and <https://b.example/(y>."
    assert found(story(body)) == []


@pytest.mark.parametrize("body", ["```\nif (x {\n```", "    if (x {", "- one\n\n        if (x {"])
def test_words_between_fences_and_indented_ones_are_checked_where_they_are(body: str) -> None:
    """Readers see them."""
    subject = story(body)
    assert [at(subject, finding) for finding in found(subject)] == ["(", "{"]


def test_a_quotation_is_looked_up_in_words_between_fences() -> None:
    body = "```\nThe mayor: “We will pay.”\n```"
    assert found(story(body, key_points=("“We will pay,” he said", "Two"))) == []


def test_words_in_brackets_before_a_colon_are_words() -> None:
    """They look like a link's definition, and are how interviews are set."""
    body = "[Smith]: I never said “we will pay”, and I never will."
    assert found(story(body, key_points=("Smith never said “we will pay”", "Two"))) == []
    [finding] = found(story(body, key_points=("Smith said “we won’t pay”", "Two")))
    assert finding.check == "quotation-in-body"
