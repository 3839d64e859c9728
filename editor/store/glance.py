"""A glance at a desk that is not opened: nothing is written there, and nothing is upgraded."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from editor.store.db.engine import DATABASE, sqlite
from editor.store.db.errors import desk_errors
from editor.store.db.identity import LATEST
from editor.store.db.newer import is_readable, only_readable, too_new
from editor.store.db.upgrade import check_header
from editor.trust.masthead import MastheadChain

_AS_IT_IS = "mode=ro&immutable=1"
"""SQLite takes the file for one that nobody writes to, so it makes no file beside it."""


def read_masthead_of(folder: Path) -> MastheadChain | None:
    """Return the mastheads of a desk that may be open elsewhere.

    None where they can't be known now: while a window has the desk open, after one was
    killed, and for a desk of an older Stonehand. Raises DeskTooNew, DeskDamaged, DeskError,
    UntrustedSignature.
    """
    database = (folder / DATABASE).absolute()
    with desk_errors(folder):
        check_header(folder)
        log = database.with_name(f"{DATABASE}-wal")
        if log.exists() and log.stat().st_size:
            return None  # the latest is in the log, which is not read here
        uri = f"{database.as_uri()}?{_AS_IT_IS}"
        with closing(sqlite.connect(uri, uri=True)) as raw:
            raw.execute("PRAGMA trusted_schema = OFF")
            number = str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])
            if number.isdigit() and int(number) > int(LATEST):
                is_known = is_readable(raw)
                raise only_readable(folder) if is_known else too_new(folder, int(number))
            if number != LATEST:
                return None
            rows = raw.execute("SELECT token FROM mastheads ORDER BY number").fetchall()
    return MastheadChain.verified(tuple(token for (token,) in rows))
