"""Rules are written so that they read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.checks.rules.reader import read_rule
from editor.checks.rules.rule_file import RuleFile, RuleKind, RuleScope
from editor.checks.rules.writer import rule_name, write_rule
from editor.core.findings import Level

_WORDS = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
_LISTS = st.lists(_WORDS, max_size=4).map(tuple)
_PAIRS = st.dictionaries(_WORDS, st.text(max_size=12), max_size=4).map(lambda d: tuple(d.items()))


@given(
    st.builds(
        RuleFile,
        file=st.just("rule.toml"),
        extends=st.just(RuleKind.EXISTENCE),
        message=_WORDS,
        about=st.text(max_size=12),
        level=st.sampled_from([Level.HINT, Level.WARNING, Level.STOPS]),
        scope=st.lists(st.sampled_from(RuleScope), min_size=1, max_size=3).map(tuple),
        tokens=_LISTS.filter(bool),
        exceptions=_LISTS,
        swap=_PAIRS,
        either=_PAIRS,
        ignorecase=st.booleans(),
        min=st.integers(0, 999_999),
    )
)
def test_rule_reads_back(rule: RuleFile) -> None:
    assert replace(read_rule("rule.toml", write_rule(rule)), lines={}) == rule


def test_rule_of_vale_becomes_toml() -> None:
    yaml = (
        "extends: substitution\nmessage: Use '%s'\nlevel: suggestion\nignorecase: true\n"
        "swap:\n  '\\bper cent\\b': percent\n  don't: do not\n"
    )
    assert write_rule(read_rule("PerCent.yml", yaml)) == (
        'extends = "substitution"\nmessage = "Use \'%s\'"\nlevel = "hint"\nignorecase = true\n\n'
        '[swap]\n\'\\bper cent\\b\' = "percent"\n"don\'t" = "do not"\n'
    )


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("OxfordComma.yml", "oxford-comma"),
        ("AMPM.yml", "ampm"),
        ("HTMLTags.yml", "html-tags"),
        ("first_person.toml", "first-person"),
    ],
)
def test_name_of_a_rule(file: str, name: str) -> None:
    assert rule_name(file) == name
