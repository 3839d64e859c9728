"""Wavy lines under what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from editor.checks.base import Finding, Fix, Level
from editor.gui.theme import color
from editor.gui.widgets.offsets import to_qt

MOST = 200
"""More underlines than this in one field help nobody, and take time to paint."""


@dataclass(frozen=True, slots=True)
class Squiggle:
    """A range of Python indexes in one field, and what is said about it."""

    start: int
    end: int
    level: Level
    tip: str
    fixes: tuple[Fix, ...] = ()


def by_path(findings: Iterable[Finding]) -> dict[str, list[Squiggle]]:
    """The ranges to underline in each field; findings about a whole field have none."""
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
    """Make Qt's selections of ranges; their cursors move along while somebody types."""
    made = []
    for squiggle in squiggles[:MOST]:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(document)
        cursor.setPosition(to_qt(text, squiggle.start))
        cursor.setPosition(to_qt(text, squiggle.end), QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(color("error" if squiggle.level is Level.ERROR else "warn"))
        selection.cursor = cursor
        selection.format = style
        made.append(selection)
    return made
