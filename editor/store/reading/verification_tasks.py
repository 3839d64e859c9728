"""What is verified of a desk apart from its logs, in tasks that processes can share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import CheckConstraint, Connection, select, text

from editor.store.db.engine import plain
from editor.store.db.schema import tables
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.faults import damaged, find_in_lists, find_in_trees
from editor.store.reading.mastheads import read_chain
from editor.store.reading.search_words import WordSums
from editor.store.reading.story_faults import VerifiedStories, verify_stories
from editor.store.reading.verifying_process import OnCounted


class TreesTask(NamedTuple):
    """Look whether every table and its indexes agree; a sentence where they don't."""

    def run(self, connection: Connection, on_counted: OnCounted) -> str:
        """Do it."""
        return find_in_trees(plain(connection)) or _find_unchecked(connection)


def _find_unchecked(connection: Connection) -> str:
    """Where a row is not as a CHECK of its table asks: SQLite skips them where it only reads."""
    for table in tables.sorted_tables:
        for check in table.constraints:
            if isinstance(check, CheckConstraint):
                wrong = select(1).select_from(table).where(text(f"NOT ({check.sqltext})"))
                if connection.scalar(wrong.limit(1)):
                    return damaged(f"CHECK constraint failed in {table.name}")
    return ""


class ListsTask(NamedTuple):
    """Look whether lists show what the versions and the log say; a sentence where they don't."""

    def run(self, connection: Connection, on_counted: OnCounted) -> str:
        """Do it."""
        return find_in_lists(plain(connection))


class StoriesTask(NamedTuple):
    """Verify some stories, of logs whose entries are sound.

    `last` is the id of the last entry, `signed` the last entry of each log that a
    signature covers. Of `words`, the sums of their words in the search are wanted.
    """

    ids: Sequence[str]
    last: int
    signed: dict[str, int]
    words: bool

    def run(self, connection: Connection, on_counted: OnCounted) -> VerifiedStories:
        """Do it, up to the first fault."""
        verifier = ApprovalVerifier(connection, None, read_chain(connection))
        verifier.trust_logs(self.signed)
        return verify_stories(connection, verifier, self.ids, self.last, words=self.words)


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
