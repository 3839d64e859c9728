"""The dialog that checks an edition: whole or altered, who signed it, who approved what."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from editor.errors import EditorError
from editor.formats.verify.report import Conclusion, Severity
from editor.gui.exporting.check_job import CheckedEdition, check_edition, confirm_masthead
from editor.gui.exporting.checked_rows import CheckedModel
from editor.gui.jobs import Job, Jobs
from editor.gui.theme import set_kind
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, TOP, button, column, frame, label, row
from editor.gui.widgets.outcome import Outcome
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _

_SIGNS = {Severity.OK: "✓", Severity.NOTE: "!", Severity.PROBLEM: "✗"}
_KINDS = {Severity.OK: "ok", Severity.NOTE: "warn", Severity.PROBLEM: "error"}


class CheckDialog(Dialog):
    """Checks a folder or a zip file that an export made, here or anywhere."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(_("Check an edition"), parent, size=(740, 640))
        self._jobs = jobs
        self._job: Job | None = None
        self._checked: CheckedEdition | None = None
        self.bar = ProblemBar()
        self.path = QLineEdit()
        self.outcome = Outcome()
        self.model = CheckedModel(self)
        self.headline, self._sign = label(kind="title", wrap=True), label()
        self.words = label(kind="strong", wrap=True)
        self.confirm = button(_("These &words are right"), self._confirm)
        self._conclusions = QVBoxLayout()
        self._lay_out()
        self._result.hide()
        self.outcome.hide()

    def check(self, path: Path) -> None:
        """Check a folder or a zip file."""
        if self._job is not None:
            return
        self.path.setText(str(path))
        self.bar.clear()
        self._show_result(None)
        self.outcome.show()
        self.outcome.show_started(_("Reading the list of files…"))
        self._show_running(True)
        self._job = self._jobs.run(
            partial(check_edition, path),
            owner=self,
            done=self._show_result,
            failed=self._failed,
            ended=self._ended,
            on_progress=self.outcome.show_progress,
        )

    def reject(self) -> None:
        """Cancel the check that is under way, and close."""
        self._cancel()
        super().reject()

    # -- layout ---------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._result, self._filler = QWidget(), QWidget()
        self._rest = label(
            _("Choose the folder or the zip file of an edition. Nothing in it is changed."),
            "hint",
            wrap=True,
        )
        column(
            frame(self._result_card(), "card"),
            self._words_row(),
            (self._table(), 1),
            inside=self._result,
            spacing=10,
        )
        self.lay_out(
            column(
                self._path_row(),
                self._rest,
                self.outcome,
                (self._result, 1),
                (self._filler, 1),
                spacing=10,
            ),
            self._button_row(),
            above=(self.bar,),
            spacing=10,
        )

    def _path_row(self) -> QHBoxLayout:
        self.path.setAccessibleName(_("Folder or zip file of the edition"))
        self.path.setPlaceholderText(_("Folder or zip file of the edition"))
        self.path.setToolTip(_("Folder or zip file of the edition"))
        self.path.returnPressed.connect(self._check_typed)
        self.choose_folder = button(_("Choose a &folder…"), self._choose_folder)
        self.choose_zip = button(_("Choose a &zip file…"), self._choose_zip)
        return row((self.path, 1), self.choose_folder, self.choose_zip, spacing=8)

    def _result_card(self) -> QVBoxLayout:
        font = self._sign.font()
        font.setPointSizeF(font.pointSizeF() + 5)
        font.setBold(True)
        self._sign.setFont(font)
        self._sign.setFixedWidth(24)
        for text in (self.headline, self.words):
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self._conclusions.setSpacing(3)
        head = row((self._sign, TOP), (self.headline, 1), spacing=10)
        return column(head, self._conclusions, spacing=10, margins=(14, 12))

    def _words_row(self) -> QWidget:
        self._words = frame(row((self.words, 1), self.confirm, spacing=12, margins=(12, 8)))
        set_kind(self._words, "problem")
        return self._words

    def _table(self) -> QTableView:
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Files and stories"))
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        self.table.setColumnWidth(0, 170)
        return self.table

    def _button_row(self) -> QHBoxLayout:
        self.cancel = button(_("Cancel"), self._cancel)
        self.cancel.hide()
        self.again = button(_("Check &again"), self._check_typed)
        self.again.hide()
        return row(STRETCH, self.again, self.cancel, button(_("Close"), self.reject), spacing=8)

    # -- checking -------------------------------------------------------------------

    def _check_typed(self) -> None:
        if text := self.path.text().strip():
            self.check(Path(text))

    def _choose_folder(self) -> None:
        chooser = QFileDialog(self, _("Choose a folder"), self._start_folder())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(lambda name: self.check(Path(name)))
        chooser.open()

    def _choose_zip(self) -> None:
        chooser = QFileDialog(self, _("Choose a zip file"), self._start_folder())
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(_("Zip files (*.zip)"))
        chooser.fileSelected.connect(lambda name: self.check(Path(name)))
        chooser.open()

    def _start_folder(self) -> str:
        if text := self.path.text().strip():
            return str(Path(text).parent)
        place = QStandardPaths.StandardLocation.DocumentsLocation
        return QStandardPaths.writableLocation(place)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.outcome.show_message(_("Cancelling…"))

    def _show_running(self, on: bool) -> None:
        for part in (self.path, self.choose_folder, self.choose_zip):
            part.setEnabled(not on)
        self.cancel.setVisible(on)
        self._rest.hide()

    def _ended(self) -> None:
        was_cancelled = self._job is not None and self._job.progress.cancelled
        self._job = None
        self.outcome.show_ended()
        self._show_running(False)
        self.again.show()
        if self._checked is not None or self.bar.text():
            self.outcome.hide()
        elif was_cancelled:
            self.outcome.show_message(_("Cancelled. Nothing was found out."))
        else:
            sentence = _("Stonehand had an error and stopped the check. Nothing was found out.")
            self.outcome.show_message(sentence, "error")

    def _failed(self, error: EditorError) -> None:
        self.bar.show_error(error)

    # -- the result -----------------------------------------------------------------

    def _show_result(self, checked: CheckedEdition | None) -> None:
        self._checked = checked
        self._result.setVisible(checked is not None)
        self._filler.setVisible(checked is None)
        self._clear_conclusions()
        if checked is None:
            self.model.clear()
            return
        headline = checked.headline
        self.headline.setText(headline.sentence)
        self._sign.setText(_SIGNS[headline.severity])
        set_kind(self._sign, _KINDS[headline.severity])
        for conclusion in checked.report.conclusions():
            self._conclusions.addLayout(_conclusion_row(conclusion))
        self._show_trust(checked)
        self.model.show_report(checked.report)
        self.setAccessibleDescription(headline.sentence)

    def _show_trust(self, checked: CheckedEdition) -> None:
        conclusion, words = checked.trust_conclusion, checked.report.facts.words
        # On a line of their own, they are not torn apart at a hyphen.
        self.words.setText(conclusion.sentence.replace(words, f"\n{words}") if words else "")
        self.confirm.setVisible(checked.can_confirm)
        self._words.setVisible(bool(checked.report.facts.mastheads))
        kinds = {Severity.OK: "card", Severity.NOTE: "problem", Severity.PROBLEM: "error"}
        set_kind(self._words, kinds[conclusion.severity])

    def _clear_conclusions(self) -> None:
        while item := self._conclusions.takeAt(0):
            line = item.layout()
            while line is not None and (part := line.takeAt(0)):
                if widget := part.widget():
                    widget.hide()
                    widget.deleteLater()

    def _confirm(self) -> None:
        checked = self._checked
        if checked is not None:
            self._jobs.run(
                lambda _progress: confirm_masthead(checked),
                owner=self,
                done=self._show_result,
                failed=self._failed,
            )


def _conclusion_row(conclusion: Conclusion) -> QHBoxLayout:
    sign = label(_SIGNS[conclusion.severity], _KINDS[conclusion.severity])
    sign.setFixedWidth(14)
    return row((sign, TOP), (_sentence(conclusion), 1), spacing=6)


def _sentence(conclusion: Conclusion) -> QLabel:
    kind = "error" if conclusion.severity is Severity.PROBLEM else ""
    return label(conclusion.sentence, kind, wrap=True)
