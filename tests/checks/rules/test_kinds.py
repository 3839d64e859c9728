"""What each kind of rule finds, and what it offers."""

from __future__ import annotations

import pytest

from editor.core.story import Story
from editor.errors import RuleError
from tests.checks.rules.rule_texts import bodies, found, words


def rule(kind: str, keys: str) -> str:
    return f'extends = "{kind}"\nmessage = "See “%s”"\n{keys}'


def test_existence() -> None:
    text = rule("existence", 'tokens = ["very", "obviously"]\nignorecase = true')
    assert words(text, "Very **very** clear. Every one, obviously.") == [
        "Very",
        "very",
        "obviously",
    ]


def test_existence_without_word_edges() -> None:
    text = rule("existence", "tokens = ['in']\nnonword = true\nexceptions = ['x']")
    assert words(text, "Inside in tin") == ["in", "in"]


def test_removing_takes_one_space_along() -> None:
    text = rule("existence", 'tokens = ["very"]\nreplace = [""]')
    assert bodies(text, "It is very good.") == ["It is good."]
    assert bodies(text, "Good, very.") == ["Good,."]


def test_raw_expressions_are_put_together() -> None:
    text = rule("existence", "raw = ['\\d+', ' knots']")
    assert words(text, "At 12 knots, then 3 knots.") == ["12 knots", "3 knots"]


def test_substitution_prefers_the_longest_and_keeps_capitals() -> None:
    text = rule(
        "substitution",
        'ignorecase = true\n[swap]\nhead = "leader|chief"\n"head of state" = "president"',
    )
    assert words(text, "Head of state, head.") == ["Head of state", "head"]
    assert bodies(text, "Head of state.") == ["President."]
    assert bodies(text, "A head.") == ["A leader.", "A chief."]


def test_substitution_writes_groups() -> None:
    text = rule("substitution", "[swap]\n'(\\d+) per cent' = '$1%'")
    assert bodies(text, "It rose 12 per cent.") == ["It rose 12%."]


def test_substitution_writes_the_whole_match_and_dollar_signs() -> None:
    """Vale's `$0` was written as a NUL into the story."""
    text = rule("substitution", "[swap]\nping = '$0 time'\n'five (pounds)' = '$$5 ${1}'\nUSD = '$'")
    assert bodies(text, "A ping.") == ["A ping time."]
    assert bodies(text, "For five pounds.") == ["For $5 pounds."]
    assert bodies(text, "In USD.") == ["In $."]


def test_group_that_is_not_there_is_a_mistake_in_its_line() -> None:
    with pytest.raises(RuleError, match=r"“\$3” is a group that “x\(\\d\)” has not got") as caught:
        bodies(rule("substitution", "[swap]\n'x(\\d)' = '$3'"), "x4")
    assert caught.value.line == 3


def test_substitution_finds_nothing_where_it_is_right_already() -> None:
    text = rule("substitution", 'ignorecase = true\n[swap]\n"e-?mail" = "email"')
    assert words(text, "Email, e-mail, email") == ["e-mail"]


def test_occurrence_counts_in_its_scope() -> None:
    text = rule("occurrence", "token = ','\nmax = 2\nscope = 'sentence'")
    body = "One, two, three, four. Five, six."
    assert words(text, body) == [","]
    assert [finding.sentence for finding in found(text, Story(body=body))] == ["See “3”"]
    assert not words(text.replace("sentence", "headline"), body)


def test_occurrence_of_too_few() -> None:
    text = rule("occurrence", "token = 'said'\nmin = 1\nscope = 'summary'")
    assert len(found(text, Story(body="Nobody spoke."))) == 1
    assert not found(text, Story(body="She said so.\n\nNobody else."))


def test_repetition() -> None:
    text = rule("repetition", "tokens = ['[^\\s]+']\nalpha = true\nignorecase = true")
    assert words(text, "The the boat. 5 5\n\nThe\n\nthe end") == ["The the"]
    assert bodies(text, "A boat boat sank.") == ["A boat sank."]


def test_consistency_looks_at_the_whole_story_and_finds_the_rarer() -> None:
    text = rule("consistency", '[either]\nadvisor = "adviser"\ngrey = "gray"')
    story = Story(
        headline="Our adviser", body="The adviser, an adviser.\n\nAn advisor. A grey sea."
    )
    assert words(text, story) == ["advisor"]
    assert bodies(text, "An adviser, an adviser, an advisor.") == [
        "An adviser, an adviser, an adviser."
    ]


def test_consistency_offers_no_expression_as_words() -> None:
    text = rule("consistency", "[either]\nadvisor = 'advis[e]r'")
    assert words(text, "An adviser and an advisor.") == ["adviser"]
    assert bodies(text, "An adviser and an advisor.") == ["An advisor and an advisor."]
    text = rule("consistency", "[either]\n'advis[e]r' = 'advis[o]r'")
    assert words(text, "An adviser and an advisor.") == ["advisor"]
    assert not bodies(text, "An adviser and an advisor.")


def test_conditional_wants_the_second_once() -> None:
    keys = "first = '\\b([A-Z]{3,5})\\b'\nsecond = '(?:[A-Z][a-z]+ )+\\(([A-Z]{3,5})\\)'"
    text = rule("conditional", f"{keys}\nexceptions = ['BBC']")
    body = "World Health Organization (WHO). The WHO, the ZZT and the BBC.\n\nThe ZZT again."
    assert words(text, body) == ["ZZT"]


@pytest.mark.parametrize(
    "keys",
    [
        'extends = "existence"\ntokens = ["("]',
        'extends = "substitution"\n[swap]\n"(" = "x"',
        'extends = "occurrence"\nmax = 1\ntoken = "("',
        'extends = "repetition"\ntokens = ["("]',
        'extends = "consistency"\n[either]\n"(" = "x"',
        'extends = "conditional"\nfirst = "("\nsecond = "x"',
        'extends = "existence"\ntokens = ["x"]\nexceptions = ["("]',
    ],
)
def test_mistake_in_an_expression_is_told(keys: str) -> None:
    with pytest.raises(RuleError, match="expression"):
        words(f'message = "x"\n{keys}', "Words.")
