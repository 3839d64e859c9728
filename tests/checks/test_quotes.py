"""Quotations that are in the body or not, and the two kinds of marks."""

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
    assert finding.level == "error"
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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('“Yes,” he said. It\'s "late".', "“Yes,” he said. It’s “late”."),
        ("‘Twas the '90s’ — ’tis 'em", "‘Twas the ’90s’ — ’tis ’em"),
        ("It’s the dogs' and James's 'in' crowd", "It’s the dogs’ and James’s ‘in’ crowd"),
        ("Rock ’n’ roll 'n' \"soul\"", "Rock ’n’ roll ’n’ “soul”"),
        ('It’s 6\'2" by 12" and "long"', 'It’s 6\'2" by 12" and “long”'),
        ("“He said 'go' now” and \"he said 'no'\"", "“He said ‘go’ now” and “he said ‘no’”"),
        ('He’s ("in") and "—"', "He’s (“in”) and “—”"),
    ],
)
def test_straight_marks_become_the_right_curly_ones(before: str, after: str) -> None:
    subject = story(before)
    [finding] = [other for other in found(subject) if other.check == "mixed-quotes"]
    fix = next(fix for fix in finding.fixes if fix.title.endswith("curly"))
    assert fixed(subject, fix).body == after


@pytest.mark.parametrize(
    ("language", "after"),
    [("de", "„Ja“ „nein“"), ("pl", "„Ja“ „nein”"), ("sv", "„Ja“ ”nein”"), ("ar", "„Ja“ “nein”")],
)
def test_curly_marks_are_those_of_the_language(language: str, after: str) -> None:
    subject = story('„Ja“ "nein"', language=language)
    [finding] = [other for other in found(subject) if other.check == "mixed-quotes"]
    fix = next(fix for fix in finding.fixes if fix.title.endswith("curly"))
    assert fixed(subject, fix).body == after


def test_one_finding_for_the_whole_story_and_the_kind_in_use_first() -> None:
    subject = story("“One” and “two”", key_points=("It's", '"Two"'))
    [finding] = [other for other in found(subject) if other.check == "mixed-quotes"]
    assert finding.place.path == "key_points/0"
    assert [fix.title for fix in finding.fixes] == [
        "Make all curly",
        "Make all straight",
    ]
    mostly_straight = story('"One" and "two" and “three”')
    [finding] = [other for other in found(mostly_straight) if other.check == "mixed-quotes"]
    assert finding.fixes[0].title == "Make all straight"


@pytest.mark.parametrize(
    "body",
    [
        '“Yes” and `print("no")`',
        '“Yes” and [a page](https://a.example/?q="x" "its title")',
        "“Yes” at https://a.example/it's\"",
        'A 12" pipe and “a word”',
        'צה"ל אמר “כן”',
        "only “curly” isn’t mixed",
        'only "straight" isn\'t mixed',
        "«one» and “two”",
    ],
)
def test_code_links_feet_and_other_scripts_are_left_alone(body: str) -> None:
    assert "mixed-quotes" not in ids(story(body))


@pytest.mark.parametrize(
    ("body", "straight"),
    [
        ('“Yes”\n\n```\n"no"\n```\n\nend', '"Yes"\n\n```\n"no"\n```\n\nend'),
        ('“Yes”\n\n    say "no"\n\nend', '"Yes"\n\n    say "no"\n\nend'),
        ('“Yes” "no" o’brien@paper.example', '"Yes" "no" o’brien@paper.example'),
    ],
)
def test_words_between_fences_are_made_one_kind_and_addresses_are_not(
    body: str, straight: str
) -> None:
    subject = story(body)
    [finding] = [other for other in found(subject) if other.check == "mixed-quotes"]
    assert straight in [fixed(subject, fix).body for fix in finding.fixes]


@pytest.mark.parametrize("path", ["body", "headline", "standfirst"])
def test_an_address_keeps_its_apostrophe_whatever_else_is_made_curly(path: str) -> None:
    address = "o'brien@paper.example"
    subject = story(**{"body": "“One”, he said. It's", path: f'“One”, "two": {address}'})
    [finding] = [other for other in found(subject) if other.check == "mixed-quotes"]
    for fix in finding.fixes:
        assert address in getattr(fixed(subject, fix), path)
    assert "mixed-quotes" not in ids(story(f"“One”, write to {address}"))
