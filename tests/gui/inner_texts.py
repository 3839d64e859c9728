"""Finds what can't be read inside a control: a choice, an example in a field, a heading, a tab."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

_SLACK = 1
"""Pixels: Qt rounds the widths of letters up and down."""
_IN_LIST = 12
"""Pixels that the list of a box, as wide as the box, leaves free beside a choice."""
_IN_LINE = 4
"""Pixels that a line edit leaves free at both sides of its text together."""


def cut_inside(parts: Iterable[QWidget]) -> Iterator[tuple[QWidget, str]]:
    """Yield the parts in sight with a text inside that they have no room for, and what it needs.

    A text that is elided may be read in the tool tip.
    """
    for part in parts:
        if isinstance(part, QComboBox):
            yield from ((part, problem) for problem in _choices(part))
        elif isinstance(part, QLineEdit):
            yield from ((part, problem) for problem in _example_in_line(part))
        elif isinstance(part, QPlainTextEdit | QTextEdit):
            yield from ((part, problem) for problem in _example_in_text(part))
        elif isinstance(part, QHeaderView):
            yield from ((part, problem) for problem in _headings(part))
        elif isinstance(part, QTabBar):
            yield from ((part, problem) for problem in _tabs(part))


def _choices(box: QComboBox) -> Iterator[str]:
    """Look at the choice that is shown, and at the widest one in the list that opens."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    yield from _lacking(box, box.currentText(), room.width(), box.toolTip())
    texts = (box.itemText(index) for index in range(box.count()))
    widest = max(texts, key=box.fontMetrics().horizontalAdvance, default="")
    if any(_lacking(box, widest, box.width() - _IN_LIST, "")):
        box.showPopup()  # its list may be wider than the box
        yield from _lacking(box, widest, box.view().width() - _IN_LIST, "")
        box.hidePopup()


def _example_in_line(field: QLineEdit) -> Iterator[str]:
    """Look at what stands in a field that is empty."""
    if field.text() or not field.placeholderText():
        return
    margins = field.textMargins()
    room = field.contentsRect().width() - margins.left() - margins.right() - _IN_LINE
    yield from _lacking(field, field.placeholderText(), room, field.toolTip())


def _example_in_text(field: QPlainTextEdit | QTextEdit) -> Iterator[str]:
    """Look at what stands in a field of several lines that is empty; its words wrap."""
    if field.toPlainText() or not field.placeholderText():
        return
    room = field.viewport().rect()
    room.adjust(_IN_LINE, _IN_LINE, -_IN_LINE, 0)
    wraps = Qt.TextFlag.TextWordWrap
    needed = field.fontMetrics().boundingRect(
        QRect(0, 0, room.width(), 10_000), wraps, field.placeholderText()
    )
    if needed.height() > room.height() + _SLACK or needed.width() > room.width() + _SLACK:
        lacking = f"needs {needed.size().toTuple()} of {room.size().toTuple()}"
        yield f"“{field.placeholderText()}” {lacking}"


def _headings(header: QHeaderView) -> Iterator[str]:
    for section in range(header.count()):
        room, needed = header.sectionSize(section), header.sectionSizeHint(section)
        if not header.isSectionHidden(section) and needed > room + _SLACK:
            title = header.model().headerData(section, header.orientation())
            yield f"“{title}” needs {needed} of {room}"


def _tabs(tabs: QTabBar) -> Iterator[str]:
    """Look at the tabs; one whose text is elided says all of it in its tool tip."""
    for index in range(tabs.count()):
        room = tabs.tabRect(index).width()
        yield from _lacking(tabs, tabs.tabText(index), room, tabs.tabToolTip(index))


def _lacking(part: QWidget, text: str, room: int, tool_tip: str) -> Iterator[str]:
    """Say what a text needs, unless there is room for it or it is in a tool tip."""
    needed = part.fontMetrics().horizontalAdvance(text)
    if needed > room + _SLACK and text not in tool_tip:
        yield f"“{text}” needs {needed} of {room}"
