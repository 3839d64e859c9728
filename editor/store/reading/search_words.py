"""Verifying the search: it holds every word of every latest text in its place, and no other.

The index has no texts to compare with. So each place of a word is made a number here, from
the texts and from the index, and their sums are compared. The numbers are Python's hashes of
bytes (SipHash with a secret of each process): nobody can choose words with the same sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count, islice
from typing import Any

from editor.core.story import Story
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
_ROWS = "SELECT CAST(rowid AS BLOB) FROM search"
_AT_ONCE = 100_000


@dataclass(slots=True)
class WordSums:
    """Sums over texts, or over the index, which are the same where it is sound.

    `number` places of words come to `words`, the numbers of the rows to `rows`, and the
    rows that the `beginnings` of words are in to `begun`.
    """

    rows: int = 0
    number: int = 0
    words: int = 0
    begun: int = 0
    beginnings: set[str] = field(default_factory=set)

    def add_story(self, row: int, story: Story) -> None:
        """Add a story's latest text, which is under a row number in the index."""
        begun: set[str] = set()
        for column, text in indexed_texts(story, plain_text(story.body)).items():
            words = text.encode().split()
            self.number += len(words)
            tail = f" {row} {column} ".encode()
            places = zip(words, map(b"%d".__mod__, count()), strict=False)
            self.words += sum([hash(word[:_LONGEST] + tail + place) for word, place in places])
            different = set(text.split())
            for length in _PREFIXES:
                begun.update(word[:length] for word in different if len(word) >= length)
        self.rows += hash(str(row).encode())
        self.beginnings |= begun
        self.begun += sum([hash(f"{beginning} {row}".encode()) for beginning in begun])

    def add_sums(self, other: WordSums) -> None:
        """Add the sums over other texts."""
        self.rows += other.rows
        self.number += other.number
        self.words += other.words
        self.begun += other.begun
        self.beginnings |= other.beginnings

    def add_index(self, raw: Any, on_counted: Callable[[int], object]) -> None:
        """Add the rows and the words of the index of a plain connection.

        `on_counted` is told how many more words there are.
        """
        self.rows += _sum(raw.execute(_ROWS))
        make, read, drop = _WORDS
        raw.execute(make)
        try:
            self.words += _sum(raw.execute(read), on_counted)
        finally:
            raw.execute(drop)

    def add_beginning(self, raw: Any, beginning: str) -> None:
        """Add every row that the index finds by the beginning of a word."""
        self.begun += _sum(raw.execute(_BEGINNING, (f'"{beginning}"*', beginning)))

    def is_same(self, index: WordSums) -> bool:
        """Whether the index holds just these words."""
        return (self.rows, self.words, self.begun) == (index.rows, index.words, index.begun)


def _sum(
    found: Iterator[tuple[bytes]], on_counted: Callable[[int], object] = lambda _count: None
) -> int:
    whole = 0
    while hashes := list(map(hash, chain.from_iterable(islice(found, _AT_ONCE)))):
        whole += sum(hashes)
        on_counted(len(hashes))
    return whole
