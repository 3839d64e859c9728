"""What was found in an edition, a row each: altered files first, then its stories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush

from editor.formats.verify.report import EditionReport, printable
from editor.gui.theme import color
from editor.gui.widgets.layout import plain_tip
from editor.i18n import _

_Index = QModelIndex | QPersistentModelIndex


class _Row(NamedTuple):
    name: str
    sentence: str
    is_problem: bool = False


class CheckedModel(QAbstractTableModel):
    """Two columns: a file or a story, and what there is to say about it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[_Row] = ()

    def show_report(self, report: EditionReport) -> None:
        """Show a report; without one, nothing."""
        self.beginResetModel()
        stories = [
            _Row(story.slug, story.sentence, bool(story.problem)) for story in report.facts.stories
        ]
        stories.sort(key=lambda row: not row.is_problem)
        self._rows = [*(_Row(file.path, file.sentence, True) for file in report.altered), *stories]
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._rows = ()
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("File or story"), _("Found"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = printable((row.name, row.sentence)[index.column()])
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.ForegroundRole and row.is_problem:
            return QBrush(color("error"))
        return None
