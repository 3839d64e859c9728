"""Where pasted paragraphs are put into a body, so that nothing runs into them."""

from __future__ import annotations

import re
from typing import NamedTuple

# What begins a block of Markdown needs no escape inside of a line.
_ESCAPED_START = re.compile(r"^(\d*)\\(?=[#>+=|:.)-])")
_BAR = re.compile(r"(?<!\\)\|")
_LINE_ENDS = re.compile(r"[ \t]*\n?[ \t]*\n?\Z")
_LINE_STARTS = re.compile(r"[ \t]*\n?[ \t]*\n?")


class PlacedText(NamedTuple):
    """A text with the paste in it, and where its caret is: after what was pasted."""

    text: str
    caret: int


def place_pasted(text: str, start: int, end: int, markdown: str, is_inline: bool) -> PlacedText:
    """Put Markdown in the place of a range: words into their line, blocks between blank lines."""
    before, after = text[:start], text[end:]
    if is_inline:
        if before.rpartition("\n")[2].strip():
            markdown = _ESCAPED_START.sub(r"\1", markdown)
        return PlacedText(before + markdown + after, len(before) + len(markdown))
    lead = "\n" * _missing(before, _LINE_ENDS) if before.strip() else ""
    tail = "\n" * _missing(after, _LINE_STARTS, at_start=True) if after.strip() else ""
    inserted = lead + markdown
    return PlacedText(before + inserted + tail + after, len(before) + len(inserted))


def place_in_cell(text: str, start: int, end: int, words: str) -> PlacedText:
    """Put words in the place of a range of a table's cell, which has one line and no bars."""
    words = _BAR.sub(r"\|", " ".join(words.split()))
    return PlacedText(text[:start] + words + text[end:], start + len(words))


def _missing(text: str, pattern: re.Pattern[str], at_start: bool = False) -> int:
    """Return how many line ends a blank line at this end of a text still needs."""
    found = pattern.match(text) if at_start else pattern.search(text[-200:])
    return 2 - min(2, found[0].count("\n") if found else 0)
