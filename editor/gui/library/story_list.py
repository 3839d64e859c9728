"""The second column: what is in a place, in which order, and what to do when nothing is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.core import times
from editor.core.workflow import Stage
from editor.gui.library.delegate import Meta, StoryDelegate
from editor.gui.library.places import Place, counted
from editor.gui.library.rows import ROW, Query, StoryRows, words
from editor.gui.session import Session
from editor.gui.widgets.ago import since
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.store.reading.rows import StoryRow

STAGES: dict[Stage, Callable[[], str]] = {
    Stage.DRAFT: lambda: _("Draft"),
    Stage.REVIEW: lambda: _("In review"),
    Stage.APPROVED: lambda: _("Approved"),
    Stage.SPIKED: lambda: _("Spiked"),
}
"""What a stage is called on screen."""

# Arrow keys held down pass over stories; only the one they stop at is opened.
_PAUSE_MS = 70


class StoryList(QFrame):
    """The stories of one place. Selecting one opens it; Enter goes to its text."""

    opened = Signal(str)
    """A story's id: it was selected."""
    entered = Signal()
    """The selected story was chosen to be worked on."""

    def __init__(
        self, session: Session, actions: dict[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._session, self._actions = session, actions
        self._place: Place | None = None
        self._wanted, self._advance_from = "", -1
        self._rows = StoryRows(session, self)
        self._problem = ProblemBar()
        self._view = self._make_view()
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        column.addWidget(self._problem)
        column.addWidget(self._stack, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._open_current)
        self._rows.counted.connect(self._counted)
        self._rows.failed.connect(lambda error: self._problem.show_error(error, self._retry()))
        self._rows.modelReset.connect(self._restore_current)
        QWidget.setTabOrder(self._places_button, self._sort)
        QWidget.setTabOrder(self._sort, self._view)
        self.setMinimumWidth(200)
        self.setFocusProxy(self._view)

    def rows(self) -> StoryRows:
        """The stories read so far."""
        return self._rows

    def view(self) -> QListView:
        """The list itself, for focus."""
        return self._view

    def place(self) -> Place | None:
        """The place whose stories are shown."""
        return self._place

    def header_button(self) -> QToolButton:
        """The button that stands for the places where their column is hidden."""
        return self._places_button

    def show_places_button(self, shown: bool) -> None:
        """Offer the places here, because their own column is hidden."""
        self._places_button.setVisible(shown)
        self._count.setVisible(not shown)

    def show_place(self, place: Place) -> None:
        """Show the stories of a place, in the order that suits it."""
        if place.filter is None:
            return
        self._place = place
        self._count.setText(place.title)
        self._places_button.setText(f"{place.title} ▾")
        self._problem.clear()
        oldest = place.waits
        self._oldest.setText(_("Waiting longest") if oldest else _("Oldest"))
        (self._oldest if oldest else self._latest).setChecked(True)
        self._name_order()
        self._ask()

    def select(self, story_id: str) -> None:
        """Mark a story as the open one, now or as soon as its row is here."""
        self._wanted = story_id
        self._restore_current()

    def current_id(self) -> str:
        """The id of the selected story, or nothing."""
        row = self._view.currentIndex().data(ROW)
        return row.id if isinstance(row, StoryRow) else ""

    def step(self, by: int) -> None:
        """Open the story some rows further down, or up."""
        row = self._rows.row(self._view.currentIndex().row() + by)
        if row is not None:
            self.select(row.id)
            self.opened.emit(row.id)

    def advance(self) -> None:
        """When the selected story leaves this place, select the one that takes its position."""
        self._advance_from = self._view.currentIndex().row()

    def open_first(self) -> None:
        """Open the first story there is, as soon as it has been read."""
        self._wanted, self._advance_from = "", 0

    def count_text(self) -> str:
        """The header as it reads: `3 drafts`."""
        return self._count.text()

    def _make_view(self) -> QListView:
        view = _Rows(self)
        view.setModel(self._rows)
        view.setItemDelegate(StoryDelegate(self._describe, self))
        view.selectionModel().currentChanged.connect(self._current_changed)
        view.entered_row.connect(self._enter)
        return view

    def _make_header(self) -> QFrame:
        header = QFrame()
        header.setProperty("kind", "bar")
        self._count = ElidedLabel()
        self._count.setProperty("kind", "hint")
        self._places_button = QToolButton()
        self._places_button.setProperty("kind", "quiet")
        self._places_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._places_button.setAccessibleName(_("Places"))
        self._places_button.hide()
        self._sort = QToolButton()
        self._sort.setProperty("kind", "quiet")
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._sort)
        orders = QActionGroup(menu)
        self._latest = QAction(_("Newest"), menu, checkable=True)
        self._oldest = QAction(_("Oldest"), menu, checkable=True)
        for order in (self._latest, self._oldest):
            orders.addAction(order)
            menu.addAction(order)
        orders.triggered.connect(self._reorder)
        self._sort.setMenu(menu)
        row = QHBoxLayout(header)
        row.setContentsMargins(4, 6, 4, 6)
        row.setSpacing(0)
        self._count.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._places_button)
        row.addWidget(self._count, 1)
        row.addStretch()
        row.addWidget(self._sort)
        return header

    def _reorder(self) -> None:
        self._name_order()
        self._ask()

    def _name_order(self) -> None:
        order = self._oldest if self._oldest.isChecked() else self._latest
        self._sort.setText(f"{order.text()} ▾")
        self._sort.setAccessibleName(_("Order: {order}").format(order=order.text()))

    def _ask(self) -> None:
        if self._place is not None and self._place.filter is not None:
            self._rows.show_query(Query(self._place.filter, self._oldest.isChecked()))

    def _retry(self) -> tuple[str, Callable[[], None]]:
        return _("Try again"), self._rows.reload

    def _counted(self, total: int) -> None:
        if self._place is None:
            return
        self._count.setText(counted(self._place, total))
        if not total:
            offered = [self._actions[name] for name in self._place.actions]
            self._empty.show_text(self._place.empty, self._place.hint, offered)
        self._stack.setCurrentWidget(self._view if total else self._empty)
        self.setFocusProxy(self._view if total else self._sort)
        self._advance()

    def _advance(self) -> None:
        """Select what follows a story that has left, once its leaving has been read."""
        start, left = self._advance_from, self._rows.position(self._wanted) < 0
        if start < 0 or not left:
            return
        self._advance_from = -1
        row = self._rows.row(min(start, self._rows.rowCount() - 1))
        if row is not None:
            self.select(row.id)
            self.opened.emit(row.id)

    def _restore_current(self) -> None:
        """Show which story is open; its being open already is no reason to open it again."""
        position = self._rows.position(self._wanted) if self._wanted else -1
        selection = self._view.selectionModel()
        if position < 0:
            selection.clear()
        else:
            index = self._rows.index(position)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._view.scrollTo(index)

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self._pause.start()

    def _open_current(self) -> None:
        story_id = self.current_id()
        if story_id and story_id != self._wanted:
            self._wanted = story_id
            self.opened.emit(story_id)

    def _enter(self) -> None:
        self._pause.stop()
        self._open_current()
        if self.current_id():
            self.entered.emit()

    def _describe(self, row: StoryRow) -> Meta:
        section = self._session.house.section_title(row.section) if row.section else ""
        place = self._place
        if place is not None and place.waits:
            waiting = _("waiting {time}").format(time=since(row.updated, times.now()))
            parts = (section, waiting, _("version {n}").format(n=row.version))
            return Meta(tuple(part for part in parts if part))
        mixed = place is not None and place.mixed
        first = STAGES[row.stage]() if mixed else section
        parts = (first, row.slug, words(row))
        return Meta(tuple(part for part in parts if part), row.stage if mixed else None)


class _Rows(QListView):
    """The list view: one story selected at a time, Enter and double click go to its text."""

    entered_row = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Stories"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(100)
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda _index: self.entered_row.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Headlines wrap differently at another width, so rows are laid out again."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
