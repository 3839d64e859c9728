"""Money, written one way or two."""

from __future__ import annotations

import pytest

from editor.checks import apply_fix
from tests.checks.checking import banner, found, ids, story


def test_two_ways_in_the_banner_are_one_finding() -> None:
    briefs = banner("One for $2.4 bn", "Two for $27 bn", "Three for $1.15bn", "Four for $953m")
    [finding] = found(story(), briefs)
    assert finding.sentence == "“$27 bn” and “$1.15bn” are both used in the banner"
    assert finding.hint == "House style closes up the unit: $27bn."
    assert finding.place.path == "banner/1/title"
    _same, fixed = apply_fix(story(), briefs, finding.fixes[0])
    assert [brief.title for brief in fixed.briefs] == [
        "One for $2.4bn",
        "Two for $27bn",
        "Three for $1.15bn",
        "Four for $953m",
    ]
    assert found(story(), fixed) == []


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("$5 million, then $6m", "$5m, then $6m"),
        ("£5 billion, then €6bn", "£5bn, then €6bn"),
        ("US$5bln, then US$6bn", "US$5bn, then US$6bn"),
        ("AED 4 bn, then AED 4bn", "AED 4bn, then AED 4bn"),
        ("$1,200.50 million, then $6m", "$1,200.50m, then $6m"),
        ("$5\u00a0bn, then $5bn", "$5bn, then $5bn"),
        ("$5-million, then $5m", "$5m, then $5m"),
    ],
)
def test_two_ways_in_the_story_are_one_finding(body: str, after: str) -> None:
    subject = story(body)
    [finding] = found(subject)
    assert finding.place.path == "body"
    fixed, _banner = apply_fix(subject, banner(), finding.fixes[0])
    assert fixed.body == after


def test_story_and_banner_are_compared_and_the_place_is_in_the_story() -> None:
    [finding] = found(story("It paid $5 million."), banner("Sold for $6m"))
    assert finding.sentence.endswith("are both used in the story and the banner")
    assert finding.place.path == "body"


@pytest.mark.parametrize(
    "body",
    [
        "$5 million, then $6 million, then €2 billion",
        "$5m and 6 million people",
        "$5m and $500,000",
        "$5 m'lord and $5m",
        "$5m and `$6 m`",
        "$5m and [$6m](https://a.example/$7-million)",
        "$5m, 5 million-year-old rocks",
        "27 bn and 27bn",
    ],
)
def test_one_way_is_no_finding(body: str) -> None:
    assert ids(story(body)) == []
