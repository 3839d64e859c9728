"""The strip of tabs above the form: it shows which stories are in tabs, and decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.layout import caption, plain_tip
from editor.gui.window.tab_facts import TabFacts
from editor.i18n import _, listed

_WIDEST = 16
"""Of a tab, in widths of the letter M; a longer headline loses its middle."""
_NARROWEST = 7
_FEW = 3


class TabStrip(QTabBar):
    """One tab a story. Arrow keys go from tab to tab, Delete closes one, dragging moves it."""

    chosen = Signal(int)
    """A person wants the story in this tab."""
    close_wanted = Signal(int)
    moved = Signal(int, int)
    """A person moved a tab from one place to another."""
    menu_wanted = Signal(QPoint)
    """The menu of the active tab, and where on the screen."""

    def __init__(self, parent: QWidget) -> None:
        self._sizes: dict[str, QSize] = {}
        super().__init__(parent)
        set_kind(self, "stories")
        self.setAccessibleName(_("Stories in tabs"))
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setMovable(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        for scrolls in self.findChildren(QToolButton):
            scrolls.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrow keys do it
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name_arrows()
        self._shown: list[TabFacts] = []
        self.currentChanged.connect(self.chosen)
        self.tabBarClicked.connect(self._choose_again)
        self.tabMoved.connect(self._move)

    def show_tabs(self, tabs: Sequence[TabFacts], active: int) -> None:
        """Show these tabs; only those that are different are touched."""
        texts = {caption(facts.caption) for facts in tabs}
        self._sizes = {text: size for text, size in self._sizes.items() if text in texts}
        shown = [*self._shown, *[None] * len(tabs)]
        other = [index for index, facts in enumerate(tabs) if facts != shown[index]]
        # A strip that is seen lays all its tabs out for each one that changes.
        is_hidden_for_it = self.isVisible() and len(other) > _FEW and not self.hasFocus()
        with QSignalBlocker(self):
            if is_hidden_for_it:
                self.hide()
            while self.count() > len(tabs):
                self.removeTab(self.count() - 1)
                self._shown.pop()
            for index in other:
                if index == self.count():
                    self._add()
                self._show(index, tabs[index])
            self.setCurrentIndex(active)
            if is_hidden_for_it:
                self.show()

    def tabSizeHint(self, index: int) -> QSize:
        # Qt asks for all tabs whenever one changes.
        text = self.tabText(index)
        size = self._sizes.get(text)
        if size is None:
            size = super().tabSizeHint(index)
            unit = self.fontMetrics().horizontalAdvance("M")
            size.setWidth(min(max(size.width(), _NARROWEST * unit), _WIDEST * unit))
            self._sizes[text] = size
        return size

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def changeEvent(self, event: QEvent) -> None:
        """Measure the tabs again for letters of another size."""
        self._sizes.clear()
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            # After the buttons have their new look; Qt gives them a size only once.
            QTimer.singleShot(0, self, self._fit_buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.close_wanted.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.MiddleButton:
            index = self.tabAt(event.position().toPoint())
            if index >= 0:
                self.close_wanted.emit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Open no story by a wheel that is turned over the strip."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_key else self.tabAt(event.pos())
        if index >= 0:
            self.setCurrentIndex(index)
            middle = self.mapToGlobal(self.tabRect(index).center())
            self.menu_wanted.emit(middle if is_key else event.globalPos())

    def _name_arrows(self) -> None:
        """Name the buttons that Qt makes for tabs out of sight, in the interface's language."""
        names = {
            "ScrollLeftButton": _("Scroll the tabs to the left"),
            "ScrollRightButton": _("Scroll the tabs to the right"),
        }
        for arrow in self.findChildren(QToolButton):
            arrow.setAccessibleName(names[arrow.objectName()])
            arrow.setToolTip(names[arrow.objectName()])

    def _add(self) -> None:
        index = self.addTab("")
        self._shown.append(TabFacts(""))
        close = SmallButton(self)
        close.setText("×")
        set_kind(close, "tab")
        # The keyboard has Ctrl+W and Delete; with stops for each it would be a long way.
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(lambda: self.close_wanted.emit(self._index_of(close)))
        self.setTabButton(index, QTabBar.ButtonPosition.RightSide, close)

    def _show(self, index: int, facts: TabFacts) -> None:
        self._shown[index] = facts
        parts = facts.parts()
        self.setTabText(index, caption(facts.caption))
        self.setTabToolTip(index, plain_tip("\n".join(parts)))
        self.setAccessibleTabName(index, listed(parts))
        close = self.tabButton(index, QTabBar.ButtonPosition.RightSide)
        if close is not None:
            text = _("Close {title}").format(title=facts.title)
            close.setAccessibleName(text)
            close.setToolTip(plain_tip(text))

    def _fit_buttons(self) -> None:
        for close in self.findChildren(SmallButton):
            close.adjustSize()

    def _index_of(self, close: QWidget) -> int:
        side = QTabBar.ButtonPosition.RightSide
        return next(index for index in range(self.count()) if self.tabButton(index, side) is close)

    def _choose_again(self, index: int) -> None:
        """Choose the active tab, whose story may not be the one that is shown."""
        if index == self.currentIndex() >= 0:
            self.chosen.emit(index)

    def _move(self, start: int, end: int) -> None:
        self._shown.insert(end, self._shown.pop(start))
        self.moved.emit(start, end)
