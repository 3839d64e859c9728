"""Markdown that looks a little like what it means, without hiding a character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
)

from editor.gui.story.body_styles import Style, StyledLine
from editor.gui.theme import color
from editor.gui.widgets.offsets import to_qt

_SAME_STYLE = re.compile(rb"([^\0])\1*", re.DOTALL)


class MarkdownHighlighter(QSyntaxHighlighter):
    """Shows the styles of the body's document; a line typed in keeps its own until they come.

    The state of a block is the index of its line when styles last came.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._lines: Sequence[StyledLine] = ()
        self.dress()

    def dress(self) -> None:
        """Take the colours of the current theme; call again after it changed."""
        self._formats: dict[int, QTextCharFormat] = {}

    def show_lines(self, lines: Sequence[StyledLine]) -> None:
        """Show these styles. Only lines that change are laid out again."""
        document = self.document()
        if len(lines) != document.blockCount():
            # Typed on since: styles of the text as it is now are on their way.
            return
        before, self._lines = self._lines, lines
        first, end = document.characterCount(), 0
        block = document.begin()
        for number, line in enumerate(lines):
            state = block.userState()
            shown = before[state].edited(line.text).styles if 0 <= state < len(before) else b""
            block.setUserState(number)
            if shown.rstrip(b"\0") != line.styles.rstrip(b"\0"):
                # Not `rehighlightBlock`: that lays out the document once for each line.
                block.layout().setFormats(list(self._ranges(line)))
                first = min(first, block.position())
                end = block.position() + block.length()
            block = block.next()
        if first < end:
            document.markContentsDirty(first, end - first)

    def highlightBlock(self, text: str) -> None:
        state = self.currentBlockState()
        if 0 <= state < len(self._lines):
            for same in self._ranges(self._lines[state].edited(text)):
                self.setFormat(same.start, same.length, same.format)

    def _ranges(self, line: StyledLine) -> Iterator[QTextLayout.FormatRange]:
        for same in _SAME_STYLE.finditer(line.styles):
            made = QTextLayout.FormatRange()
            made.start = to_qt(line.text, same.start())
            made.length = to_qt(line.text, same.end()) - made.start
            made.format = self._format(same[1][0])
            yield made

    def _format(self, style: int) -> QTextCharFormat:
        if style not in self._formats:
            self._formats[style] = _make_format(Style(style))
        return self._formats[style]


def _make_format(style: Style) -> QTextCharFormat:
    made = QTextCharFormat()
    if style & Style.BOLD:
        made.setFontWeight(QFont.Weight.Bold)
    if style & Style.ITALIC:
        made.setFontItalic(True)
    if style & Style.FIXED:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        made.setFontFamilies(fixed.families())
    if style & (Style.MUTED | Style.LINK):
        made.setForeground(color("mute" if style & Style.MUTED else "accent"))
    return made
