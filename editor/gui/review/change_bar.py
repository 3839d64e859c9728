"""The line below the changes in a story: which one is current, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.layout import button, label, row
from editor.i18n import _, plural


class ChangeBar(QFrame):
    """Counts the changes and offers to accept or reject the current one."""

    stepped = Signal(int)
    """Forward (1) or back (−1)."""
    accepted = Signal()
    rejected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "panel")
        self._count, self._description = label(kind="strong"), ElidedLabel()
        # The count is to be seen whole, also with large letters; the description comes second.
        self._description.setMinimumWidth(1)
        self._previous = _button("↑", _("Previous change"), "K", lambda: self.stepped.emit(-1))
        self._next = _button("↓", _("Next change"), "J", lambda: self.stepped.emit(1))
        self._accept = _button(_("Accept"), _("Accept this change"), "A", self.accepted.emit)
        self._reject = _button(_("Reject"), _("Reject this change"), "R", self.rejected.emit)
        buttons = (self._previous, self._next, self._accept, self._reject)
        text = (self._count, (self._description, 1))
        row(*text, *buttons, inside=self, spacing=6, margins=(16, 6))

    def show_change(self, index: int, total: int, description: str, can_decide: bool) -> None:
        """Show which change is current, −1 for none, and whether it can be decided on."""
        if not total:
            self._count.setText(_("No changes"))
        elif index < 0:
            self._count.setText(plural("{n} change", "{n} changes", total))
        else:
            self._count.setText(_("{n} of {all}").format(n=index + 1, all=total))
        self._description.setText(description)
        self._previous.setEnabled(index > 0)
        self._next.setEnabled(index + 1 < total)
        self._accept.setEnabled(can_decide and index >= 0)
        self._reject.setEnabled(can_decide and index >= 0)
        self.setAccessibleName(f"{self._count.text()} {description}".strip())
        announce(self, "NameChanged")


def _button(text: str, name: str, key: str, on_click: Callable[[], object]) -> QPushButton:
    made = button(text, on_click, tip=f"{name} ({key})")
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
