"""Python's cyclic garbage collector, which looks through all values again and again."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make many values that last and refer to each other in no circle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def while_importing() -> Iterator[None]:
    """Import modules, which stay: to look for garbage in them, now and ever after, finds none.

    Where they were imported before, nothing is kept: in a process that goes on, as that of the
    tests, it could be garbage.
    """
    before = len(sys.modules)
    with without_collecting():
        yield
        if len(sys.modules) > before:
            gc.freeze()
