"""What was delivered where, when and by whom; and where one story has gone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from editor.core.changes import Changes
from editor.core.times import shown_at
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, plain_tip, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, listed, plural
from editor.store.reading.deliveries import DeliveryRow, StoryAtTarget
from editor.store.reading.snapshot import Snapshot

_Index = QModelIndex | QPersistentModelIndex
_PAGE = 200
_WIDTHS = ("2026-12-31 23:59", "A target of the paper", "A name of two")


class DeliveriesDialog(Dialog):
    """The log of deliveries, the last first; of one story the targets that have or had it."""

    def __init__(
        self, session: Session, story: str | None = None, parent: QWidget | None = None
    ) -> None:
        title = _("Where this story has gone") if story else _("Deliveries")
        super().__init__(title, parent, size=(720, 420))
        self._session, self._story = session, story
        self._rows: list[DeliveryRow] = []
        self.bar = ProblemBar()
        self.table, self.model = QTableView(), DeliveryLines(self, _headers(bool(story)))
        self.empty = label(kind="hint", wrap=True)
        self.more = button(_("&Earlier ones"), self._read)
        self.more.hide()
        self._lay_out()
        session.changed.connect(self._desk_changed)
        self._read()

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for number, longest in enumerate(_WIDTHS):
            width = self.table.fontMetrics().horizontalAdvance(longest) + 16
            self.table.setColumnWidth(number, width)
        buttons = row(self.more, STRETCH, button(_("Close"), self.reject), spacing=8)
        self.lay_out(column(self.empty, self.table, spacing=8), buttons, above=(self.bar,))

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("deliveries"):
            self._rows = []
            self._read()

    def _read(self) -> None:
        """Read the places of the story, or the next page of the log."""
        if self._story:
            query = partial(_places, self._story)
            self._session.ask(query, owner=self, done=self._show_places, failed=self.bar.show_error)
            return
        before = self._rows[-1].place if self._rows else None
        self._session.ask(
            lambda snapshot: snapshot.deliveries(before=before, limit=_PAGE),
            owner=self,
            done=self._show_page,
            failed=self.bar.show_error,
        )

    def _show_places(self, places: list[StoryAtTarget]) -> None:
        self.model.show_lines([_place_line(place) for place in places])
        self._show_empty(_("It was not delivered to any target yet."))

    def _show_page(self, rows: list[DeliveryRow]) -> None:
        self._rows += rows
        self.more.setVisible(len(rows) == _PAGE)
        self.model.show_lines([_delivery_line(row) for row in self._rows])
        self._show_empty(
            _("Nothing was delivered yet. File › Deliveries › Deliver… sends an edition.")
        )

    def _show_empty(self, sentence: str) -> None:
        is_empty = self.model.rowCount() == 0
        self.empty.setText(sentence if is_empty else "")
        self.empty.setVisible(is_empty)


class DeliveryLines(QAbstractTableModel):
    """Lines of texts, with the names of their columns."""

    def __init__(self, parent: QWidget, headers: Sequence[str]) -> None:
        super().__init__(parent)
        self._headers = headers
        self._lines: Sequence[Sequence[str]] = ()

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show lines, in their order."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._headers[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._lines[index.row()][index.column()]
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


def _places(story: str, snapshot: Snapshot) -> list[StoryAtTarget]:
    return snapshot.whereabouts(story)


def _headers(of_story: bool) -> tuple[str, ...]:
    return (_("When"), _("Target"), _("Who"), _("What is there") if of_story else _("What"))


def _place_line(place: StoryAtTarget) -> tuple[str, ...]:
    return (shown_at(place.at), place.target, place.person, _describe_place(place))


def _describe_place(place: StoryAtTarget) -> str:
    """Say which text of a story a target has: `version 3, the latest`."""
    if place.withdrawn:
        return _("Nothing any more: it was withdrawn there")
    if not place.version:
        return _("A version that this desk has not got")
    text = (
        _("Version {n}, the latest") if place.is_latest else _("Version {n}; there is a later one")
    )
    return text.format(n=place.version)


def _delivery_line(row: DeliveryRow) -> tuple[str, ...]:
    return (shown_at(row.at), row.delivery.target, row.person, _describe_delivery(row))


def _describe_delivery(row: DeliveryRow) -> str:
    """Say what was sent: `Site of 2026-03-09 13:00: 12 files, 3 stories, 1 withdrawn (e5f0…)`."""
    delivery = row.delivery
    parts = [
        plural("{n} file", "{n} files", delivery.sent),
        plural("{n} story new or changed", "{n} stories new or changed", len(delivery.stories)),
    ]
    if delivery.withdrawn:
        parts.append(plural("{n} withdrawn", "{n} withdrawn", len(delivery.withdrawn)))
    return _("{format} of {instant}: {parts} (edition {edition})").format(
        format=delivery.format,
        instant=shown_at(delivery.generated_at),
        parts=listed(parts),
        edition=delivery.edition[:12],
    )
