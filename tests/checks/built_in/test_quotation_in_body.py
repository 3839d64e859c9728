"""Quotations that are in the body or not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.checking import at, fixed, found, ids, story

SAID = (
    "“We will build it,” Ms Haddad said, “and we will do it soon.”\n\n"
    "The board called the plan “bold (if costly) and late”, and its [chair](the-chair) agreed."
)


@pytest.mark.parametrize(
    "quotation",
    [
        "“We will build it”",
        '"we will build it"',
        "‘We will build it’: Haddad",
        "'We will build it': Haddad",
        "“We will build it and we will do it soon”",
        "“We will … do it soon”",
        "“We … will do it soon”",
        "“[The board] will build it”",
        "“bold (if costly) and late”",
        "“its chair agreed”",
        "The '90s and the dogs' dinner",
        'A 12" pipe and a 6\'2" man',
    ],
)
def test_a_quotation_in_the_body_is_no_finding(quotation: str) -> None:
    assert "quotation-in-body" not in ids(story(SAID, headline=quotation))


@pytest.mark.parametrize(
    "quotation",
    [
        "“We shall build it”",
        "“We will not build it”",
        "“build it we will”",
        "“We will do it soon … build it”",
        "“bold if costly and late”",
        "‘We shall build it’: Haddad",
        "'We shall build it': Haddad",
    ],
)
@pytest.mark.parametrize("field", ["headline", "key point", "caption"])
def test_a_quotation_not_in_the_body_is_found(quotation: str, field: str) -> None:
    from editor.core.story import Picture

    where: dict[str, dict[str, Any]] = {
        "headline": {"headline": quotation},
        "key point": {"key_points": ("One", quotation)},
        "caption": {"pictures": (Picture(caption=quotation, credit="AP", alt="A pier"),)},
    }
    subject = story(SAID, **where[field])
    [finding] = [other for other in found(subject) if other.check == "quotation-in-body"]
    assert finding.level == "stops"
    assert at(subject, finding).strip("“”‘’'\"") == quotation.partition(":")[0].strip("“”‘’'\"")


def test_missing_brackets_are_shown_and_fixed() -> None:
    subject = story(SAID, headline="Board: “bold if costly and late”")
    [finding] = found(subject)
    assert finding.hint == "The body has “(if costly) and late”."
    assert fixed(subject, finding.fixes[0]).headline == "Board: “bold (if costly) and late”"
    assert found(fixed(subject, finding.fixes[0])) == []


def test_without_a_body_no_quotation_is_checked() -> None:
    assert "quotation-in-body" not in ids(story("", headline="“We will”"))


def test_arabic_quotations_match_with_and_without_vowel_signs() -> None:
    body = "قالت المهندسة: «سنبني الميناء قريبا»."
    assert ids(story(body, headline="«سنَبْني الميناءَ»", language="ar")) == []
    assert ids(story(body, headline="“سنبني الميناء”", language="ar")) == []
    assert ids(story(body, headline="«سنبني المطار»", language="ar")) == ["quotation-in-body"]


def test_scripts_without_spaces_match_by_characters() -> None:
    body = "市长说：「我们将重建港口。」"
    assert ids(story(body, headline="「重建港口」", language="zh")) == []
    assert ids(story(body, headline="「关闭港口」", language="zh")) == ["quotation-in-body"]
