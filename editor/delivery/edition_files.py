"""The files of an edition on this computer, in a folder or in a zip file, and how two differ."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from editor.core.export_memory import TargetStore
from editor.formats.earlier_files import EarlierFiles
from editor.formats.earlier_zip import EarlierZip
from editor.formats.edition_document import Origin, instant_of, origin_of
from editor.formats.paths import EDITION, SIGNATURE, SUMS, is_zip_name
from editor.formats.report import ExportDifference


class EditionFiles:
    """What is at a place: the files of an edition, or none.

    `hashes` is the SHA-256 of each file by its path, as the edition's own list says; the list
    and the signature are in none. `sizes` (bytes) are those of all files that are there, in a
    folder also those of others. Raises OSError.
    """

    def __init__(self, path: Path, targets: TargetStore | None = None) -> None:
        self._stack = ExitStack()
        self._found: EarlierFiles | EarlierZip = (
            self._stack.enter_context(EarlierZip(path))
            if is_zip_name(path)
            else EarlierFiles(path, targets)
        )
        self.hashes = {
            path: hash for path, hash in self._found.hashes.items() if path != SIGNATURE
        }
        self.sizes = self._found.sizes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def paths(self) -> list[str]:
        """The paths of its files in the order in which they were written; the list comes last."""
        listed = [path for path in self.sizes if path in self.hashes]
        return [*listed, *(path for path in (SUMS, SIGNATURE) if path in self.sizes)]

    @property
    def list(self) -> bytes:
        """The bytes of its list, none where there is no edition. Raises OSError."""
        return self.read(SUMS) if self.hashes else b""

    @property
    def origin(self) -> Origin | None:
        """The format and the desk that it is of; None where there is no edition."""
        return origin_of(self.read(EDITION)) if EDITION in self.hashes else None

    @property
    def instant(self) -> str:
        """When it was made; empty where there is no edition."""
        return instant_of(self.read(EDITION)) if EDITION in self.hashes else ""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; none for one that is damaged or gone. Raises OSError."""
        try:
            return self._found.read(path) or b""
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return b""


def compare(ours: EditionFiles, theirs: EditionFiles) -> ExportDifference:
    """Return what would change where `theirs` is if `ours` took its place. Raises OSError."""
    new, changed, former = {}, {}, {}
    unchanged = 0
    known = {*theirs.hashes, SUMS, SIGNATURE} if theirs.hashes else set()
    for path in ours.paths:
        size = ours.sizes[path]
        if path not in known or path not in theirs.sizes:
            new[path] = size
        elif _is_same(path, ours, theirs):
            unchanged += 1
        else:
            changed[path], former[path] = size, theirs.sizes[path]
    stays = {*ours.paths}
    removed = {
        path: theirs.sizes[path] for path in known if path in theirs.sizes and path not in stays
    }
    return ExportDifference(new, changed, removed, unchanged, former)


def _is_same(path: str, ours: EditionFiles, theirs: EditionFiles) -> bool:
    if ours.sizes[path] != theirs.sizes[path]:
        return False
    if path in ours.hashes:
        return ours.hashes[path] == theirs.hashes.get(path)
    return ours.read(path) == theirs.read(path)
