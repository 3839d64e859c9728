"""How many open notes stories have: asked by key, for these alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from editor.store.db.engine import plain

_OPEN = """
    SELECT story, count(*) FROM notes
    WHERE story IN (SELECT value FROM json_each(?)) AND answers = 0 AND resolved_at = ''
    GROUP BY story
"""


def count_open_notes(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Count the notes of stories that nobody resolved, without answers, by the stories' ids."""
    if not ids:
        return {}
    return dict(plain(connection).execute(_OPEN, (json.dumps([*ids]),)).fetchall())
