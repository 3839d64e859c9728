"""Python's cyclic garbage collector, which looks through all values again and again."""

from __future__ import annotations

import gc
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
    """Import modules, which stay: to look for garbage in them, now and ever after, finds none."""
    with without_collecting():
        yield
        gc.freeze()
