"""Values in groups: SQLite allows a limited number of them in one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_AT_ONCE = 500


def in_groups(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the values in their order, as many at once as a statement may name."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
