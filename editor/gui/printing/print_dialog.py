"""The dialog that prints a proof of the open story."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from editor.galley.sheets import print_galleys
from editor.gui.draft.draft import Draft
from editor.gui.printing.proof_dialog import READING, ProofDialog
from editor.gui.session import Session
from editor.i18n import _, plural
from editor.progress import Progress


class PrintDialog(ProofDialog):
    """Prints beside the window, after the system's own dialog has asked for printer and paper."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(_("Print a proof"), _("&Print…"), session, draft, parent)
        self.cancelled = _("Cancelled. The printer may have some of its pages.")
        self.crashed = _("Stonehand had an error and stopped. Some pages may be printed.")
        self._printer: QPrinter | None = None
        self.lay_out_proof()
        self.start_button.clicked.connect(self.start)

    def start(self) -> None:
        """Ask for a printer, then print."""
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(self.name)
        chooser = QPrintDialog(self._printer, self)
        # A proof is printed whole: its notes are listed at the end.
        chooser.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, False)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.finished.connect(self._printer_chosen)
        QDialog.open(chooser)  # its own `open` takes a slot

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        if self.job is not None:
            return
        printer.setFullPage(True)
        self._printer = printer  # for as long as the job needs it
        wanted = self.wanted()

        def work(progress: Progress) -> int:
            galley = self.read(wanted, progress)
            return print_galleys([galley], printer, progress.part(READING, 1))

        self.run(work, self._finish, self.bar.show_error)

    def _printer_chosen(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted.value and self._printer is not None:
            self.print_on(self._printer)

    def _finish(self, pages: int) -> None:
        sentence = plural("✓ {n} page printed.", "✓ {n} pages printed.", pages)
        self.outcome.show_result(sentence, ())
