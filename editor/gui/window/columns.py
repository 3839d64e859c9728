"""The four columns side by side, and which of them give way when there is little room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from editor.gui.theme import text_scale
from editor.gui.window.window_state import WindowState

NARROW, SMALL = 1180, 860
"""Below these widths the places' column, and then the pane, give their room to the form.

They are pixels at letters of the usual size, and more with larger ones, as all widths here.
"""

_WIDE_SIZES = (196, 284, 460, 500)
_NARROW_SIZES = (170, 244, 430, 350)
_LEAST_SIZES = (150, 180, 260, 260)
_LEAST_FORM = 320
"""Also with small letters."""
_PLACES, _LIST, _CENTRE, _PANE = range(4)


class Columns(QSplitter):
    """Places, list, centre and pane. What a person chose is restored when there is room again."""

    places_shown = Signal(bool)
    pane_shown = Signal(bool)
    asked = Signal()
    """A person wants to see a column, or see it no longer."""

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes = state.columns if len(state.columns) == len(_WIDE_SIZES) else _WIDE_SIZES
        self.places_wanted, self.pane_wanted = state.places, state.pane
        self._narrow: bool | None = None
        self._small: bool | None = None
        self._scale = 1.0
        self._around: set[int] | None = None
        """The columns to be shown again once the centre is no longer alone."""
        self._sizes_around: list[int] = []
        self.setHandleWidth(1)

    def fill(self, *columns: QWidget) -> None:
        """Put the four columns side by side; each is best made with this as its parent."""
        for index, (column, stretch) in enumerate(zip(columns, (0, 0, 3, 2), strict=True)):
            self.insertWidget(index, column)
            self.setStretchFactor(index, stretch)
            self.setCollapsible(index, False)

    def in_order(self) -> list[QWidget]:
        """Return the columns from first to last, shown or not."""
        columns = (self.widget(index) for index in range(self.count()))
        return [column for column in columns if column is not None]

    def centre(self) -> QWidget:
        """Return the column that is written in."""
        return self.in_order()[_CENTRE]

    def set_alone(self, alone: bool) -> None:
        """Show the centre alone, or again what is around it."""
        if alone == (self._around is not None):
            return
        columns = self.in_order()
        if alone:
            self._sizes_around = self.sizes()
            self._around = {at for at, column in enumerate(columns) if not column.isHidden()}
        shown, self._around = self._around or set(), self._around if alone else None
        for at, column in enumerate(columns):
            column.setVisible(at == _CENTRE if alone else at in shown)
        if not alone and self._sizes_around:
            self.setSizes(self._sizes_around)
        self._make_room(self.width())
        self.places_shown.emit(not columns[_PLACES].isHidden())
        self.pane_shown.emit(not columns[_PANE].isHidden())

    def wide_sizes(self) -> tuple[int, ...]:
        """Return the widths to come back to: today's, and of a hidden column that it had."""
        if self._narrow or self._around is not None:
            return self._sizes
        sizes = zip(self.sizes(), self._sizes, strict=True)
        return tuple(size or before for size, before in sizes)

    def show_places(self, shown: bool) -> None:
        """Show or hide the places, because a person chose so."""
        self.asked.emit()
        self.places_wanted = self.places_wanted if self._narrow else shown
        self._show(_PLACES, shown)
        if self._small and shown:
            self._show(_PANE, False)

    def show_pane(self, shown: bool) -> None:
        """Show or hide the pane, because a person chose so."""
        self.asked.emit()
        self.pane_wanted = self.pane_wanted if self._small else shown
        self._show(_PANE, shown)
        if self._small and shown:
            self._show(_PLACES, False)

    def want_pane(self, wanted: bool, *, lent: bool = False) -> None:
        """Show the pane or hide it, because the preview moved into it or out of it.

        Where the centre has it `lent`, or there is no room for it, it is shown after that.
        """
        self.pane_wanted = wanted
        self.lend_pane(lent)

    def lend_pane(self, lent: bool) -> None:
        """Give the pane's room to the centre, or give it back."""
        self._show(_PANE, not lent and self.pane_wanted and not self._small)

    def fit(self, width: int) -> None:
        """Give the form its room first, in a window of this width."""
        scale = text_scale()
        narrow, small = width < NARROW * scale, width < SMALL * scale
        is_other = (narrow, scale) != (self._narrow, self._scale)
        if narrow != self._narrow:
            self._narrow = narrow
            self._show(_PLACES, self.places_wanted and not narrow)
        if small != self._small:
            self._small = small
            self._show(_PANE, self.pane_wanted and not small)
        self._make_room(width)
        if is_other:
            self._scale, self._sizes_around = scale, []
            form = self.widget(_CENTRE)
            if form is not None:
                form.setMinimumWidth(round(max(_LEAST_FORM, _LEAST_SIZES[_CENTRE] * scale)))
            sizes = _NARROW_SIZES if narrow else self._sizes
            self.setSizes([round(size * scale) for size in sizes] if narrow else list(sizes))

    def next_column(self, steps: int, *others: QWidget) -> QWidget:
        """Return the column that is shown next to the one with the focus, or with -1 before it.

        After the last one come `others`, which are windows.
        """
        columns = [column for column in (*self.in_order(), *others) if column.isVisible()]
        focused = QApplication.focusWidget()
        inside = [i for i, column in enumerate(columns) if focused and column.isAncestorOf(focused)]
        index = inside[0] if inside else (-1 if steps > 0 else 0)
        return columns[(index + steps) % len(columns)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        """Share the room again for letters of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._narrow is not None:
            self.fit(self.width())

    def _make_room(self, width: int) -> None:
        """Hide the list where large letters leave no room for it beside what a person shows."""
        columns = self.in_order()
        if len(columns) == len(_LEAST_SIZES) and self._around is None:
            sizes = zip(columns, _LEAST_SIZES, strict=True)
            others = [size for part, size in sizes if part is columns[_LIST] or not part.isHidden()]
            columns[_LIST].setVisible(sum(others) * text_scale() <= width)

    def _show(self, index: int, shown: bool) -> None:
        column = self.widget(index)
        if self._around is not None:
            (self._around.add if shown else self._around.discard)(index)
            return
        if column is not None:
            column.setVisible(shown)
            self._make_room(self.width())
        (self.places_shown if index == _PLACES else self.pane_shown).emit(shown)
