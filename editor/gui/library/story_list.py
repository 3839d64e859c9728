"""The second column: the stories of a place, their order, and what to do when there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QToolButton, QWidget

from editor.errors import EditorError
from editor.gui.library.chosen_bar import ChosenBar
from editor.gui.library.chosen_rows import ChosenRows
from editor.gui.library.delegate import StoryDelegate
from editor.gui.library.filter_row import FilterRow
from editor.gui.library.places import MINE, Place, count_text, groups
from editor.gui.library.row_details import RowDetails, describe_row
from editor.gui.library.row_view import RowView
from editor.gui.library.rows import ROW, Query, StoryRows
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.buttons import ElidedButton
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.layout import caption, column, frame, once, plain_tip, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.tab_order import has_focus
from editor.i18n import _
from editor.store.reading.rows import StoryRow

_MINUTE_MS = 60_000


class StoryList(QFrame):
    """Lists the stories of `place`. A click opens one; Enter opens it and goes to its text.

    The row of the open story is the one that is selected. The focus and the arrow
    keys have a row of their own, so that looking around opens nothing. While several
    stories are `chosen` for one action, their rows are selected instead, and what is
    open stays open.
    `places_button` offers the places while their own column is hidden; `count`
    is the header: `3 drafts`.
    """

    opened = Signal(str)
    """The id of the story that somebody opened."""
    tab_wanted = Signal(str)
    """The id of a story that somebody wants in a tab of its own."""
    counted = Signal(int)
    """How many stories the place has, once they have been read."""
    entered = Signal()
    """A person wants to work on the selected story."""
    place_wanted = Signal(str)
    """A person wants to see the place with this key, for this one has no stories."""

    def __init__(
        self, session: Session, actions: dict[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_kind(self, "panel")
        self._session, self._actions = session, actions
        self.place: Place | None = None
        self._wanted, self._focused, self._advance_from = "", "", -1
        self._menu_row = ""
        self._rows = StoryRows(session, self)
        self.chosen = ChosenRows(self._rows, self)
        self.chosen_bar = ChosenBar()
        self._problem = ProblemBar()
        self._stack = QStackedWidget(self)
        self.view = self._make_view()
        self._empty = EmptyState(self._stack)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self.count = ElidedLabel()
        set_kind(self.count, "hint")
        self.places_button, self._sort = _menu_button(), _menu_button()
        self._newest = QAction(_("Newest"), self, checkable=True)
        self._oldest = QAction(_("Oldest"), self, checkable=True)
        self._to_place_before = QAction(self)
        self._to_place_before.triggered.connect(self._leave_empty_place)
        self.filters = FilterRow(session)
        above = (self._make_header(), self.filters, self._problem)
        self._stack.setMinimumHeight(1)  # a problem needs the room first
        column(*above, (self._stack, 1), self.chosen_bar, inside=self)
        self.filters.changed.connect(self._refilter)
        self._rows.counted.connect(self._counted)
        self._rows.failed.connect(self._show_problem)
        self._rows.modelAboutToBeReset.connect(self._remember_row)
        self._rows.modelReset.connect(self._restore_rows)
        self._connect_choice()
        self._ages = QTimer(self, interval=_MINUTE_MS)  # the rows say how long ago
        self._ages.timeout.connect(self.view.viewport().update)
        self._ages.start()
        self.setMinimumWidth(200)
        self.setFocusProxy(self.view)

    def show_places_button(self, shown: bool) -> None:
        """Offer the places here, or show the count in their stead."""
        self.places_button.setVisible(shown)
        self.count.setVisible(not shown)

    def show_place(self, place: Place) -> None:
        """Show the stories of a place: the oldest first where they wait, else the newest."""
        if place.filter is None:
            return
        self.place = place
        self.chosen.clear()
        self.count.setText(place.title)
        self.places_button.setText(f"{caption(place.title)} ▾")
        self.places_button.setToolTip(plain_tip(place.title))
        self._problem.clear()
        self.filters.show_place(place)
        oldest = place.is_queue
        self._oldest.setText(_("Waiting longest") if oldest else _("Oldest"))
        (self._oldest if oldest else self._newest).setChecked(True)
        self._name_order()
        self._read()

    def show_remembered(self, total: int, rows: Sequence[StoryRow]) -> None:
        """Show what was remembered of the place, until its stories have been read."""
        self._rows.show_remembered(total, rows)

    def select(self, story_id: str) -> None:
        """Mark a story as the open one, now or as soon as its row has been read."""
        if story_id != self._wanted or self._open_row() < 0:
            self._wanted, self._focused = story_id, ""
            self._restore_rows()

    def current_id(self) -> str:
        """Return the id of the story whose row the arrow keys are at, or an empty text."""
        row = self.view.currentIndex().data(ROW)
        return row.id if isinstance(row, StoryRow) else ""

    def step(self, by: int) -> None:
        """Open the story so many rows further down, or up."""
        self._open(self._open_row() + by)

    def advance(self) -> None:
        """Open the story that takes the open one's position, once that has left the place."""
        self._advance_from = self._open_row()

    def open_first(self) -> None:
        """Open the first story there is, as soon as it has been read."""
        self._wanted, self._advance_from = "", 0

    def set_menu(self, menu: QMenu) -> None:
        """Give the rows, and the line about those that are chosen, their menu."""
        self.chosen_bar.set_menu(menu)
        end = once(self, self._end_menu)  # once what was chosen in the menu has begun
        menu.aboutToHide.connect(end.start)
        self.view.menu_wanted.connect(lambda row, at: self._open_menu(menu, row, at))

    def _make_view(self) -> RowView:
        view = RowView(self._stack)
        view.setModel(self._rows)
        view.setItemDelegate(StoryDelegate(self._describe, self))
        view.clicked.connect(lambda _index: self._open_current())
        view.row_entered.connect(self._enter)
        view.tab_wanted.connect(lambda row: self.tab_wanted.emit(self._rows.listed()[row].id))
        return view

    def _connect_choice(self) -> None:
        chosen, bar = self.chosen, self.chosen_bar
        self.view.row_toggled.connect(lambda row: chosen.toggle(row, self._wanted))
        self.view.range_extended.connect(chosen.extend)
        self.view.all_wanted.connect(chosen.choose_all)
        chosen.changed.connect(self._mark_rows)
        chosen.changed.connect(self._show_choice)
        bar.cleared.connect(self.clear_choice)

    def _show_choice(self) -> None:
        number, listed = len(self.chosen), self._rows.rowCount()
        self.chosen_bar.show_count(number, self._rows.total - listed if number == listed else 0)

    def clear_choice(self) -> None:
        """Choose no story, with the focus back in the rows where it was on the line."""
        if has_focus(self.chosen_bar):
            self.view.setFocus()
        self.chosen.clear()

    def end_progress(self) -> None:
        """Say again how many stories are chosen, after something was done to them."""
        self.chosen_bar.show_ended()
        self._show_choice()

    def _open_menu(self, menu: QMenu, position: int, at: QPoint) -> None:
        """Open the menu of a row: of the chosen stories if it is one of them, else of it alone."""
        row = self._rows.row(position)
        if row is None:
            return
        if row.id not in self.chosen:
            self._menu_row = row.id
            self.chosen.choose_only(row.id)
        menu.popup(at)

    def _end_menu(self) -> None:
        """Choose a story no more that was chosen for its menu."""
        if self._menu_row and len(self.chosen) == 1 and self._menu_row in self.chosen:
            self.chosen.clear()
        self._menu_row = ""

    def _make_header(self) -> QFrame:
        self.count.setContentsMargins(8, 0, 8, 0)
        self.places_button.setAccessibleName(_("Places"))
        self.places_button.hide()
        menu = QMenu(self._sort)
        orders = QActionGroup(menu)
        for order in (self._newest, self._oldest):
            menu.addAction(orders.addAction(order))
        orders.triggered.connect(self._reorder)
        self._sort.setMenu(menu)
        header = row(self.places_button, (self.count, 1), self._sort, margins=(4, 6))
        header.insertStretch(2)  # takes the room of the count while that is hidden
        return frame(header, "bar")

    def shown_place(self) -> Place | None:
        """Return the place with what it is narrowed to; None before there is one."""
        place = self.place
        if place is None or place.filter is None:
            return place
        return replace(place, filter=self.filters.narrowed())

    def _refilter(self) -> None:
        self.chosen.clear()
        self._read()

    def _reorder(self) -> None:
        self._name_order()
        self._read()

    def _name_order(self) -> None:
        order = self._oldest if self._oldest.isChecked() else self._newest
        self._sort.setText(f"{order.text()} ▾")
        self._sort.setAccessibleName(_("Order: {order}").format(order=order.text()))

    def _read(self) -> None:
        if self.place is not None and self.place.filter is not None:
            journal = self._session.journal if self.place.key == MINE else None
            person = self._session.person.name
            self._rows.show_query(
                Query(self.filters.narrowed(), self._oldest.isChecked(), journal, person)
            )

    def _show_problem(self, error: EditorError) -> None:
        self._problem.show_error(error, (_("Try again"), self._rows.reload))

    def _counted(self, total: int) -> None:
        if self.place is None:
            return
        self.count.setText(count_text(self.place, total))
        if not total:
            self._show_empty(self.place)
        self._stack.setCurrentWidget(self.view if total else self._empty)
        self.setFocusProxy(self.view if total else self._sort)
        self.chosen.keep_listed()
        self._show_choice()
        self.counted.emit(total)
        self._advance()

    def _show_empty(self, place: Place) -> None:
        if self.filters.is_active():
            sentence = _("No story here fits the filters")
            self._empty.show_text(sentence, "", [self.filters.remove_all])
            return
        offered = [self._actions[name] for name in place.actions]
        if (before := self._place_before(place)) is not None:
            title = _("Show “{place}”").format(place=caption(before.title))
            self._to_place_before.setText(title)
            offered.append(self._to_place_before)
        self._empty.show_text(place.empty, place.hint, offered)

    def _place_before(self, place: Place) -> Place | None:
        """Return the place that the stories of this one come from, where it says one."""
        session = self._session
        every = groups(session.house, session.person, session.people)
        found = (other for group in every for other in group.places)
        return next((other for other in found if other.key == place.before), None)

    def _leave_empty_place(self) -> None:
        if self.place is not None:
            self.place_wanted.emit(self.place.before)

    def _open(self, position: int) -> None:
        row = self._rows.row(position)
        if row is not None:
            self.chosen.clear()
            self.select(row.id)
            self.opened.emit(row.id)

    def _advance(self) -> None:
        """Select what follows a story, once the rows show that it has left the place."""
        start, left = self._advance_from, self._rows.position(self._wanted) < 0
        if start < 0 or not left:
            return
        self._advance_from = -1
        self._open(min(start, self._rows.rowCount() - 1))

    def _open_row(self) -> int:
        """Return the row of the open story, or -1."""
        return self._rows.position(self._wanted) if self._wanted else -1

    def _mark_rows(self) -> None:
        """Select the rows of the chosen stories; where none is, that of the open one."""
        flag, marked = QItemSelectionModel.SelectionFlag, QItemSelection()
        for position, story in enumerate(self._rows.listed()):
            if story.id in self.chosen if self.chosen else story.id == self._wanted:
                index = self._rows.index(position)
                marked.append(QItemSelectionRange(index))
        self.view.selectionModel().select(marked, flag.ClearAndSelect)
        self.view.viewport().update()

    def _remember_row(self) -> None:
        self._focused = self.current_id() if self.view.hasFocus() else ""

    def _restore_rows(self) -> None:
        """Mark the open story, and go back to the row the arrow keys were at."""
        selection, flag = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        marked = self._open_row()
        current = self._rows.position(self._focused) if self._focused else -1
        self._mark_rows()
        if max(current, marked) >= 0:
            index = self._rows.index(current if current >= 0 else marked)
            selection.setCurrentIndex(index, flag.NoUpdate)
            self.view.scrollTo(index)
        else:
            selection.clearCurrentIndex()

    def _open_current(self) -> None:
        story_id = self.current_id()
        self.chosen.clear()
        if story_id and story_id != self._wanted:
            self.select(story_id)
            self.opened.emit(story_id)

    def _enter(self) -> None:
        self._open_current()
        if self.current_id():
            self.entered.emit()

    def _describe(self, row: StoryRow) -> RowDetails:
        details = describe_row(row, self.place, self._session)
        return replace(details, is_open=row.id == self._wanted, is_chosen=row.id in self.chosen)


def _menu_button() -> ElidedButton:
    made = ElidedButton()
    set_kind(made, "quiet")
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return made
