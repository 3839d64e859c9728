"""What is verified of a desk's search, in tasks of a process."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from editor.store.db.engine import plain
from editor.store.reading.search_words import WordSums
from editor.store.reading.verifying_process import OnCounted


class IndexTask(NamedTuple):
    """Sum up the words of the search."""

    def run(self, connection: Connection, on_counted: OnCounted) -> WordSums:
        """Do it."""
        sums = WordSums()
        sums.add_index(plain(connection), on_counted)
        return sums


class BeginningsTask(NamedTuple):
    """Sum up what the search finds by the beginnings of words."""

    beginnings: tuple[str, ...]

    def run(self, connection: Connection, on_counted: OnCounted) -> WordSums:
        """Do it."""
        sums = WordSums()
        for beginning in self.beginnings:
            sums.add_beginning(plain(connection), beginning)
            on_counted(1)
        return sums
