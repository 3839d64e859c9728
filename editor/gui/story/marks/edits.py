"""What a command changes in a body, and the words in its lines that it works on."""

from __future__ import annotations

import re
from typing import NamedTuple

from editor.core.picture_reference import is_picture_line
from editor.core.text_change import Splice

_WORD = re.compile(r"[^\W_]+(?:[’'\-_]+[^\W_]+)*")
_BEFORE_LINE = re.compile(r"[ \t]*(?:(?:#{1,6}|>|[-+*]|\d+[.)])[ \t]+)*")


class MarkEdit(NamedTuple):
    """What replaces a range of the body, and the range that is selected then."""

    start: int
    end: int
    text: str
    select: tuple[int, int]

    @classmethod
    def between(cls, before: str, after: str, select: tuple[int, int]) -> MarkEdit:
        """Return the edit that makes one body of another."""
        splice = Splice.between(before, after)
        return cls(splice.start, splice.start + len(splice.removed), splice.inserted, select)

    def on(self, body: str) -> str:
        """Return a body after the edit."""
        return body[: self.start] + self.text + body[self.end :]


def pieces_of(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the words of each line in a range, without spaces around and marks before them.

    A picture in the text has none.
    """
    pieces = []
    at = start
    for line in body[start:end].split("\n"):
        line_start = body.rfind("\n", 0, at) + 1
        first = _BEFORE_LINE.match(body, line_start)
        begin = max(at, first.end() if first else at)
        stop = at + len(line)
        words = body[begin:stop]
        if words.strip() and not is_picture_line(body[line_start : _line_end(body, stop)]):
            begin += len(words) - len(words.lstrip())
            pieces.append((begin, begin + len(words.strip())))
        at = stop + 1
    return pieces


def _line_end(body: str, place: int) -> int:
    end = body.find("\n", place)
    return end if end >= 0 else len(body)


def word_at(body: str, caret: int) -> list[tuple[int, int]]:
    """Return the word that a caret is in or beside."""
    start, end = body.rfind("\n", 0, caret) + 1, _line_end(body, caret)
    for word in _WORD.finditer(body, start, end):
        if word.start() <= caret <= word.end():
            return [word.span()]
    return []


def gap_before(above: str) -> str:
    """Return the line ends that part a block from what is above it."""
    if not above.strip():
        return ""
    end = above[len(above.rstrip()) :]
    return "\n" * max(0, 2 - end.count("\n"))


def gap_after(below: str) -> str:
    """Return the line ends that part a block from what is below it."""
    if not below.strip():
        return ""
    start = below[: len(below) - len(below.lstrip())]
    return "\n" * max(0, 2 - start.count("\n"))
