"""Verifying the search: it holds every word of every latest text in its place, and no other.

The index has no texts to compare with. So each place of a word is made a number here, from
the texts and from the index, and their sums are compared. The numbers are Python's hashes of
bytes (SipHash with a secret of each process): nobody can choose words with the same sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from editor.core.story import Story
from editor.errors import DeskDamaged
from editor.store.reading.search import indexed_texts
from editor.text.plain import plain_text

_PREFIXES = (2, 3)
"""The letters of beginnings that have an index of their own: see `db/schema.py`."""

_LONGEST = 32_768
"""The bytes of a word that FTS5 keeps (FTS5_MAX_TOKEN_SIZE)."""

_WORDS = (
    "CREATE VIRTUAL TABLE temp.search_words USING fts5vocab(main, search, instance)",
    "SELECT CAST(term || ' ' || doc || ' ' || col || ' ' || offset AS BLOB) FROM temp.search_words",
    "DROP TABLE temp.search_words",
)
_BEGINNING = "SELECT CAST(?2 || ' ' || rowid AS BLOB) FROM search WHERE search MATCH ?1"
_HINT = "Restore a backup from before."


class WordSums:
    """What the index must hold, a story at a time; then the two are compared."""

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._words = 0
        self._beginnings: set[str] = set()
        self._begun = 0

    def add(self, row: int, story: Story) -> None:
        """Add a story's latest text, which is under a row number in the index."""
        self._rows.add(row)
        begun: set[str] = set()
        for column, text in indexed_texts(story, plain_text(story.body)).items():
            words = text.split()
            self._words += sum(
                hash(word.encode()[:_LONGEST] + f" {row} {column} {place}".encode())
                for place, word in enumerate(words)
            )
            for length in _PREFIXES:
                begun.update(word[:length] for word in set(words) if len(word) >= length)
        self._beginnings |= begun
        self._begun += sum(hash(f"{beginning} {row}".encode()) for beginning in begun)

    def compare(self, raw: Any) -> None:
        """Raise DeskDamaged unless the index of a plain connection holds just these words."""
        rows = {row for (row,) in raw.execute("SELECT rowid FROM search")}
        if (
            rows != self._rows
            or _words_of(raw) != self._words
            or self._begun_of(raw) != self._begun
        ):
            raise DeskDamaged("The words of the search were changed outside Stonehand.", _HINT)

    def _begun_of(self, raw: Any) -> int:
        """The sum over every story that the index finds by the beginnings of its words."""
        asked = ((f'"{beginning}"*', beginning) for beginning in self._beginnings)
        return sum(_sum(raw.execute(_BEGINNING, given)) for given in asked)


def _words_of(raw: Any) -> int:
    """The sum over every place of every word of the index."""
    make, read, drop = _WORDS
    raw.execute(make)
    try:
        return _sum(raw.execute(read))
    finally:
        raw.execute(drop)


def _sum(places: Iterable[tuple[bytes]]) -> int:
    return sum(hash(place) for (place,) in places)
