"""A folder that an export is written into; it changes only when all files are written."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex

from editor.core.export_memory import FileRecord, TargetStore
from editor.errors import NotOurs, OutputError
from editor.files import PRIVATE_FOLDER, sync_folder, write_file
from editor.formats.disk_output import DiskOutput, known_problems, place_changed
from editor.formats.earlier_files import EarlierFiles, is_remembered
from editor.formats.edition_document import Origin
from editor.formats.file_moves import FileMoves, make_folders, remove_folders
from editor.formats.generations import FolderSwitch
from editor.formats.held_folder import holding
from editor.formats.paths import SUMS, UNFINISHED
from editor.formats.replaced_texts import ReplacedTexts
from editor.formats.report import ExportDifference
from editor.formats.sums import is_empty_or_export, stage_prefix, stages, sums_data
from editor.i18n import _
from editor.in_use import remove_unused, using
from editor.targets import FoldersOutsideDesks, check_target_folder, name_of

_LINKED_AT_ONCE = 256


class _UnderWay(OutputError):
    """Another process exports to the same folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("Another export to “{name}” is under way.").format(name=name_of(path)),
            _("Wait until it is done, then export again."),
        )


class FolderOutput(DiskOutput):
    """Writes an export into a folder, which changes only when all files are written.

    New files are written into a temporary folder beside it. At the end the two folders
    trade names, or, where that can't be done, the files are moved one after another.
    Unchanged files keep their time. Files of the last export that are no longer part of it
    are removed, by its SHA256SUMS. Other files are never touched, and a folder with
    files but without that list is refused unless `force`. After an error or a stop the
    folder is as before.

    `targets` remembers what the files were made of, so that an unchanged one is neither
    made nor read. `replaced` keeps what changed files said before.
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
        self._written: dict[str, FileRecord] = {}
        self._unchanged: list[str] = []
        self._linked = 0
        self._outside_desks = FoldersOutsideDesks(path)
        self._sound_folders: set[str] = set()
        self._switch: FolderSwitch | None = None
        self._is_staged: Callable[[], bool] = lambda: True
        self._keeps_all = False
        self._whole = b""
        self._list = b""

    def keeps(self, path: str, key: bytes) -> bool:
        """Add a file that the last export made of the same, and that is as it was left."""
        record = self._earlier.kept(path, key)
        if record is None:
            return False
        self.sums.add_known(path, record.sha256, record.size)
        self._add_unchanged(path)
        return True

    def keeps_all(self, key: bytes) -> int:
        """Return how many files the last export of the same left here; 0 unless all are as then."""
        count = self._earlier.count_whole(key)
        self._keeps_all = count > 0
        return count

    def begin(self, key: bytes, origin: Origin, *, in_one_folder: bool = False) -> None:
        """Say what the whole export is made of. Raises NotOurs for another one unless `force`."""
        if not self._force:
            self._refuse_other(self._earlier, origin)
        self._whole = key

    def write(self, path: str, data: bytes, key: bytes = b"") -> None:
        """Add one file. Raises OutputError as `Sums.add` does and for a foreign file.

        Raises DiskFull when there is no room; nothing has changed then.
        """
        self.sums.add(path, data)
        if path == SUMS:
            self._list = data
            return  # it is this folder's own list, which is written last in any case
        with known_problems(self.path):
            self._outside_desks.check(path.rpartition("/")[0])
            sha256 = self.sums.hashes.get(path, "")
            if self._earlier.has_bytes(path, data, sha256):
                self._add_unchanged(path)
                self._earlier.now_made_of(path, key, sha256)
                return
            self._refuse_foreign_files(path, self._sound_folders)
            switch = self._prepare_switch()
            self._note_change(self._earlier, path, data)
            self._stage(switch, path, data, key)

    def check(self) -> None:
        """Raise OutputError for a place that can't be written to, NotOurs unless `force`."""
        check_target_folder(self.path, self._is_ours, force=self._force)

    def difference(self) -> ExportDifference:
        """Return what is written compared with the export that was there."""
        sizes, same = self._earlier.sizes, len(self._unchanged)
        written = {path: record.size for path, record in self._written.items()}
        with known_problems(self.path):
            if self._earlier.has_bytes(SUMS, self._list):
                same += 1
            else:
                written[SUMS] = len(self._list)
        return ExportDifference(
            new={path: size for path, size in written.items() if path not in sizes},
            changed={path: size for path, size in written.items() if path in sizes},
            removed={path: sizes[path] for path in self._removed() if path in sizes},
            unchanged=same,
            former={path: sizes[path] for path in written if path in sizes},
            titles=self._titles,
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.check()
        made = make_folders(self.path)
        try:
            with self._alone() as self._temporary, holding(self.path) as is_same:
                # What is there is read now: until here another export could change it.
                self._earlier = EarlierFiles(self.path, self._targets)
                for folder in self._earlier.folders:
                    self._outside_desks.check(folder)
                with ExitStack() as self._held:
                    yield
                    if not (is_same() and self._is_staged()):
                        raise place_changed(self.path)
                    self._commit()
        except _UnderWay:  # the other one writes into the folder, whoever made it
            raise
        except BaseException:
            remove_folders(made)
            raise

    def _is_ours(self, folder: Path) -> bool:
        return is_remembered(folder, self._targets) or is_empty_or_export(folder)

    def _add_unchanged(self, path: str) -> None:
        self._unchanged.append(path)
        if self._switch is not None and len(self._unchanged) - self._linked >= _LINKED_AT_ONCE:
            self._link_unchanged(self._switch)

    def _prepare_switch(self) -> FolderSwitch:
        """Something changes, so what stays needs a second name; the job can be cancelled here."""
        if self._switch is None:
            earlier = self._earlier
            ours = {*earlier.hashes, SUMS}
            self._switch = FolderSwitch(
                self.path, self._temporary, ours, earlier.numbers, earlier.spare
            )
            self._held.callback(self._switch.give_back, self._written)
            self._is_staged = self._held.enter_context(holding(self._switch.staged))
            self._link_unchanged(self._switch)
        return self._switch

    def _link_unchanged(self, switch: FolderSwitch) -> None:
        switch.add_unchanged(self._unchanged[self._linked :])
        self._linked = len(self._unchanged)

    def _stage(self, switch: FolderSwitch, path: str, data: bytes, key: bytes) -> None:
        with switch.open(path) as file:
            file.write(data)
        status = os.stat(f"{switch.staged}/{path}")
        sha256 = self.sums.hashes.get(path, "")
        self._written[path] = FileRecord(key, sha256, status.st_size, status.st_mtime_ns)

    def _removed(self) -> list[str]:
        return sorted(path for path in self._earlier.hashes if not self.sums.has(path))

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        """Give a temporary folder, which keeps other exports to this folder out.

        Raises OutputError while there is one. Of two that begin at once, none may go on.
        """
        root = Path(os.path.realpath(self.path))
        prefix = stage_prefix(root)
        self._remove_left_overs(root)
        with ExitStack() as stack:
            temporary = stack.enter_context(_temporary_folder(root, prefix))
            try:
                stack.enter_context(using(temporary))
            except FileNotFoundError:  # another one took it for a left-over
                raise _UnderWay(self.path) from None
            self._remove_left_overs(root, temporary)
            yield temporary

    def _remove_left_overs(self, root: Path, own: Path | None = None) -> None:
        """Remove temporary folders that no export uses. Raises OutputError for one in use."""
        for left_over in stages(root):
            if left_over != own and not remove_unused(left_over):
                raise _UnderWay(self.path)

    def _commit(self) -> None:
        if self._keeps_all:
            return
        data, removed = self.sums.data(), self._removed()
        is_new = bool(self._written or removed) or not self._earlier.has_bytes(SUMS, data)
        if is_new:
            switch = self._prepare_switch()
            self._link_unchanged(switch)
            write_file(switch.staged / SUMS, data)
            if not switch.finish([*self._written, SUMS], removed):
                self._move_files(switch.staged, removed)
        status = (self.path / SUMS).stat()
        sums = FileRecord(b"", hashlib.sha256(data).hexdigest(), status.st_size, status.st_mtime_ns)
        self._earlier.remember(self._written | {SUMS: sums}, removed, self._whole)

    def _move_files(self, staged: Path, removed: list[str]) -> None:
        """Move one file after another into place: new ones first, so that no link is dead."""
        sound_folders: set[str] = set()
        for path in self._written:
            self._refuse_foreign_files(path, sound_folders)
        if not all(map(self._earlier.is_as_found, self._unchanged)):
            raise place_changed(self.path)
        # While files move, the list has both old and new ones: after a power cut the next
        # export still knows that they are all ours. It has a file that there never is as
        # well, so nobody takes the mixture for an edition.
        hashes, before = self.sums.hashes, self._earlier.hashes
        moves = FileMoves(self.path, self._temporary)
        old = {path: hash for path, hash in before.items() if hash}
        try:
            moves.write(SUMS, sums_data({**old, **hashes, UNFINISHED: "0" * 64}))
            for path in sorted(self._written, key=before.__contains__):
                moves.replace(path, staged / path)
            for path in removed:
                moves.remove(path)
            moves.write(SUMS, sums_data(hashes))
            sync_folder(self.path)
        except BaseException:
            moves.undo()
            raise
        for path in removed:
            remove_folders(self._folders_of(path))

    def _refuse_foreign_files(self, path: str, sound_folders: set[str]) -> None:
        """Raise OutputError for a file or a folder of others; each folder is looked at once."""
        target, folder = f"{self.path}/{path}", path.rpartition("/")[0]
        is_there = os.path.lexists(target)
        is_sound = self._is_sound(folder, sound_folders)
        is_blocked = not is_sound or (is_there and os.path.isdir(target))
        is_foreign = is_there and path not in self._earlier.hashes
        if is_blocked or (is_foreign and not self._force):
            sentence = _("“{path}” in “{folder}” does not come from an earlier export.")
            kind = OutputError if is_blocked else NotOurs
            raise kind(
                sentence.format(path=path, folder=name_of(self.path)),
                _("Move it away, or choose another folder."),
            )

    def _is_sound(self, folder: str, known: set[str]) -> bool:
        """Whether a folder and all around it are plain ones, or not there yet."""
        if folder in known or not folder:
            return True
        if not self._is_sound(folder.rpartition("/")[0], known):
            return False
        place = f"{self.path}/{folder}"
        if os.path.islink(place) or (os.path.exists(place) and not os.path.isdir(place)):
            return False
        known.add(folder)
        return True

    def _folders_of(self, path: str) -> list[Path]:
        """Return the folders between the output and a file in it, outermost first."""
        return [self.path / folder for folder in Path(path).parents][-2::-1]


@contextmanager
def _temporary_folder(root: Path, prefix: str) -> Iterator[Path]:
    """Give a folder beside the output on the same disk, or in it where that can't be.

    Its name is known before it is there: a signal that comes in between leaves none behind.
    """
    name = f"{prefix}{token_hex(4)}"  # as long as those of `tempfile`, as whoever tidies up knows
    is_one_disk = root.stat().st_dev == root.parent.stat().st_dev
    folder = (root.parent if is_one_disk else root) / name
    try:
        try:
            folder.mkdir(PRIVATE_FOLDER)
        except OSError:
            if not is_one_disk:
                raise
            folder = root / name
            folder.mkdir(PRIVATE_FOLDER)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
