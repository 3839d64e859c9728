"""Wavy lines under what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QTextEdit

from editor.core.findings import Finding, Fix, Level
from editor.gui.theme import color
from editor.gui.widgets.offsets import range_cursor

MOST = 200
"""More underlines than this in one field help nobody, and are slow to paint."""


@dataclass(frozen=True, slots=True)
class Squiggle:
    """A range of Python indexes in one field, and what the checks found there."""

    start: int
    end: int
    level: Level
    tip: str
    fixes: tuple[Fix, ...] = ()


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
    for squiggle in squiggles[:MOST]:
        selection = QTextEdit.ExtraSelection()
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(color("error" if squiggle.level is Level.ERROR else "warn"))
        selection.cursor = range_cursor(document, text, squiggle.start, squiggle.end)
        selection.format = style
        made.append(selection)
    return made
