"""Double spaces and characters that can't be seen."""

from __future__ import annotations

import pytest

from editor.core.story import Picture
from tests.checks.checking import fixed, found, ids, story


@pytest.mark.parametrize(
    ("text", "after"),
    [("One.  Two", "One. Two"), ("One \t two", "One two"), ("One\u00a0 two", "One two")],
)
def test_double_spaces_become_one(text: str, after: str) -> None:
    subject = story(text, headline=text)
    [finding] = [other for other in found(subject) if other.check == "stray-spaces"]
    assert finding.sentence == "There are 2 double spaces"
    better = fixed(subject, finding.fixes[0])
    assert (better.body, better.headline) == (after, after)


def test_a_line_of_its_own_has_no_spaces_around_it() -> None:
    subject = story(headline="  Ferry resumes  ")
    [finding] = [other for other in found(subject) if other.check == "stray-spaces"]
    assert fixed(subject, finding.fixes[0]).headline == "Ferry resumes"


@pytest.mark.parametrize(
    "body",
    [
        "A line break  \nhere",
        "- point\n\n    its second paragraph",
        "Shr    34 cts    1.19 dlrs\nNet    12 mln  13 mln",
        "`a  b`",
        "| a    | b  |",
    ],
)
def test_breaks_indents_tables_and_code_keep_their_spaces(body: str) -> None:
    assert "stray-spaces" not in ids(story(body))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("zero\u200bwidth", "zerowidth"),
        ("\ufeffmark", "mark"),
        ("co\u00adoperate", "cooperate"),
        ("pasted\u00a0words", "pasted words"),
        ("plain\u200e text", "plain text"),
        ("plain\u200d text", "plain text"),
        ("over\u202eride", "override"),
    ],
)
def test_invisible_characters_are_removed(text: str, after: str) -> None:
    subject = story(text)
    [finding] = found(subject)
    assert finding.sentence == "There is 1 invisible character"
    assert fixed(subject, finding.fixes[0]).body == after


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "👩\u200d👩\u200d👧 and 🏳️\u200d🌈",
        "شركة ABC\u200f (دبي)",
        "⛴\u200e ahead",
        "5\u00a0kg, Mr\u00a0Smith, p.\u00a05",
        "«\u00a0oui\u00a0» et\u00a0: non\u00a0!",
        "क्\u200dष",
    ],
)
def test_invisible_characters_with_a_purpose_stay(text: str) -> None:
    assert "stray-spaces" not in ids(story(text))


def test_captions_and_descriptions_are_checked() -> None:
    picture = Picture(file="a.jpg", caption="A pier (old", credit="AP", alt="A  pier", rights="©")
    assert ids(story("Words.", pictures=(picture,))) == ["unbalanced-marks", "stray-spaces"]
