"""Expressions of rules: groups, mistakes, and those that would take for ever."""

from __future__ import annotations

import pytest

from editor.checks.rules.expressions import Compiler, TooSlow, is_plain, without_groups
from editor.errors import RuleError

_COMPILER = Compiler("a.toml", {"tokens": 4}, ignore_case=False)


def test_mistake_names_the_expression_and_the_line() -> None:
    with pytest.raises(RuleError) as caught:
        _COMPILER.whole_words("tokens", ["fine", "lone("])
    assert caught.value.line == 4
    assert "“lone(”" in caught.value.sentence


@pytest.mark.parametrize("expression", ["a{99999999}", "(?:(?:ab{999}){999}){9}", "(a(?R)?b)"])
def test_expression_that_would_fill_the_memory_is_refused(expression: str) -> None:
    with pytest.raises(RuleError, match="line 4"):
        _COMPILER.whole_words("tokens", [expression])


def test_whole_words() -> None:
    found = _COMPILER.whole_words("tokens", ["port", "quay"]).matches("A port, two ports, a quay")
    assert [match.text for match in found] == ["port", "quay"]


def test_expression_that_takes_too_long_is_stopped() -> None:
    expression = _COMPILER.one("tokens", r"(?:(?:a|aa)+)+c")
    with pytest.raises(TooSlow):
        expression.matches("a" * 60)


def test_what_is_hidden_is_never_found() -> None:
    assert not _COMPILER.one("tokens", ".+").matches("\0\0\0")


@pytest.mark.parametrize(
    ("expression", "without"),
    [
        ("(a|b)c", "(?:a|b)c"),
        ("(?:a)(?=b)(?<!c)", "(?:a)(?=b)(?<!c)"),
        (r"\(a\)", r"\(a\)"),
        ("[(]a", "[(]a"),
        ("(?P<x>a)(?<y>b)", "(?:a)(?:b)"),
    ],
)
def test_groups_stop_counting(expression: str, without: str) -> None:
    assert without_groups(expression) == without


def test_plain_words() -> None:
    assert is_plain("head of state")
    assert not is_plain("advis(e|o)r")
