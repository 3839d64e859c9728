"""A folder that is known again, whatever is at its path later."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def holding(folder: Path) -> Iterator[Callable[[], bool]]:
    """Give what says whether the folder at this path is still the same. Raises OSError.

    It stays open meanwhile: the number of a folder that is removed would be given to the next.
    Windows can't open one, and gives no number twice.
    """
    handle = os.open(folder, os.O_RDONLY) if os.name == "posix" else -1
    try:
        before = folder.stat() if handle < 0 else os.fstat(handle)

        def is_same() -> bool:
            try:
                return os.path.samestat(before, folder.stat())
            except OSError:
                return False

        yield is_same
    finally:
        if handle >= 0:
            os.close(handle)
