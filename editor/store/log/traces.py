"""Fingerprints of the entries about each story, so that none of them changes or is hidden later."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

_SIZE = 16
_OF_STORIES = (
    "SELECT story, id, hash FROM events WHERE story IN (SELECT value FROM json_each(?)) ORDER BY id"
)


class Traces:
    """The fingerprint of the entries of each story, by its id, as they were added in order.

    What is about no story is under the empty id. `known` are those so far.
    """

    def __init__(self, known: Iterable[tuple[str, bytes]] = ()) -> None:
        self.of = dict(known)

    def add(self, story: str, id: int, hash: str) -> None:
        """Add the entry that follows, by its place in the order of arrival and its hash."""
        entry = b"%s%d %s" % (self.of.get(story, b""), id, hash.encode())
        self.of[story] = sha256(entry).digest()[:_SIZE]


def read_traces(raw: Any, stories: Collection[str]) -> dict[str, bytes]:
    """The fingerprints as the index of the table finds the entries, on a plain connection."""
    traces = Traces()
    for story, id, hash in raw.execute(_OF_STORIES, (json.dumps([*stories]),)):
        traces.add(story, id, hash)
    return traces.of
