"""Asks once a week whether there is a newer version, where a person has chosen that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from editor.core import times
from editor.core.times import instant_text, is_instant_text, parse_instant
from editor.gui.session import Session
from editor.gui.widgets.outside import open_address
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.settings import Settings, load_settings

if TYPE_CHECKING:
    from editor.progress import Progress
    from editor.releases import Release

# What asks is imported when there is something to ask.
# ruff: noqa: PLC0415

_WEEK = timedelta(days=7)
_AFTER_FAILURE = timedelta(days=1)
_LOOK_MS = 6 * 60 * 60 * 1000
"""How often a window that stays open looks whether a week has passed."""


class VersionWatch(QObject):
    """Names a newer version once, in a bar; says nothing where nothing answers."""

    def __init__(self, session: Session, bar: ProblemBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._bar = session, bar
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.ask_if_due)

    def start(self) -> None:
        """Ask if it is time, now and for as long as the window is open."""
        self._timer.start()
        self.ask_if_due()

    def ask_if_due(self) -> None:
        """Ask where a person wants it and the last time was a week ago."""
        if self._session.settings.ask_for_versions:
            self._session.jobs.run(
                _newer_version, owner=self, done=self._show, failed=self._failed, lane="ahead"
            )

    def _show(self, found: tuple[bool, Release | None]) -> None:
        was_asked, newer = found
        if was_asked:
            self._session.change_settings(versions_asked=instant_text(times.now()))
        if newer is None or newer.version == self._session.settings.version_shown:
            return
        if self._bar.text():
            return  # of two notices the first stays; this one comes next week
        from editor.gui.window.newer_version import announcement
        from editor.releases import how_to_update

        page = newer.page
        actions = [(_("Open its page"), lambda: open_address(page, self._bar))] if page else []
        self._bar.show_text(announcement(newer), how_to_update(page), *actions)
        self._session.change_settings(version_shown=newer.version)

    def _failed(self, _error: object) -> None:
        """Try again tomorrow, and say nothing: nobody asked just now."""
        tomorrow = times.now() - _WEEK + _AFTER_FAILURE
        self._session.change_settings(versions_asked=instant_text(tomorrow))


def is_due(settings: Settings, now: datetime) -> bool:
    """Return whether the list is to be asked for: a week after the last time, or where none is."""
    if not settings.ask_for_versions:
        return False
    if not is_instant_text(settings.versions_asked):
        return True
    return abs(now - parse_instant(settings.versions_asked)) >= _WEEK


def _newer_version(progress: Progress) -> tuple[bool, Release | None]:
    """Ask for the list if it is due; whether it was asked for, and the newer version in it.

    The settings are read again: another window of this person may have asked.
    """
    settings, _problems = load_settings()
    if not is_due(settings, times.now()):
        return False, None
    from editor.releases import list_address, newer_release, read_list

    address = list_address(settings.versions_address)
    return (True, newer_release(read_list(address, progress))) if address else (False, None)
