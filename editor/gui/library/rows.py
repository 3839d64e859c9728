"""The stories of a place, read a page at a time: 100,000 are no more work than 200."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from editor.core.changes import Changes
from editor.core.workflow import Stage
from editor.errors import EditorError
from editor.gui.coalescer import LastAnswer
from editor.gui.draft.new_stories import new_stories
from editor.gui.library.list_filter import fits
from editor.gui.library.row_details import describe_aloud, describe_tip, headline
from editor.gui.session import Session
from editor.gui.widgets.layout import plain_tip
from editor.store.reading.rows import Filter, StoryRow

if TYPE_CHECKING:
    from editor.store.journal import Journal
    from editor.store.reading.snapshot import Snapshot

PAGE = 200
ROW = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Query:
    """Which stories, and in which order.

    With a `writer`, those that this person began and never saved are there as well,
    from the `journal`.
    """

    filter: Filter
    oldest_first: bool = False
    journal: Journal | None = None
    writer: str = ""

    def read(
        self, snapshot: Snapshot, shown: Sequence[StoryRow], limit: int
    ) -> tuple[int, Sequence[StoryRow]]:
        """Return how many stories there are, and the rows that come after those shown.

        What was never saved is newer than all that was. What waits for an editor is
        ordered by how long it waits, within what is read.
        """
        unsaved = new_stories(self.journal, self.writer) if self.journal else []
        new = [row for row in unsaved if fits(row, self.filter)]
        places = [row.touched for row in shown if row.touched]
        after = (max if self.oldest_first else min)(places, default=None)
        saved = snapshot.rows(self.filter, after=after, limit=limit, oldest_first=self.oldest_first)
        rows = snapshot.with_open_notes(snapshot.with_review_states(saved))
        if self.filter.stage is Stage.REVIEW:
            rows.sort(key=lambda row: row.review_state.waiting_from, reverse=not self.oldest_first)
        if not self.oldest_first and not shown:
            rows = [*new, *rows]
        elif self.oldest_first and len(saved) < limit:
            rows = [*rows, *reversed(new)]
        return len(new) + snapshot.count(self.filter), rows


class StoryRows(QAbstractListModel):
    """The rows read so far; a view asks for more when it is scrolled to the end."""

    counted = Signal(int)
    """What was asked for has been read; how many stories there are, read or not."""
    failed = Signal(EditorError)
    """The desk could not be read."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._query: Query | None = None
        self._rows: list[StoryRow] = []
        self._total = 0
        self._answer = LastAnswer()
        self._is_reading = False
        session.changed.connect(self._desk_changed)
        session.new_stories_changed.connect(self._new_stories_changed)

    def show_query(self, query: Query) -> None:
        """Show other stories; the rows before are removed at once."""
        self.beginResetModel()
        self._query, self._rows, self._total = query, [], 0
        self.endResetModel()
        self.reload()

    def show_remembered(self, total: int, rows: Sequence[StoryRow]) -> None:
        """Show rows of the query, and how many there are, until they have been read."""
        self.beginResetModel()
        self._rows, self._total = list(rows), total
        self.endResetModel()
        self.counted.emit(total)

    def reload(self) -> None:
        """Read again as much as is shown; rows that stay keep their place on screen."""
        self._read((), max(PAGE, len(self._rows)))

    def row(self, index: int) -> StoryRow | None:
        """Return the row at a position, or None where nothing was read."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    @property
    def total(self) -> int:
        """How many stories there are, read or not."""
        return self._total

    def listed(self) -> list[StoryRow]:
        """Return the rows read so far, in their order."""
        return self._rows

    def position(self, story_id: str) -> int:
        """Return a story's position among the rows read so far, or -1."""
        return next((i for i, row in enumerate(self._rows) if row.id == story_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._is_reading and len(self._rows) < self._total

    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent):
            self._read(tuple(self._rows), PAGE)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return headline(row)
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return describe_aloud(row, self._session.house)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(describe_tip(row, self._session.house))
        return None

    def _desk_changed(self, changes: Changes) -> None:
        if self._query is not None and changes.touches_any("story", "notes"):
            self.reload()

    def _new_stories_changed(self) -> None:
        if self._query is not None and self._query.journal is not None:
            self.reload()

    def _read(self, shown: Sequence[StoryRow], limit: int) -> None:
        """Read what comes after the rows that are shown, or all of it again."""
        if (query := self._query) is None:
            return
        self._is_reading = True
        self._session.ask(
            lambda snapshot: query.read(snapshot, shown, limit),
            owner=self,
            done=self._answer.only(partial(self._show, bool(shown))),
            failed=self._fail,
        )

    def _fail(self, error: EditorError) -> None:
        self._is_reading = False
        self.failed.emit(error)

    def _show(self, is_next: bool, answer: tuple[int, Sequence[StoryRow]]) -> None:
        self._is_reading = False
        self._total, rows = answer
        if is_next:
            self._append(rows)
        elif self._rows and _ids(rows[: len(self._rows)]) == _ids(self._rows):
            self._replace(rows[: len(self._rows)])
            self._append(rows)
        else:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        self.counted.emit(self._total)

    def _append(self, rows: Sequence[StoryRow]) -> None:
        known = {row.id for row in self._rows}
        new = [row for row in rows if row.id not in known]
        if new:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._rows += new
            self.endInsertRows()

    def _replace(self, rows: Sequence[StoryRow]) -> None:
        """Replace rows in place; only those that differ are laid out and painted again."""
        for i, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
            if old != new:
                self._rows[i] = new
                self.dataChanged.emit(self.index(i), self.index(i))


def _ids(rows: Sequence[StoryRow]) -> list[str]:
    return [row.id for row in rows]
