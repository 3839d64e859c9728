"""Wavy lines under what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from editor.core.findings import Finding, Fix, Level
from editor.gui.theme import color
from editor.gui.widgets.offsets import all_to_qt

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
    shown = squiggles[:MOST]
    starts = all_to_qt(text, [squiggle.start for squiggle in shown])
    ends = all_to_qt(text, [squiggle.end for squiggle in shown])
    for squiggle, start, end in zip(shown, starts, ends, strict=True):
        selection = QTextEdit.ExtraSelection()
        style = QTextCharFormat()
        _underline(style, squiggle.level)
        selection.cursor = QTextCursor(document)
        selection.cursor.setPosition(start)
        selection.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.format = style
        made.append(selection)
    return made


def _underline(style: QTextCharFormat, level: Level) -> None:
    """Dots for a hint, a wave for a warning, and a wave on a tint for what stops an approval."""
    if level is Level.HINT:
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        style.setUnderlineColor(color("mute"))
        return
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    style.setUnderlineColor(color("error" if level is Level.STOPS else "warn"))
    if level is Level.STOPS:
        style.setBackground(color("error_soft"))
