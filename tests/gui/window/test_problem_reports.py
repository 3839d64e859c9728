"""A report is read whole before it leaves, and leaves only by a person's hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from editor.crash_reports import crash_reports, save_crash_report, save_report
from editor.gui.session import Session
from editor.gui.window.problem_reports import ProblemReportsDialog
from tests.gui.conftest import CHIEF, OpenWindow, Settle, ShowDialog

SECRET = "Qzjxv"


def fail(headline: str) -> None:
    try:
        raise LookupError(headline)
    except LookupError as error:
        save_crash_report(LookupError, error, error.__traceback__)


def test_what_is_shown_is_what_is_copied_and_saved(
    session: Session, show_dialog: ShowDialog[ProblemReportsDialog], tmp_path: Path
) -> None:
    fail("a headline")
    dialog = show_dialog(ProblemReportsDialog(session))
    [report] = crash_reports()
    shown = dialog.text.toPlainText()
    assert shown.startswith(report.text)
    assert "Stories by stage" in shown
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == shown
    dialog.save_as(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == shown
    dialog.save_as(tmp_path / "none" / "report.txt")
    assert "can’t be written" in dialog.bar.text()


def test_no_text_name_or_folder_is_in_it(
    session: Session,
    write: Callable[..., str],
    settle: Settle,
    show_dialog: ShowDialog[ProblemReportsDialog],
) -> None:
    write("draft", f"{SECRET} headline", body=f"{SECRET} body")
    session.check_for_changes()
    settle()
    fail(f"{SECRET} at {session.path} by {CHIEF}")
    text = show_dialog(ProblemReportsDialog(session)).text.toPlainText()
    assert "draft: 1" in text
    secrets = (SECRET, CHIEF, session.house.name, session.path.name, str(Path.home()), "/tmp")
    assert [secret for secret in secrets if secret in text] == []


def test_report_is_deleted_and_the_next_shown(
    session: Session, show_dialog: ShowDialog[ProblemReportsDialog]
) -> None:
    for number in range(3):
        save_report(f"bug {number}\n")
    dialog = show_dialog(ProblemReportsDialog(session))
    assert dialog.list.count() == 3
    dialog.list.setCurrentRow(1)
    deleted = dialog.text.toPlainText().splitlines()[1]
    dialog.delete.click()
    assert dialog.list.count() == 2
    assert deleted not in {report.title for report in crash_reports()}
    assert dialog.text.toPlainText().splitlines()[1] == crash_reports()[1].title
    dialog.delete.click()
    dialog.delete.click()
    assert crash_reports() == []
    assert not dialog.list.isVisible()
    assert dialog.text.toPlainText() == ""
    assert dialog.text.placeholderText()
    assert not dialog.copy.isEnabled()


def test_bug_in_the_window_leads_to_its_report(open_window: OpenWindow) -> None:
    window = open_window()
    fail("a headline")
    window.centre.show_crash(str(crash_reports()[0].path))
    assert "went wrong" in window.centre.problem.text()
    press(window.centre.problem, "Show the report")
    [dialog] = window.findChildren(ProblemReportsDialog)
    assert "LookupError" in dialog.text.toPlainText()
    dialog.close()


def press(bar: object, text: str) -> None:
    from PySide6.QtWidgets import QPushButton, QWidget

    assert isinstance(bar, QWidget)
    next(made for made in bar.findChildren(QPushButton) if made.text() == text).click()
