"""Where the keyboard goes: into a column, and from stop to stop inside one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_into(column: QWidget) -> None:
    """Put the focus where it was in a column, else on the first thing that takes it."""
    known = column.focusProxy() or column.focusWidget()
    stops = [known, *tab_stops(column)] if known is not None else tab_stops(column)
    for stop in stops:
        if takes_focus(stop):
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def tab_stops(part: QWidget) -> list[QWidget]:
    """What Tab can stop at in a part, in the part's own order."""
    stops = [part] if part.focusPolicy() & Qt.FocusPolicy.TabFocus else []
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part:
        if part.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def takes_focus(widget: QWidget) -> bool:
    """Whether the Tab key stops at a widget now."""
    return bool(
        widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.isVisible()
    )
