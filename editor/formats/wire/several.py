"""Several stories in one text: what shows where another one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from editor.formats.base import Problem
from editor.formats.wire.dateline import find_dateline
from editor.formats.wire.lines import Line
from editor.i18n import _

_END_MARK = re.compile(r"-30-|#{3}|\(?ends?\)?|-\s*ends?\s*-|nnnn", re.IGNORECASE)


def is_end_mark(line: Line) -> bool:
    """Return whether a line is what agencies and newsrooms write under a story."""
    return bool(_END_MARK.fullmatch(line.text))


def find_other_stories(body: Sequence[Line]) -> tuple[Problem, ...]:
    """Return a problem where a body holds further stories after the first.

    Another story begins under an end mark, or with a title and a dateline that is certain.
    """
    starts = _find_starts([line for line in body if line.text])
    if not starts:
        return ()
    return (
        Problem(
            _("This looks like {n} stories; they were read as one.").format(n=len(starts) + 1),
            _("Import each by itself: copy one story and paste it here."),
            starts[0],
        ),
    )


def _find_starts(lines: Sequence[Line]) -> list[int]:
    """Return the numbers of the lines where other stories begin."""
    starts: list[int] = []
    after_mark = 0
    for above, line in pairwise(lines):
        if is_end_mark(above):
            after_mark = line.number
            starts.append(after_mark)
        elif not above.ends_sentence and _has_certain_dateline(line):
            if not after_mark:
                starts.append(above.number)
            after_mark = 0
    return starts


def _has_certain_dateline(line: Line) -> bool:
    found = find_dateline(line.text)
    return found is not None and found.is_certain and bool(found.dateline.city)
