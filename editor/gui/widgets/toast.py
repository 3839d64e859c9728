"""A message about what was just done, with Undo; it disappears by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.layout import button, label, row
from editor.i18n import _

SHOWN_MS = 10_000


class Toast(QFrame):
    """Shown for ten seconds, and as long as the pointer or the focus is on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "toast")
        self._undo: Callable[[], object] | None = None
        self._message = label(wrap=True)
        self._button = button(_("Undo"), self.undo)
        row((self._message, 1), self._button, inside=self, spacing=6, margins=(12, 6, 8, 6))
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._time_out)
        self.hide()

    def show_text(self, message: str, undo: Callable[[], object] | None = None) -> None:
        """Show a message; `undo` undoes what it is about."""
        self._undo = undo
        self._message.setText(message)
        self._button.setVisible(undo is not None)
        self._button.setAccessibleName(_("Undo: {what}").format(what=message))
        self.setAccessibleName(message)
        self.show()
        self._timer.start()
        announce(self)

    def text(self) -> str:
        """Return the message that is shown, or nothing."""
        return "" if self.isHidden() else self._message.text()

    def undo(self) -> None:
        """Undo what the message is about, once."""
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()

    def dismiss(self) -> None:
        """Hide the message now."""
        self._timer.stop()
        self.hide()

    def _time_out(self) -> None:
        if not self.underMouse() and not self._button.hasFocus():
            self.dismiss()
