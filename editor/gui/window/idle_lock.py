"""Locks the keys after a window was not used for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

from editor.gui.session import Session
from editor.gui.widgets.layout import once

_USES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_MINUTE_MS = 60_000


class IdleLock(QObject):
    """Counts from the last key or mouse event of whichever window has the focus.

    Only keys behind a person's own passphrase are locked: a keyring would open them
    again at once.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._watched: QWindow | None = None
        self.timer = once(self, self._time_out)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
        session.keys.changed.connect(self.restart)
        session.settings_changed.connect(self.restart)
        self.restart()

    def restart(self) -> None:
        """Count again from now, or not at all where there is nothing to lock."""
        minutes = self._session.settings.lock_keys_after
        if minutes and self._session.keys.known.has_passphrase and not self._is_locked():
            self.timer.start(minutes * _MINUTE_MS)
        else:
            self.timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count again after each key or mouse event."""
        if event.type() in _USES and self.timer.isActive():
            self.timer.start()
        return False

    def _watch(self, window: QWindow | None) -> None:
        # One window's events, not all of the application's: a filter in Python is slow.
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)

    def _is_locked(self) -> bool:
        return self._session.keys.is_locked(self._session.person.name)

    def _time_out(self) -> None:
        self._session.lock_keys()
