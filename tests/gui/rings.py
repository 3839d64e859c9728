"""Finds what has the keyboard focus and doesn't look so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from editor.gui.theme import apply_theme, color, current_theme
from editor.gui.theme_colors import THEMES
from tests.gui.legible import described
from tests.gui.test_theme_colors import contrast

Kind: TypeAlias = tuple[object, ...]
"""What a control's look follows from: its class, what the style sheet asks for, its ground."""

_LEAST_CONTRAST = 3
"""WCAG 2.2, 1.4.11 and 2.4.13: with the focus against without it."""
_AROUND = 8
"""Pixels around a control in which its ring may be."""


def without_ring(window: QWidget, kinds: set[Kind], stops: Sequence[QWidget]) -> list[str]:
    """Return which stops, one of each kind, look the same with the focus as without it."""
    bare = []
    first = {kind_of(stop): stop for stop in reversed(stops) if not is_page(stop)}
    for stop in (first[kind] for kind in kinds & first.keys()):
        other = next(part for part in reversed(stops) if part is not stop and not is_page(part))
        if not has_ring(*looks_of(window, stop, other), least=2 * min(stop.width(), stop.height())):
            bare.append(f"{described(stop)} has no ring in {current_theme()}")
    return bare


def looks_of(window: QWidget, stop: QWidget, other: QWidget) -> tuple[QImage, QImage]:
    """Return what a stop and its surroundings look like with the focus, and with it elsewhere."""
    if (area := scroller(stop)) is not None:
        area.ensureWidgetVisible(stop)
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    around = place(stop, window).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
    around = around.intersected(window.rect())
    focused = window.grab(around).toImage()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return focused, window.grab(around).toImage()


def has_ring(focused: QImage, plain: QImage, least: int) -> bool:
    """Return whether enough pixels have a ring's colour that stands out from what was there."""
    wanted = [color("focus"), color("ink"), color("on_accent")]
    ring, is_ring = 0, dict[tuple[int, int], bool]()
    for pair, pixels in different(focused, plain):
        if pair not in is_ring:
            after, before = (QColor.fromRgb(number) for number in pair)
            stands_out = contrast(after.name(), before.name()) >= _LEAST_CONTRAST
            is_ring[pair] = stands_out and any(is_near(after, one) for one in wanted)
        ring += pixels * is_ring[pair]
        if ring >= least:
            return True
    return False


def different(one: QImage, other: QImage) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield what two pictures don't share, row by row: both colours, and how often they are there.

    Rows that are the same cost nothing.
    """
    for first, second in zip(rows_of(one), rows_of(other), strict=True):
        if first != second:
            colors = zip(memoryview(first).cast("I"), memoryview(second).cast("I"), strict=True)
            for (after, before), count in Counter(colors).items():
                if after != before:
                    yield (after, before), count


def rows_of(picture: QImage) -> Iterator[bytes]:
    """Yield the rows of a picture, each colour as a number of four bytes."""
    opaque = picture.convertToFormat(QImage.Format.Format_RGB32)
    data, width = bytes(opaque.constBits()), opaque.bytesPerLine()
    for y in range(opaque.height()):
        yield data[y * width : (y + 1) * width]


def is_near(pixel: QColor, wanted: QColor) -> bool:
    """Return whether a pixel has about a colour; a round corner mixes two."""
    return (
        abs(pixel.red() - wanted.red())
        + abs(pixel.green() - wanted.green())
        + abs(pixel.blue() - wanted.blue())
        < 90
    )


def place(widget: QWidget, window: QWidget) -> QRect:
    """Return where a widget is in its window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def scroller(widget: QWidget) -> QScrollArea | None:
    """Return the area that scrolls a widget; bars pinned to an area are not scrolled by it."""
    inner, above = widget, widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and inner is above.viewport():
            return above
        inner, above = above, above.parentWidget()
    return None


class Kinds:
    """Remembers of which kinds of controls a ring was seen, so that each is looked at once."""

    def __init__(self) -> None:
        self._seen: set[Kind] = set()

    def new(self, stops: Sequence[QWidget]) -> set[Kind]:
        """Return the kinds of some stops that were not there before."""
        added = {kind_of(stop) for stop in stops if not is_page(stop)} - self._seen
        self._seen |= added
        return added


def kind_of(stop: QWidget) -> Kind:
    """Return the kind of a control."""
    grounds, above = [], stop.parentWidget()
    while above is not None:
        if ground := above.property("kind"):
            grounds.append(ground)
        above = above.parentWidget()
    own = (stop.property("kind"), stop.property("readOnly"), stop.property("checked"))
    return (type(stop), *own, *grounds[:1])


def is_page(stop: QWidget) -> bool:
    """Return whether a stop is a web page, which marks what has the focus in it by itself."""
    return isinstance(stop.parentWidget(), QWebEngineView)


def without_ring_in_themes(
    app: QApplication, window: QWidget, kinds: set[Kind], stops: Sequence[QWidget]
) -> list[str]:
    """Return which kinds of a window's stops look the same with the focus, in each theme."""
    bare = []
    for theme in THEMES if kinds else ():
        apply_theme(app, theme)
        bare += without_ring(window, kinds, stops)
    if kinds:
        apply_theme(app, "light")
    return bare
