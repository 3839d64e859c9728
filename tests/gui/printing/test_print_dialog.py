"""Printing a proof from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinter

from editor.gui.draft.draft import Draft
from editor.gui.printing.print_dialog import PrintDialog
from editor.gui.session import Session
from tests.gui.conftest import OpenWindow, Settle, ShowDialog
from tests.gui.hands import Hands


@pytest.fixture
def dialog(
    session: Session,
    draft: Draft,
    hands: Hands,
    write: Callable[..., str],
    show_dialog: ShowDialog[PrintDialog],
) -> PrintDialog:
    hands.open(write("ferry", "The ferry sails"))
    return show_dialog(PrintDialog(session, draft))


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_proof_is_printed_beside_the_window(
    dialog: PrintDialog, tmp_path: Path, settle: Settle
) -> None:
    dialog.print_on(printer_into(tmp_path / "printed.pdf"))
    settle()
    assert (tmp_path / "printed.pdf").stat().st_size > 1_000
    assert dialog.outcome.message.text() == "✓ 1 page printed."


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_printer_that_does_not_start_is_told_beside_its_cause(
    dialog: PrintDialog, tmp_path: Path, settle: Settle
) -> None:
    dialog.print_on(printer_into(tmp_path / "no folder" / "printed.pdf"))
    settle()
    assert not dialog.bar.isHidden()
    assert dialog.job is None


def test_print_is_in_the_menu_while_a_story_is_open(
    open_window: OpenWindow, write: Callable[..., str], settle: Settle
) -> None:
    story = write("ferry")
    window = open_window()
    window.parts.draft.open(story)
    settle()
    action = window.parts.actions["print"]
    assert isinstance(action, QAction)
    assert action.isEnabled()
    action.trigger()
    settle()
    assert window.findChild(PrintDialog) is not None
