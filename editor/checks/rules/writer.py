"""Writes a rule as the TOML that a desk keeps, whatever it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import PurePath

from editor.checks.rules.rule_file import RuleFile, RuleScope
from editor.core.findings import Level

_LEVELS = {Level.HINT: "hint", Level.WARNING: "warning", Level.STOPS: "stops"}
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_NAME = re.compile(r"[^a-z0-9]+")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TABLES = ("swap", "either")


def rule_name(file: str) -> str:
    """Return the name under which a desk keeps a rule file: `OxfordComma.yml` is `oxford-comma`."""
    words = _WORD_START.sub("-", PurePath(file).stem).lower()
    return _NO_NAME.sub("-", words).strip("-")


def write_rule(rule: RuleFile) -> str:
    """Write a rule as TOML; what is as in most rules is left out. Reading gives the same rule."""
    tables = [f"\n[{name}]\n{_pairs(getattr(rule, name))}" for name in _TABLES]
    lines = [
        *_keys(rule),
        *(table for table, name in zip(tables, _TABLES, strict=True) if getattr(rule, name)),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _keys(rule: RuleFile) -> Iterator[str]:
    for spec in fields(rule):
        value = getattr(rule, spec.name)
        if spec.name in {"file", "lines", *_TABLES} or value == spec.default:
            continue
        yield f"{spec.name} = {_value(value)}"


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case Level():
            return _text(_LEVELS[value])
        case tuple() if len(value) > 1 and not isinstance(value[0], RuleScope):
            items = "".join(f"  {_text(str(item))},\n" for item in value)
            return f"[\n{items}]"
        case tuple():
            return f"[{', '.join(_text(str(item)) for item in value)}]"
    return _text(str(value))


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return "".join(f"{_text(key)} = {_text(value)}\n" for key, value in pairs)


def _text(text: str) -> str:
    """Write a text in the quotation marks that need the fewest escapes (TOML 1.0, “String”)."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return '"' + "".join(_ESCAPED.get(char) or _shown(char) for char in text) + '"'


def _shown(char: str) -> str:
    return char if char.isprintable() or char == " " else f"\\U{ord(char):08x}"
