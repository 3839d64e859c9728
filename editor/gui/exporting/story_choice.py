"""The stories to choose from: those that can be exported, and why the others can't."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush

from editor.core.changes import Changes
from editor.core.workflow import Publication, Stage
from editor.gui.coalescer import LastAnswer
from editor.gui.session import Session
from editor.gui.theme import color
from editor.gui.widgets.layout import plain_tip
from editor.i18n import _, isolated
from editor.store.reading.export_list import ExportPage, PageStart
from editor.store.reading.rows import StoryRow
from editor.text.shorten import shorten

_Index = QModelIndex | QPersistentModelIndex
_PAGE = 200
_LONGEST, _LONGEST_WITH_NOTE = 76, 56
"""Characters of a headline that are shown, alone and before a note."""


class ChosenStories(NamedTuple):
    """The stories with these ids; without ids all that can be exported, but for some."""

    ids: Sequence[str] | None
    without: frozenset[str] = frozenset()


class StoriesModel(QAbstractListModel):
    """Stories with a tick, at first on each that can be exported; the others have none.

    A view asks for more when it is scrolled to the end. What is ticked is a rule, all
    or none, and the stories that are not as it says: none has to be read for that.
    """

    ticks_changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[StoryRow] = []
        self._next: PageStart | None = None
        self._words = ""
        self._answer = LastAnswer()
        self._is_all = True
        self._others: set[str] = set()
        session.changed.connect(self._count_again)
        session.check_for_changes()  # so that the number is of what an export reads
        self.search("")

    @property
    def ticked(self) -> int:
        """How many stories are ticked."""
        others = len(self._others)
        return max(0, self._session.counts.exportable - others) if self._is_all else others

    def choice(self) -> ChosenStories:
        """Return what is ticked."""
        if self._is_all:
            return ChosenStories(None, frozenset(self._others))
        return ChosenStories(sorted(self._others))

    def tick_only(self, ids: Collection[str]) -> None:
        """Tick these stories, which can be exported, and no others."""
        self.tick_all(False)
        self._others.update(ids)
        self.ticks_changed.emit()

    def tick_all(self, on: bool) -> None:
        """Tick every story that can be exported, or none."""
        self._is_all = on
        self._others.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.ticks_changed.emit()

    def search(self, words: str) -> None:
        """Show the stories with these words in their headlines, or all of them."""
        self._words = words
        self._read(PageStart())

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: _Index) -> None:
        if not parent.isValid() and self._next is not None:
            place, self._next = self._next, None
            self._read(place)

    def _read(self, place: PageStart) -> None:
        words = self._words
        self._session.ask(
            lambda snapshot: snapshot.export_page(words, place, _PAGE),
            owner=self,
            done=self._answer.only(partial(self._show, place)),
        )

    def _show(self, place: PageStart, page: ExportPage) -> None:
        self._next = page.next
        if place == PageStart():
            self.beginResetModel()
            self._rows = list(page.rows)
            self.endResetModel()
        elif page.rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._rows += page.rows
            self.endInsertRows()

    def _count_again(self, _changes: Changes) -> None:
        self.ticks_changed.emit()

    def _is_ticked(self, story: str) -> bool:
        return (story in self._others) is not self._is_all

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable
        if self._rows[index.row()].is_exportable:
            flags |= Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            note = status_note(row)
            # Cut here, not by the list, which would cut what is said at the end.
            title = shorten(row.headline or row.slug, _LONGEST_WITH_NOTE if note else _LONGEST)
            # Each headline is written from its own side, whatever is beside it.
            shown = isolated(title)
            return f"{shown} — {note}" if note else shown
        if role == Qt.ItemDataRole.CheckStateRole and row.is_exportable:
            is_ticked = self._is_ticked(row.id)
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(" · ".join(part for part in (row.headline, row.slug) if part))
        if role == Qt.ItemDataRole.ForegroundRole and not row.is_exportable:
            return QBrush(color("mute"))
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or not row.is_exportable:
            return False
        if (Qt.CheckState(value) is Qt.CheckState.Checked) is self._is_all:
            self._others.discard(row.id)
        else:
            self._others.add(row.id)
        self.dataChanged.emit(index, index, [role])
        self.ticks_changed.emit()
        return True


def status_note(row: StoryRow) -> str:
    """Say why a story can't be exported, or that an earlier version is; else nothing."""
    if row.publication is Publication.LIVE and row.stage is not Stage.APPROVED:
        return _("as its live version")
    if row.publication is Publication.KILLED:
        return _("killed")
    return {
        Stage.DRAFT: _("still a draft"),
        Stage.REVIEW: _("waits for approval"),
        Stage.SPIKED: _("spiked"),
    }.get(row.stage, "")
