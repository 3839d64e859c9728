"""YAML front matter (YAML 1.2): every text in double quotes, so that none is taken for more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = str | int | Sequence[str] | Mapping[str, str] | Sequence[Mapping[str, str]]

_FENCE = "---\n"
# What JSON leaves as it is and YAML does not allow, takes for a line end, or what turns the
# direction of the words after it in an editor.
_ESCAPED = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def front_matter(values: Mapping[str, Value]) -> str:
    """Return the block with its fences. What is empty is left out."""
    return f"{_FENCE}{''.join(_members(values))}{_FENCE}"


def _members(values: Mapping[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        match value:
            case "" | () | []:
                continue
            case int() | str():
                yield f"{name}: {_scalar(value)}\n"
            case Mapping():
                if inner := "".join(_members({key: value[key] for key in value})):
                    yield f"{name}:\n{_indented(inner)}"
            case _:
                yield f"{name}:\n{''.join(map(_item, value))}"


def _item(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return f"  - {_scalar(value)}\n"
    text = "".join(_members({key: value[key] for key in value}))
    return f"  - {_indented(text, '    ')[4:]}"


def _indented(text: str, by: str = "  ") -> str:
    return "".join(f"{by}{line}\n" for line in text.splitlines())


def _scalar(value: str | int) -> str:
    if isinstance(value, int):
        return json.dumps(value)
    return _ESCAPED.sub(_escape, json.dumps(value, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
