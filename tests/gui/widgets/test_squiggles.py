"""How what the checks found is marked: by more than its colour."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextDocument
from pytestqt.qtbot import QtBot

from editor.core.findings import Level
from editor.gui.widgets.squiggles import Squiggle, selections

_Line = QTextCharFormat.UnderlineStyle


def test_each_level_is_marked_in_another_way(qtbot: QtBot) -> None:
    document = QTextDocument("One two three")
    levels = (Level.HINT, Level.WARNING, Level.STOPS)
    marks = [Squiggle(4 * at, 4 * at + 3, level, "") for at, level in enumerate(levels)]
    formats = [made.format for made in selections(document, "One two three", marks)]
    assert [form.underlineStyle() for form in formats] == [
        _Line.DotLine,
        _Line.WaveUnderline,
        _Line.WaveUnderline,
    ]
    assert [form.hasProperty(QTextCharFormat.Property.BackgroundBrush) for form in formats] == [
        False,
        False,
        True,
    ]
