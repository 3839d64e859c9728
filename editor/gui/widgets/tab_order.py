"""Where the keyboard goes: from stop to stop as they are seen, and into a part of a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QGridLayout,
    QLayout,
    QSplitter,
    QWidget,
)


def has_focus(widget: QWidget) -> bool:
    """Return whether a widget, or something inside it, has the keyboard focus."""
    focused = QApplication.focusWidget()
    return focused is not None and widget.isAncestorOf(focused)


def focus_into(part: QWidget) -> bool:
    """Put the focus where it last was in a part, else on the first widget that takes it.

    In a window that is not shown yet, it is there as soon as that is.

    Returns False, and leaves the focus alone, where nothing in the part takes it.
    """
    last = part.focusProxy() or part.focusWidget()
    stops = [last, *tab_stops(part)] if last is not None else tab_stops(part)
    for stop in stops:
        if _will_take_focus(stop):
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False


def focus_next_stop(part: QWidget, forward: bool) -> bool:
    """Move the focus to the next widget of a part that takes it, or the one before.

    Qt's own order is the order in which widgets were made; what is made later
    would come last. False where nothing takes the focus.
    """
    focused = QApplication.focusWidget()
    stop = next(filter(takes_focus, _after(focused, part, forward)), None)
    if stop is None:
        return focused is not None and takes_focus(focused)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stop.setFocus(reason)
    return True


def tab_stops(part: QWidget) -> list[QWidget]:
    """Return the widgets of a part at which Tab stops, in the order they are seen."""
    return [widget for widget in _in_order(part) if _will_take_focus(widget)]


def takes_focus(widget: QWidget) -> bool:
    """Return whether Tab stops at a widget now.

    A widget that gives its focus to another, as the line in a box does, is no stop
    of its own: the focus would never get past it.
    """
    return widget.isVisible() and _will_take_focus(widget)


def _will_take_focus(widget: QWidget) -> bool:
    """Return whether Tab stops at a widget once its window is shown, if that is not so yet."""
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(
        policy
        and widget.isEnabled()
        and widget.isVisibleTo(widget.window())
        and widget.focusProxy() is None
    )


def _in_order(part: QWidget) -> Iterator[QWidget]:
    """Yield a part and what is in it and not hidden: as laid out, and the rest by its place."""
    yield part
    for child in _children(part):
        yield from _in_order(child)


def _in_order_back(part: QWidget) -> Iterator[QWidget]:
    for child in reversed(_children(part)):
        yield from _in_order_back(child)
    yield part


def _after(focused: QWidget | None, part: QWidget, forward: bool) -> Iterator[QWidget]:
    """Yield what is in a part from where the focus is, and once round: all else, in order or back.

    Only what is passed on the way is brought into its order: a window has hundreds of parts.
    """
    turn = _in_order if forward else _in_order_back
    inside = None if focused is None else _path(focused, part)
    if inside:
        if forward:
            yield from (below for child in _children(inside[0]) for below in _in_order(child))
        for inner, outer in pairwise(inside):
            beside = _children(outer) if forward else _children(outer)[::-1]
            for child in beside[beside.index(inner) + 1 :]:
                yield from turn(child)
            if not forward:
                yield outer
    for widget in turn(part):
        if widget is focused:
            return
        yield widget


def _path(widget: QWidget, part: QWidget) -> list[QWidget]:
    """Return a widget and all that it is in, up to a part; nothing where it is not in that."""
    path, above = [widget], widget
    while above is not part:
        inner, outer = above, above.parentWidget()
        if outer is None or inner.isWindow():
            return []
        path.append(outer)
        above = outer
    return path


def _children(part: QWidget) -> list[QWidget]:
    own = [child for child in part.children() if isinstance(child, QWidget) and _counts(child)]
    if len(own) < 2:  # most parts have nothing to bring into an order
        return [child for child in own if not child.isWindow()]
    found: dict[QWidget, None] = {}
    layout = part.layout()
    if isinstance(part, QSplitter):
        found = dict.fromkeys(filter(_counts, _panes(part)))
    elif layout is not None:
        found = dict.fromkeys(_laid_out(layout, own))
    rest = [child for child in own if not child.isWindow() and child not in found]
    mirrored = part.layoutDirection() is Qt.LayoutDirection.RightToLeft
    rest.sort(key=lambda child: (child.y(), -child.x() if mirrored else child.x()))
    return [*found, *rest]


def _counts(child: QWidget) -> bool:
    """Whether a stop may be in a widget; what is hidden has none, as most of a form folded away.

    Where the focus is, it is looked at even so: what is just being hidden hands it on from there.
    """
    return not child.isHidden() or child.hasFocus() or has_focus(child)


def _panes(splitter: QSplitter) -> list[QWidget]:
    panes = (splitter.widget(index) for index in range(splitter.count()))
    return [pane for pane in panes if pane is not None]


def _laid_out(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield those of the widgets that are in a layout and in those inside it, row by row.

    Not by `itemAt`: an item is no QObject, so PySide keeps its object for the item's
    address after Qt has deleted it, and using that ends the process.
    """
    inner = [child for child in layout.children() if isinstance(child, QLayout)]
    items: list[tuple[int, QWidget | QLayout]] = [
        *((layout.indexOf(widget), widget) for widget in widgets),
        *((layout.indexOf(below), below) for below in inner),
    ]
    inside = [(index, item) for index, item in items if index >= 0]
    for _index, item in sorted(inside, key=lambda item: _place(layout, item[0])):
        if isinstance(item, QWidget):
            yield item
        else:
            yield from _laid_out(item, widgets)


def _place(layout: QLayout, index: int) -> tuple[int, ...]:
    """Return where an item of a layout is: its row and column, or its number in a line."""
    if isinstance(layout, QGridLayout):
        # The stubs say that it returns an object.
        row, column, *_spans = cast("tuple[int, ...]", layout.getItemPosition(index))
        return row, column
    if isinstance(layout, QFormLayout):
        line, role = cast("tuple[int, QFormLayout.ItemRole]", layout.getItemPosition(index))
        return line, role.value
    return (index,)
