"""Values of another type than their column's: SQLite takes them, and a damaged file has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from editor.i18n import _
from editor.store.db.errors import damaged

_MISREAD: Final = (
    *(TypeError, ValueError, KeyError, AttributeError, IndexError),
    *(OverflowError, RecursionError),
)
"""What Python raises for a value that is not what it should be; mostly it is a mistake of ours."""


@contextmanager
def damaged_if_odd(raw: Any, folder: Path) -> Iterator[None]:
    """Raise DeskDamaged for an error of Python's where a table has a value of another type.

    `raw` is a plain connection. Only then: with sound tables it is a bug, and passes as it is.
    """
    try:
        yield
    except _MISREAD as error:
        found = find_odd_value(raw)
        if not found:
            raise
        raise damaged(
            folder, _("{found} is of another kind than its column").format(found=found)
        ) from error


def find_odd_value(raw: Any) -> str:
    """Return the name of the first column with a value of another type; empty without one."""
    from editor.store.db.schema import column_types  # noqa: PLC0415  only after an error

    for table, column, storage in column_types():
        query = f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE typeof("{column}") <> ?)'  # noqa: S608  our names
        if raw.execute(query, (storage,)).fetchone()[0]:
            return _("a value in {column}").format(column=f"{table}.{column}")
    return ""
