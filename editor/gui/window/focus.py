"""Where the keyboard goes: into a column, and from stop to stop inside a part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_into(column: QWidget) -> None:
    """Put the focus where it last was in a column, else on the first widget that takes it."""
    last = column.focusProxy() or column.focusWidget()
    stops = [last, *tab_stops(column)] if last is not None else tab_stops(column)
    for stop in stops:
        if takes_focus(stop):
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def focus_next_stop(parts: list[QWidget], forward: bool) -> bool:
    """Move the focus through the parts of a window in their order on screen.

    Qt's own order is the order of making; pages that are made when they are
    first seen would come last. False when the focus is at none of the stops.
    """
    stops = [stop for part in parts for stop in tab_stops(part) if takes_focus(stop)]
    focused = QApplication.focusWidget()
    if focused not in stops:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[(stops.index(focused) + (1 if forward else -1)) % len(stops)].setFocus(reason)
    return True


def tab_stops(part: QWidget) -> list[QWidget]:
    """Return the widgets of a part at which Tab can stop, in the part's own order."""
    stops = [part] if part.focusPolicy() & Qt.FocusPolicy.TabFocus else []
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part:
        if part.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def takes_focus(widget: QWidget) -> bool:
    """Return whether Tab stops at a widget now."""
    return bool(
        widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.isVisible()
    )
