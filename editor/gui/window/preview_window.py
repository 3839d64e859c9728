"""The window that the preview can be moved into: its page, and the line above that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.gui.theme import set_kind, text_scale
from editor.gui.widgets.layout import STRETCH, button, column, frame, label, row
from editor.gui.widgets.screen_room import inside_frame
from editor.gui.widgets.tab_order import focus_next_stop
from editor.gui.window.window_state import on_screen
from editor.i18n import _

if TYPE_CHECKING:
    from editor.gui.preview.pane import PreviewPane
    from editor.gui.widgets.segments import Segments

_USUAL_SIZE = (900, 860)
"""Pixels at letters of the usual size."""
_LEAST_HEIGHT = 240


class PreviewWindow(QWidget):
    """Shows the preview on its own, where a person puts it: also behind the main window."""

    closed = Signal()
    """A person closed it."""
    left = Signal()
    """A person wants to go on in the main window."""
    moved = Signal()
    """It has another place or size, or fills the screen or does so no longer."""

    def __init__(self, page: PreviewPane, switch: Segments) -> None:
        super().__init__()
        set_kind(self, "ground")
        self.setAccessibleName(_("Preview"))
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.zoom = label(kind="hint")
        back = button(_("Back into the main window"), self.close, "quiet")
        bar = row(switch, STRETCH, self.zoom, back, spacing=8, margins=(10, 6))
        column(frame(bar, "bar"), (page, 1), inside=self)
        switch.show()
        page.show()

    def put(self, box: tuple[int, ...], shown: str, beside: QWidget) -> None:
        """Show it where its box was, as far as that is on a screen, `full`, `maximized` or neither.

        Without a box it is on a screen without the main window, if there is one.
        """
        self.setGeometry(on_screen(box) or _first_box(beside))
        if shown == "full":
            self.showFullScreen()
        elif shown == "maximized":
            self.showMaximized()
        else:
            self.show()

    def box(self) -> tuple[int, ...]:
        """Return its left, top, width and height, in the screen's points."""
        box = self.normalGeometry()
        return box.x(), box.y(), box.width(), box.height()

    def shown(self) -> str:
        """Return how it is shown: `full`, `maximized`, or neither."""
        maximized = "maximized" if self.isMaximized() else ""
        return "full" if self.isFullScreen() else maximized

    def come_forward(self) -> None:
        """Show it in front of other windows, with the keyboard."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc end the full screen, then go back to the main window."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        else:
            self.left.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next_stop(self, forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self.moved.emit()


def _first_box(beside: QWidget) -> QRect:
    """Return where it is shown first: on another screen than the main window, if there is one.

    Else at the end of its screen, where the column was.
    """
    mine = beside.screen()
    screen = next((other for other in QGuiApplication.screens() if other is not mine), mine)
    room = inside_frame(screen.availableGeometry())
    size = (QSize(*_USUAL_SIZE) * max(1.0, text_scale())).boundedTo(room.size())
    box = QRect(room.topLeft(), size)
    if screen is not mine:
        box.moveCenter(room.center())
    elif beside.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        box.moveLeft(room.left())
    else:
        box.moveRight(room.right())
    return box
