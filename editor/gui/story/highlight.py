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

from editor.gui.story.body_styles import Style, StyledLine, StyledLines
from editor.gui.theme import color, current_theme
from editor.gui.widgets.offsets import to_qt

_SAME_STYLE = re.compile(rb"([^\0])\1*", re.DOTALL)


class MarkdownHighlighter(QSyntaxHighlighter):
    """Shows the styles of the body's document; a line typed in keeps its own until they come.

    The state of a block is the number under which the line it last showed is held.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._sections: Sequence[StyledLines] = ()
        self._lines: dict[int, StyledLine] = {}
        self._numbers: list[int] = []
        """Those of the lines in `_sections`, in their order."""
        self._next_number = 0
        self._untouched = (0, 0)
        """How many blocks at the start and at the end are as when styles last came."""
        self._theme = ""
        self.dress()

    def dress(self) -> None:
        """Take the colours of the current theme, if that is another one."""
        if self._theme != current_theme():
            self._theme = current_theme()
            self._formats: dict[int, QTextCharFormat] = {}
            self.rehighlight()

    def show_lines(self, sections: Sequence[StyledLines]) -> None:
        """Show these styles. Only lines that change are looked at and laid out again."""
        document = self.document()
        count = sum(map(len, sections))
        if count != document.blockCount():
            # Typed on since: styles of the text as it is now are on their way.
            return
        head, tail = _same_sections(self._sections, sections)
        first = min(self._untouched[0], sum(map(len, sections[:head])))
        last = min(self._untouched[1], sum(map(len, sections[len(sections) - tail :])))
        numbers = self._show(first, list(_lines_between(sections, first, count - last)))
        replaced = slice(first, len(self._numbers) - last)
        for number in self._numbers[replaced]:
            del self._lines[number]
        self._numbers[replaced] = numbers
        self._sections, self._untouched = sections, (count, count)

    def _show(self, first: int, lines: Sequence[StyledLine]) -> Sequence[int]:
        """Show lines from a block on; return the numbers under which they are held now."""
        document = self.document()
        changed_from, changed_to = document.characterCount(), 0
        block = document.findBlockByNumber(first)
        numbers = range(self._next_number, self._next_number + len(lines))
        self._next_number = numbers.stop
        for number, line in zip(numbers, lines, strict=True):
            before = self._lines.get(block.userState())
            shown = before.edited(line.text).styles if before is not None else b""
            self._lines[number] = line
            block.setUserState(number)
            if shown.rstrip(b"\0") != line.styles.rstrip(b"\0"):
                # Not `rehighlightBlock`: that lays out the document once for each line.
                block.layout().setFormats(list(self._ranges(line)))
                changed_from = min(changed_from, block.position())
                changed_to = block.position() + block.length()
            block = block.next()
        if changed_from < changed_to:
            document.markContentsDirty(changed_from, changed_to - changed_from)
        return numbers

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock().blockNumber()
        after = self.document().blockCount() - block - 1
        self._untouched = min(block, self._untouched[0]), min(after, self._untouched[1])
        line = self._lines.get(self.currentBlockState())
        if line is not None:
            for same in self._ranges(line.edited(text)):
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


def _same_sections(before: Sequence[StyledLines], after: Sequence[StyledLines]) -> tuple[int, int]:
    """Count the sections at the start and at the end that are the very same in both."""
    most = min(len(before), len(after))
    head = next((at for at in range(most) if before[at] is not after[at]), most)
    most -= head
    return head, next((at for at in range(most) if before[-1 - at] is not after[-1 - at]), most)


def _lines_between(sections: Sequence[StyledLines], first: int, end: int) -> Iterator[StyledLine]:
    at = 0
    for lines in sections:
        if at < end and first < at + len(lines):
            yield from lines[max(0, first - at) : end - at]
        at += len(lines)


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
