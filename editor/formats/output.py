"""Outputs of an export: a folder, a zip file or memory. All files appear, or none does."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from editor.core.export_memory import TargetStore
from editor.files import replacing
from editor.formats.disk_output import DiskOutput, known_problems
from editor.formats.earlier_zip import EarlierZip
from editor.formats.edition_document import Origin
from editor.formats.folder_output import FolderOutput
from editor.formats.paths import folder_in_zip, is_zip_name
from editor.formats.replaced_texts import ReplacedTexts
from editor.formats.report import ExportDifference
from editor.formats.sums import Sums, is_zipped_export
from editor.i18n import _
from editor.targets import check_target_file

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_COMPRESSED = (".avif", ".jpg", ".jpeg", ".png", ".webp", ".zip")


class MemoryOutput:
    """Holds an export in memory: `files` has the bytes by path."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.sums = Sums()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_details: object) -> None:
        if kind is not None:
            self.files.clear()

    def keeps(self, path: str, key: bytes) -> bool:
        """Keep nothing: there is no export from before."""
        return False

    def write(self, path: str, data: bytes, key: bytes = b"") -> None:
        """Add one file. Raises OutputError as `Sums.add` does."""
        self.files[self.sums.add(path, data)] = data

    def keeps_all(self, key: bytes) -> int:
        """Keep nothing."""
        return 0

    def begin(self, key: bytes, origin: Origin, *, in_one_folder: bool = False) -> None:
        """Remember nothing."""

    def difference(self) -> ExportDifference:
        """Return that every file is new."""
        return ExportDifference({path: len(data) for path, data in self.files.items()})


class _StaysAsItIs(Exception):
    """Nothing takes the place of the zip file that is there."""


class ZipOutput(DiskOutput):
    """Writes an export as one zip file, complete or not at all.

    The same files under the same name give the same bytes: fixed times and permissions, names
    in order in the directory. A zip file that would not change is left alone. One that
    is no earlier export is refused unless `force`. `targets` remembers what the last one was
    made of.
    """

    def __init__(
        self,
        path: Path,
        *,
        force: bool = False,
        targets: TargetStore | None = None,
        replaced: ReplacedTexts | None = None,
    ) -> None:
        super().__init__(path, replaced)
        self._force = force
        self._targets = targets
        self._keeps_all = False
        self._whole = b""
        self._prefix = ""
        self._sizes: dict[str, int] = {}
        self._unchanged: set[str] = set()

    def keeps(self, path: str, key: bytes) -> bool:
        """Keep nothing: a zip file is written whole."""
        return False

    def write(self, path: str, data: bytes, key: bytes = b"") -> None:
        """Add one file. Raises OutputError as `Sums.add` does, DiskFull."""
        entry = zipfile.ZipInfo(self._prefix + self.sums.add(path, data), _ZIP_TIME)
        entry.create_system = 3  # Unix, on whatever system it is made
        entry.external_attr = 0o100644 << 16
        is_compressed = path.lower().endswith(_COMPRESSED)
        entry.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
        with known_problems(self.path):
            self._zip.writestr(entry, data)
            self._sizes[path] = len(data)
            if self._is_unchanged(path, data):
                self._unchanged.add(path)
            else:
                self._note_change(self._earlier, path, data)

    def check(self) -> None:
        """Raise OutputError for a place that can't be written to, NotOurs unless `force`."""
        what = _("an export of Stonehand")
        check_target_file(self.path, what, is_zipped_export, force=self._force)

    def keeps_all(self, key: bytes) -> int:
        """Return how many files the last export of the same left in it; 0 unless it is as then."""
        with known_problems(self.path):
            count = self._earlier.count_whole(key)
        self._keeps_all = count > 0
        return count

    def begin(self, key: bytes, origin: Origin, *, in_one_folder: bool = False) -> None:
        """Refuse what is another export. Raises NotOurs unless `force`."""
        self._whole = key
        self._prefix = f"{folder_in_zip(self.path)}/" if in_one_folder else ""
        if not self._force:
            self._refuse_other(self._earlier, origin)

    def difference(self) -> ExportDifference:
        """Return what is written compared with the zip file that was there."""
        before, sizes, stays = self._earlier.sizes, self._sizes, self._unchanged
        changed = {path: sizes[path] for path in sizes if path in before and path not in stays}
        return ExportDifference(
            new={path: size for path, size in sizes.items() if path not in before},
            changed=changed,
            removed={path: size for path, size in before.items() if path not in sizes},
            unchanged=len(stays),
            former={path: before[path] for path in changed},
            titles=self._titles,
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.check()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(_StaysAsItIs):
            with (
                replacing(self.path) as part,
                EarlierZip(self.path, self._targets) as self._earlier,
                zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as self._zip,
            ):
                yield
                if self._keeps_all:
                    raise _StaysAsItIs
                self._zip.filelist.sort(key=lambda entry: entry.filename)
            self._earlier.remember(self._whole)

    def _is_unchanged(self, path: str, data: bytes) -> bool:
        hash = self.sums.hashes.get(path)
        if hash is None:  # the list and the signature, which are in no list
            return self._earlier.read(path) == data
        return hash == self._earlier.hashes.get(path)


def output_for(
    path: Path,
    *,
    force: bool = False,
    targets: TargetStore | None = None,
    replaced: ReplacedTexts | None = None,
) -> FolderOutput | ZipOutput:
    """Choose by the name: `.zip` gives a zip file, anything else a folder.

    What is there is replaced where it is an earlier export, or with `force`. `targets`
    remembers what was written; `replaced` keeps what changed files said before.
    """
    if is_zip_name(path):
        return ZipOutput(path, force=force, targets=targets, replaced=replaced)
    return FolderOutput(path, force=force, targets=targets, replaced=replaced)
