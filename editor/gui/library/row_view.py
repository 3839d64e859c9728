"""The rows of the list of stories: how they are entered, and how several are chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from editor.gui.theme import set_kind
from editor.i18n import _

_Modifier = Qt.KeyboardModifier
_CHOOSING = _Modifier.ControlModifier | _Modifier.ShiftModifier
_MOVES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
)


class RowView(QListView):
    """Says what a person wants of which row; it does nothing by itself.

    Only its owner selects a row: Qt would do that wherever the focus comes from.
    """

    row_entered = Signal()
    """Enter, or a double click, on the current row."""
    row_toggled = Signal(int)
    """Somebody wants a row to be chosen, or not any more: Ctrl and a click, or Space."""
    range_extended = Signal(int, int)
    """From the row that was current, or none (-1), to another: Shift and a click or a key."""
    all_wanted = Signal()
    """Somebody wants every row to be chosen."""
    tab_wanted = Signal(int)
    """Somebody wants a row's story in a tab of its own: a click of the middle button."""
    menu_wanted = Signal(int, QPoint)
    """The menu of a row, and where on the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_kind(self, "stories")
        self.setAccessibleName(_("Stories"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(100)
        self.setMouseTracking(True)
        self._is_choosing = False
        self.doubleClicked.connect(lambda _index: self.row_entered.emit())

    def selectAll(self) -> None:
        """Ask for every row: the Edit menu calls this on what has the focus."""
        self.all_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~_Modifier.KeypadModifier
        before = self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self.row_entered.emit()
        elif key == Qt.Key.Key_Space and modifiers in (
            _Modifier.NoModifier,
            _Modifier.ControlModifier,
        ):
            if before >= 0:
                self.row_toggled.emit(before)
        else:
            super().keyPressEvent(event)
            if key in _MOVES and modifiers & _Modifier.ShiftModifier:
                self.range_extended.emit(before, self.currentIndex().row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._chooses(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._chooses(event):
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and index.isValid():
            self.tab_wanted.emit(index.row())
        if self._is_choosing:
            self._is_choosing = False  # Qt would call this a click, which opens
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.scrollTo(index)
        place = self.viewport().mapToGlobal(self.visualRect(index).center())
        self.menu_wanted.emit(index.row(), place if is_key else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # At another width headlines wrap into more or fewer lines.
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _chooses(self, event: QMouseEvent) -> bool:
        """Choose the row under the pointer, if Ctrl or Shift is held; return whether it is."""
        modifiers = event.modifiers() & _CHOOSING
        if event.button() is not Qt.MouseButton.LeftButton or not modifiers:
            return False
        self._is_choosing = True
        index, before = self.indexAt(event.position().toPoint()), self.currentIndex().row()
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, self.selectionModel().SelectionFlag.NoUpdate
            )
            if modifiers & _Modifier.ShiftModifier:
                self.range_extended.emit(before, index.row())
            else:
                self.row_toggled.emit(index.row())
        return True
