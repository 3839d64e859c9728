"""A field of text that is as high as a few lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPlainTextEdit

from editor.gui.theme import line_height

_AROUND = 26
"""Pixels above and below the lines, with the widest border."""


class FewLines(QPlainTextEdit):
    """Shows a number of lines of the interface's language, however large its letters become.

    Where there is no room for them it shows as few as `least`.
    """

    def __init__(self, lines: int, text: str = "", least: int | None = None) -> None:
        super().__init__(text)
        self._lines, self._least = lines, least or lines
        self.setTabChangesFocus(True)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        line = line_height(self.font())
        self.setMinimumHeight(line * self._least + _AROUND)
        self.setMaximumHeight(line * self._lines + _AROUND)
