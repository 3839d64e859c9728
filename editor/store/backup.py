"""Backing up a desk while it is in use, and restoring it: see `backup_file` for what is in it.

A file is the whole desk. In a folder, the first backup of a desk is a whole one, and the later
ones have only what changed since the last whole one there: to restore such a file takes both,
and no other. Private keys are in none: they belong to people, not to the desk. Neither is
a picture that is not the original: a backup with one is refused.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.exc import DBAPIError

from editor.errors import (
    BadValue,
    Cancelled,
    DeskDamaged,
    DeskError,
    DeskReadOnly,
    NotFound,
    UntrustedSignature,
    WouldUndo,
)
from editor.files import building, replacing
from editor.i18n import _
from editor.progress import Progress
from editor.store.backup_file import (
    CHANGES,
    DRAFTS,
    PAGES,
    PICTURES,
    THEMES,
    Room,
    blocks,
    file_blocks,
    is_backup,
    is_draft,
    is_picture,
    is_theme_file,
    no_backup,
    pack,
    pack_picture,
    reading,
    unpack_picture,
)
from editor.store.backup_series import free_name, latest_backup
from editor.store.changed_pages import (
    PAGE,
    Base,
    PageComparison,
    changed_blocks,
    compare,
    find_base,
    rebuild,
)
from editor.store.db.engine import DATABASE, Database, copy_folder, plain, sqlite
from editor.store.db.errors import desk_errors
from editor.store.db.upgrade import check_header, upgrade
from editor.store.leftovers import remove_old_copies, remove_old_parts
from editor.store.log import pins
from editor.store.log.logs import last_entries
from editor.store.pictures import Pictures
from editor.store.reading import verification
from editor.store.reading.mastheads import read_chain
from editor.store.reading.rows import AuditReport
from editor.store.reading.used_pictures import PictureProblem, PictureUse, used_pictures
from editor.store.undone import undone_decisions
from editor.targets import check_outside_desks, check_target_file
from editor.trust.log_tip import LogTip
from editor.trust.masthead import MastheadChain

_STEPS = 100_000
"""After so many steps, a few milliseconds, SQLite asks whether to stop."""

_COPIED, _COMPARED = 0.2, 0.6
"""The shares of a backup when the database is copied, and compared with an earlier one."""

_UNPACKED = 0.15
"""The share of a restore when a backup is unpacked; then it is verified."""

_WORTH_IT = 2
"""Changes are written where they are at most one part in so many of the database."""


class BackupReport(NamedTuple):
    """The file that was written, and the name of the one that it builds on, if it does.

    `problems` has a sentence about each damaged picture that was left out, and about
    those that stories use and the desk has not.
    """

    file: Path
    base: str
    problems: tuple[str, ...]


def write_backup(  # noqa: PLR0913  what, where to, when, and how
    database: Database,
    desk: Path,
    to: Path,
    at: datetime,
    *,
    force: bool = False,
    is_whole: bool = False,
    progress: Progress | None = None,
) -> BackupReport:
    """Back a desk up into a file, or into a new file in a folder; all of it or nothing.

    With `is_whole` it is a whole backup also where the changes would do. On return it
    survives a power cut; after an error, or Cancelled, what was there before is as it was.
    Raises OutputError as `check_target_file` does, NotFound without the folder above,
    DiskFull, DeskReadOnly.
    """
    to = to.absolute()
    is_series = os.path.isdir(to)  # False for a name that no system can have
    file = to / free_name(to, desk, at, is_whole=True) if is_series else to
    check_target_file(file, _("a backup of a desk"), is_backup, force=force)
    if not file.parent.is_dir():
        raise NotFound(
            _("There is no folder {parent}.").format(parent=file.parent), _("Make it first.")
        )
    remove_old_parts(file.parent)
    remove_old_copies(file.parent)
    meter = _Meter(progress or Progress())
    with (
        _errors_of_place(file.parent),
        copy_folder(file.parent) as folder,
        suppress(FileExistsError),
    ):
        copy = folder / DATABASE
        database.backup(copy, file.parent, meter.on_copied)
        used = _used_pictures(folder)
        base = _compare(copy, to, desk, meter) if is_series and not is_whole else None
        if base is not None:
            file = to / free_name(to, desk, at, is_whole=False)
        with (
            replacing(file, private=True, is_new=is_series) as part,
            zipfile.ZipFile(part, "w") as archive,
        ):
            problems = _write(archive, (desk, copy), used, base, meter)
            meter.begin(_("Packing"), 1, 0)  # the end, also where something was left out
        return BackupReport(file, base.file.name if base else "", tuple(problems))
    # Somebody wrote a backup of that name meanwhile, perhaps of another desk.
    return write_backup(database, desk, to, at, is_whole=is_whole, progress=progress)


def restore_backup(
    file: Path, desk: Path, *, undo: bool = False, progress: Progress | None = None
) -> AuditReport:
    """Make a desk from a backup, in a new folder. All of it, or nothing.

    A backup of changes takes the one that it builds on, beside it. The database and all
    that was done are verified first. What is written on it from then on opens new logs.
    Raises WouldUndo for an older state of a desk that this computer knows, unless `undo`
    says that it is meant; BadValue, NotFound, BadInput for what is no backup, DeskDamaged,
    PictureDamaged, DeskTooNew, UntrustedSignature, DiskFull, DeskReadOnly, Cancelled.
    """
    desk, file = desk.absolute(), file.absolute()
    _require_free(desk)
    check_outside_desks(desk.parent)
    if not desk.parent.is_dir():
        raise NotFound(
            _("There is no folder {parent}.").format(parent=desk.parent), _("Make it first.")
        )
    if not file.is_file():
        raise NotFound(
            _("There is no file {file}.").format(file=file),
            _("Give the file that `stonehand backup` wrote."),
        )
    remove_old_parts(desk.parent)
    progress = progress or Progress()
    try:
        with _errors_of_place(desk.parent), building(desk) as folder:
            _unpack(file, folder, progress.part(0, _UNPACKED))
            report, chain, tips = _verify(folder, progress.part(_UNPACKED, 1), undo=undo)
    except DeskError as problem:
        _require_free(desk)  # somebody else may have restored one meanwhile
        # It names the folder, which had a name that nobody gave it and is gone by now.
        if not isinstance(problem, DeskDamaged) or not problem.what:
            raise
        sentence = _("The desk in {name} is damaged: {what}.")
        raise DeskDamaged(
            sentence.format(name=file.name, what=problem.what), _("Restore another backup.")
        ) from problem
    pins.accept(desk, chain, tips)
    return report


def _require_free(desk: Path) -> None:
    if os.path.lexists(desk):
        raise BadValue(
            _("There is already something at {desk}.").format(desk=desk),
            _("Restore to a new name, then compare."),
        )


@contextmanager
def _errors_of_place(folder: Path) -> Iterator[None]:
    """Raise the errors of the disk as ours, about a folder that is no desk."""
    try:
        with desk_errors(folder):
            yield
    except DeskReadOnly as error:
        raise DeskReadOnly(
            _("Nothing can be written to {folder}.").format(folder=folder),
            _("Allow writing there, or choose another place."),
        ) from error


class _Meter:
    """Reports how far the steps of a backup are, each in bytes."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._part, self._step, self._end = progress, "", 0.0
        self._done = self._total = 0

    def begin(self, step: str, end: float, total: int) -> None:
        """Begin a step of so many bytes, from where the last one ends to a share of the whole."""
        self._part, self._step = self._progress.part(self._end, end), step
        self._end = end
        self._done, self._total = 0, total
        self.add(0)

    def add(self, size: int) -> None:
        """Report that so many more bytes are done."""
        self._done += size
        self._part.report(self._done, self._total, self._step)

    def on_copied(self, pages: int, total: int) -> None:
        """Report that so many of all pages of the database are copied."""
        self._end = _COPIED
        self._progress.part(0, _COPIED).report(pages, total, _("Copying"))


def _used_pictures(folder: Path) -> dict[str, PictureUse]:
    """The stories that use a picture, by its file, as the copy of a database in a folder says."""
    with closing(Database(folder, read_only=True)) as copy, copy.read() as connection:
        return used_pictures(connection)


def _compare(copy: Path, folder: Path, desk: Path, meter: _Meter) -> PageComparison | None:
    """Compare a copy of the database with the last whole backup in a folder.

    None where there is none, or where so much is another one that a whole backup is better.
    """
    whole = latest_backup(folder, desk, is_whole=True)
    if whole is None:
        return None
    meter.begin(_("Comparing"), _COMPARED, copy.stat().st_size)
    base = compare(copy, whole.file, meter.add)
    if base is None or _WORTH_IT * PAGE * len(base.pages) > copy.stat().st_size:
        return None
    return base


def _write(
    archive: zipfile.ZipFile,
    files: tuple[Path, Path],
    used: Mapping[str, PictureUse],
    base: PageComparison | None,
    meter: _Meter,
) -> list[str]:
    """Write the members; return a sentence about each picture that is left out, or not there.

    `files` are the desk's folder and the copy of its database.
    """
    desk, copy = files
    own = {name.removeprefix(PICTURES) for name in _names(desk, PICTURES)} | used.keys()
    kept = {name for name in own if base and PICTURES + name in base.pictures}
    texts, others = [*_names(desk, DRAFTS), *_names(desk, THEMES)], sorted(own - kept)
    rest = _sizes(desk / name for name in [*texts, *(PICTURES + name for name in others)])
    if base is None:
        meter.begin(_("Packing"), 1, copy.stat().st_size + rest)
        pack(archive, DATABASE, file_blocks(copy), meter.add)
    else:
        size = copy.stat().st_size
        changes = Base(base.file.name, base.sha256, size, tuple(sorted(kept)))
        meter.begin(_("Packing"), 1, PAGE * len(base.pages) + rest)
        pack(archive, CHANGES, [changes.to_json()], meter.add)
        pack(archive, PAGES, changed_blocks(copy, base.pages), meter.add)
    for name in texts:
        pack(archive, name, file_blocks(desk / name), meter.add)
    return _write_pictures(archive, Pictures(desk / PICTURES), others, used, meter)


def _sizes(paths: Iterable[Path]) -> int:
    """How many bytes files have; one that is not there, or no longer, has none."""
    size = 0
    for path in paths:
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size


def _names(desk: Path, folder: str) -> Iterator[str]:
    """Yield the desk's own files in one of its folders; others may lie there, too."""
    for path in sorted((desk / folder).rglob("*")):
        name = path.relative_to(desk).as_posix()
        is_text = is_draft(name) or (is_theme_file(name) and not path.is_symlink())
        if is_picture(name) or (is_text and path.is_file()):
            yield name


def _write_pictures(
    archive: zipfile.ZipFile,
    pictures: Pictures,
    files: Sequence[str],
    used: Mapping[str, PictureUse],
    meter: _Meter,
) -> list[str]:
    problems = []
    for file in files:
        try:
            data = pictures.read(file)
        except (DeskError, NotFound) as error:
            problem = PictureProblem(file, error.sentence, used.get(file, PictureUse(title=file)))
            problems.append(_("{problem} It is not in the backup.").format(problem=problem))
        else:
            pack_picture(archive, PICTURES + file, data)
            meter.add(len(data))
    return problems


def _unpack(file: Path, folder: Path, progress: Progress) -> None:
    for name in ("drafts", "pictures", "backups"):
        (folder / name).mkdir()
    with reading(file) as archive:
        names, elsewhere = set(archive.namelist()), frozenset[str]()
        base = None if DATABASE in names else Base.read(archive, file)
        found = find_base(base, file) if base else file
        # What the file says of its sizes is for the bar alone.
        sizes = sum(member.file_size for member in archive.infolist())
        meter = _Meter(progress)
        meter.begin(_("Unpacking"), 1, sizes + (base.size if base else 0))
        room = Room(file, *([found] if base else []), on_taken=meter.add)
        if base:
            rebuild(archive, base, (found, file), folder / DATABASE, room)
            elsewhere = frozenset(PICTURES + name for name in base.pictures)
            names -= {CHANGES, PAGES}
        with reading(found) if base else nullcontext(archive) as whole:
            if not elsewhere <= {*whole.namelist()} - names:
                raise no_backup(found)
            for name in sorted(elsewhere):
                unpack_picture(whole, name, folder / name, room)
        for name in sorted(names):
            if is_picture(name):
                unpack_picture(archive, name, folder / name, room)
            else:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                with (folder / name).open("xb") as target:
                    target.writelines(blocks(archive, name, room))


def _verify(
    folder: Path, progress: Progress, *, undo: bool
) -> tuple[AuditReport, MastheadChain, dict[str, LogTip]]:
    check_header(folder)
    with closing(Database(folder)) as database:
        upgrade(database, folder)
        with database.read() as connection, _stopping(plain(connection), progress):
            report = verification.verify_desk(connection, None, progress=progress)
            chain, tips = read_chain(connection), last_entries(connection)
            undone = () if undo or report.broken_at else undone_decisions(connection)
        if undone:
            raise WouldUndo(
                _("The backup is older than what was done since on this desk."),
                _("To restore it all the same: stonehand restore-desk FILE DESK --undo."),
                undone,
            )
        if report.broken_at:
            raise UntrustedSignature(
                _("The backup was changed after it was made. {reason}").format(
                    reason=report.reason
                ),
                _("Restore another backup."),
            )
        return report, chain, tips


@contextmanager
def _stopping(raw: Any, progress: Progress) -> Iterator[None]:
    """Stop the queries of a plain connection once a job is cancelled, with Cancelled."""
    raw.set_progress_handler(lambda: progress.cancelled, _STEPS)
    try:
        yield
    except (sqlite.OperationalError, DBAPIError) as error:
        if progress.cancelled:
            raise Cancelled from error
        raise
    finally:
        raw.set_progress_handler(None, 0)
