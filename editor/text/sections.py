"""A body cut where a blank line ends all that precedes it; after an edit only there again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from editor.core.text_change import Splice
from editor.text.xml import xml_text

# After a blank line, a line that begins with words ends every list, quote, footnote and
# code above it. A dash, star or number may begin an item, a space may go on with one.
_CUT = re.compile(
    r"\n[ \t]*\n(?=(?:[^\s\d>*+\-]|[*+\-](?=[^\W_]|\*[^\W_])|\d{1,9}(?=[ ,:%/]|[^\W\d_])))"
)


def cut(text: str) -> list[str]:
    """Cut a text into sections that can be read apart. Joined they are the text.

    Where a line holds characters that no page may contain, it is not cut: without
    them it may begin otherwise.
    """
    if not text:
        return []
    if "\r" in text or xml_text(text) != text:
        return [text]
    ends = [match.end() for match in _CUT.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


class Cuts:
    """The sections of the text that was cut last, of which an edit cuts only those around it."""

    def __init__(self) -> None:
        self._text = ""
        self.sections: list[str] = []

    def edit(self, text: str) -> tuple[int, int, list[str]]:
        """Cut another text: sections [first:end] of the one before became these."""
        before, sections = self._text, self.sections
        change = Splice.between(before, text)
        ends = list(accumulate(map(len, sections)))
        # One section more on each side: where it begins and ends is decided inside it.
        first = max(0, bisect_right(ends, change.start) - 1)
        changed_to = change.start + len(change.removed)
        starts = [0, *ends[:-1]] if ends else []
        end = min(len(sections), bisect_left(starts, changed_to) + 1)
        if len(sections) == 1:
            first, end = 0, 1
        start = starts[first] if first < len(starts) else 0
        tail = len(before) - (ends[end - 1] if end else 0)
        fresh = cut(text[start : len(text) - tail])
        self._text, self.sections = text, [*sections[:first], *fresh, *sections[end:]]
        return first, end, fresh
