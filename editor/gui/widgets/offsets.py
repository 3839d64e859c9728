"""Converts between Python's and Qt's ways of counting and writing text.

Python counts code points, Qt counts UTF-16 units: an emoji is one here and two
there. And `QTextDocument.toPlainText` turns no-break spaces into plain ones,
which would quietly change a journalist's “25 km”.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor, QTextDocument

_BREAKS = ("\u2029", "\u2028", "\ufdd0", "\ufdd1")
"""What Qt writes between paragraphs and lines, and around frames."""

_LAST_IN_BMP = "\uffff"


def to_qt(text: str, index: int) -> int:
    """Return the UTF-16 position of a Python index; past the end counts as the end."""
    head = text[: max(0, index)]
    if _in_one_unit(head):
        return len(head)
    return len(head) + sum(1 for character in head if character > _LAST_IN_BMP)


def all_to_qt(text: str, indexes: Sequence[int]) -> list[int]:
    """Return what `to_qt` does for each index, in one pass over the text."""
    if _in_one_unit(text):
        end = len(text)
        return [index if 0 <= index <= end else min(max(0, index), end) for index in indexes]
    positions: dict[int, int] = {}
    at = units = 0
    for index in sorted(set(indexes)):
        end = max(at, index)
        units += len(text[at:end].encode("utf-16-le", "surrogatepass")) // 2
        positions[index], at = units, end
    return [positions[index] for index in indexes]


def from_qt(text: str, position: int) -> int:
    """Return the Python index of a UTF-16 position; inside a pair counts as before it."""
    if _in_one_unit(text):
        return max(0, min(position, len(text)))
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * max(0, position)]
    return len(units.decode("utf-16-le", "ignore"))


def range_cursor(document: QTextDocument, text: str, start: int, end: int) -> QTextCursor:
    """Return a cursor that selects a range of Python indexes of the document's text."""
    cursor = QTextCursor(document)
    cursor.setPosition(to_qt(text, start))
    cursor.setPosition(to_qt(text, end), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def source(document: QTextDocument) -> str:
    """Return a document's text as it was typed: no-break spaces kept, lines ended by LF."""
    text = document.toRawText()
    for mark in _BREAKS:
        text = text.replace(mark, "\n")
    return text


def same_length(document: QTextDocument, text: str) -> bool:
    """Whether a document holds as many UTF-16 units as a text.

    It holds more when half of a surrogate pair was pasted: Python drops those,
    and every position after it would be wrong.
    """
    return document.characterCount() - 1 == to_qt(text, len(text))


def _in_one_unit(text: str) -> bool:
    # Encoding is far quicker than looking at each character, and most text is ASCII.
    return text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
