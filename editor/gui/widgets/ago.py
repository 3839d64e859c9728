"""How long ago something was, in the fewest words that help."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QLabel

from editor.core import times
from editor.gui.widgets.layout import label
from editor.i18n import _, plural

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def since(instant: str, now: datetime | None = None) -> str:
    """Return the time from an RFC 3339 instant to `now`: `a moment`, `14 min`, `3 h`, `2 days`.

    Raises BadValue for a text that is no instant.
    """
    seconds = _seconds(instant, now)
    if seconds < _MINUTE:
        return _("a moment")
    if seconds < _HOUR:
        return _("{n} min").format(n=seconds // _MINUTE)
    if seconds < _DAY:
        return _("{n} h").format(n=seconds // _HOUR)
    return plural("{n} day", "{n} days", seconds // _DAY)


def age(instant: str, now: datetime | None = None) -> str:
    """Return how old something is, by itself in a row: `just now`, `14 min`, `3 h`, `2 days`.

    Raises BadValue for a text that is no instant.
    """
    is_new = _seconds(instant, now) < _MINUTE
    return _("just now") if is_new else since(instant, now)


def _seconds(instant: str, now: datetime | None) -> int:
    passed = (now or times.now()) - times.parse_instant(instant)
    return max(0, int(passed.total_seconds()))


def age_label(instant: str) -> QLabel:
    """Make a small label that says how long ago an instant was; its tool tip has the time."""
    made = label(_("{ago} ago").format(ago=since(instant)), "count")
    made.setToolTip(times.shown_at(instant))
    return made
