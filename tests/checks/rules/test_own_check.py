"""Rules as checks: scopes, languages, examples, and what only the edited block costs."""

from __future__ import annotations

import re
import textwrap

import pytest

from editor.checks.base import Subject
from editor.checks.rules.expressions import Expression, Match
from editor.checks.rules.own_check import own_check, read_own_checks
from editor.checks.rules.rule_file import RuleKind
from editor.core.brief import Banner
from editor.core.house import House
from editor.core.story import Picture, Story
from editor.errors import RuleError
from editor.resources import resource
from editor.text.cache import DocumentCache
from tests.checks.rules.rule_texts import found, words

_TEXT = 'extends = "existence"\nmessage = "See “%s”"\ntokens = ["boat"]\n'
_STORY = Story(
    headline="A boat",
    standfirst="One boat",
    key_points=("No boat", "None"),
    bylines=("B. boat",),
    pictures=(Picture(caption="The boat"),),
    body="## Our boat\n\nTwo boat. Their `boat` at https://boat.example/boat\n\n> That boat",
)


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        ("text", 7),
        ("heading", 2),
        ("paragraph", 7),
        ("sentence", 7),
        ("summary", 3),
        ("raw", 6),
        ("headline", 1),
        ("standfirst", 1),
        ("key_points", 1),
        ("body", 3),
        ("caption", 1),
    ],
)
def test_scopes(scope: str, count: int) -> None:
    assert words(f'{_TEXT}scope = "{scope}"', _STORY) == ["boat"] * count


def test_rule_for_a_language() -> None:
    text = f'{_TEXT}language = "en"'
    assert words(text, Story(language="en-GB", body="boat"))
    assert not words(text, Story(language="ar", body="boat"))


def test_message_and_hint() -> None:
    [finding] = found(f'{_TEXT}about = "Ships are ships."', Story(body="A boat"))
    assert finding.check == "own-rule"
    assert finding.sentence == "See “boat”"
    assert finding.hint == "Ships are ships."


def test_examples_are_tried_when_the_rule_is_read() -> None:
    own_check("a.toml", f'{_TEXT}right = ["A ship"]\nwrong = ["A boat"]')
    with pytest.raises(RuleError, match=r"line 4.*right example “A boat”"):
        own_check("a.toml", f'{_TEXT}right = ["A boat"]')
    with pytest.raises(RuleError, match=r"line 4.*wrong example “A ship”"):
        own_check("a.toml", f'{_TEXT}wrong = ["A ship"]')


def test_rule_with_a_mistake_keeps_the_others() -> None:
    checks, problems = read_own_checks([("a.toml", _TEXT), ("b.toml", "x"), ("c.toml", _TEXT)])
    assert [check.id for check in checks] == ["own-a", "own-c"]
    assert [problem.file for problem in problems] == ["b.toml"]


def test_rule_that_takes_too_long_says_so_and_is_left_out() -> None:
    text = "extends = 'existence'\nmessage = 'x'\nnonword = true\ntokens = ['(?:(?:a|aa)+)+c']"
    [finding] = found(text, Story(body="a" * 60))
    assert "takes too long" in finding.sentence
    [finding] = found(text, Story(body="A short text."))
    assert "takes too long" in finding.sentence


def test_only_an_edited_paragraph_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    matches = Expression.matches

    def count(self: Expression, text: str) -> list[Match]:
        searched.append(text)
        return matches(self, text)

    monkeypatch.setattr(Expression, "matches", count)
    check = own_check("counted.toml", _TEXT)
    documents = DocumentCache()
    body = "\n\n".join(f"Paragraph {number} has a boat." for number in range(50))
    for text in (body, body.replace("20 has", "20 had")):
        searched.clear()
        subject = Subject(Story(body=text), Banner(), House("Post"), documents.of(text))
        assert len(list(check.find(subject))) == 50
    assert [text for text in searched if "Paragraph" in text] == ["Paragraph 20 had a boat."]


def test_every_rule_in_the_help_can_be_read() -> None:
    page = resource("help", "2-checks.md").read_text(encoding="utf-8")
    rules = re.findall(r"(?m)(?:^    .*\n)+", page)
    kinds = [own_check("help.toml", textwrap.dedent(rule)).rule.extends for rule in rules]
    assert sorted(kinds) == sorted(RuleKind)
