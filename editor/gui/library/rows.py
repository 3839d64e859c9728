"""The stories of a place, read a page at a time, so that 100,000 are no more work than 200."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from editor.errors import EditorError
from editor.gui.session import Session
from editor.i18n import _, plural
from editor.store.reading.rows import Filter, StoryRow

if TYPE_CHECKING:
    from editor.store.reading.snapshot import Snapshot

PAGE = 200
ROW = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Query:
    """Which stories, and in which order."""

    filter: Filter
    oldest_first: bool = False

    def read(self, snapshot: Snapshot, start: int, limit: int) -> tuple[int, Sequence[StoryRow]]:
        """How many there are in all, and the rows from `start` on.

        The desk lists newest first; oldest first is the same list read from its end.
        """
        total = snapshot.count(self.filter)
        if not self.oldest_first:
            return total, snapshot.rows(self.filter, start, limit)
        end = max(0, total - start)
        first = max(0, end - limit)
        return total, list(reversed(snapshot.rows(self.filter, first, end - first)))


class StoryRows(QAbstractListModel):
    """The rows read so far. Views ask for more when they are scrolled to the end."""

    counted = Signal(int)
    """How many stories there are in all; also says that what was asked for is here."""
    failed = Signal(object)
    """EditorError: the desk could not be read."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._query: Query | None = None
        self._rows: list[StoryRow] = []
        self._total = 0
        self._asked = 0
        self._waiting = False
        session.changed.connect(self._follow)

    def show_query(self, query: Query) -> None:
        """Show other stories; what was here goes at once."""
        self.beginResetModel()
        self._query, self._rows, self._total = query, [], 0
        self.endResetModel()
        self.reload()

    def reload(self) -> None:
        """Read again as much as is shown; rows that stay keep their place on screen."""
        self._read(0, max(PAGE, len(self._rows)))

    def total(self) -> int:
        """How many stories there are, read or not."""
        return self._total

    def row(self, index: int) -> StoryRow | None:
        """The row at a position, or None where nothing was read."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def position(self, story_id: str) -> int:
        """Where a story stands among the rows read so far, or -1."""
        return next((i for i, row in enumerate(self._rows) if row.id == story_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many rows were read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there are stories that were not read yet."""
        return not parent.isValid() and not self._waiting and len(self._rows) < self._total

    def fetchMore(self, parent: _Index) -> None:
        """Read the next page."""
        if self.canFetchMore(parent):
            self._read(len(self._rows), PAGE)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headline, the row itself, or the words a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return headline(row)
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            section = self._session.house.section_title(row.section)
            parts = (headline(row), str(row.stage), section, words(row))
            return ", ".join(part for part in parts if part)
        return None

    def _follow(self, changes: Changes) -> None:
        if self._query is not None and changes.touches("story"):
            self.reload()

    def _read(self, start: int, limit: int) -> None:
        if (query := self._query) is None:
            return
        self._asked += 1
        asked, self._waiting = self._asked, True

        def show(answer: tuple[int, Sequence[StoryRow]]) -> None:
            if asked == self._asked:
                self._waiting = False
                self._take(start, *answer)

        def fail(error: EditorError) -> None:
            self._waiting = False
            self.failed.emit(error)

        self._session.ask(
            lambda snapshot: query.read(snapshot, start, limit), owner=self, done=show, failed=fail
        )

    def _take(self, start: int, total: int, rows: Sequence[StoryRow]) -> None:
        self._total = total
        if start:
            self._append(rows)
        elif [row.id for row in rows] == [row.id for row in self._rows]:
            self._replace(rows)
        else:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        self.counted.emit(total)

    def _append(self, rows: Sequence[StoryRow]) -> None:
        known = {row.id for row in self._rows}
        new = [row for row in rows if row.id not in known]
        if new:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._rows += new
            self.endInsertRows()

    def _replace(self, rows: Sequence[StoryRow]) -> None:
        """Swap rows in place; only those that differ are laid out and painted again."""
        for i, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
            if old != new:
                self._rows[i] = new
                self.dataChanged.emit(self.index(i), self.index(i))


def headline(row: StoryRow) -> str:
    """A row's headline; a story without one is called so."""
    return row.headline.strip() or _("No headline yet")


def words(row: StoryRow) -> str:
    """A row's length: `212 words`."""
    return plural("{n} word", "{n} words", row.words)
