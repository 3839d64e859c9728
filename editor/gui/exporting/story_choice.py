"""The stories to choose from: those that can be exported, and why the others can't."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush

from editor.core.workflow import Publication, Stage
from editor.gui.theme import color
from editor.gui.widgets.layout import plain_tip
from editor.i18n import _
from editor.store.reading.rows import Filter, StoryRow
from editor.store.reading.snapshot import Snapshot
from editor.text.shorten import shorten

_Index = QModelIndex | QPersistentModelIndex
_ISOLATE, _ISOLATE_END = "\u2068", "\u2069"
_ALL = 1_000_000
_OTHERS = 200
_LONGEST, _LONGEST_WITH_NOTE = 76, 56
"""Characters of a headline that are shown, alone and before a note."""


class StoriesModel(QAbstractListModel):
    """Stories with a tick, at first on each that can be exported; the others have none."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[StoryRow] = ()
        self._ticked: set[str] = set()

    def show_rows(self, rows: Sequence[StoryRow]) -> None:
        """Show stories in their order."""
        self.beginResetModel()
        self._rows = rows
        self._ticked = {row.id for row in rows if can_export(row)}
        self.endResetModel()
        self.ticks_changed.emit()

    @property
    def ticked(self) -> list[str]:
        """The ids of the ticked stories, in their order."""
        return [row.id for row in self._rows if row.id in self._ticked]

    @property
    def all_ticked(self) -> bool:
        """Whether every story that can be exported is ticked."""
        return all(row.id in self._ticked for row in self._rows if can_export(row))

    def tick_all(self, on: bool) -> None:
        """Tick every story that can be exported, or none."""
        self._ticked = {row.id for row in self._rows if on and can_export(row)}
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.ticks_changed.emit()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable
        if can_export(self._rows[index.row()]):
            flags |= Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            note = status_note(row)
            # Cut here, not by the list, which would cut what is said at the end.
            title = shorten(row.headline or row.slug, _LONGEST_WITH_NOTE if note else _LONGEST)
            # Each headline is written from its own side, whatever is beside it.
            isolated = f"{_ISOLATE}{title}{_ISOLATE_END}"
            return f"{isolated} — {note}" if note else isolated
        if role == Qt.ItemDataRole.CheckStateRole and can_export(row):
            return Qt.CheckState.Checked if row.id in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(" · ".join(part for part in (row.headline, row.slug) if part))
        if role == Qt.ItemDataRole.ForegroundRole and not can_export(row):
            return QBrush(color("mute"))
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or not can_export(row):
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(row.id)
        else:
            self._ticked.discard(row.id)
        self.dataChanged.emit(index, index, [role])
        self.ticks_changed.emit()
        return True


def read_choice(snapshot: Snapshot) -> list[StoryRow]:
    """Read the stories that can be exported, and after them the latest of the others."""
    approved = snapshot.rows(Filter(stage=Stage.APPROVED), limit=_ALL)
    # A live story is exported as its live version while the next one is written.
    live = snapshot.rows(Filter(publication=Publication.LIVE), limit=_ALL)
    rows = {row.id: row for row in (*approved, *live)}
    for stage in (Stage.REVIEW, Stage.DRAFT):
        for row in snapshot.rows(Filter(stage=stage), limit=_OTHERS):
            rows.setdefault(row.id, row)
    return list(rows.values())


def can_export(row: StoryRow) -> bool:
    """Return whether a story is approved or live, and not killed.

    The desk checks the approval itself when the edition is made.
    """
    if row.publication is Publication.KILLED:
        return False
    return row.stage is Stage.APPROVED or row.publication is Publication.LIVE


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
