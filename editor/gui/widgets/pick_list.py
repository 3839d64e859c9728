"""A list of chosen values, and a field that finds another one to add."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QListView,
    QToolButton,
    QWidget,
)

from editor.gui.theme import set_kind
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.layout import column, once, plain_tip, row
from editor.gui.widgets.line_field import LineField
from editor.gui.widgets.pick_rows import Pick, PickRows
from editor.i18n import _

_PAUSE_MS = 150
_ROWS_SHOWN = 12
_ROW_PADDING = 9


class PickList(QWidget):
    """Values in an order, each once. Whoever connects `searched` calls `offer`.

    In the list Delete removes, and Alt with the arrows or the mouse moves where order
    matters. A list that `scrolls` takes the room there is, and says `empty` while it has no
    rows; others are as tall as their rows.
    In the field Down opens what is offered, and Enter adds what is marked there.
    """

    changed = Signal(tuple)
    """The values, as a tuple of str, after one was added, removed or moved by a person."""
    searched = Signal(str)
    """The words somebody typed, after a pause; `offer` what fits them."""
    entered = Signal(str)
    """The words that were typed when Enter was pressed while nothing is offered."""

    def __init__(  # noqa: PLR0913 - what it is called, and how it behaves
        self,
        name: str,
        search: str,
        *,
        ordered: bool,
        scrolls: bool = False,
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scrolls, self._empty = scrolls, empty
        self._picks: list[Pick] = []
        self._offered: list[Pick] = []
        self._offered_for: str | None = None
        self._enter_waits = False
        self._ordered, self._read_only = ordered, False
        self.list = PickRows(scrolls=scrolls, empty=empty)
        self.list.can_drag = ordered
        self.list.dropped.connect(self._drop)
        self.list.setAccessibleName(name)
        self.list.key_pressed.connect(self._key)
        self.list.currentRowChanged.connect(self._show_buttons)
        self.field = _Finder()
        self.field.setPlaceholderText(search)
        self.field.setAccessibleName(search)
        self.setFocusProxy(self.field)
        self.up = self._button("↑", _("Move up"), lambda: self._move(-1))
        self.down = self._button("↓", _("Move down"), lambda: self._move(1))
        self.remove = self._button(_("Remove"), "", self._remove)
        self._pause = once(self, self._search, _PAUSE_MS)
        self.field.textEdited.connect(self._typed)
        self.field.down_pressed.connect(self._search)
        self.field.enter_pressed.connect(self._enter)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_ROWS_SHOWN)
        self._completer.setWidget(self.field)
        self.popup = QListView()
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.popup.clicked.connect(lambda index: self.add(self._offered[index.row()].value))
        self._completer.setPopup(self.popup)
        set_kind(self.popup, "offered")
        foot = row((self.field, 1), self.up, self.down, self.remove, spacing=2)
        column(self.list, foot, inside=self, spacing=6)
        self._show_buttons()

    def values(self) -> tuple[str, ...]:
        """Return the chosen values, in order."""
        return tuple(pick.value for pick in self._picks)

    def show_picks(self, picks: Sequence[Pick]) -> None:
        """Show what is chosen; while somebody works here the same row stays current."""
        if list(picks) == self._picks:
            return
        focus = QApplication.focusWidget()
        current = self.list.currentRow() if focus and self.isAncestorOf(focus) else -1
        self._picks = list(picks)
        self.list.show_picks(self._picks, min(current, len(picks) - 1))
        self._show_buttons()

    def offer(self, words: str, picks: Sequence[Pick]) -> None:
        """Offer what was found for some words, unless other words were typed since."""
        if words != self._words() or not self.field.hasFocus():
            return
        self._offered_for = words
        self._offered = [pick for pick in picks if pick.value not in self.values()]
        self._names.setStringList([pick.name for pick in self._offered])
        enter_waited, self._enter_waits = self._enter_waits, False
        if not self._offered:
            self.popup.hide()
            if enter_waited:
                self.entered.emit(words)
        elif enter_waited:
            self.add(self._offered[0].value)
        else:
            # A list that opens over the window has no direction of its own to follow.
            self.popup.setLayoutDirection(self.layoutDirection())
            self._completer.complete()
            if words:
                self.popup.setCurrentIndex(self._names.index(0))

    def clear_search(self) -> None:
        """Empty the field and offer nothing: what was typed belongs to another list."""
        self._pause.stop()
        self._enter_waits = False
        self.popup.hide()
        self.field.clear()

    def set_read_only(self, read_only: bool) -> None:
        """Let values be added, moved and removed or not."""
        self._read_only = read_only
        self.list.can_drag = self._ordered and not read_only
        self.field.setVisible(not read_only)
        self._show_buttons()

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab goes through, in the order it is seen."""
        return [self.list, self.field, self.up, self.down, self.remove]

    def add(self, value: str) -> None:
        """Add a value at the end and empty the field."""
        self.clear_search()
        if value not in self.values():
            self.changed.emit((*self.values(), value))

    def _typed(self) -> None:
        self._offered_for, self._enter_waits = None, False
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self._words())

    def _words(self) -> str:
        return self.field.text().strip()

    def _enter(self) -> None:
        """Add the row that is marked in what is offered for these words, once that is known."""
        words = self._words()
        if self._offered_for != words:
            self._enter_waits = bool(words)
            self._search()
            return
        marked = self.popup.selectedIndexes() if self.popup.isVisible() else []
        if marked:
            self.add(self._offered[marked[0].row()].value)
        elif words:
            self.entered.emit(words)

    def _key(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._remove()
            case Qt.Key.Key_Up if alt:
                self._move(-1)
            case Qt.Key.Key_Down if alt:
                self._move(1)
            case _:
                event.ignore()

    def _remove(self) -> None:
        at = self.list.currentRow()
        if at >= 0 and not self._read_only:
            values = self.values()
            self.changed.emit((*values[:at], *values[at + 1 :]))
            if not self._picks:
                self.field.setFocus()

    def _move(self, by: int) -> None:
        at, to = self.list.currentRow(), self.list.currentRow() + by
        if at < 0 or not 0 <= to < len(self._picks) or self._read_only or not self._ordered:
            return
        self.list.setCurrentRow(to)
        self._drop(at, to)

    def _drop(self, at: int, to: int) -> None:
        values = list(self.values())
        values.insert(to, values.pop(at))
        self.changed.emit(tuple(values))

    def _button(self, text: str, name: str, act: Callable[[], None]) -> QToolButton:
        button = SmallButton()
        button.setText(text)
        button.setToolTip(plain_tip(name))
        button.setAccessibleName(name or text)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _show_buttons(self) -> None:
        """Show what can be done with the current row, once there is one."""
        at, count = self.list.currentRow(), len(self._picks)
        self.list.setVisible(count > 0 or self._scrolls)
        if self._empty:
            self.field.setAccessibleDescription("" if count else self._empty)
        chosen = at >= 0 and not self._read_only
        self.remove.setVisible(chosen)
        for button in (self.up, self.down):
            button.setVisible(chosen and self._ordered and count > 1)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at < count - 1)


class _Finder(LineField):
    """A line that reports Down and Enter, also while the list under it is open."""

    down_pressed = Signal()
    enter_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pressed.emit()
        else:
            super().keyPressEvent(event)
