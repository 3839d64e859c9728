"""Backing up a whole desk into one file while it is in use, and restoring it.

A ZIP file: `desk.sqlite3`, then `drafts/…` and `pictures/…` by name. Private
keys are not in it: they belong to people, not to the desk. Neither is a picture
that is not what its name says: a backup with one is refused.
"""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from editor.errors import (
    BadInput,
    BadValue,
    DeskError,
    NotFound,
    PictureDamaged,
    UntrustedSignature,
    WouldUndo,
)
from editor.files import building, replacing
from editor.i18n import _
from editor.proof.picture_file import BYTES_AT_MOST
from editor.store.db.engine import DATABASE, Database, copy_folder
from editor.store.db.errors import damaged, desk_errors
from editor.store.db.upgrade import check_header, upgrade
from editor.store.leftovers import remove_old_parts
from editor.store.log import pins
from editor.store.log.logs import last_entries
from editor.store.pictures import Pictures, is_picture_name, why_damaged
from editor.store.reading import verification
from editor.store.reading.mastheads import read_chain
from editor.store.reading.rows import AuditReport
from editor.store.reading.used_pictures import PictureProblem, slugs_by_picture
from editor.store.undone import undone_decisions
from editor.targets import check_outside_desks, check_target_file
from editor.trust.log_tip import LogTip
from editor.trust.masthead import MastheadChain

_PICTURES = "pictures/"
_DRAFT = re.compile(r"drafts/[\w%][\w.~%-]*", re.A)
"""Names of drafts are percent-encoded; none leads out of the desk."""

_NO_ZIP = (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError)
"""What Python raises for a file that is not one of its ZIP files."""
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1 << 20
_LEAST_ROOM = 256 << 20
_MOST_TIMES = 100
"""A database and drafts unpack to this many times the backup at most: text is written at ten to
one. A file made to fill the disk has a thousand to one."""


def write_backup(database: Database, desk: Path, to: Path, *, force: bool = False) -> list[str]:
    """Write a desk into one file, whole or not at all; on return it survives a power cut.

    A damaged picture is left out; the list has a sentence about each, and about those
    that stories use and the desk has not. Raises OutputError as `check_target_file`
    does, NotFound without the folder above, DiskFull, DeskReadOnly.
    """
    to = to.absolute()
    check_target_file(to, _("a backup of a desk"), _is_backup, force=force)
    if not to.parent.is_dir():
        raise NotFound(f"There is no folder {to.parent}.", "Make it first.")
    with desk_errors(to.parent), copy_folder() as folder:
        copy = folder / DATABASE
        database.backup(copy, folder.parent)
        with database.read() as connection:
            used = slugs_by_picture(connection)
        with replacing(to, private=True) as part, zipfile.ZipFile(part, "w") as archive:
            _add(archive, DATABASE, copy)
            for name in _names(desk, "drafts/"):
                _add(archive, name, desk / name)
            return _add_pictures(archive, desk, used)


def restore_backup(file: Path, desk: Path, *, undo: bool = False) -> AuditReport:
    """Make a desk from a backup, in a new folder. All of it, or nothing.

    The database and all that was done are verified first. What is written on it
    from then on opens new logs. Raises WouldUndo for an older state of a desk that
    this computer knows, unless `undo` says that it is meant; BadValue, NotFound,
    BadInput for what is no backup, DeskDamaged, PictureDamaged, DeskTooNew,
    UntrustedSignature, DiskFull, DeskReadOnly.
    """
    desk = desk.absolute()
    if desk.exists() or desk.is_symlink():
        raise BadValue(
            f"There is already something at {desk}.", "Restore to a new name, then compare."
        )
    check_outside_desks(desk.parent)
    if not desk.parent.is_dir():
        raise NotFound(f"There is no folder {desk.parent}.", "Make it first.")
    if not file.is_file():
        raise NotFound(f"There is no file {file}.", "Give the file that `stonehand backup` wrote.")
    remove_old_parts(desk.parent)
    with desk_errors(desk.parent), building(desk) as folder:
        _unpack(file, folder)
        report, chain, tips = _verify(folder, undo=undo)
    pins.accept(desk, chain, tips)
    return report


def _is_backup(file: Path) -> bool:
    """Whether a file is a backup. Raises OSError where it can't be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _are_members(archive.namelist())
    except _NO_ZIP:
        return False


def _are_members(names: list[str]) -> bool:
    """Whether a backup may have exactly these files: the database, pictures, drafts."""
    return (
        DATABASE in names
        and len(set(names)) == len(names)
        and all(name == DATABASE or _is_picture(name) or _DRAFT.fullmatch(name) for name in names)
    )


def _is_picture(name: str) -> bool:
    return name.startswith(_PICTURES) and is_picture_name(name.removeprefix(_PICTURES))


def _names(desk: Path, folder: str) -> Iterator[str]:
    """Yield the desk's own files in one of its folders; others may lie there, too."""
    for path in sorted((desk / folder).glob("*")):
        name = folder + path.name
        if _is_picture(name) or (_DRAFT.fullmatch(name) and path.is_file()):
            yield name


def _add_pictures(
    archive: zipfile.ZipFile, desk: Path, used: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Add every sound picture; return a sentence about each that is left out, or not there."""
    pictures, problems = Pictures(desk / _PICTURES), []
    found = {name.removeprefix(_PICTURES) for name in _names(desk, _PICTURES)}
    for file in sorted(found | used.keys()):
        try:
            data = pictures.read(file)
        except (DeskError, NotFound) as error:
            problem = PictureProblem(file, error.sentence, used.get(file, ()))
            problems.append(f"{problem} It is not in the backup.")
        else:
            # Pictures are compressed already.
            archive.writestr(_info(_PICTURES + file, zipfile.ZIP_STORED), data)
    return problems


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    info = _info(name, zipfile.ZIP_DEFLATED)
    try:
        info.file_size = path.stat().st_size
        with path.open("rb") as source, archive.open(info, "w") as target:
            shutil.copyfileobj(source, target, _BLOCK)
    except FileNotFoundError:
        # A draft that was saved in the meantime: the next backup has it in its database.
        return


def _info(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info


def _unpack(file: Path, folder: Path) -> None:
    for name in ("drafts", "pictures", "backups"):
        (folder / name).mkdir()
    try:
        with zipfile.ZipFile(file) as archive:
            if not _are_members(archive.namelist()) or any(
                member.compress_type not in _COMPRESSIONS for member in archive.infolist()
            ):
                raise _no_backup(file)
            room = max(_LEAST_ROOM, _MOST_TIMES * file.stat().st_size)
            for member in archive.infolist():
                room -= _extract(archive, member, folder / member.filename, room)
                if room < 0:
                    raise _too_large(file)
    except (*_NO_ZIP, EOFError, RuntimeError, zlib.error) as error:
        raise _no_backup(file) from error


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path, room: int) -> int:
    """Write a member; return how many bytes it has that could have been packed."""
    with archive.open(member) as source, to.open("xb") as target:
        if member.filename == DATABASE or _DRAFT.fullmatch(member.filename):
            size = 0
            # What the archive says of its sizes is not believed.
            while size <= room and (block := source.read(_BLOCK)):
                size += target.write(block)
            return size
        data = source.read(BYTES_AT_MOST)
        if problem := why_damaged(to.name, data):
            raise PictureDamaged(
                f"The picture {to.name} in the backup is not what its name says: {problem}.",
                "Restore another backup.",
            )
        target.write(data)
        return 0


def _too_large(file: Path) -> BadInput:
    return BadInput(
        f"{file.name} would unpack to more than {_MOST_TIMES} times its size.",
        "No backup of a desk does. Give the file that `stonehand backup` wrote.",
    )


def _verify(folder: Path, *, undo: bool) -> tuple[AuditReport, MastheadChain, dict[str, LogTip]]:
    check_header(folder)
    database = Database(folder)
    try:
        with database.read() as connection:
            problems = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if problems != ["ok"]:
            raise damaged(folder, f"its database says: {problems[0]}")
        upgrade(database, folder)
        with database.read() as connection:
            report = verification.verify_desk(connection, None)
            chain, tips = read_chain(connection), last_entries(connection)
            undone = () if undo or report.broken_at else undone_decisions(connection)
        if undone:
            raise WouldUndo(
                "The backup is older than what was done since on this desk.",
                "To restore it all the same: stonehand restore-desk FILE DESK --undo.",
                undone,
            )
        if report.broken_at:
            raise UntrustedSignature(
                f"The backup was changed after it was made. {report.reason}",
                "Restore another backup.",
            )
        return report, chain, tips
    finally:
        database.close()


def _no_backup(file: Path) -> BadInput:
    return BadInput(
        f"{file.name} is not a backup of a desk, or it is damaged.",
        "Give the file that `stonehand backup` wrote.",
    )
