"""Telling quotation marks from apostrophes and primes, one paragraph at a time.

The same little stroke is a quotation mark in 'yes', an apostrophe in ’90s and a
prime in 6'2". What it is depends on its neighbours and on what is open before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from editor.checks.paragraphs import paragraphs

STRAIGHT = "\"'"
CURLY = "“”„‘’‚"

_DEEPEST = 50
"""More marks open at once than any prose has; beyond it reading would only get slow."""

_MARKS = re.compile("[\"'“”„‘’‚«»‹›「」『』]")
_OPENERS = "“„«‹「『"
_CLOSERS = "”»›」』"
_ELISION = re.compile(
    r"(?:\d\ds?|twas|twere|twill|tis|til|till|em|er|n|cause|cos|bout|round|tween|neath|ello|ere)"
    r"(?!\w)",
    re.IGNORECASE,
)
_BEFORE_OPENING = "([{<-–—/‐‑…*_>«„“‘\"'\0"
_HEBREW = re.compile("[\u05d0-\u05ea]")
_LEADING_MARKUP = re.compile(r"(?:[>#*+\s\-]|\d{1,3}[.)])*")


class Role(Enum):
    """What a stroke is where it stands."""

    OPEN = auto()
    CLOSE = auto()
    APOSTROPHE = auto()
    PRIME = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """One stroke. `single` says that it is of the kind that doubles as an apostrophe."""

    at: int
    char: str
    role: Role
    single: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One paragraph's marks, its outermost quotations and the marks left without a partner."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    quotations: tuple[tuple[Mark, Mark], ...]
    unclosed: tuple[Mark, ...]
    unopened: tuple[Mark, ...]


def read_marks(text: str, language: str = "") -> Iterator[Reading]:
    """Read every paragraph of a text; its language (BCP 47) tells which marks open.

    In Swedish and Finnish ” stands on both sides.
    """
    same_mark_opens = language.partition("-")[0].lower() in ("sv", "fi")
    for start, end in paragraphs(text):
        yield _Reader(text, start, end, same_mark_opens).read()


def starts_with_quotation(text: str, reading: Reading) -> bool:
    """Whether a paragraph begins with an opening mark, as each one of a long quotation does."""
    first = _LEADING_MARKUP.match(text, reading.start, reading.end)
    at = first.end() if first else reading.start
    return any(mark.at == at and mark.role is Role.OPEN for mark in reading.marks[:3])


class _Reader:
    def __init__(self, text: str, start: int, end: int, same_mark_opens: bool) -> None:
        self.text, self.start, self.end = text, start, end
        self.same_mark_opens = same_mark_opens
        self.open: list[Mark] = []
        self.marks: list[Mark] = []
        self.pairs: list[tuple[Mark, Mark]] = []
        self.unopened: list[Mark] = []
        places = [match.start() for match in _MARKS.finditer(text, start, end)]
        self.places = places
        closing = [at for at in places if text[at] in "'’" and self._may_close(at)]
        self.last_single_closer = closing[-1] if closing else -1

    def read(self) -> Reading:
        for at in self.places:
            char = self.text[at]
            single = char in "'‘’‚"
            role = self._single(at, char) if single else self._double(at, char)
            mark = Mark(at, char, role, single)
            self.marks.append(mark)
            if role is Role.OPEN and len(self.open) < _DEEPEST:
                self.open.append(mark)
            elif role is Role.CLOSE:
                self._close(mark)
        return Reading(
            self.start,
            self.end,
            tuple(self.marks),
            _outermost(self.pairs),
            tuple(self.open),
            tuple(self.unopened),
        )

    def _close(self, mark: Mark) -> None:
        """Pair a closing mark with the innermost open one of its kind."""
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].single == mark.single:
                self.pairs.append((self.open[depth], mark))
                # A single mark left open inside was an apostrophe after all.
                lost = self.open[depth + 1 :]
                self.open[depth:] = [each for each in lost if not each.single]
                return
        self.unopened.append(mark)

    def _double(self, at: int, char: str) -> Role:
        is_open = any(not mark.single for mark in self.open)
        if char == "“":
            return Role.CLOSE if is_open and self._open_is("„") else Role.OPEN
        if char in "”»" and not is_open and (self.same_mark_opens or char == "»"):
            return Role.OPEN if self._may_open(at) else Role.CLOSE
        if char == "«" and is_open and self._open_is("»"):
            return Role.CLOSE
        if char in _OPENERS:
            return Role.OPEN
        if char in _CLOSERS:
            return Role.CLOSE
        return self._straight_double(at, is_open)

    def _straight_double(self, at: int, is_open: bool) -> Role:
        before, after = self._around(at)
        if _HEBREW.match(before) and _HEBREW.match(after):
            return Role.APOSTROPHE
        if self._is_inches(at, before, after, is_open):
            return Role.PRIME
        if is_open:
            nested = self._may_open(at) and (after.isalnum() or after in "([‘'")
            return Role.OPEN if nested else Role.CLOSE
        ends_word = not before.isspace() and before not in _BEFORE_OPENING
        return Role.CLOSE if ends_word and not after.isalnum() else Role.OPEN

    def _is_inches(self, at: int, before: str, after: str, is_open: bool) -> bool:
        if not before.isdigit() or after.isalnum():
            return False
        return not is_open or bool(re.search(r"\d['’′]\s?\d{1,2}$", self.text[max(0, at - 6) : at]))

    def _single(self, at: int, char: str) -> Role:
        before, after = self._around(at)
        is_open = any(mark.single for mark in self.open)
        role = Role.APOSTROPHE
        if char == "‚":
            role = Role.OPEN
        elif before.isalnum() and after.isalnum():
            role = Role.PRIME if before.isdigit() and after.isdigit() else Role.APOSTROPHE
        elif self._stands_for_letters(at, before):
            role = Role.APOSTROPHE
        elif char == "‘":
            role = Role.CLOSE if is_open and self._open_is("‚") else Role.OPEN
        elif is_open and self._may_close(at):
            role = Role.CLOSE
        elif before.isdigit() and char == "'":
            role = Role.PRIME
        elif char == "'" and self._may_open(at) and at < self.last_single_closer:
            role = Role.APOSTROPHE if after.isspace() or after in ".,;:!?)]}" else Role.OPEN
        return role

    def _stands_for_letters(self, at: int, before: str) -> bool:
        """Whether letters or digits were left out here: ’90s, ’twas; or a Hebrew geresh."""
        if before.isalnum():
            return _HEBREW.match(before) is not None
        return _ELISION.match(self.text, at + 1) is not None

    def _around(self, at: int) -> tuple[str, str]:
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        return before, after

    def _may_open(self, at: int) -> bool:
        before, _ = self._around(at)
        return before.isspace() or before in _BEFORE_OPENING

    def _may_close(self, at: int) -> bool:
        before, after = self._around(at)
        return not before.isspace() and not after.isalnum() and at > self.start

    def _open_is(self, char: str) -> bool:
        return any(mark.char == char for mark in self.open)


def _outermost(pairs: list[tuple[Mark, Mark]]) -> tuple[tuple[Mark, Mark], ...]:
    """The pairs that lie in no other one, in the order of the text."""
    kept: list[tuple[Mark, Mark]] = []
    for opening, closing in sorted(pairs, key=lambda pair: (pair[0].at, -pair[1].at)):
        if not kept or opening.at > kept[-1][1].at:
            kept.append((opening, closing))
    return tuple(kept)
