"""Tells quotation marks from apostrophes and primes, one paragraph at a time.

The same character is a quotation mark in 'yes', an apostrophe in ’90s and a
prime in 6'2". What it is depends on its neighbours and on what is open before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from editor.checks.prose import BlockProse, BodyProse, split_paragraphs
from editor.text.quotation_marks import same_mark_opens

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
_BEFORE_OPENING = "([{<-–—/‐‑…>«„“‘\"'\0"
_TURNED = {"«": "»", "»": "«", "‹": "›", "›": "‹"}
_FEET = re.compile(r"\d['’′]\s?\d{1,2}$")
_HEBREW = re.compile("[\u05d0-\u05ea]")


class MarkRole(Enum):
    """What a mark does in its paragraph."""

    OPEN = auto()
    CLOSE = auto()
    APOSTROPHE = auto()
    PRIME = auto()


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """One mark. `single` says that it is of the kind that doubles as an apostrophe."""

    at: int
    char: str
    role: MarkRole
    single: bool

    def moved(self, by: int) -> QuoteMark:
        """Return the mark of the same words in a longer text, where they begin at `by`."""
        return QuoteMark(self.at + by, self.char, self.role, self.single)


@dataclass(frozen=True, slots=True)
class ParagraphMarks:
    """One paragraph's marks, its outermost quotations and the marks left without a partner."""

    start: int
    end: int
    marks: tuple[QuoteMark, ...]
    quotations: tuple[tuple[QuoteMark, QuoteMark], ...]
    unclosed: tuple[QuoteMark, ...]
    unopened: tuple[QuoteMark, ...]

    def moved(self, by: int) -> ParagraphMarks:
        """Return the marks of the same words in a longer text, where they begin at `by`."""
        return ParagraphMarks(
            self.start + by,
            self.end + by,
            tuple(mark.moved(by) for mark in self.marks),
            tuple((opening.moved(by), closing.moved(by)) for opening, closing in self.quotations),
            tuple(mark.moved(by) for mark in self.unclosed),
            tuple(mark.moved(by) for mark in self.unopened),
        )


def find_body_marks(body: BodyProse, language: str = "") -> Iterator[ParagraphMarks]:
    """Find the marks of a body, as `find_quote_marks` does those of its text."""
    own_marks = _marks_both_same if same_mark_opens(language) else marks_in_pairs
    for block, start in body.blocks:
        for paragraph in block.made(own_marks):
            yield paragraph.moved(start)


def marks_in_pairs(block: BlockProse) -> tuple[ParagraphMarks, ...]:
    """Return the marks of a block in most languages, whose opening and closing marks differ."""
    return tuple(_find_marks(block.text, same_mark_opens=False))


def _marks_both_same(block: BlockProse) -> tuple[ParagraphMarks, ...]:
    return tuple(_find_marks(block.text, same_mark_opens=True))


def find_quote_marks(text: str, language: str = "") -> Iterator[ParagraphMarks]:
    """Find the marks of every paragraph; the language (BCP 47) tells which marks open.

    In Swedish and Finnish ” is on both sides.
    """
    return _find_marks(text, same_mark_opens=same_mark_opens(language))


def _find_marks(text: str, *, same_mark_opens: bool) -> Iterator[ParagraphMarks]:
    for start, end in split_paragraphs(text):
        yield _Reader(text, start, end, same_mark_opens).read()


def starts_with_quotation(text: str, paragraph: ParagraphMarks) -> bool:
    """Whether a paragraph begins with an opening mark, as each one of a long quotation does."""
    words = text[paragraph.start : paragraph.end]
    start = paragraph.end - len(words.lstrip())
    first = next(iter(paragraph.marks), None)
    return first is not None and first.at == start and first.role is MarkRole.OPEN


class _Reader:
    """Reads one paragraph from left to right."""

    def __init__(self, text: str, start: int, end: int, same_mark_opens: bool) -> None:
        self.text, self.start, self.end = text, start, end
        self.same_mark_opens = same_mark_opens
        self.open: list[QuoteMark] = []
        self.marks: list[QuoteMark] = []
        self.pairs: list[tuple[QuoteMark, QuoteMark]] = []
        self.unopened: list[QuoteMark] = []
        self.places = [match.start() for match in _MARKS.finditer(text, start, end)]
        closing = (at for at in reversed(self.places) if text[at] in "'’" and self._may_close(at))
        self.last_single_closer = next(closing, -1)

    def read(self) -> ParagraphMarks:
        for at in self.places:
            char = self.text[at]
            single = char in "'‘’‚"
            role = self._single(at, char) if single else self._double(at, char)
            mark = QuoteMark(at, char, role, single)
            self.marks.append(mark)
            if role is MarkRole.OPEN and len(self.open) < _DEEPEST:
                self.open.append(mark)
            elif role is MarkRole.CLOSE:
                self._close(mark)
        return ParagraphMarks(
            self.start,
            self.end,
            tuple(self.marks),
            _outermost(self.pairs),
            tuple(self.open),
            tuple(self.unopened),
        )

    def _close(self, mark: QuoteMark) -> None:
        """Pair a closing mark with the innermost open one of its kind."""
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].single == mark.single:
                self.pairs.append((self.open[depth], mark))
                # A single mark left open inside was an apostrophe after all.
                inside = self.open[depth + 1 :]
                self.open[depth:] = [opening for opening in inside if not opening.single]
                return
        self.unopened.append(mark)

    def _double(self, at: int, char: str) -> MarkRole:
        is_open = any(not mark.single for mark in self.open)
        if char == "“":
            return MarkRole.CLOSE if is_open and self._is_open("„") else MarkRole.OPEN
        if char in _TURNED:
            return self._guillemet(at, char)
        if char == "”" and not is_open:
            return self._closing_alone(at)
        if char in _OPENERS:
            return MarkRole.OPEN
        if char in _CLOSERS:
            return MarkRole.CLOSE
        return self._straight_double(at, is_open)

    def _guillemet(self, at: int, char: str) -> MarkRole:
        """Tell «so», ‹so› from »so«, ›so‹: the one that is open decides."""
        if self._is_open(_TURNED[char]):
            return MarkRole.CLOSE
        return MarkRole.OPEN if char in _OPENERS or self._may_open(at) else MarkRole.CLOSE

    def _closing_alone(self, at: int) -> MarkRole:
        if _FEET.search(self.text, max(0, at - 6), at):
            return MarkRole.PRIME
        return MarkRole.OPEN if self.same_mark_opens and self._may_open(at) else MarkRole.CLOSE

    def _straight_double(self, at: int, is_open: bool) -> MarkRole:
        before, after = self._neighbours(at)
        if _HEBREW.match(before) and _HEBREW.match(after):
            return MarkRole.APOSTROPHE
        if self._is_inches(at, before, after, is_open):
            return MarkRole.PRIME
        if is_open:
            nested = self._may_open(at) and (after.isalnum() or after in "([‘'")
            return MarkRole.OPEN if nested else MarkRole.CLOSE
        ends_word = not before.isspace() and before not in _BEFORE_OPENING
        return MarkRole.CLOSE if ends_word and not after.isalnum() else MarkRole.OPEN

    def _is_inches(self, at: int, before: str, after: str, is_open: bool) -> bool:
        if not before.isdigit() or after.isalnum():
            return False
        return not is_open or bool(_FEET.search(self.text, max(0, at - 6), at))

    def _single(self, at: int, char: str) -> MarkRole:
        before, after = self._neighbours(at)
        is_open = any(mark.single for mark in self.open)
        role = MarkRole.APOSTROPHE
        if char == "‚":
            role = MarkRole.OPEN
        elif before.isalnum() and after.isalnum():
            role = MarkRole.PRIME if before.isdigit() and after.isdigit() else MarkRole.APOSTROPHE
        elif self._replaces_letters(at, before):
            role = MarkRole.APOSTROPHE
        elif char == "‘":
            role = MarkRole.CLOSE if is_open and self._is_open("‚") else MarkRole.OPEN
        elif is_open and self._may_close(at):
            role = MarkRole.CLOSE
        elif before.isdigit() and char == "'":
            role = MarkRole.PRIME
        elif char == "'" and self._may_open(at) and at < self.last_single_closer:
            ends = after.isspace() or after in ".,;:!?)]}"
            role = MarkRole.APOSTROPHE if ends else MarkRole.OPEN
        return role

    def _replaces_letters(self, at: int, before: str) -> bool:
        """Whether letters or digits were left out here: ’90s, ’twas; or a Hebrew geresh."""
        if before.isalnum():
            return _HEBREW.match(before) is not None
        return _ELISION.match(self.text, at + 1) is not None

    def _neighbours(self, at: int) -> tuple[str, str]:
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        return before, after

    def _may_open(self, at: int) -> bool:
        before, _ = self._neighbours(at)
        return before.isspace() or before in _BEFORE_OPENING

    def _may_close(self, at: int) -> bool:
        before, after = self._neighbours(at)
        return not before.isspace() and not after.isalnum() and at > self.start

    def _is_open(self, char: str) -> bool:
        return any(mark.char == char for mark in self.open)


def _outermost(
    pairs: list[tuple[QuoteMark, QuoteMark]],
) -> tuple[tuple[QuoteMark, QuoteMark], ...]:
    """The pairs that are inside no other one, in the order of the text."""
    outermost: list[tuple[QuoteMark, QuoteMark]] = []
    for opening, closing in sorted(pairs, key=lambda pair: (pair[0].at, -pair[1].at)):
        if not outermost or opening.at > outermost[-1][1].at:
            outermost.append((opening, closing))
    return tuple(outermost)
