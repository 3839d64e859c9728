"""Finds what can't be read, or has no name, in a window as it is shown now."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from editor.gui.widgets.buttons import ElidedButton
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.tab_order import takes_focus
from editor.gui.window.palette import AnswerList
from tests.gui.inner_texts import cut_inside

_SLACK = 1
"""Pixels: Qt rounds the widths of letters up and down."""


def unreadable(window: QWidget) -> list[str]:
    """Return each text that is cut in a window: by itself, by what it is in, or covered."""
    inside = parts_in_sight(window)
    parts = [part for part in inside if has_text(part) or takes_focus(part)]
    problems = [(part, too_small(part) or cut_off(part, window)) for part in parts]
    return [
        *(f"{described(part)}: {problem}" for part, problem in problems if problem),
        *(f"{described(part)}: {problem}" for part, problem in cut_inside(inside)),
        *overlapping(parts, window),
    ]


def unnamed(window: QWidget) -> list[str]:
    """Return each control of a window that a screen reader has no name for."""
    return [
        described(part)
        for part in window.findChildren(QWidget)
        if takes_focus(part)
        and not (part.accessibleName() or text_of(part))
        and not isinstance(part.parentWidget(), QWebEngineView)  # its page names what is in it
    ]


def parts_in_sight(window: QWidget) -> list[QWidget]:
    """Return all that is in a window and not hidden."""
    return [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible() and part.window() is window
    ]


def has_text(part: QWidget) -> bool:
    """Return whether a part is of those that have a text of their own, and has one."""
    return isinstance(part, QLabel | QAbstractButton | QComboBox) and bool(text_of(part))


def too_small(part: QWidget) -> str:
    """Return what a text needs where it is larger than its part; what is elided says so."""
    if isinstance(part, ElidedLabel | ElidedButton):
        return ""
    if isinstance(part, QLabel) and part.wordWrap():
        return smaller_than(part, QSize(0, part.heightForWidth(part.width())))
    if isinstance(part, QToolButton) and text_of(part):
        # The least height that it has in a row is the sheet's.
        return smaller_than(part, QSize(part.sizeHint().width(), part.fontMetrics().height()))
    if isinstance(part, QLabel | QAbstractButton) and text_of(part):
        return smaller_than(part, part.minimumSizeHint())
    return ""


def smaller_than(part: QWidget, needed: QSize) -> str:
    """Return what a part lacks of a size."""
    if part.width() < needed.width() - _SLACK:
        return f"{part.width()} of {needed.width()} wide"
    if part.height() < needed.height() - _SLACK:
        return f"{part.height()} of {needed.height()} high"
    return ""


def cut_off(part: QWidget, window: QWidget) -> str:
    """Return by what a part is cut: by one it is in, unless that is scrolled."""
    inner, box, height_counts = part, part.rect(), True
    while inner is not window:
        outer = inner.parentWidget()
        box.translate(inner.pos())
        if is_scrolled(inner):
            height_counts = False
        room = outer.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
        beside = box.left() < room.left() or box.right() > room.right()
        below = box.top() < room.top() or box.bottom() > room.bottom()
        if isinstance(outer, QTabBar) and outer.usesScrollButtons():
            return ""  # it scrolls to the side
        if beside or (below and height_counts):
            return f"cut by {described(outer)}: {box.getRect()} in {outer.rect().getRect()}"
        inner = outer
    return ""


def overlapping(parts: list[QWidget], window: QWidget) -> list[str]:
    """Return which parts cover one another, other than those that are inside one another.

    The answers of the search are above what is below them.
    """
    sight = Sight(window)
    boxes = [(part, sight.box_of(part)) for part in parts if not is_answer(part)]
    return [
        f"{described(one)} overlaps {described(other)}"
        for (one, first), (other, second) in combinations(boxes, 2)
        if min(first[2], second[2]) - max(first[0], second[0]) > _SLACK
        and min(first[3], second[3]) - max(first[1], second[1]) > _SLACK
        and not one.isAncestorOf(other)
        and not other.isAncestorOf(one)
    ]


def is_answer(part: QWidget) -> bool:
    """Return whether a part is in the list of answers below the search."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, AnswerList):
        above = above.parentWidget()
    return above is not None


class Sight:
    """Knows where the parts of a window may paint, by all that they are in."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._known: dict[QWidget, tuple[QPoint, QRect]] = {}

    def box_of(self, part: QWidget) -> tuple[int, int, int, int]:
        """Return where a part may paint: left, top, right, bottom."""
        box = self._place(part)[1]
        return box.left(), box.top(), box.right(), box.bottom()

    def _place(self, part: QWidget) -> tuple[QPoint, QRect]:
        """Return where a part's corner is in the window, and what of the part can be seen."""
        if (known := self._known.get(part)) is not None:
            return known
        outer = part.parentWidget()
        if outer is self._window:
            corner, box = part.pos(), part.geometry()
        else:
            above, room = self._place(outer)
            corner = above + part.pos()
            box = QRect(corner, part.size()) & room
        self._known[part] = corner, box
        return corner, box


def is_scrolled(part: QWidget) -> bool:
    """Return whether a part is the content of an area that scrolls it up and down."""
    port = part.parentWidget()
    area = port.parentWidget() if port is not None else None
    if not isinstance(area, QAbstractScrollArea) or area.viewport() is not port:
        return False
    return not isinstance(area, QScrollArea) or (
        area.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    )


def described(part: QWidget) -> str:
    """Return the kind of a part, and what it says."""
    return f"{type(part).__name__} “{part.accessibleName() or text_of(part)}”"


def text_of(part: QWidget) -> str:
    """Return the text of a part that has one."""
    text = getattr(part, "text", str)
    return str(text()) if callable(text) else ""


def require_none(found: dict[str, list[str]]) -> None:
    """Fail with every problem, each once, and the first place where it is."""
    places: dict[str, str] = {}
    for where, problems in found.items():
        for problem in problems:
            places.setdefault(problem, where)
    if places:
        pytest.fail("\n".join(f"{where}: {problem}" for problem, where in places.items()))
