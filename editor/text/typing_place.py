"""Where something is typed, and whether that is prose: not code, an address or Markdown's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

_TICKS = re.compile(r"(?<!\\)`+")
_IN_BRACKETS = re.compile(
    r"\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*|\[[^\]\n]*)$"  # a link's address or label
    r"|\[\^[^\]\n]*$"  # a footnote's label
    r"|<[A-Za-z/?][^<>\n]*$"  # an address or a tag between < and >
)
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.|mailto:|tel:|\S@)\S*$", re.IGNORECASE)
_ITEM = re.compile(r"[ ]*(?:[*+-]|\d{1,9}[.)])[ ]|[ ]{0,3}\[\^[^\s\]]+\]:")
_LONGEST_WORD = 2_000
"""An address is looked for no further back."""

_CODE_INDENT = 4
_MOST_LINES = 200
"""How far above a line is looked for the list that it may belong to."""


@dataclass(frozen=True, slots=True)
class TypingPlace:
    """The caret in a paragraph of a story in a language (BCP 47)."""

    before: str
    """The paragraph's text before the caret, with the lines above."""
    after: str
    """The rest of the line."""
    language: str
    is_markdown: bool = False


def is_prose(place: TypingPlace) -> bool:
    """Whether what is typed here is read as words, as far as the paragraph tells."""
    return not place.is_markdown or not (
        _ESCAPED.search(place.before)
        or _IN_BRACKETS.search(place.before)
        or place.before.rfind("<!--") > place.before.rfind("-->")
        or _is_in_code(place)
    )


def is_address(before: str) -> bool:
    """Whether the caret is at a web or mail address, where dots and colons mean something else."""
    word = before[-_LONGEST_WORD:].rpartition(" ")[2].rpartition("\n")[2]
    return _ADDRESS.search(word) is not None


def is_indented_code(lines_above: Iterable[str]) -> bool:
    """Whether a line is code by its indent: four spaces, and no list that it belongs to.

    Gets the line itself first, then the lines above it.
    """
    lines = islice(lines_above, _MOST_LINES)
    first = ""
    for line in lines:
        if not line.strip():
            break
        first = line
    if _indent(first) < _CODE_INDENT:
        return False
    is_paragraph = False
    for line in lines:
        if not line.strip():
            if is_paragraph:
                return True
        elif _ITEM.match(line):
            return _indent(line) >= _CODE_INDENT and is_indented_code((line, "", *lines))
        elif _indent(line) < _CODE_INDENT:
            is_paragraph = True
    return True


def _is_in_code(place: TypingPlace) -> bool:
    """Whether backticks are open: they close after the caret, or were opened in this line."""
    opened = None
    for ticks in _TICKS.finditer(place.before):
        if opened is None:
            opened = ticks
        elif len(ticks[0]) == len(opened[0]):
            opened = None
    return opened is not None and (
        "\n" not in place.before[opened.end() :] or opened[0] in place.after
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
