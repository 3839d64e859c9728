"""Removing what is remembered of exports of desks that are gone."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from editor.log import log
from editor.places import DESK_FILE
from editor.store.exports.kept_file import SUFFIX, file_name, folder, remove_file
from editor.store.leftovers import OLD
from editor.store.log import pins


def remove_gone(now: float | None = None) -> list[Path]:
    """Remove the files of desks that are no longer where they were seen; return them.

    One that was written in the last day stays: its disk may be away for a moment. `now` is in
    seconds since 1970.
    """
    before = (time.time() if now is None else now) - OLD
    there = {file_name(place) for place in pins.places() if (Path(place) / DESK_FILE).is_file()}
    removed = []
    with suppress(OSError):
        for path in sorted(folder().glob(f"*{SUFFIX}")):
            if path.name not in there and path.lstat().st_mtime < before:
                remove_file(path)
                log.info("Removed what was remembered of exports of a desk that is gone.")
                removed.append(path)
    return removed
