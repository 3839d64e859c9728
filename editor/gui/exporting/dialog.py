"""The export dialog: the format, the place, the stories; then the export and its outcome."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QWidget

from editor.core import times
from editor.core.commands import Publish
from editor.core.edition import Edition
from editor.core.story import slug_from
from editor.errors import EditorError, KeyUnavailable, NotOurs
from editor.formats.base import Exporter
from editor.formats.exporters import all_exporters, find_exporter
from editor.formats.paths import BUNDLE_ZIP
from editor.formats.report import difference_sentence, signature_sentence
from editor.gui.exporting.bundle_parts import BundleParts
from editor.gui.exporting.job import EditionSigner, ExportResult, ExportTarget, export_edition
from editor.gui.exporting.publishing import Publishing
from editor.gui.exporting.result_buttons import ResultButtons
from editor.gui.exporting.stories_to_export import StoriesToExport
from editor.gui.exporting.target_field import TargetField, check_target, start_folder
from editor.gui.jobs import Job
from editor.gui.kept.journal_writer import Entry
from editor.gui.kept.kept_form import KeptForm
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, once, row
from editor.gui.widgets.outcome import Outcome
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.progress import Progress
from editor.store.reading.snapshot import Snapshot


class _ToWrite(NamedTuple):
    """What an export writes, who signs it, and what is published after it."""

    edition: Edition
    signer: EditionSigner
    to_publish: tuple[Publish, ...]


class ExportDialog(Dialog):
    """Writes approved stories in one format. A cancelled export leaves nothing behind."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Export"), parent, size=(620, 640))
        self._session = session
        self._job: Job | None = None
        self._closing = False
        self._result: ExportResult | None = None
        self._to_publish: tuple[Publish, ...] = ()
        self._publishing: Publishing | None = None
        self._replaceable: Path | None = None
        self.chosen = StoriesToExport(session)
        self.target = TargetField(start_folder(session.settings.last_export), session.jobs)
        self.bar = ProblemBar()
        self.passphrase = PassphraseBar(session)
        self.signer = label(kind="hint", wrap=True)
        self.outcome, self.results = Outcome(), ResultButtons(session.jobs)
        self._scroll_to_outcome = once(self, lambda: self.bring_into_view(self.outcome))
        self._lay_out()
        self.target.checked.connect(self._show_state)
        self.target.changed.connect(self._show_state)
        self.target.changed.connect(self.bar.clear)  # what it asked was about another place
        session.jobs.crashed.connect(self._crashed)
        session.person_changed.connect(self._show_state)
        self._offer_name()
        kept = KeptForm(
            session,
            "export",
            read=self._entry,
            restore=self._restore,
            changes=(self.formats.idToggled, self.parts.changed, self.target.changed),
            on_refused=self.bar.show_error,
            parent=self,
        )
        self.finished.connect(kept.forget)

    def reject(self) -> None:
        """Cancel the export that is under way, and close after it has stopped."""
        if self._job is not None:
            self._closing = True
            self._cancel()
        else:
            super().reject()

    # -- layout ---------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.publish = QCheckBox(_("Readers get this: &mark its stories as published"))
        self.parts = BundleParts()
        self.parts.changed.connect(self._show_state)
        self._options = QWidget()
        column(
            label(_("What"), "label"),
            self._format_buttons(),
            self.parts,
            6,
            label(_("Where"), "label", buddy=self.target.edit),
            self.target,
            6,
            (self.chosen, 1),
            self.publish,
            self.signer,
            inside=self._options,
            spacing=6,
        )
        self.lay_out(
            column((self._options, 1), self.outcome, spacing=8),
            self._button_row(),
            above=(self.bar, self.passphrase),
        )

    def _format_buttons(self) -> QHBoxLayout:
        self._exporters = all_exporters()
        self.formats = QButtonGroup(self)
        for number, exporter in enumerate(self._exporters):
            self.formats.addButton(QRadioButton(_(exporter.title)), number)
        self.formats.button(0).setChecked(True)
        self.formats.idToggled.connect(lambda _number, on: self._take_format() if on else None)
        return row(*self.formats.buttons(), STRETCH, spacing=16)

    def _button_row(self) -> QHBoxLayout:
        self.cancel = button(_("Cancel"), self._cancel)
        self.close_button = button(_("Close"), self.reject)
        self.export = button(_("&Export"), self.start, "primary")
        self.export.setDefault(True)
        self.cancel.hide()
        return row((self.results, 1), self.close_button, self.cancel, self.export, spacing=8)

    # -- choosing -------------------------------------------------------------------

    @property
    def _exporter(self) -> Exporter:
        return self._exporters[self.formats.checkedId()]

    @property
    def _is_bundle(self) -> bool:
        return self._exporter.name == "bundle"

    def _entry(self) -> Entry:
        """Return what is chosen, as the journal stores it."""
        path = str(self.target.path) if self.target.is_own else ""
        return {
            "format": self._exporter.name,
            "parts": list(self.parts.chosen),
            "path": path,
            "zip": self.target.zip.isChecked(),
        }

    def _restore(self, entry: Entry) -> None:
        names = [exporter.name for exporter in self._exporters]
        if entry.get("format") in names:
            self.formats.button(names.index(str(entry["format"]))).setChecked(True)
        if isinstance(parts := entry.get("parts"), list):
            self.parts.choose(parts)
        path = entry.get("path")
        if isinstance(path, str) and path:
            self.target.set_path(Path(path))
        elif entry.get("zip"):
            self.target.zip.setChecked(True)

    def _take_format(self) -> None:
        self._offer_name()
        self._show_state()

    def _offer_name(self) -> None:
        name = f"{slug_from(self._session.house.name, 'paper')}-{self._exporter.name}"
        self.target.offer(name, BUNDLE_ZIP if self._is_bundle else ".zip")

    def _show_state(self) -> None:
        self.chosen.show_count()
        self.parts.setVisible(self._is_bundle)
        is_right = not self.target.problem() and (self.parts.has_stories or not self._is_bundle)
        self.export.setEnabled(self._job is None and is_right)
        self.export.setText(_("&Export"))
        sentence = _("{name} signs the edition, so that anybody can check it.")
        self.signer.setText(sentence.format(name=self._session.person.name))

    # -- exporting ------------------------------------------------------------------

    def start(self, *, is_signed: bool = True) -> None:
        """Write the ticked stories, unless there is a problem with the place."""
        if self._job is not None:
            return
        path, force = self.target.path, self.target.path == self._replaceable
        self._show_running()
        self._job = self._session.jobs.run(
            lambda _progress: check_target(path, force=force),
            owner=self,
            done=partial(self._read, path, is_signed),
            failed=self._failed,
            ended=self._show_if_cancelled,
        )

    def _read(self, path: Path, is_signed: bool, problem: str) -> None:
        """Read and verify what is ticked, once the place is known to be right."""
        if self._job is None or self._job.progress.cancelled:
            self._finish(None)
            return
        if problem:
            self._end()
            self.outcome.message.hide()
            self.target.show_problem(problem)
            return
        self._session.change_settings(last_export=str(path.parent))
        choice, at, name = self.chosen.model.choice(), times.now(), self._session.person.name
        is_release, session = self.publish.isChecked(), self._session

        def read(snapshot: Snapshot, progress: Progress) -> _ToWrite:
            # A person who may not sign or publish is refused before anything is written.
            signer = EditionSigner(name, session.desk.signing_key(name) if is_signed else None)
            edition = snapshot.edition(choice.ids, at, without=choice.without, progress=progress)
            return _ToWrite(edition, signer, snapshot.releases(edition, name) if is_release else ())

        self._job = self._session.ask_long(
            read,
            owner=self,
            done=self._write,
            failed=self._not_read,
            on_progress=self._show_verified,
            ended=self._show_if_cancelled,
        )

    def _show_verified(self, done: int, total: int, _item: str) -> None:
        self.outcome.show_share(done, total, _("Verifying the approvals"))

    def _show_if_cancelled(self) -> None:
        """Show that nothing was written, where a step ended because it was cancelled."""
        if self._job is not None and self._job.progress.cancelled:
            self._finish(None)

    def _write(self, found: _ToWrite) -> None:
        edition, signer, self._to_publish = found
        if self._job is None or self._job.progress.cancelled:
            self._finish(None)
            return
        exporter = find_exporter("bundle", self.parts.chosen) if self._is_bundle else self._exporter
        path, known = self.target.path, self._session.desk.exports
        target = ExportTarget(path, known.targets, force=path == self._replaceable)
        self._job = self._session.jobs.run(
            lambda progress: export_edition(exporter, edition, target, signer, progress),
            owner=self,
            done=self._finish,
            failed=self._failed,
            on_progress=self.outcome.show_progress,
        )

    def _show_running(self) -> None:
        self.bar.clear()
        self.passphrase.close_bar()
        self._options.setEnabled(False)
        self._result = None
        self.results.show_result(None)
        self.outcome.show_started(_("Reading the stories…"))
        self._scroll_to_outcome.start()  # once it has its place: a small screen shows less
        for idle in (self.export, self.close_button):
            idle.hide()
        self.cancel.setEnabled(True)
        self.cancel.show()
        self.cancel.setFocus()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.outcome.show_message(_("Cancelling…"))

    def _end(self) -> bool:
        """Show that nothing is under way; return whether the dialog stays open."""
        self._job = None
        self._options.setEnabled(True)
        self.outcome.show_ended()
        self._scroll_to_outcome.start()
        self.cancel.hide()
        self.close_button.show()
        self.export.show()
        self._show_state()
        if self._closing:
            super().reject()
        return not self._closing

    def _finish(self, result: ExportResult | None) -> None:
        if not self._end():
            return
        if result is None:
            self.outcome.show_message(_("Cancelled. Nothing was written."))
            return
        self._result, self._replaceable = result, None
        self._publishing = None
        if self.publish.isChecked():
            self._publishing = Publishing(self._to_publish, result.slugs, self._show_result)
            self._publishing.start(self._session, self, self.bar.show_error)
        self._show_result()
        self.results.show_result(result)
        self.export.setText(_("&Export again"))
        self.results.focus_first()

    def _show_result(self) -> None:
        if self._result is None:
            return
        report = self._result.report
        notices = [difference_sentence(report.difference)]
        notices += [signature_sentence(report), *report.edition.notices, *self._result.left_out]
        if self._publishing is not None:
            notices.append(self._publishing.notice())
        self.outcome.show_result(self._result.sentence(), notices)

    def _not_read(self, error: EditorError) -> None:
        """Ask for the passphrase, or offer what can be done without a key."""
        if not self._end():
            return
        self.outcome.message.hide()
        name = self._session.person.name
        self._session.keys.solve(error, name, retry=self.start, failed=self._not_signed)

    def _not_signed(self, error: EditorError) -> None:
        if isinstance(error, KeyUnavailable) and not self.publish.isChecked():
            unsigned = partial(self.start, is_signed=False)
            self.bar.show_error(error, (_("Export &unsigned"), unsigned))
        else:
            self.bar.show_error(error)

    def _failed(self, error: EditorError) -> None:
        if not self._end():
            return
        self.outcome.message.hide()
        if isinstance(error, NotOurs):
            self.bar.show_text(
                error.sentence,
                _("Export there all the same? What has the same name is replaced for good."),
                (_("&Choose another place"), self.target.edit.setFocus),
                (_("&Replace"), partial(self._replace, self.target.path)),
                severe=True,
            )
        else:
            self.bar.show_error(error)

    def _replace(self, asked: Path) -> None:
        """Export over what was asked about, and over nothing anywhere else."""
        self._replaceable = asked
        self.start()

    def _crashed(self, _report: str) -> None:
        if self._job is not None and self._end():
            self.outcome.show_message(
                _("Stonehand had an error and stopped the export. Nothing was written."), "error"
            )
