"""A dialog with work in it that is on the desk only once it is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _


class UnsavedDialog(Dialog):
    """Asks before unsaved work is lost: the first Close or Escape only says so.

    Its `bar` is at the top of it.
    """

    def __init__(
        self, title: str, parent: QWidget | None = None, *, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(title, parent, size=size)
        self.bar = ProblemBar()

    def has_unsaved(self) -> bool:
        """Whether there is work that closing would lose."""
        raise NotImplementedError  # each dialog says it: a Qt class can't have abstract methods

    def reject(self) -> None:
        """Close; with unsaved work only once the person was told of it."""
        sentence = _("What you changed is not saved.")
        if self.has_unsaved() and self.bar.text() != sentence:
            self.bar.show_text(sentence, "", (_("Close without saving"), super().reject))
        else:
            super().reject()
