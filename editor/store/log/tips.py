"""The last entries of the logs and the latest masthead, as they are there: nothing is verified."""

from __future__ import annotations

from typing import Any

from editor.trust.log_tip import LogTip, token_hash

_LAST_ENTRIES = (
    # CROSS JOIN: SQLite would otherwise begin with the events, and read them all.
    "SELECT l.log, e.seq, e.hash FROM logs l CROSS JOIN events e "
    "ON e.log = l.log AND e.seq = (SELECT max(seq) FROM events WHERE log = l.log)"
)


def read_tips(raw: Any) -> dict[str, LogTip]:
    """The last entry of each log, on a plain connection."""
    return {log: LogTip(seq, hash) for log, seq, hash in raw.execute(_LAST_ENTRIES)}


def read_tip(raw: Any, log: str) -> LogTip | None:
    """The last entry of one log."""
    query = "SELECT seq, hash FROM events WHERE log = ? ORDER BY seq DESC LIMIT 1"
    found = raw.execute(query, (log,)).fetchone()
    return LogTip(*found) if found else None


def latest_masthead(raw: Any) -> tuple[int, str]:
    """The number and the hash of the latest masthead; 0 without one."""
    query = "SELECT number, token FROM mastheads ORDER BY number DESC LIMIT 1"
    found = raw.execute(query).fetchone()
    return (found[0], token_hash(found[1])) if found else (0, "")
