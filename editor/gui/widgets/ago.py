"""How long ago something was, in the fewest words that help."""

from __future__ import annotations

from datetime import datetime

from editor.core.times import parse_instant
from editor.i18n import _, plural

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def since(instant: str, now: datetime) -> str:
    """The time from an RFC 3339 instant to `now`: `a moment`, `14 min`, `3 h`, `2 days`."""
    seconds = max(0, int((now - parse_instant(instant)).total_seconds()))
    if seconds < _MINUTE:
        return _("a moment")
    if seconds < _HOUR:
        return _("{n} min").format(n=seconds // _MINUTE)
    if seconds < _DAY:
        return _("{n} h").format(n=seconds // _HOUR)
    return plural("{n} day", "{n} days", seconds // _DAY)
