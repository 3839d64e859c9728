"""Verifying only the entries that follow those which were verified before."""

from __future__ import annotations

from sqlalchemy import Connection

from editor.progress import Progress
from editor.store.db.engine import plain
from editor.store.log.logs import (
    LAST_ID,
    Logs,
    add_entries,
    check_end,
    check_index,
    check_owners,
    check_signatures,
    entries_between,
)
from editor.trust.masthead import MastheadChain

_STORIES_OF = "SELECT story FROM events WHERE log = ? AND seq > ? AND seq <= ?"


def follow_logs(connection: Connection, chain: MastheadChain, known: Logs) -> set[str]:
    """Verify the entries after those of `known`, which gets them; only they are read.

    Returns the ids of the stories for which they, or signatures since, may change something.
    `chain` must be as it was for the others. `known` is broken where it has no sound end here.
    """
    raw, before, tips, signed = plain(connection), known.last, known.tips, dict(known.signed)
    touched: set[str] = set()
    unsigned = {log for log, tip in tips.items() if signed.get(log, 0) < tip.seq}
    for rows in entries_between(raw, before, LAST_ID, Progress()):
        add_entries(known, rows, chain.desk)
        if known.broken_at:
            return touched
        touched |= {row[-3] for row in rows}
        unsigned |= {row[1] for row in rows}
    check_signatures(raw, known, unsigned)
    for log in unsigned:
        # A signature may come long after what it covers.
        covered = (log, signed.get(log, 0), known.signed.get(log, 0))
        touched |= {story for (story,) in raw.execute(_STORIES_OF, covered)}
    for check in (check_end, check_owners):
        if not known.broken_at:
            check(connection, known)
    if not known.broken_at:
        check_index(raw, known, before)
    return touched - {""}
