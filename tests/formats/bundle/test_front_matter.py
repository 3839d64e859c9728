"""Front matter reads back as it was, whatever is in a text."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from editor.formats.bundle.front_matter import Value, front_matter

HOSTILE = [
    '"',
    "'",
    "\\",
    "---",
    "a\n---\nstatus: withdrawn\n",
    "key: value",
    "# no comment",
    "- item",
    "yes",
    "null",
    "~",
    "0x1F",
    "2026-03-03",
    "!!python/object:os.system",
    "&a *a",
    "{{ x }} %} <!-- -->",
    "tab\tand\rreturn",
    "\x00\x1b[31m\x07\x7f\x85\x9f",
    "\u2028\u2029\ufeff\ufffe\uffff",
    "\u202eevil\u202c \u2066x\u2069 \u200f",
    "المنارة القديمة",
    "می‌خواهم",
    "🛶🌊",
    " leading and trailing ",
    "|",
    ">",
    "%YAML 1.2",
    "",
]


def read(text: str) -> object:
    fences = text.split("---\n")
    assert (fences[0], fences[-1], len(fences)) == ("", "", 3), "no text may look like a fence"
    assert text.isascii() or all(c.isprintable() or c in "\n\u200c\u200d" for c in text)
    return yaml.safe_load(fences[1])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_back_and_changes_nothing_around_it(text: str) -> None:
    values: dict[str, Value] = {
        "headline": text,
        "key_points": [text, "b"],
        "dateline": {"text": text, "city": "Oslo"},
        "pictures": [{"caption": text, "credit": "c"}, {"caption": "d", "credit": text}],
        "last": "x",
    }
    found = read(front_matter(values))
    assert isinstance(found, dict)
    assert found.get("headline", "") == text
    assert found["key_points"] == [text, "b"]
    assert found["dateline"] == {"city": "Oslo", **({"text": text} if text else {})}
    assert [row.get("caption", "") for row in found["pictures"]] == [text, "d"]
    assert [row.get("credit", "") for row in found["pictures"]] == ["c", text]
    assert found["last"] == "x"


@given(text=st.text())
def test_any_text_reads_back(text: str) -> None:
    found = yaml.safe_load(front_matter({"a": text, "b": [text]}).split("---\n")[1])
    assert found == {**({"a": text} if text else {}), "b": [text]}


def test_what_is_empty_is_left_out() -> None:
    values: dict[str, Value] = {"a": "", "b": (), "c": [], "d": {}, "e": {"f": ""}, "g": 3}
    assert front_matter(values) == "---\ng: 3\n---\n"
