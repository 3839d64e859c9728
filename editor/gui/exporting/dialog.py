"""Export: what goes out, where to, which stories; then how it went."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from editor.core import times
from editor.core.commands import Publish
from editor.core.edition import Edition
from editor.core.story import slug_from
from editor.core.workflow import Publication, Stage
from editor.errors import EditorError
from editor.formats.exporters import EXPORTERS
from editor.gui.exporting.job import ExportResult, write
from editor.gui.exporting.kept_export import KeptExport
from editor.gui.exporting.story_choice import StoriesModel
from editor.gui.exporting.target_field import TargetField
from editor.gui.jobs import Job
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural
from editor.store.reading.rows import Filter, StoryRow
from editor.store.reading.snapshot import Snapshot

_ALL = 1_000_000
_STAYING = 200


class ExportDialog(QDialog):
    """Writes approved stories in one format, with a stop that leaves nothing half done."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Export"))
        self._session = session
        self._job: Job | None = None
        self._closing = False
        self._written: ExportResult | None = None
        self._released: tuple[Publish, ...] = ()
        self.stories = StoriesModel(self)
        self.target = TargetField(_folder(session), self)
        self.bar = ProblemBar()
        self._lay_out()
        self.stories.ticked.connect(self._show_state)
        self.target.changed.connect(self._show_state)
        session.jobs.crashed.connect(self._crashed)
        self._offer_name()
        kept = KeptExport(session, self._format, self.target, self.bar.show_error)
        self.finished.connect(kept.forget)
        session.ask(_choice, self.stories.show_rows)
        self.resize(620, 640)

    def reject(self) -> None:
        """Stop what runs; close once it has stopped."""
        if self._job is not None:
            self._closing = True
            self.stop.click()
        else:
            super().reject()

    # -- building -------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        self._options = QWidget()
        options = QVBoxLayout(self._options)
        options.setContentsMargins(0, 0, 0, 0)
        options.setSpacing(6)
        options.addWidget(_label(_("What")))
        options.addLayout(self._formats())
        options.addSpacing(6)
        options.addWidget(_label(_("Where")))
        options.addWidget(self.target)
        options.addSpacing(6)
        options.addLayout(self._list_head())
        options.addWidget(self._list(), 1)
        self.release = QCheckBox(_("Readers get this: &mark its stories as published"))
        options.addWidget(self.release)
        column.addWidget(self.bar)
        column.addWidget(self._options, 1)
        column.addWidget(self._outcome())
        column.addLayout(self._buttons())

    def _formats(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        self._format = QButtonGroup(self)
        for number, exporter in enumerate(EXPORTERS):
            button = QRadioButton(_(exporter.title))
            button.setChecked(number == 0)
            self._format.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._format.idToggled.connect(lambda _number, on: self._offer_name() if on else None)
        return row

    def _list_head(self) -> QHBoxLayout:
        self._count = QLabel()
        set_kind(self._count, "count")
        everything, nothing = QPushButton(_("&All")), QPushButton(_("&None"))
        for button, on in ((everything, True), (nothing, False)):
            set_kind(button, "quiet")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.stories.tick_all, on))
        row = QHBoxLayout()
        row.addWidget(_label(_("Stories")))
        row.addStretch(1)
        row.addWidget(self._count)
        row.addWidget(everything)
        row.addWidget(nothing)
        return row

    def _list(self) -> QWidget:
        proxy = QSortFilterProxyModel(self)
        proxy.setSourceModel(self.stories)
        proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the headlines"))
        self.search.setAccessibleName(_("Search the headlines"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(proxy.setFilterFixedString)
        self.list = QListView()
        self.list.setModel(proxy)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)
        self.list.setAccessibleName(_("Stories to export"))
        self.list.doubleClicked.connect(self._toggle)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        return box

    def _outcome(self) -> QWidget:
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._notices = QLabel()
        set_kind(self._notices, "hint")
        self._notices.setWordWrap(True)
        self._notices.setTextFormat(Qt.TextFormat.PlainText)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 4)
        for widget in (self._progress, self._said, self._notices):
            column.addWidget(widget)
            widget.hide()
        return box

    def _buttons(self) -> QHBoxLayout:
        self.browser = QPushButton(_("Open in &browser"))
        self.folder = QPushButton(_("Open &folder"))
        self.stop = QPushButton(_("Cancel"))
        self.close_button = QPushButton(_("Close"))
        self.go = QPushButton(_("&Export"))
        set_kind(self.go, "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.start)
        self.stop.clicked.connect(self._stop)
        self.close_button.clicked.connect(self.reject)
        self.browser.clicked.connect(self._open_start)
        self.folder.clicked.connect(self._open_folder)
        row = QHBoxLayout()
        row.addWidget(self.browser)
        row.addWidget(self.folder)
        row.addStretch(1)
        for button in (self.close_button, self.stop, self.go):
            row.addWidget(button)
        for button in (self.browser, self.folder, self.stop):
            button.hide()
        return row

    # -- choosing -------------------------------------------------------------------

    def _offer_name(self) -> None:
        name = EXPORTERS[self._format.checkedId()].name
        self.target.offer(f"{slug_from(self._session.house.name)}-{name}")

    def _toggle(self, index: QModelIndex) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            on = Qt.CheckState(state) is Qt.CheckState.Checked
            new = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.list.model().setData(index, new, Qt.ItemDataRole.CheckStateRole)

    def _show_state(self) -> None:
        chosen = len(self.stories.chosen)
        self._count.setText(plural("{n} story goes out", "{n} stories go out", chosen))
        self.go.setEnabled(self._job is None and not self.target.problem())
        self.go.setText(_("&Export"))

    # -- running --------------------------------------------------------------------

    def start(self) -> None:
        """Write the chosen stories, if the place will do."""
        if self._job is not None or not self.target.check():
            return
        chosen = None if self.stories.all_chosen else self.stories.chosen
        self.bar.clear()
        self._session.prefer(last_export=str(self.target.path.parent))
        self._run_state(_("Reading the stories…"))
        at, by = times.now(), self._session.person.name if self.release.isChecked() else ""

        def read(snapshot: Snapshot) -> tuple[Edition, tuple[Publish, ...]]:
            edition = snapshot.edition(chosen, at)
            # Who may not publish hears of it before anything is written.
            return edition, snapshot.releases(edition, by) if by else ()

        self._job = self._session.ask(read, self._write, self._failed)

    def _write(self, found: tuple[Edition, tuple[Publish, ...]]) -> None:
        edition, self._released = found
        if self._job is None or self._job.progress.cancelled:
            self._finish(None)
            return
        exporter, path = EXPORTERS[self._format.checkedId()], self.target.path
        self._job = self._session.jobs.run(
            lambda progress: write(exporter, edition, path, progress),
            self._finish,
            self._failed,
            self._watch,
        )

    def _run_state(self, words: str) -> None:
        self._options.setEnabled(False)
        self._written = None
        self._progress.setRange(0, 0)
        self._progress.show()
        self._say(words, "hint")
        self._notices.hide()
        for button in (self.browser, self.folder, self.go, self.close_button):
            button.hide()
        self.stop.setEnabled(True)
        self.stop.show()
        self.stop.setFocus()

    def _watch(self, done: int, total: int, what: str) -> None:
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self._say(
            _("{done} of {total}: {what}").format(done=done, total=total, what=what)
            if what
            else _("{done} of {total}").format(done=done, total=total),
            "hint",
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)
            self._say(_("Stopping…"), "hint")

    def _end(self) -> None:
        self._job = None
        self._options.setEnabled(True)
        self._progress.hide()
        self.stop.hide()
        self.close_button.show()
        self.go.show()
        self._show_state()

    def _finish(self, written: ExportResult | None) -> None:
        self._end()
        if self._closing:
            super().reject()
            return
        if written is None:
            self._say(_("Stopped. Nothing was written."), "hint")
            return
        self._written = written
        self._say(summary(written), "ok")
        for command in self._released:
            self._session.run(command, failed=self.bar.show_error)
        notices = [*written.report.notices, *self._held_back(written), *self._published()]
        self._notices.setText("\n".join(notices))
        self._notices.setVisible(bool(notices))
        packed = written.path.suffix.lower() == ".zip"
        self.browser.setVisible(bool(written.report.start) and not packed)
        self.folder.show()
        self.go.setText(_("&Export again"))
        (self.folder if self.browser.isHidden() else self.browser).setFocus()

    def _held_back(self, written: ExportResult) -> list[str]:
        held = len(self.stories.chosen) - written.stories
        if held <= 0:
            return []
        return [
            plural(
                "{n} approved story stays until its embargo is over.",
                "{n} approved stories stay until their embargo is over.",
                held,
            )
        ]

    def _published(self) -> list[str]:
        number = len(self._released)
        if not self.release.isChecked():
            return []
        return [plural("{n} story is newly published.", "{n} stories are newly published.", number)]

    def _failed(self, error: EditorError) -> None:
        self._end()
        if self._closing:
            super().reject()
            return
        self._said.hide()
        self.bar.show_error(error)

    def _crashed(self, _report: str) -> None:
        if self._job is not None:
            self._end()
            self._say(
                _("The export stopped by a fault of Stonehand. Nothing was written."), "error"
            )

    def _say(self, words: str, kind: str) -> None:
        self._said.setText(words)
        set_kind(self._said, kind)
        self._said.show()

    def _open_start(self) -> None:
        if self._written is not None:
            start = self._written.path / self._written.report.start
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(start)))

    def _open_folder(self) -> None:
        if self._written is not None:
            path = self._written.path
            folder = path if path.is_dir() else path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def summary(written: ExportResult) -> str:
    """Say what was written and where: `3 stories, 41 files, in /home/…`."""
    stories = plural("{n} story", "{n} stories", written.stories)
    files = plural("{n} file", "{n} files", written.report.files)
    return _("✓ {stories}, {files}, in {path}").format(
        stories=stories, files=files, path=written.path
    )


def _choice(snapshot: Snapshot) -> tuple[list[StoryRow], list[StoryRow]]:
    approved = snapshot.rows(Filter(stage=Stage.APPROVED), 0, _ALL)
    # A live story goes out as its live version while the next one is written.
    live = snapshot.rows(Filter(publication=Publication.LIVE), 0, _ALL)
    going = {row.id: row for row in (*approved, *live)}
    others = [
        row
        for stage in (Stage.REVIEW, Stage.DRAFT)
        for row in snapshot.rows(Filter(stage=stage), 0, _STAYING)
        if row.id not in going
    ]
    return list(going.values()), others


def _folder(session: Session) -> Path:
    kept = session.settings.last_export
    if kept and Path(kept).is_dir():
        return Path(kept)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def _label(text: str) -> QLabel:
    label = QLabel(text)
    set_kind(label, "label")
    return label
