"""Which stories may expire: their texts say so, and no table does."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection

from editor.store.db.engine import plain
from editor.store.db.packing import unpack

_TEXTS = "SELECT story, content FROM versions WHERE story IN (SELECT value FROM json_each(?))"
_MARK = '"expires":'
"""A text without an expiry has no such member."""


def expiring(connection: Connection, ids: Collection[str]) -> list[str]:
    """Return those of some stories of which a version names an expiry.

    Nothing is verified: it says only where to look.
    """
    rows = plain(connection).execute(_TEXTS, (json.dumps([*ids]),))
    return list(dict.fromkeys(story for story, content in rows if _MARK in unpack(content)))
