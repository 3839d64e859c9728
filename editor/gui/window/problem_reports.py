"""The reports of problems on this computer, to be read before a person hands one on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from editor.core.times import shown_at
from editor.crash_reports import CrashReport, crash_reports
from editor.errors import reason_of
from editor.files import write_file
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.outside import open_file
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.window.about import diagnostics
from editor.i18n import _, isolated


class ProblemReportsDialog(Dialog):
    """Lists the reports, and shows of the chosen one exactly what a copy of it has."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Problem reports"), parent, size=(760, 460))
        self._session = session
        self._reports: list[CrashReport] = []
        self.bar = ProblemBar()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Reports, the latest first"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # Names of files and functions, in every language of the window.
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.text.setAccessibleName(_("The whole report"))
        self.text.setPlaceholderText(_("Nothing went wrong inside Stonehand on this computer."))
        self.delete = button(_("&Delete"), self._delete)
        self.folder = button(_("Show in &folder"), self._show_folder)
        self.copy = button(_("&Copy"), self._copy)
        self.save = button(_("&Save as a file…"), self._choose_file)
        about = _(
            "Stonehand keeps these reports on this computer and sends them to nobody. What you see "
            "of one is all that is copied or saved: which part of the program failed, and facts "
            "about this installation. No text, no names and no folders are in it."
        )
        self.lay_out(
            column(
                label(about, "hint", wrap=True),
                (row((self.list, 2), (self.text, 5), spacing=8), 1),
                spacing=8,
            ),
            row(
                self.delete,
                self.folder,
                STRETCH,
                self.copy,
                self.save,
                button(_("Close"), self.reject),
                spacing=8,
            ),
            above=(self.bar,),
            margins=12,
        )
        self.list.currentRowChanged.connect(self._show)
        self._read()

    def _read(self, number: int = 0) -> None:
        """Read the reports again, and show one of them."""
        self._reports = crash_reports()
        self.list.clear()
        for report in self._reports:
            self.list.addItem(QListWidgetItem(f"{shown_at(report.at)}\n{report.title}"))
        self.list.setVisible(bool(self._reports))
        for part in (self.delete, self.folder, self.copy, self.save):
            part.setEnabled(bool(self._reports))
        self.list.setCurrentRow(min(number, len(self._reports) - 1))
        self._show(self.list.currentRow())

    def _show(self, number: int) -> None:
        if 0 <= number < len(self._reports):
            self.text.setPlainText(f"{self._reports[number].text}\n{diagnostics(self._session)}")
        else:
            self.text.clear()

    def _chosen(self) -> CrashReport | None:
        number = self.list.currentRow()
        return self._reports[number] if 0 <= number < len(self._reports) else None

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.bar.show_text(_("The report was copied."))

    def _show_folder(self) -> None:
        if report := self._chosen():
            open_file(report.path.parent, self)

    def _delete(self) -> None:
        report, number = self._chosen(), self.list.currentRow()
        if report is None:
            return
        try:
            report.path.unlink(missing_ok=True)
        except OSError as error:
            sentence = _("The report can’t be deleted: {reason}.")
            self.bar.show_text(sentence.format(reason=reason_of(error)), severe=True)
        self._read(number)

    def _choose_file(self) -> None:
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        chooser = QFileDialog(self, _("Save the report"), documents)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("txt")
        chooser.selectFile("stonehand-report.txt")
        chooser.setNameFilter(_("Text files (*.txt)"))
        chooser.fileSelected.connect(lambda name: self.save_as(Path(name)))
        chooser.open()

    def save_as(self, path: Path) -> None:
        """Write what is shown into a file."""
        try:
            write_file(path, self.text.toPlainText().encode())
        except OSError as error:
            sentence = _("{file} can’t be written: {reason}.")
            self.bar.show_text(
                sentence.format(file=isolated(str(path)), reason=reason_of(error)), severe=True
            )
        else:
            self.bar.show_text(_("Saved: {file}").format(file=isolated(str(path))))
