"""Rule files: what is read, and how a mistake is told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.checks.rules.reader import LONGEST_RULE, decode_rule, load_rule, read_rule
from editor.checks.rules.rule_file import RuleKind, RuleScope
from editor.core.findings import Level
from editor.errors import RuleError

_TOML = """
extends = "existence"
message = "Don’t write “%s”"
level = "hint"
scope = ["headline", "sentence"]
ignorecase = true
tokens = ["very", 'obvious(ly)?']
wrong = ["It is very late."]
"""
_YAML = """
extends: substitution
message: "Use '%s' instead of '%s'."
link: https://post.example/style
level: error
ignorecase: false
action:
  name: replace
swap:
  "(?:cell ?phone)": phone|mobile
  no: none
  1990's: 1990s
"""


def test_toml() -> None:
    rule = read_rule("plain-words.toml", _TOML)
    assert rule.name == "plain-words"
    assert rule.extends is RuleKind.EXISTENCE
    assert rule.level is Level.HINT
    assert rule.scope == (RuleScope.HEADLINE, RuleScope.SENTENCE)
    assert rule.ignorecase
    assert not rule.nonword
    assert rule.tokens == ("very", "obvious(ly)?")
    assert rule.lines["tokens"] == 7


def test_yaml_of_vale() -> None:
    rule = read_rule("WordList.yml", _YAML)
    assert rule.extends is RuleKind.SUBSTITUTION
    assert rule.level is Level.STOPS
    assert rule.about == "https://post.example/style"
    # YAML 1.1 would read “no” as false.
    assert rule.swap == (("(?:cell ?phone)", "phone|mobile"), ("no", "none"), ("1990's", "1990s"))


def test_action_of_vale_that_removes() -> None:
    rule = read_rule(
        "Spacing.yml",
        "extends: existence\nmessage: x\naction:\n  name: remove\ntokens:\n  - very\n",
    )
    assert rule.replace == ("",)


@pytest.mark.parametrize(
    ("file", "text", "line", "says"),
    [
        ("a.toml", "extends = ", 1, "no TOML"),
        ("a.toml", 'extends = "existence"\nmessage = "x"\ntokens = [1]', 3, "list of texts"),
        ("a.toml", 'extends = "existence"\nmessage = "x"\n', 1, "“tokens”"),
        ("a.toml", 'extends = "existence"\nmessage = ""\ntokens = ["x"]', 2, "message"),
        ("a.toml", 'extends = "existance"\nmessage = "x"', 1, "“existance”"),
        ("a.toml", 'extends = "script"\nmessage = "x"', 1, "“script”"),
        ("a.toml", 'message = "x"\ntokens = ["x"]', 1, "“extends”"),
        ("a.toml", 'extends = "existence"\nlevel = "loud"\nmessage = "x"', 2, "“loud”"),
        ("a.toml", 'extends = "existence"\nmessage = "x"\ntoken5 = "x"', 1, "“token5”"),
        ("a.toml", 'extends = "existence"\nmessage = "x"\ntoken = 5', 3, "text"),
        ("a.toml", 'extends = "occurrence"\nmessage = "x"\ntoken = "x"\nmax = -1', 4, "whole"),
        ("a.toml", 'extends = "occurrence"\nmessage = "x"\ntoken = "x"', 1, "“max”"),
        ("a.toml", 'extends = "conditional"\nmessage = "x"\nfirst = "x"', 1, "“second”"),
        ("a.toml", 'extends = "existence"\nmessage = "x"\nscope = "table.cell"', 3, "table.cell"),
        ("a.toml", 'extends = "existence"\nnonword = "perhaps"\nmessage = "x"', 2, "true or false"),
        ("a.yml", "extends: existence\nmessage: 'x\n", 3, "no YAML"),
        ("a.yml", "- a\n- b\n", 1, "no rule"),
        ("a.yml", "extends: substitution\nmessage: x\nswap:\n  - a\n", 3, "table"),
        ("a.txt", "extends: existence", 0, ".toml or .yml"),
        ("../a.b.toml", "", 0, "name"),
        ("a.toml", "#" * (LONGEST_RULE + 1), 0, "limit"),
    ],
)
def test_mistake_is_told_with_its_line(file: str, text: str, line: int, says: str) -> None:
    with pytest.raises(RuleError) as caught:
        read_rule(file, text)
    assert caught.value.line == line
    assert says in caught.value.sentence
    assert file in caught.value.sentence


@given(st.text(max_size=200), st.sampled_from(["a.toml", "a.yml"]))
def test_no_text_breaks_it(text: str, file: str) -> None:
    with suppress(RuleError):
        assert read_rule(file, text).message


@pytest.mark.parametrize(
    "text", ["a: &x [*x]", "a: " + "[" * 5000, "{" * 5000, "a = " + "[" * 5000]
)
def test_nested_text_is_refused(text: str) -> None:
    for file in ("a.yml", "a.toml"):
        with pytest.raises(RuleError):
            read_rule(file, text)


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    assert decode_rule("a.toml", b"\xef\xbb\xbfmessage") == "message"
    with pytest.raises(RuleError, match=r"a\.toml, line 2"):
        decode_rule("a.toml", b"x\n\xff\xfe")


def test_file_that_is_too_long_or_gone_is_told(tmp_path: Path) -> None:
    long = tmp_path / "long.toml"
    long.write_bytes(b"#" * (5 * LONGEST_RULE))
    with pytest.raises(RuleError, match=r"long\.toml: The file has"):
        load_rule(long)
    with pytest.raises(RuleError, match=r"gone\.toml: This file can’t be read"):
        load_rule(tmp_path / "gone.toml")
