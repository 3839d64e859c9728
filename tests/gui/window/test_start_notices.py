"""What a start found out is said in the first window: a sudden end, settings that are broken."""

from __future__ import annotations

from editor.crash_reports import save_report
from editor.gui.window.problem_reports import ProblemReportsDialog
from editor.gui.window.start_notices import show_start_notices
from tests.gui.conftest import OpenWindow
from tests.gui.window.test_problem_reports import press


def test_sudden_end_is_said_with_its_report(open_window: OpenWindow) -> None:
    save_report("Fatal Python error: Segmentation fault\n")
    window = open_window()
    show_start_notices(window, [], ended_by_itself=True)
    assert "ended by itself" in window.centre.notice.text()
    assert window.centre.settings.text() == ""
    press(window.centre.notice, "Show the report")
    [dialog] = window.findChildren(ProblemReportsDialog)
    assert "Segmentation fault" in dialog.text.toPlainText()
    assert window.centre.notice.text() == ""
    dialog.close()


def test_nothing_is_said_where_all_is_well(open_window: OpenWindow) -> None:
    window = open_window()
    show_start_notices(window, [], ended_by_itself=False)
    assert window.centre.notice.text() == window.centre.settings.text() == ""


def test_settings_that_are_broken_are_named(open_window: OpenWindow) -> None:
    window = open_window()
    show_start_notices(window, ["The settings are broken.", "More."], ended_by_itself=False)
    assert window.centre.settings.text() == "The settings are broken."
