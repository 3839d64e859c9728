"""How far a job of a dialog is, and after it what was done and what was left out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.layout import column, label
from editor.i18n import _


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

    def show_share(self, done: int, total: int, step: str) -> None:
        """Show which part of a step is done, in per cent."""
        self._progress.setRange(0, 100)
        share = 100 * done // max(1, total)
        self._progress.setValue(share)
        self.show_message(_("{step}: {share} %").format(step=step, share=share))

    def show_message(self, message: str, kind: str = "hint") -> None:
        """Show a sentence: a `hint`, an `error`, or `ok`."""
        self.message.setText(message)
        set_kind(self.message, kind)
        self.message.show()

    def show_ended(self) -> None:
        """Show that nothing is under way any more."""
        self._progress.hide()

    def show_result(self, message: str, notices: Iterable[str]) -> None:
        """Show what was done, and what there is to know about it."""
        self.show_message(message, "ok")
        self.notices.setText("\n".join(notices))
        self.notices.setVisible(bool(self.notices.text()))
