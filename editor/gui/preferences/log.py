"""What was done, by whom and when: of one story or of the whole desk, and whether it is sound."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from editor.core.times import parse_instant
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural
from editor.store.log.entries import LogEntry
from editor.store.reading.rows import AuditReport

_Index = QModelIndex | QPersistentModelIndex
_MOST = 5000


class LogDialog(QDialog):
    """The readable log. Verifying always looks at the whole desk."""

    def __init__(
        self, session: Session, story: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Log of this story") if story else _("Log of the desk"))
        self._session = session
        self.model = LogModel(session, bool(story), self)
        self.table = QTableView()
        self.verdict = QLabel(_("Newest first."))
        self.bar = ProblemBar()
        self.verify = QPushButton(_("&Verify"))
        self._lay_out()
        self.verify.clicked.connect(self._verify)
        session.ask(
            lambda snapshot: snapshot.log(story, _MOST), self.model.show_rows, self.bar.show_error
        )
        self.resize(720, 520)

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
        for number, width in enumerate((130, 120, 150)):
            self.table.setColumnWidth(number, width)
        self.verdict.setWordWrap(True)
        set_kind(self.verdict, "hint")
        close = QPushButton(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.verdict, 1)
        row.addWidget(self.verify)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self.verdict.setText(_("Verifying…"))
        self._session.ask(
            lambda snapshot: snapshot.verify_audit(), self._verified, self.bar.show_error
        )

    def _verified(self, report: AuditReport) -> None:
        self.verify.setEnabled(True)
        if report.broken_at:
            said = _("The log breaks at row {row}. {reason}")
            self.verdict.setText(said.format(row=report.broken_at, reason=report.reason))
        else:
            self.verdict.setText(
                plural(
                    "{n} row verified: nothing was changed.",
                    "All {n} rows verified: nothing was changed.",
                    report.rows,
                )
            )
        set_kind(self.verdict, "error" if report.broken_at else "ok")


class LogModel(QAbstractTableModel):
    """Rows of the audit as people read them."""

    def __init__(self, session: Session, one_story: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._one = session, one_story
        self._rows: Sequence[LogEntry] = ()

    def show_rows(self, rows: Sequence[LogEntry]) -> None:
        """Show rows, in their order."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """When, who, what, and about what."""
        return 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """What a column holds."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("When"), _("Who"), _("What"), _("About"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """A cell in words; the tool tip has all of a long one."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        when = parse_instant(row.at).astimezone().strftime("%Y-%m-%d %H:%M")
        return (when, row.person, done(row), self._about(row))[index.column()]

    def _about(self, row: LogEntry) -> str:
        slug = "" if self._one or not row.story else self._session.slugs.get(row.story, row.story)
        return " · ".join(part for part in (slug, row.note) if part)


def done(row: LogEntry) -> str:
    """What a command did, with the version it is about."""
    words = {
        "saved": _("saved"),
        "submitted": _("submitted"),
        "returned": _("returned"),
        "approved": _("approved"),
        "published": _("published"),
        "corrected": _("opened for correction"),
        "updated": _("opened for an update"),
        "killed": _("killed"),
        "spiked": _("spiked"),
        "unspiked": _("took up again"),
        "restored": _("restored"),
        "merged": _("reconciled"),
        "imported": _("took in"),
        "noted": _("wrote a note"),
        "banner": _("changed the banner"),
        "house": _("changed the paper’s facts"),
        "masthead": _("signed the masthead"),
    }
    said = words.get(row.action, row.action)
    numbered = row.version and row.story
    return _("{what} version {n}").format(what=said, n=row.version) if numbered else said
