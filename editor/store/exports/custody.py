"""Whether a desk's database is as this computer's Stonehand left it, without reading it.

While it is, no old row can be another one than an export has verified. After any other
write (another computer's, a database tool's) it is not, and all is verified again. Times
of files say so: whoever keeps the disk can lie about them. Then what was remembered of old
rows still goes out, which was verified, and never what was put in their place.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from editor.files import path_stamp
from editor.places import DESK_FILE
from editor.store.exports.blocks import BlockTable
from editor.store.exports.kept_file import KeptFile


class Stamp(NamedTuple):
    """What differs after the database or its log was written: see `files.stamp`."""

    database: tuple[int, ...]
    log: tuple[int, ...]


class Custody:
    """The state in which this computer left the database of a desk."""

    def __init__(self, file: KeptFile, desk: Path) -> None:
        self._file = file
        self._database = desk / DESK_FILE
        self._log = desk / f"{DESK_FILE}-wal"
        self._table = BlockTable(file, "custody", Stamp, int)

    def holds(self) -> bool:
        """Whether the database is as it was left."""
        if not self._file.is_there:
            return False
        left = self._table.read_head()
        return left is not None and left.head == self.stamp()

    def stamp(self) -> Stamp:
        """The state of the database now."""
        log = path_stamp(self._log)
        # Opening the database makes an empty log, and closing it removes that. SQLite sets the
        # owner of a log that root opens, and so the time of its change.
        return Stamp(path_stamp(self._database), (*log[:2], *log[3:]) if log and log[0] else ())

    def left(self, stamp: Stamp | None = None) -> None:
        """Remember that it was left as it is now, or in a state."""
        self._table.update(stamp or self.stamp(), {})
