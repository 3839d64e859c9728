"""All that this computer remembers of the exports of one desk."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from editor.store.exports.custody import Custody
from editor.store.exports.editions import KeptEditions
from editor.store.exports.kept_file import KeptFile
from editor.store.exports.parts import KeptParts
from editor.store.exports.targets import KeptTargets

if TYPE_CHECKING:
    from editor.store.exports.outcomes import KeptOutcomes


class ExportMemory:
    """What is remembered of the exports of the desk at a path; `kept_file` says how far it counts.

    Any thread may use it. What was put is on the disk after `flush` or `close`.
    """

    def __init__(self, desk: Path) -> None:
        self._file = KeptFile(desk)
        self.custody = Custody(self._file, desk)
        self.editions = KeptEditions(self._file, desk, self.custody)

    @cached_property
    def parts(self) -> KeptParts:
        """Parts of pages, and facts about texts."""
        return KeptParts(self._file)

    @cached_property
    def targets(self) -> KeptTargets:
        """The files that exports left at their targets."""
        return KeptTargets(self._file)

    @cached_property
    def outcomes(self) -> KeptOutcomes:
        """What an export of all stories chose."""
        from editor.store.exports.outcomes import KeptOutcomes  # noqa: PLC0415  brings SQLAlchemy

        return KeptOutcomes(self._file)

    def flush(self) -> None:
        """Write what waits to be written."""
        self.parts.flush()

    def close(self) -> None:
        """Write what waits, and close the file."""
        self.flush()
        self._file.close()
