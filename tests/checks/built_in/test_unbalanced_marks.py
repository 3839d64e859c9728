"""Marks without a partner."""

from __future__ import annotations

import pytest

from tests.checks.checking import at, found, ids, story


@pytest.mark.parametrize(
    "body",
    [
        "“One,” she said (twice) [sic].",
        "“One\n\n“Two\n\n“Three,” she said.",
        '"One\n\n"Two," she said.',
        "> “One\n\n> “Two”",
        "«Un»\n\n« deux »\n\n„drei“ »vier« ”fem”",
        "a) first\nb) second\niv) fourth\n12) twelfth",
        "She smiled :) and :-( and ;-)",
        "The dogs' dinner in the '90s, y'all",
        'A 12" pipe and a 6\'2" man',
        '"He is 6\'2" tall," she said.',
        "‘Yes,’ he said. ‘The dogs’ dinner.’",
        "(An aside.\n\nIt goes on.)",
        "See [the page](https://a.example/a_(b)) and `f(`",
        "العنوان (كما قال) «نعم»",
        "“outer ‘inner’ outer”",
        "»Wir gehen. Er sagte ›nein‹.« « Il dit ‹ non › »",
        "He is 6’2” or 6’ 2”, she said. “He sails.”",
    ],
)
def test_marks_with_partners_are_no_finding(body: str) -> None:
    assert "unbalanced-marks" not in ids(story(body, language="sv" if "fem" in body else "en"))


@pytest.mark.parametrize(
    ("body", "mark"),
    [
        ("“One, she said.", "“"),
        ("One,” she said.", "”"),
        ('"One, she said.', '"'),
        ('One," she said.', '"'),
        ("“One\n\nTwo”", "“"),
        ("‘One, she said.", "‘"),
        ("«Un", "«"),
        ("One (two.", "("),
        ("One two).", ")"),
        ("One [two.", "["),
        ("One [two](three.", "("),
    ],
)
def test_a_mark_without_partner_is_found(body: str, mark: str) -> None:
    subject = story(body)
    finding = next(other for other in found(subject) if other.check == "unbalanced-marks")
    assert at(subject, finding) == mark


def test_one_slip_gives_one_finding() -> None:
    assert ids(story("One (two (three (four.")) == ["unbalanced-marks"]
