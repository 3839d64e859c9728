"""Finds stories of the desk by words, for lists to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.store.reading.rows import StoryRow

if TYPE_CHECKING:
    from editor.store.reading.snapshot import Snapshot

_AMONG = 200
"""How many of the newest stories are looked through for a headline's first letters."""


def find_stories(snapshot: Snapshot, words: str, most: int) -> list[StoryRow]:
    """Return the newest stories, or those that have the words; no more than `most`.

    The index knows no word by its first letter alone: there the newest headlines are
    looked through.
    """
    if not words:
        return list(snapshot.rows(limit=most))
    found = {row.id: row for row in snapshot.search(words, most)}
    if len(words) == 1:
        for row in snapshot.rows(limit=_AMONG):
            starts = (word.lstrip("“‘\"'«(").casefold() for word in row.headline.split())
            if any(word.startswith(words.casefold()) for word in starts):
                found.setdefault(row.id, row)
    return list(found.values())[:most]
