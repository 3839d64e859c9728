"""Source lines, and the ledger of what each became."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.base import TakenLine

_BULLET = re.compile(r"\s*(?:[•‣◦▪■●·∙]\s*|[*–—-]\s+)(?=\S)")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_HEAD_MARKS = re.compile(r"^\^|\s*[=<]+\s*$")
_LAST = re.compile(r"[.!?…۔؟。][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its number from 1, and its text as it came."""

    number: int
    raw: str

    @property
    def text(self) -> str:
        """The line without white space around it."""
        return self.raw.strip()

    @property
    def head(self) -> str:
        """The text without the marks that ANPA 1312 and IPTC 7901 put around a head's lines."""
        return _HEAD_MARKS.sub("", self.text)

    @property
    def indent(self) -> int:
        """The columns before the first character; a tab counts four."""
        margin = self.raw[: len(self.raw) - len(self.raw.lstrip())]
        return len(margin.expandtabs(4))

    @property
    def words(self) -> int:
        """How many words the line has; where no spaces part them, two signs make one."""
        return len(self.raw.split()) + len(_UNSPACED.findall(self.raw)) // 2

    @property
    def bullet(self) -> int:
        """Where the words after a bullet begin; 0 without a bullet."""
        found = _BULLET.match(self.raw)
        return found.end() if found else 0

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does, a closing quotation mark allowed."""
        return bool(_LAST.search(self.text))


def split_lines(text: str) -> list[Line]:
    """The lines of a text whose line ends are LF."""
    return [Line(number, raw) for number, raw in enumerate(text.split("\n"), 1)]


class Ledger:
    """Keep which field each line, or each part of a line, became.

    Lines nobody claimed are `ignored`, so that nothing goes unseen.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._fields: dict[int, list[tuple[int, str]]] = defaultdict(list)

    def take(self, line: Line, field: str, start: int = 0) -> None:
        """Say that a line, from a character of it on, became a field."""
        self._fields[line.number].append((start, field))

    def entries(self) -> tuple[TakenLine, ...]:
        """Every line in order; a line of several fields stands once for each part."""
        return tuple(entry for line in self._lines for entry in self._parts(line))

    def ignored(self) -> tuple[str, ...]:
        """The lines that became nothing, without white space around them."""
        return tuple(entry.text.strip() for entry in self.entries() if entry.field == "ignored")

    def _parts(self, line: Line) -> list[TakenLine]:
        taken = sorted(self._fields.get(line.number, ()))
        if not taken:
            return [TakenLine(line.number, line.raw, "ignored" if line.text else "blank")]
        starts = [0, *(start for start, _ in taken[1:]), len(line.raw)]
        return [
            TakenLine(line.number, line.raw[starts[i] : starts[i + 1]], field)
            for i, (_, field) in enumerate(taken)
        ]
