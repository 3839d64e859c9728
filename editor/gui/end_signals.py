"""The signals by which a system ends a process, brought to Qt's event loop."""

from __future__ import annotations

import signal
import socket
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal

ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Ctrl+C, `kill`, and a terminal or a session that goes away."""


class EndSignals(QObject):
    """Hears the first signal that asks the process to end; a second one ends it at once.

    Python runs a signal's handler only between two steps of Python, and Qt's event
    loop has none while nothing happens: so the handler's own byte wakes the loop up.
    """

    heard = Signal(int)
    """The number of the signal."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        for number in ENDING:
            # Whoever starts a program with `nohup` does not want it to hear of the terminal.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda _number, _frame: None)

    def _read(self) -> None:
        [first, *_others] = self._ours.recv(64)
        if first not in ENDING:
            return
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        self.heard.emit(first)
