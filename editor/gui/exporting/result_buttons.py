"""What can be done with an export once it is written: open it, and see what it changed."""

from __future__ import annotations

from editor.gui.exporting.changes_dialog import ChangesDialog
from editor.gui.exporting.job import ExportResult
from editor.gui.jobs import Jobs
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import button
from editor.gui.widgets.outside import open_file
from editor.i18n import _


class ResultButtons(FlowRow):
    """Shows a button for each thing that can be done with the result; none without one."""

    gap = 8

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._result: ExportResult | None = None
        self.browser = button(_("Open in &browser"), self._open_first_page)
        self.folder = button(_("Open &folder"), self._open_folder)
        self.changes = button(_("What &changed…"), self._show_changes)
        super().__init__(self.browser, self.folder, self.changes)
        self.show_result(None)

    def show_result(self, result: ExportResult | None) -> None:
        """Offer what there is to do with a result, and forget the one before."""
        self._result = result
        can_browse = result is not None and bool(result.report.edition.start) and not result.is_zip
        self.browser.setVisible(can_browse)
        self.folder.setVisible(result is not None)
        has_changes = result is not None and not result.report.difference.is_nothing
        self.changes.setVisible(has_changes)

    def focus_first(self) -> None:
        """Give the focus to the first thing to do."""
        (self.folder if self.browser.isHidden() else self.browser).setFocus()

    def _open_first_page(self) -> None:
        if self._result is not None:
            start = self._result.path / self._result.report.edition.start
            open_file(start, self)

    def _open_folder(self) -> None:
        if self._result is not None:
            folder = self._result.path.parent if self._result.is_zip else self._result.path
            open_file(folder, self)

    def _show_changes(self) -> None:
        if self._result is not None:
            ChangesDialog(self._jobs, self._result.changes, self.window()).open()
