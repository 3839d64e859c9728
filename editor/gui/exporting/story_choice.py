"""The stories of the desk to choose from: approved ones, and why the others stay."""

from __future__ import annotations

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
from editor.i18n import _
from editor.store.reading.rows import StoryRow

_Index = QModelIndex | QPersistentModelIndex


class StoriesModel(QAbstractListModel):
    """Approved stories can be ticked, and are at first; the others say why they can't."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[StoryRow] = []
        self._out: set[str] = set()

    def show_rows(self, rows: tuple[list[StoryRow], list[StoryRow]]) -> None:
        """Show the approved stories, ticked, and after them the others."""
        approved, others = rows
        self.beginResetModel()
        self._rows = [*approved, *others]
        self._out = {row.id for row in approved if may_go(row)}
        self.endResetModel()
        self.ticked.emit()

    @property
    def chosen(self) -> list[str]:
        """The ids of the ticked stories, in their order."""
        return [row.id for row in self._rows if row.id in self._out]

    @property
    def all_chosen(self) -> bool:
        """Whether every story that may go out is ticked."""
        return all(row.id in self._out for row in self._rows if may_go(row))

    def tick_all(self, on: bool) -> None:
        """Tick every story that may go out, or none."""
        self._out = {row.id for row in self._rows if on and may_go(row)}
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.ticked.emit()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many stories there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A story that stays can't be ticked."""
        if not may_go(self._rows[index.row()]):
            return Qt.ItemFlag.ItemIsSelectable
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsSelectable
        )

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headline, tick and colour."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            title = row.headline or row.slug
            return f"{title} — {note}" if (note := standing(row)) else title
        if role == Qt.ItemDataRole.CheckStateRole and may_go(row):
            return Qt.CheckState.Checked if row.id in self._out else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.slug
        if role == Qt.ItemDataRole.ForegroundRole and not may_go(row):
            return QBrush(color("mute"))
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick one story."""
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or not may_go(row):
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._out.add(row.id)
        else:
            self._out.discard(row.id)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True


def may_go(row: StoryRow) -> bool:
    """Whether a story is approved or live, and not killed; the desk looks closer when it goes."""
    if row.publication is Publication.KILLED:
        return False
    return row.stage is Stage.APPROVED or row.publication is Publication.LIVE


def standing(row: StoryRow) -> str:
    """Why a story stays, or goes as an earlier version, in few words; else nothing."""
    if row.publication is Publication.LIVE and row.stage is not Stage.APPROVED:
        return _("as its live version")
    if row.publication is Publication.KILLED:
        return _("killed")
    return {
        Stage.DRAFT: _("still a draft"),
        Stage.REVIEW: _("waits for approval"),
        Stage.SPIKED: _("spiked"),
    }.get(row.stage, "")
