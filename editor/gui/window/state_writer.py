"""Writes what a window is like while it is open: the next one is like it, also after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from editor.gui.widgets.layout import once
from editor.gui.window.window_state import save_desk_state

if TYPE_CHECKING:
    from editor.gui.window.main_window import MainWindow

_SOON_MS = 2000
"""Who types moves the caret all the time; the text itself is on disk sooner, in the journal."""


class StateWriter(QObject):
    """Writes a window's state a moment after it changed, off the main thread.

    Not before the desk was read: until then the window is not yet as it was.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._soon = once(self, self._write, _SOON_MS)
        first_time = Qt.ConnectionType.SingleShotConnection
        window.session.jobs.idle.connect(self._follow, first_time)

    def _follow(self) -> None:
        self._window.view_changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _write(self) -> None:
        session = self._window.session
        if not session.is_open:
            return
        state, desk = self._window.current_state(), session.path
        session.jobs.run(
            lambda _progress: save_desk_state(state, desk),
            owner=self,
            lane="journal",
        )
