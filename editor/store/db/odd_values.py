"""Values of another type than their column's: SQLite takes them, and a damaged file has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Integer, LargeBinary, exists, func, select
from sqlalchemy.types import TypeEngine

from editor.store.db.errors import damaged
from editor.store.db.schema import tables

_MISREAD: Final = (
    *(TypeError, ValueError, KeyError, AttributeError, IndexError),
    *(OverflowError, RecursionError),
)
"""What Python raises for a value that is not what it should be; mostly it is a mistake of ours."""


@contextmanager
def damaged_if_odd(connection: Connection, folder: Path) -> Iterator[None]:
    """Raise DeskDamaged for an error of Python's where a table has a value of another type.

    Only then: with sound tables it is a bug, and passes as it is.
    """
    try:
        yield
    except _MISREAD as error:
        found = find_odd_value(connection)
        if not found:
            raise
        raise damaged(folder, f"{found} is of another kind than its column") from error


def find_odd_value(connection: Connection) -> str:
    """Return the name of the first column with a value of another type; empty without one."""
    for table in tables.sorted_tables:
        for column in table.columns:
            is_odd = func.typeof(column) != _storage(column.type)
            if connection.scalar(select(exists().where(is_odd))):
                return f"a value in {table.name}.{column.name}"
    return ""


def _storage(kind: TypeEngine[object]) -> str:
    if isinstance(kind, Integer):
        return "integer"
    return "blob" if isinstance(kind, LargeBinary) else "text"
