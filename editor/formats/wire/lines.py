"""SplitText lines, and the record of which field each became."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.base import ImportedLine

_SINGLE, _OPENING, _CLOSING = (
    "\u200b\u200e\u200f\u2060\ufeff",
    "\u202a\u202b\u202d\u202e\u2066\u2067\u2068",
    "\u202c\u2069",
)
_INVISIBLE = _SINGLE + _OPENING + _CLOSING
"""The direction marks and other characters without width that pages have."""
_MARGIN = "".join(filter(str.isspace, map(chr, range(0x3001)))) + _SINGLE
"""White space and invisible characters; not those that come in pairs, with words between."""
_MARKS = "•‣◦▪■□●○◆◇·∙►▶▸➤➔→⇒✔✓✅☑★☆❯🔴🔵🔹🔸👉"
_BULLET = re.compile(rf"[\s{_INVISIBLE}]*(?:[{_MARKS}]\ufe0f?\s*|[*‒–—+»›-]\s+)(?=\S)")
# These may begin ordinary copy as well: they mark a point only in a run of them.
_NUMBER = re.compile(rf"[\s{_INVISIBLE}]*(?:(?:\(?(?:\d{{1,2}}|[^\W\d_])[.)]|o)\s+|[①-⑳]\s*)(?=\S)")
_BARE_MARK = re.compile(rf"(?:[{_MARKS}*‒–—+»›o①-⑳-]\ufe0f?|\(?(?:\d{{1,2}}|[^\W\d_])[.)])")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_HEAD_MARKS = re.compile(r"^\^|(?<!\s)\s*[=<]+$")
_LAST = re.compile(r"[.!?…۔؟。][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its number from 1, and its unchanged text."""

    number: int
    raw: str

    @property
    def text(self) -> str:
        """Return the line without white space and invisible marks around it."""
        text = self.raw.strip(_MARGIN)
        if not text.startswith(tuple(_OPENING)):
            return text
        # What is opened and closed again belongs to the words; the rest only to the line.
        unclosed = sum((letter in _OPENING) - (letter in _CLOSING) for letter in text)
        return text.lstrip(_MARGIN + _OPENING) if unclosed > 0 else text

    @property
    def head(self) -> str:
        """Return the text without the marks ANPA 1312 and IPTC 7901 put around heading lines."""
        return _HEAD_MARKS.sub("", self.text)

    @property
    def indent(self) -> int:
        """Return the columns before the first character; a tab counts four."""
        margin = self.raw[: len(self.raw) - len(self.raw.lstrip())]
        return len(margin.expandtabs(4))

    @property
    def words(self) -> int:
        """Count the words; without spaces (Japanese, Chinese) two characters make one."""
        return len(self.raw.split()) + len(_UNSPACED.findall(self.raw)) // 2

    @property
    def bullet(self) -> int:
        """Return where the words after a bullet begin; 0 without a bullet."""
        found = _BULLET.match(self.raw)
        return found.end() if found else 0

    @property
    def number_end(self) -> int:
        """Return where the words after `1.`, `a)` or a typed `o` begin; 0 without one."""
        found = _NUMBER.match(self.raw)
        return found.end() if found else 0

    @property
    def is_bare_mark(self) -> bool:
        """Return whether the line is a bullet or a number and nothing else."""
        return bool(_BARE_MARK.fullmatch(self.text))

    @property
    def ends_sentence(self) -> bool:
        """Return whether the line ends as a sentence does, a closing quotation mark allowed."""
        return bool(_LAST.search(self.text))


def split_lines(text: str) -> list[Line]:
    """Split a text whose line ends are LF into numbered lines."""
    return [Line(number, raw) for number, raw in enumerate(text.split("\n"), 1)]


class LineFields:
    """Records which field each line, or each part of a line, became.

    Unassigned lines are `ignored`, so that the user sees every one.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._fields: dict[int, list[tuple[int, str]]] = defaultdict(list)

    def assign(self, line: Line, field: str, start: int = 0) -> None:
        """Record that a line, from the character at `start` on, became a field."""
        self._fields[line.number].append((start, field))

    def imported_lines(self) -> tuple[ImportedLine, ...]:
        """Return every line in order; a line of several fields is listed once for each part."""
        return tuple(part for line in self._lines for part in self._parts(line))

    def ignored(self) -> tuple[str, ...]:
        """Return the texts that became no field, without white space around them."""
        return tuple(line.text.strip() for line in self.imported_lines() if line.field == "ignored")

    def _parts(self, line: Line) -> list[ImportedLine]:
        fields = sorted(self._fields.get(line.number, ()))
        if not fields:
            return [ImportedLine(line.number, line.raw, "ignored" if line.text else "blank")]
        starts = [0, *(start for start, _ in fields[1:]), len(line.raw)]
        return [
            ImportedLine(line.number, line.raw[starts[i] : starts[i + 1]], field)
            for i, (_, field) in enumerate(fields)
        ]
