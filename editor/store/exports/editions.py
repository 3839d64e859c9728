"""What the exports of a desk are made of, for as long as neither the desk nor the time changes it.

An export of the same then has nothing to do: the desk need not be opened to know that. It
counts only while the database, its log and the desk's themes are the files that they were
(`files.stamp`), and while this computer has seen nothing newer of the desk. In any doubt it is
forgotten, and the desk is read and verified as ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import time_ns
from typing import NamedTuple

import msgspec

from editor.core.export_memory import EditionRecord
from editor.errors import UntrustedSignature
from editor.files import folder_stamps
from editor.places import THEMES_FOLDER
from editor.store.exports.blocks import BlockTable
from editor.store.exports.custody import Custody, Stamp
from editor.store.exports.kept_file import KeptFile
from editor.store.log import pins
from editor.trust.log_tip import LogTip

_SECOND = 10**9
_TICK = _SECOND // 10
"""Nanoseconds in which two writes of a file may get the same time, or one that is whole seconds."""
_COARSE_TICK = 2 * _SECOND


class DeskFiles(NamedTuple):
    """The state of what an edition is read from: the database, and each file of the themes."""

    database: Stamp
    themes: dict[str, tuple[int, ...]]

    def is_settled(self, now: int) -> bool:
        """Whether any later write must show; `now` is in nanoseconds since 1970."""
        stamps = (*self.database, *self.themes.values())
        newest = max((max(known[1:3], default=0) for known in stamps), default=0)
        return now - newest > (_TICK if newest % _SECOND else _COARSE_TICK)


class ReadState(NamedTuple):
    """By what an edition was chosen: the masthead and the logs, and what times were compared with.

    `files` are those that it was read from. The
    instants are in seconds since 1970: `at` and `expiry` as in `store.reading.editions`, and
    `until` when what is chosen may be another.
    """

    files: DeskFiles
    masthead: tuple[int, str]
    tips: dict[str, LogTip]
    at: float
    expiry: float
    until: float


class _Known(msgspec.Struct, array_like=True, frozen=True):
    """A record with the state that it is true of."""

    state: ReadState
    record: EditionRecord


class KeptEditions:
    """What is remembered of the editions of a desk, in a file."""

    def __init__(self, file: KeptFile, desk: Path, custody: Custody) -> None:
        self._file = file
        self._desk = desk
        self._custody = custody
        self._table = BlockTable(file, "editions", int, _Known)

    def files(self) -> DeskFiles | None:
        """The files as they are; None where one was written a moment ago, or can't be seen."""
        try:
            themes = folder_stamps(self._desk / THEMES_FOLDER)
        except OSError:
            return None
        found = DeskFiles(self._custody.stamp(), themes)
        return found if found.is_settled(time_ns()) else None

    def find(self, exporter: str, by: str, at: datetime, now: datetime) -> EditionRecord | None:
        """What an export of all stories at an instant is made of; None where that is not known."""
        known = self._read(exporter, by)
        if known is None or known.state.files != self.files():
            return None
        state, record = known.state, known.record
        instant, present = at.timestamp(), now.timestamp()
        until = min(state.until, record.until)
        in_time = state.at <= instant <= present and state.expiry <= present < until
        return record if in_time and self._is_newest(state) else None

    def put(self, exporter: str, by: str, state: ReadState, record: EditionRecord) -> None:
        """Remember what an export is made of, of a desk in a state."""
        self._table.update(0, {_name(exporter, by): _Known(state, record)})

    def _read(self, exporter: str, by: str) -> _Known | None:
        found = self._table.read() if self._file.is_there else None
        return found[1].get(_name(exporter, by)) if found else None

    def _is_newest(self, state: ReadState) -> bool:
        """Whether this computer has seen nothing of the desk but what was read then."""
        try:
            return pins.is_remembered(self._desk, state.masthead, state.tips, {}, is_strict=True)
        except UntrustedSignature:
            return False


@dataclass(frozen=True, slots=True)
class EditionRecords:
    """An `EditionStore`: the records of one edition, which was read in a state of the desk."""

    editions: KeptEditions
    state: ReadState

    def put(self, exporter: str, by: str, record: EditionRecord) -> None:
        """Remember what an export of the edition is made of."""
        self.editions.put(exporter, by, self.state, record)


def _name(exporter: str, by: str) -> str:
    return f"{exporter}\n{by}"
