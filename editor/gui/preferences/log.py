"""The log of one story or of the desk: who did what and when, and whether it was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from editor.core.events import (
    BANNER,
    BANNER_APPROVED,
    DELIVERED,
    FOUNDED,
    FRONT,
    HOUSE,
    HOUSE_STYLE,
    IMPORTED,
    MASTHEAD,
    NOTE_ACTIONS,
    NOTED,
    OPENED,
    REOPENED,
    RESOLVED,
    TARGETS,
)
from editor.core.times import shown_at
from editor.core.workflow import Action
from editor.errors import EditorError
from editor.gui.jobs import Job
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import button, column, label, plain_tip, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, listed, plural
from editor.store.log.entries import LogEntry
from editor.store.reading.rows import AuditReport
from editor.store.reading.snapshot import Snapshot

_Index = QModelIndex | QPersistentModelIndex
_LIMIT = 5000


class LogDialog(Dialog):
    """The readable log. Verify always checks that of the whole desk."""

    def __init__(
        self, session: Session, story: str | None = None, parent: QWidget | None = None
    ) -> None:
        title = _("Log of this story") if story else _("Log of the desk")
        super().__init__(title, parent, size=(720, 520))
        self._session = session
        self._job: Job | None = None
        self.model = LogModel(self, names_story=not story)
        self.verdict = label(_("Newest first."), "hint", wrap=True)
        self.bar = ProblemBar()
        self.verify = button(_("&Verify"), self._verify)
        self.cancel = button(_("&Cancel"), self._cancel)
        self.cancel.hide()
        self._lay_out()
        session.ask(
            lambda snapshot: _read(snapshot, story),
            owner=self,
            done=lambda found: self.model.show_rows(*found),
            failed=self.bar.show_error,
        )

    def _lay_out(self) -> None:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.windowTitle())
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for number, longest in enumerate(
            ("2026-12-31 23:59", "A name of two", "resolved a note on it")
        ):
            table.setColumnWidth(number, table.fontMetrics().horizontalAdvance(longest) + 16)
        close = button(_("Close"), self.reject)
        buttons = row((self.verdict, 1), close, self.cancel, self.verify, spacing=8)
        self.lay_out(column(table), buttons, above=(self.bar,), margins=11)

    def _verify(self) -> None:
        self.bar.clear()
        self.verify.hide()
        self.cancel.show()
        self.cancel.setFocus()
        set_kind(self.verdict, "hint")
        self.verdict.setText(_("Verifying…"))
        self._job = self._session.ask_long(
            lambda snapshot, progress: snapshot.verify_audit(progress),
            owner=self,
            done=self._verified,
            failed=self._not_verified,
            on_progress=self._show_progress,
            ended=self._end,
            lane="work",  # minutes on a large desk, and nothing that is saved waits
        )

    def _show_progress(self, done: int, total: int, _step: str) -> None:
        percent = 100 * done // max(total, 1)
        self.verdict.setText(_("Verifying… {percent} %").format(percent=percent))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        """Offer to verify again, and say so where it was cancelled."""
        if self._job is not None and self._job.progress.cancelled:
            self.verdict.setText(_("Cancelled: not all was verified."))
        self._job = None
        self.cancel.hide()
        self.verify.show()
        self.verify.setFocus()

    def reject(self) -> None:
        """Close, and stop verifying: nobody would see what comes of it."""
        self._cancel()
        super().reject()

    def _verified(self, report: AuditReport) -> None:
        self.verdict.setText(describe_report(report))
        is_doubtful = bool(report.broken_at)
        kind = "warn" if report.unsigned or report.notices else "ok"
        set_kind(self.verdict, "error" if is_doubtful else kind)

    def _not_verified(self, error: EditorError) -> None:
        self.verdict.clear()
        self.bar.show_error(error)


class LogModel(QAbstractTableModel):
    """Rows of the log: when, who, what, and about what."""

    def __init__(self, parent: QWidget, *, names_story: bool) -> None:
        super().__init__(parent)
        self._names_story = names_story
        self._rows: Sequence[LogEntry] = ()
        self._slugs: Mapping[str, str] = {}

    def show_rows(self, rows: Sequence[LogEntry], slugs: Mapping[str, str]) -> None:
        """Show rows, in their order; `slugs` are those of their stories, by id."""
        self.beginResetModel()
        self._rows, self._slugs = rows, slugs
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("When"), _("Who"), _("Action"), _("About"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        # The tool tip has all of a cell that is too long for its column.
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        when = shown_at(row.at)
        text = (when, row.person, describe_action(row), self._about(row))[index.column()]
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _about(self, row: LogEntry) -> str:
        named = row.story if self._names_story else None
        slug = self._slugs.get(named, named) if named else ""
        unsigned = "" if row.is_signed else _("not signed yet")
        return " · ".join(part for part in (slug, row.note, unsigned) if part)


def _read(snapshot: Snapshot, story: str | None) -> tuple[list[LogEntry], dict[str, str]]:
    """Return the last rows of the log, and the slugs of the stories in them."""
    rows = snapshot.log(story, _LIMIT)
    return rows, snapshot.slugs({row.story for row in rows})


def describe_report(report: AuditReport) -> str:
    """Say what verifying found: what was changed, or that nothing was and what is not signed."""
    if report.broken_at:
        text = _("The log breaks at row {row}. {reason}")
        return text.format(row=report.broken_at, reason=report.reason)
    sentences = [
        plural(
            "{n} row verified: nothing was changed.",
            "All {n} rows verified: nothing was changed.",
            report.rows,
        )
    ]
    waiting = [_("{n} of {name}").format(n=number, name=name) for name, number in report.unsigned]
    if waiting:
        sentence = _("Not signed yet: {rows}; they are signed with what the person decides next.")
        sentences.append(sentence.format(rows=listed(waiting)))
    return " ".join((*sentences, *report.notices))


def describe_action(row: LogEntry) -> str:
    """Say what a command did, with the version it is about: `approved version 3`."""
    names = {
        **{action.past: _(action.past) for action in Action},
        OPENED: _("opened a log on their computer"),
        FOUNDED: _("founded the desk"),
        MASTHEAD: _("signed the masthead"),
        IMPORTED: _("imported"),
        NOTED: _("wrote a note"),
        RESOLVED: _("resolved a note"),
        REOPENED: _("reopened a note"),
        HOUSE: _("changed the paper’s facts"),
        HOUSE_STYLE: _("changed the house style"),
        BANNER: _("changed the banner"),
        BANNER_APPROVED: _("approved the banner"),
        FRONT: _("ordered the front page"),
        TARGETS: _("changed the targets of deliveries"),
        DELIVERED: _("delivered an edition"),
    }
    name = names.get(row.action, row.action)
    if row.version and row.story and row.action not in NOTE_ACTIONS:
        return _("{what} version {n}").format(what=name, n=row.version)
    return name
