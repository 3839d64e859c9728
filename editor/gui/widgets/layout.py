"""The few words every panel is laid out with: column, row, label, button, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from editor.gui.widgets.buttons import Button

Margins: TypeAlias = int | tuple[int, int] | tuple[int, int, int, int]
"""Pixels: all four; horizontal and vertical; or left, top, right and bottom.

Left is where a line begins: right in an interface that runs from right to left.
"""
Cell: TypeAlias = QWidget | QLayout
Item: TypeAlias = Cell | int | tuple[Cell, int] | tuple[QWidget, Qt.AlignmentFlag]
"""A cell; so many pixels of space; a cell that takes a share of the room; a widget at one side."""

Box = TypeVar("Box", bound=QBoxLayout)

STRETCH: Final = -1
"""An item that takes all the room that is left."""

TOP: Final = Qt.AlignmentFlag.AlignTop
CENTER: Final = Qt.AlignmentFlag.AlignHCenter

_AT_THE_RIGHT: Final = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)
_PASSES: Final = 5
"""A text that wraps has its height only once it has its width, and what is around it after that."""


def column(
    *items: Item, inside: QWidget | None = None, spacing: int = 0, margins: Margins = 0
) -> QVBoxLayout:
    """Lay items out from top to bottom, in a widget where `inside` names one."""
    return _filled(QVBoxLayout(), inside, items, spacing, margins)


def row(
    *items: Item, inside: QWidget | None = None, spacing: int = 0, margins: Margins = 0
) -> QHBoxLayout:
    """Lay items out side by side, in the direction of the interface's language."""
    return _filled(QHBoxLayout(), inside, items, spacing, margins)


def frame(layout: QLayout, kind: str = "") -> QFrame:
    """Put a layout into a frame of its own, of a kind that the style sheet knows."""
    made = QFrame()
    made.setLayout(layout)
    if kind:
        made.setProperty("kind", kind)
    return made


def label(
    text: str = "", kind: str = "", *, wrap: bool = False, buddy: QWidget | None = None
) -> QLabel:
    """Make a label that shows its text as it is, never as markup.

    `kind` is its place in the style sheet, `buddy` the field it names.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if QGuiApplication.isRightToLeft():
        # Qt would leave what is in Latin letters at the left, away from all else.
        made.setAlignment(_AT_THE_RIGHT)
    if kind:
        made.setProperty("kind", kind)
    if buddy is not None:
        made.setBuddy(buddy)
    return made


def button(
    text: str, on_click: Callable[[], object] | None = None, kind: str = "", tip: str = ""
) -> QPushButton:
    """Make a push button; `on_click` is called without arguments."""
    made = Button(text)
    # Return in a dialog's field must not press whichever button comes first.
    made.setAutoDefault(False)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    if kind:
        made.setProperty("kind", kind)
    if tip:
        made.setToolTip(plain_tip(tip))
    return made


def plain_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is: Qt takes what looks like HTML for HTML.

    That would load the pictures that it names.
    """
    if "<" not in text and "&lt;" not in text:
        return text
    from html import escape  # noqa: PLC0415 - brings a table of all entities

    return f"<qt>{escape(text)}</qt>"


def caption(text: str) -> str:
    """Return what a button or a menu shows as this text: Qt takes one “&” for a key's mark."""
    return text.replace("&", "&&")


def once(owner: QObject, call: Callable[[], object], ms: int = 0) -> QTimer:
    """Make a timer that calls once after each `start`, as long as its owner exists."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(call)
    return timer


def _filled(
    box: Box, inside: QWidget | None, items: tuple[Item, ...], spacing: int, margins: Margins
) -> Box:
    if inside is not None:
        inside.setLayout(box)
    box.setSpacing(spacing)
    box.setContentsMargins(*_four(margins))
    for item in items:
        match item:
            case int():
                box.addStretch(1) if item == STRETCH else box.addSpacing(item)
            case (QWidget() as widget, Qt.AlignmentFlag() as side):
                box.addWidget(widget, 0, side)
            case (cell, int(share)):
                _add(box, cell, share)
            case _:
                _add(box, item, 0)
    return box


def _add(box: QBoxLayout, cell: Cell, share: int) -> None:
    if isinstance(cell, QWidget):
        box.addWidget(cell, share)
    else:
        box.addLayout(cell, share)


def _four(margins: Margins) -> tuple[int, int, int, int]:
    match margins:
        case int():
            return margins, margins, margins, margins
        case (across, along):
            return across, along, across, along
        case (left, top, right, bottom):
            # Qt turns the order of a layout's items around, and not its margins.
            is_mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
            return (right, top, left, bottom) if is_mirrored else (left, top, right, bottom)


@contextmanager
def laid_out_once() -> Iterator[None]:
    """Lay out each text once, at the end, however often its font and its width change inside.

    Otherwise a new look of the application lays a long text out a dozen times.
    """
    editors = [widget for widget in QApplication.allWidgets() if isinstance(widget, QTextEdit)]
    for editor in editors:
        editor.document().setLayoutEnabled(False)
    try:
        yield
        lay_out_now()
    finally:
        for editor in editors:
            editor.document().setLayoutEnabled(True)


def lay_out_now() -> None:
    """Do now what Qt does to layouts at the next turn of its loop: all is then in its place."""
    for _pass in range(_PASSES):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def bring_into_view(area: QScrollArea, widget: QWidget, margin: int = 50) -> None:
    """Scroll to a widget, which may have just appeared, with so many pixels above and below."""
    lay_out_now()
    area.ensureWidgetVisible(widget, 0, margin)
