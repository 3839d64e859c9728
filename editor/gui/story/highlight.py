"""Markdown that looks a little like what it means, without hiding a character."""

from __future__ import annotations

import re

from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)

from editor.gui.theme import color

_HEADING = re.compile(r"(#{1,6})(?:\s|$)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_INLINE = re.compile(
    r"(?P<code>`+)(?P<coded>.+?)(?P=code)"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=strong)"
    r"|(?<![\w*])(?P<em>[*_])(?=[^\s*_])(?P<slant>.+?)(?<=[^\s*_])(?P=em)(?![\w*])"
    r"|!?\[(?P<words>[^\]\n]*)\]\((?P<target>[^)\s]*)\)"
)
_LONGEST = 20_000
"""A line longer than this is left plain: matching it would stall the typing."""


class MarkdownHighlighter(QSyntaxHighlighter):
    """Colours headings, emphasis, links, quotes, lists and code, one paragraph at a time."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.dress()

    def dress(self) -> None:
        """Take the present look's colours; call again after it changed."""
        self._mark = _ink("mute")
        self._heading = _weight(QFont.Weight.Bold)
        self._bold = _weight(QFont.Weight.Bold)
        self._slant = QTextCharFormat()
        self._slant.setFontItalic(True)
        self._link = _ink("accent")
        self._quote = _ink("mute")
        self._code = QTextCharFormat()
        families = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
        self._code.setFontFamilies(families)

    def highlightBlock(self, text: str) -> None:
        """Style one paragraph. Qt counts in UTF-16 units, so astral characters are doubled."""
        if not text or len(text) > _LONGEST:
            return
        units = text if text.isascii() else _spread(text)
        if heading := _HEADING.match(units):
            self.setFormat(0, len(units), self._heading)
            self.setFormat(0, heading.end(1), self._mark)
            return
        if quote := _QUOTE.match(units):
            self.setFormat(0, len(units), self._quote)
            self.setFormat(0, quote.end(), self._mark)
        elif item := _ITEM.match(units):
            self.setFormat(0, item.end(), self._mark)
        if any(sign in units for sign in "`*_["):
            for found in _INLINE.finditer(units):
                self._inline(found)

    def _inline(self, found: re.Match[str]) -> None:
        self.setFormat(found.start(), found.end() - found.start(), self._mark)
        styles = {
            "coded": self._code,
            "bold": self._bold,
            "slant": self._slant,
            "words": self._link,
        }
        for name, style in styles.items():
            start, end = found.span(name)
            if end > start:
                self.setFormat(start, end - start, style)


def _spread(text: str) -> str:
    """The text with each astral character as two, so that indexes are Qt's."""
    return "".join("\ufffd\ufffd" if each > "\uffff" else each for each in text)


def _ink(role: str) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(color(role))
    return style


def _weight(weight: QFont.Weight) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setFontWeight(weight)
    return style
