"""The line under a redline: which change is looked at, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.elided import ElidedLabel
from editor.i18n import _, plural


class ChangeBar(QFrame):
    """Counts the changes and offers to accept or reject the one that is looked at."""

    stepped = Signal(int)
    """Forward (1) or back (−1)."""
    accepted = Signal()
    rejected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "panel")
        self._about = ElidedLabel()
        self._count = QLabel()
        set_kind(self._count, "strong")
        self._back = self._button("↑", _("Previous change"), "K", lambda: self.stepped.emit(-1))
        self._next = self._button("↓", _("Next change"), "J", lambda: self.stepped.emit(1))
        self.accept = self._button(_("Accept"), _("Accept this change"), "A", self.accepted.emit)
        self.reject = self._button(_("Reject"), _("Reject this change"), "R", self.rejected.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(6)
        row.addWidget(self._count)
        row.addWidget(self._about, 1)
        for button in (self._back, self._next, self.accept, self.reject):
            row.addWidget(button)

    def show_change(self, index: int, total: int, about: str, decide: bool) -> None:
        """Show which change of how many is looked at; `decide` whether it can be rejected."""
        if not total:
            self._count.setText(_("No changes"))
        elif index < 0:
            self._count.setText(plural("{n} change", "{n} changes", total))
        else:
            self._count.setText(_("{n} of {all}").format(n=index + 1, all=total))
        self._about.setText(about)
        self._back.setEnabled(index > 0)
        self._next.setEnabled(index + 1 < total)
        self.accept.setEnabled(decide and index >= 0)
        self.reject.setEnabled(decide and index >= 0)
        self.setAccessibleName(f"{self._count.text()} {about}".strip())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def text(self) -> str:
        """The count and the change, as they are read."""
        return self.accessibleName()

    def _button(self, text: str, name: str, key: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({key})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button
