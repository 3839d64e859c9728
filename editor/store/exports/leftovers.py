"""Removing what is remembered of exports of desks that are gone, and what waits to be sent."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from editor.in_use import remove_unused
from editor.log import log
from editor.places import DESK_FILE, outbox_folder, place_name
from editor.store.exports.kept_file import SUFFIX, file_name, remove_file
from editor.store.exports.kept_file import folder as kept_folder
from editor.store.leftovers import OLD
from editor.store.log import pins


def remove_gone(now: float | None = None) -> list[Path]:
    """Remove the files of desks that are no longer where they were seen; return them.

    One that was written in the last day stays: its disk may be away for a moment. `now` is in
    seconds since 1970.
    """
    before = (time.time() if now is None else now) - OLD
    places = [place for place in pins.places() if (Path(place) / DESK_FILE).is_file()]
    there = {file_name(place) for place in places}
    removed = []
    with suppress(OSError):
        for path in sorted(kept_folder().glob(f"*{SUFFIX}")):
            if path.name not in there and path.lstat().st_mtime < before:
                remove_file(path)
                log.info("Removed what was remembered of exports of a desk that is gone.")
                removed.append(path)
    return removed + _remove_outboxes({place_name(place) for place in places}, before)


def _remove_outboxes(there: set[str], before: float) -> list[Path]:
    removed = []
    with suppress(OSError):
        for folder in sorted(outbox_folder().iterdir()):
            inside = [path.lstat().st_mtime for path in (folder, *folder.iterdir())]
            if folder.name in there or max(inside) >= before:
                continue
            if all(remove_unused(outbox) for outbox in sorted(folder.iterdir())):
                folder.rmdir()
                log.info("Removed the outbox of a desk that is gone.")
                removed.append(folder)
    return removed
