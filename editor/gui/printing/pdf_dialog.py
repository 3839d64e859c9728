"""The dialog that saves a proof of the open story as a PDF file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QRadioButton, QWidget

from editor.galley.pdf import write_pdf
from editor.gui.draft.draft import Draft
from editor.gui.printing.proof_dialog import READING, ProofDialog
from editor.gui.session import Session
from editor.gui.widgets.layout import button, label
from editor.gui.widgets.outside import open_file
from editor.i18n import _, isolated, plural
from editor.progress import Progress


class PdfDialog(ProofDialog):
    """Writes the file beside the window; a file that is there is replaced whole or not at all."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(_("Save a proof as PDF"), _("&Save as PDF…"), session, draft, parent)
        self.a4 = QRadioButton(_("&A4"))
        self.letter = QRadioButton(_("US &Letter"))
        self._sizes = QButtonGroup(self)
        for choice in (self.a4, self.letter):
            self._sizes.addButton(choice)
        is_american = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
        (self.letter if is_american else self.a4).setChecked(True)
        self._written: Path | None = None
        self.open_file = button(_("&Open it"), self._open_file)
        self.lay_out_proof(
            label(_("Paper"), "label"), self.a4, self.letter, after=(self.open_file,)
        )
        self.start_button.clicked.connect(self.start)

    def start(self) -> None:
        """Ask where to write the file, then write it."""
        chooser = QFileDialog(self, _("Save a proof as PDF"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter(_("PDF files (*.pdf)"))
        chooser.setDefaultSuffix("pdf")
        chooser.selectFile(f"{self.name}.pdf")
        chooser.fileSelected.connect(lambda name: self.save_to(Path(name)))
        chooser.open()

    def save_to(self, path: Path) -> None:
        """Write the file. The chooser has asked about one that is there."""
        if self.job is not None:
            return
        self.open_file.hide()
        wanted = self.wanted()
        size = "letter" if self.letter.isChecked() else "a4"

        def work(progress: Progress) -> int:
            galley = self.read(wanted, progress)
            return write_pdf([galley], path, progress.part(READING, 1), size=size, force=True)

        self.run(work, partial(self._finish, path), self.bar.show_error)

    def _finish(self, path: Path, pages: int) -> None:
        self._written = path
        counted = plural("{n} page", "{n} pages", pages)
        sentence = _("✓ {file}: {pages}").format(file=isolated(path.name), pages=counted)
        self.outcome.show_result(sentence, ())
        self.open_file.show()

    def _open_file(self) -> None:
        if self._written is not None:
            open_file(self._written, self)
