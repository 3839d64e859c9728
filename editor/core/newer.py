"""What a newer Stonehand may have written: words that this one does not know, read as they are.

Only while the desk of a newer Stonehand is read, and nothing is decided by them: on a desk that
this Stonehand may change, an unknown word is damage or a forgery, and refused as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import TypeVar

_is_read = ContextVar("newer", default=False)

E = TypeVar("E", bound=StrEnum)


@contextmanager
def reading_newer() -> Iterator[None]:
    """Read unknown words in this thread until the end of the block."""
    token = _is_read.set(True)
    try:
        yield
    finally:
        _is_read.reset(token)


def reads_newer() -> bool:
    """Return whether what is read now is the desk of a newer Stonehand."""
    return _is_read.get()


def unknown_word(kind: type[E], value: object) -> E | None:
    """Return a member of an enumeration for a word that is none, where that is allowed.

    It has the word as its value, is equal to itself alone, and is not listed among the others.
    """
    if not reads_newer() or type(value) is not str:
        return None
    member = str.__new__(kind, value)
    member._name_ = member._value_ = value
    return member
