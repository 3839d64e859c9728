"""A body cut where a blank line ends all that precedes it; after an edit only there again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
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


def cut_again(before: str, lengths: Iterable[int], text: str) -> tuple[int, int, list[str]]:
    """Cut a text that was edited, from the lengths of the sections it had `before`.

    Sections [first:end] of those became the ones that are returned with these numbers.
    """
    change = Splice.between(before, text)
    starts = list(accumulate(lengths, initial=0))
    ends = starts[1:]
    # One section more on each side: where it begins and ends is decided inside it.
    first = max(0, bisect_right(ends, change.start) - 1)
    changed_to = change.start + len(change.removed)
    end = min(len(ends), bisect_left(starts, changed_to) + 1)
    tail = len(before) - starts[end]
    return first, end, cut(text[starts[first] : len(text) - tail])
