"""The two kinds of marks."""

from __future__ import annotations

import pytest

from tests.checks.checking import fixed, found, ids, story


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
