"""A quiet line that says what was pasted, with Undo and “Paste as plain text”."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.layout import STRETCH, TOP, button, column, label, row
from editor.i18n import _

SHOWN_MS = 20_000


class PasteLine(QFrame):
    """Takes no focus; it disappears by itself, unless the pointer or the focus is on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "toast")
        self._message = label(wrap=True)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._on_undo: Callable[[], object] | None = None
        self._on_plain: Callable[[], object] | None = None
        self.undo = button(_("Undo"), self._undo)
        self.plain = button(_("Paste as plain text"), self._paste_plain)
        self.cancel = button(_("Cancel"), self._undo)
        close = button("×", self.clear, "quiet", _("Dismiss"))
        close.setAccessibleName(_("Dismiss"))
        actions = row(self.undo, self.plain, self.cancel, STRETCH, spacing=6)
        words = column(self._message, actions, spacing=4)
        row((words, 1), (close, TOP), inside=self, spacing=6, margins=(12, 6, 6, 6))
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._time_out)
        self.hide()

    def show_pasted(
        self, message: str, on_undo: Callable[[], object], on_plain: Callable[[], object]
    ) -> None:
        """Say what was pasted, and offer to undo it or to paste its plain text instead."""
        self._on_undo, self._on_plain = on_undo, on_plain
        self._show(message, is_done=True)
        self._timer.start()

    def show_reading(self, on_cancel: Callable[[], object]) -> None:
        """Say that a long paste is being read, as long as it takes."""
        self._on_undo, self._on_plain = on_cancel, None
        self._timer.stop()
        self._show(_("Reading what was pasted…"), is_done=False)

    def show_text(self, message: str) -> None:
        """Say why nothing was pasted."""
        self._on_undo = self._on_plain = None
        self._show(message, is_done=True)
        self.drop_actions()
        self._timer.start()

    def drop_actions(self) -> None:
        """Offer nothing any more: the text has changed since."""
        self._on_undo = self._on_plain = None
        for action in (self.undo, self.plain, self.cancel):
            action.hide()

    def clear(self) -> None:
        """Hide the line."""
        self._timer.stop()
        self.drop_actions()
        self.hide()

    def text(self) -> str:
        """Return the message that is shown, or nothing."""
        return "" if self.isHidden() else self._message.text()

    def _show(self, message: str, is_done: bool) -> None:
        self._message.setText(message)
        self.undo.setVisible(is_done)
        self.plain.setVisible(is_done)
        self.cancel.setVisible(not is_done)
        self.setAccessibleName(message)
        self.show()
        announce(self)

    def _undo(self) -> None:
        act = self._on_undo
        self.clear()
        if act is not None:
            act()

    def _paste_plain(self) -> None:
        act = self._on_plain
        self.clear()
        if act is not None:
            act()

    def _time_out(self) -> None:
        has_focus = any(action.hasFocus() for action in (self.undo, self.plain, self.cancel))
        if not self.underMouse() and not has_focus:
            self.clear()
