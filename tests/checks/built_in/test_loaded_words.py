"""The paper's own list of words it doesn't want."""

from __future__ import annotations

import pytest

from editor.checks import DeskFacts, Finding, apply_fix, run_checks
from editor.core.brief import Banner
from editor.core.house_style import HouseStyle, LoadedWord
from editor.core.story import Story
from tests.checks.checking import HOUSE, at, story

STYLE = HouseStyle(
    loaded=(
        LoadedWord("pay day", "payday"),
        LoadedWord("claimed", "said"),
        LoadedWord("claim"),
        LoadedWord("C++"),
        LoadedWord("زعم", "قال"),
    )
)


def found(subject: Story, style: HouseStyle = STYLE) -> list[Finding]:
    findings = run_checks(subject, Banner(), HOUSE, facts=DeskFacts(style=style))
    return [finding for finding in findings if finding.check == "loaded-words"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("They CLAIMED it on *pay  day*.", ["CLAIMED", "pay  day"]),
        ("A claim, reclaimed, in C++: claims.", ["claim", "C++"]),
        ("`claimed` and https://a.example/claimed", []),
        ("“They claimed it,” she claimed.", ["claimed"]),
        ("زعم الوزير ذلك.", ["زعم"]),
    ],
)
def test_words_of_the_list_are_found_outside_quotations(body: str, words: list[str]) -> None:
    subject = story(body)
    assert [at(subject, finding) for finding in found(subject)] == words


def test_every_field_is_read_and_fixed_as_it_began() -> None:
    subject = story("Claimed it was.", headline="Mayor claimed ferry")
    headline, body = found(subject)
    for finding in (headline, body):
        subject, _banner = apply_fix(subject, Banner(), finding.fixes[0])
    assert (subject.headline, subject.body) == ("Mayor said ferry", "Said it was.")


def test_another_list_finds_other_words_in_the_same_text() -> None:
    subject = story("They claimed a brutal end.")
    assert [at(subject, finding) for finding in found(subject)] == ["claimed"]
    other = HouseStyle(loaded=(LoadedWord("brutal"),))
    assert [at(subject, finding) for finding in found(subject, other)] == ["brutal"]
    assert found(subject, HouseStyle()) == []
