"""How far an export is, and after it what was written and what was left out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from editor.gui.exporting.job import ExportResult
from editor.gui.theme import set_kind
from editor.gui.widgets.layout import column, label
from editor.i18n import _, plural


class Outcome(QWidget):
    """A progress bar, a sentence, and lines about what was left out; hidden where empty."""

    def __init__(self) -> None:
        super().__init__()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self.message = label(wrap=True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notices = label(kind="hint", wrap=True)
        for part in (self._progress, self.message, self.notices):
            part.hide()
        column(self._progress, self.message, self.notices, inside=self, spacing=6, margins=(0, 4))

    def show_started(self, message: str) -> None:
        """Show that something is under way whose length is not known yet."""
        self._progress.setRange(0, 0)
        self._progress.show()
        self.notices.hide()
        self.show_message(message)

    def show_progress(self, done: int, total: int, item: str) -> None:
        """Show how many items are done, and which comes next."""
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        text = _("{done} of {total}: {item}") if item else _("{done} of {total}")
        self.show_message(text.format(done=done, total=total, item=item))

    def show_message(self, message: str, kind: str = "hint") -> None:
        """Show a sentence: a `hint`, an `error`, or `ok`."""
        self.message.setText(message)
        set_kind(self.message, kind)
        self.message.show()

    def show_ended(self) -> None:
        """Show that nothing is under way any more."""
        self._progress.hide()

    def show_result(self, result: ExportResult, notices: Iterable[str]) -> None:
        """Show what was written, and what there is to know about it."""
        self.show_message(_summary(result), "ok")
        self.notices.setText("\n".join(notices))
        self.notices.setVisible(bool(self.notices.text()))


def _summary(result: ExportResult) -> str:
    """Say what was written and where: `✓ 3 stories, 41 files, in /home/…`."""
    stories = plural("{n} story", "{n} stories", len(result.slugs))
    files = plural("{n} file", "{n} files", result.report.files)
    return _("✓ {stories}, {files}, in {path}").format(
        stories=stories, files=files, path=result.path
    )
