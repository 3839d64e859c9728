"""The briefs above a story: a banner's pairs of a title and one sentence.

A title and a sentence by themselves are a headline and its standfirst. They are
briefs under a banner's label, or where two pairs or more stand at the top.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.wire.line_kinds import LineKind, PageLine
from editor.formats.wire.lines import Line

_SENTENCE_INSIDE = re.compile(r"[.!?؟][\"'”’»)]?\s+[\"'“‘«(]?[A-Z\u0621-\u064a]")
_LONGEST_BRIEF = 320
# Without a dateline the story's own first paragraph looks like a brief's sentence, but longer.
_LONGEST_LABELLED = 160
_LONGEST_UNLABELLED = 100
_LONG_TITLE = 5
"""Crossheads have fewer words than this."""

TITLES = (LineKind.TITLE, LineKind.LABEL)
_PROSE = (*TITLES, LineKind.SENTENCE, LineKind.CREDITED)
_BETWEEN = (LineKind.FURNITURE, LineKind.STAMP)

Pair = tuple[Line, Line]


@dataclass(frozen=True, slots=True)
class _Found:
    """Pairs in a row: the index of the first title, and after the last sentence."""

    pairs: list[Pair]
    start: int
    end: int


def split_briefs(
    items: Sequence[PageLine], has_dateline: bool
) -> tuple[list[Pair], list[PageLine]]:
    """Return the briefs, and the items after them; without briefs, all items."""
    is_labelled = any(item.kind is LineKind.BANNER for item in items)
    longest = _LONGEST_BRIEF
    if not has_dateline:
        longest = _LONGEST_LABELLED if is_labelled else _LONGEST_UNLABELLED
    found = _find_pairs(items, longest)
    rest = list(items[found.end :])
    is_banner = is_labelled or (len(found.pairs) > 1 and (has_dateline or _begins_long_story(rest)))
    return (found.pairs, rest) if found.pairs and is_banner else ([], list(items))


def has_sentence_inside(text: str) -> bool:
    """Return whether a text is more than one sentence."""
    return bool(_SENTENCE_INSIDE.search(text))


def _find_pairs(items: Sequence[PageLine], longest: int) -> _Found:
    """Find the first row of pairs that has a title after it."""
    last_title = max((i for i, item in enumerate(items) if item.kind in TITLES), default=-1)
    shown = [i for i, item in enumerate(items) if item.kind not in _BETWEEN]
    found = _Found([], 0, 0)
    at = 0
    while at + 1 < len(shown):
        title, below = items[shown[at]], items[shown[at + 1]]
        is_pair = title.kind in TITLES and _is_summary(below, longest)
        if is_pair and shown[at + 1] < last_title:
            found = _Found([*found.pairs, (title.line, below.line)], 0, shown[at + 1] + 1)
            at += 2
        elif found.pairs:
            break
        else:
            at += 1
    return found


def _is_summary(item: PageLine, longest: int) -> bool:
    """Return whether a line is one sentence; it may end in a bracket, but not in a credit."""
    return (
        (
            item.kind is LineKind.SENTENCE
            or (item.kind is LineKind.CREDITED and item.line.ends_sentence)
        )
        and len(item.line.text) <= longest
        and not has_sentence_inside(item.line.text)
    )


def _begins_long_story(items: Sequence[PageLine]) -> bool:
    """Return whether a headline and two paragraphs follow, and no crosshead."""
    prose = [item for item in items if item.kind in _PROSE]
    return (
        len(prose) > 2
        and prose[0].kind is LineKind.TITLE
        and prose[0].line.words >= _LONG_TITLE
        and all(item.kind is LineKind.SENTENCE for item in prose[1:3])
    )
