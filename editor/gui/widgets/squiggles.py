"""Lines under what the checks found, dots or waves, misspelled words, dashed, and notes, whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from editor.core.findings import Finding, Fix, Level
from editor.gui.theme import color
from editor.gui.widgets.offsets import all_to_qt

MOST = 200
"""More underlines than this in one field help nobody, and are slow to paint."""


_HINT = QTextCharFormat.UnderlineStyle.DotLine
_FOUND = QTextCharFormat.UnderlineStyle.WaveUnderline
_NOTED = QTextCharFormat.UnderlineStyle.SingleUnderline
_MISSPELLED = QTextCharFormat.UnderlineStyle.DashUnderline


@dataclass(frozen=True, slots=True)
class Squiggle:
    """A range of Python indexes in one field, and what was found there.

    `is_misspelling` is for a word that no dictionary has; its line has a look of its own, and
    so has that of a passage with an open note, whose id is `note`.
    """

    start: int
    end: int
    level: Level
    tip: str
    fixes: tuple[Fix, ...] = ()
    is_misspelling: bool = False
    note: int = 0


def by_path(findings: Iterable[Finding]) -> dict[str, list[Squiggle]]:
    """Return the ranges to underline by field; findings about a whole field have none."""
    found: dict[str, list[Squiggle]] = {}
    for finding in findings:
        place = finding.place
        if place.end > place.start:
            tip = f"{finding.sentence}\n{finding.hint}".strip()
            found.setdefault(place.path, []).append(
                Squiggle(place.start, place.end, finding.level, tip, finding.fixes)
            )
    return found


def selections(
    document: QTextDocument, text: str, squiggles: Sequence[Squiggle]
) -> list[QTextEdit.ExtraSelection]:
    """Make Qt's selections of the ranges; they move with their text while somebody types."""
    made = []
    shown = squiggles[:MOST]
    starts = all_to_qt(text, [squiggle.start for squiggle in shown])
    ends = all_to_qt(text, [squiggle.end for squiggle in shown])
    for squiggle, start, end in zip(shown, starts, ends, strict=True):
        selection = QTextEdit.ExtraSelection()
        style = QTextCharFormat()
        _underline(style, squiggle)
        selection.cursor = QTextCursor(document)
        selection.cursor.setPosition(start)
        selection.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.format = style
        made.append(selection)
    return made


class SquiggleLayer:
    """The lines under a field's text that come from one source, and the text they are about."""

    def __init__(self) -> None:
        self.selections: list[QTextEdit.ExtraSelection] = []
        self._text = ""
        self._squiggles: tuple[Squiggle, ...] = ()

    def show(self, document: QTextDocument, text: str, squiggles: Sequence[Squiggle]) -> bool:
        """Make the selections of what was found in a text; False where they are as they were."""
        if (text, tuple(squiggles)) == (self._text, self._squiggles):
            return False
        self._text, self._squiggles = text, tuple(squiggles)
        self.selections = selections(document, text, squiggles)
        return True

    def placed(self) -> Iterator[tuple[Squiggle, QTextCursor]]:
        """Yield each range that is shown, with where it is now; what was removed has nothing."""
        for squiggle, selection in zip(self._squiggles, self.selections, strict=False):
            yield squiggle, selection.cursor

    def at(self, text: str, index: int) -> list[Squiggle]:
        """Return what was found at a Python index; nothing while the text is another."""
        if text != self._text:
            return []
        return [found for found in self._squiggles if found.start <= index <= found.end]


def _underline(style: QTextCharFormat, squiggle: Squiggle) -> None:
    """Dots for a hint, a wave for a warning, and a wave on a tint for what stops an approval."""
    if squiggle.is_misspelling:
        style.setUnderlineStyle(_MISSPELLED)
        style.setUnderlineColor(color("error"))
    elif squiggle.note:
        style.setUnderlineStyle(_NOTED)
        style.setUnderlineColor(color("info"))
        style.setBackground(color("chip"))
    elif squiggle.level is Level.HINT:
        style.setUnderlineStyle(_HINT)
        style.setUnderlineColor(color("mute"))
    else:
        stops = squiggle.level is Level.STOPS
        style.setUnderlineStyle(_FOUND)
        style.setUnderlineColor(color("error" if stops else "warn"))
        if stops:
            style.setBackground(color("error_soft"))
