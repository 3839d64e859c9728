"""The files that exports left at their targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from editor.core.export_memory import FileRecord
from editor.places import place_name
from editor.store.exports.blocks import BlockTable
from editor.store.exports.kept_file import KeptFile, spares_folder


class KeptTargets:
    """A `TargetStore` in a file."""

    def __init__(self, file: KeptFile) -> None:
        self._file = file

    def read(self, target: str) -> Mapping[str, FileRecord]:
        """Return the files of the last export to a target by path; none if it is not known."""
        found = self._table(target).read() if self._file.is_there else None
        return found[1] if found else {}

    def find(self, target: str, path: str) -> FileRecord | None:
        """Return one file of the last export to a target; None if it is not known."""
        return self._table(target).find(path) if self._file.is_there else None

    def write(
        self, target: str, changed: Mapping[str, FileRecord], removed: Collection[str]
    ) -> None:
        """Remember which files changed and which are gone."""
        self._table(target).update(0, changed, removed)

    def spare(self, target: str) -> Path:
        """Return where the spare tree of a target's files is kept, for whatever desk it was."""
        return spares_folder() / place_name(target)

    def _table(self, target: str) -> BlockTable[int, FileRecord]:
        return BlockTable(self._file, f"target {target}", int, FileRecord)
