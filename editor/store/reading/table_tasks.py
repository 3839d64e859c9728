"""What is verified of a desk's tables, in tasks of a process.

The tasks of stories and of the search are in modules of their own: a process imports what it needs.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import CheckConstraint, Connection, select, text

from editor.store.db.engine import plain
from editor.store.db.schema import tables
from editor.store.reading.faults import damaged, find_in_lists, find_in_trees
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
