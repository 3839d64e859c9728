"""Backing up a whole desk into one file while it is in use, and restoring it.

A ZIP file: `desk.sqlite3`, then `drafts/…` and `pictures/…` by name. Private
keys are not in it: they belong to people, not to the desk.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from editor.errors import BadInput, BadValue, NotFound, UntrustedSignature
from editor.files import building, replacing
from editor.store.db.engine import DATABASE, Database
from editor.store.db.errors import damaged, desk_errors
from editor.store.db.upgrade import check_header, upgrade
from editor.store.log import pins
from editor.store.reading import verification
from editor.store.reading.rows import AuditReport

_FOLDERS = ("drafts", "pictures")
_MEMBER = re.compile(rf"{re.escape(DATABASE)}|(?:{'|'.join(_FOLDERS)})/[\w%][\w.~%-]*", re.A)
"""Every name there may be: none leads out of the desk. Names of drafts are percent-encoded."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1 << 20


def write_backup(database: Database, desk: Path, to: Path) -> None:
    """Write a desk into one file, whole or not at all; on return it survives a power cut.

    Raises BadValue for a folder, NotFound without the folder above, DiskFull, DeskReadOnly.
    """
    to = to.absolute()
    if to.is_dir():
        raise BadValue(f"{to} is a folder.", "Name a file, such as paper.stonehand-backup.")
    if not to.parent.is_dir():
        raise NotFound(f"There is no folder {to.parent}.", "Make it first.")
    with desk_errors(to.parent), TemporaryDirectory(prefix="stonehand-") as folder:
        copy = Path(folder) / DATABASE
        database.backup(copy)
        with replacing(to, private=True) as part, zipfile.ZipFile(part, "w") as archive:
            for name, path in _members(desk, copy):
                _add(archive, name, path)


def restore_backup(file: Path, desk: Path) -> AuditReport:
    """Make a desk from a backup, in a new folder. All of it, or nothing.

    The database and all that was done are verified first. Raises BadValue,
    NotFound, BadInput for what is no backup, DeskDamaged, DeskTooNew,
    UntrustedSignature, DiskFull, DeskReadOnly.
    """
    desk = desk.absolute()
    if desk.exists() or desk.is_symlink():
        raise BadValue(
            f"There is already something at {desk}.", "Restore to a new name, then compare."
        )
    if not desk.parent.is_dir():
        raise NotFound(f"There is no folder {desk.parent}.", "Make it first.")
    if not file.is_file():
        raise NotFound(f"There is no file {file}.", "Give the file that `stonehand backup` wrote.")
    with desk_errors(desk.parent), building(desk) as folder:
        _unpack(file, folder)
        report = _verify(folder)
    pins.forget_place(desk)
    return report


def _members(desk: Path, database: Path) -> Iterator[tuple[str, Path]]:
    yield DATABASE, database
    for folder in _FOLDERS:
        for path in sorted((desk / folder).glob("*")):
            name = f"{folder}/{path.name}"
            if _MEMBER.fullmatch(name) and path.is_file():
                yield name, path


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    # Pictures are compressed already.
    pictures = name.startswith("pictures/")
    info.compress_type = zipfile.ZIP_STORED if pictures else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    try:
        info.file_size = path.stat().st_size
        with path.open("rb") as source, archive.open(info, "w") as target:
            shutil.copyfileobj(source, target, _BLOCK)
    except FileNotFoundError:
        # A draft that was saved in the meantime: the next backup has it in its database.
        return


def _unpack(file: Path, folder: Path) -> None:
    for name in (*_FOLDERS, "backups"):
        (folder / name).mkdir()
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            if DATABASE not in names or len(set(names)) < len(names):
                raise _no_backup(file)
            for member in members:
                if not _MEMBER.fullmatch(member.filename):
                    raise _no_backup(file)
                _extract(archive, member, folder / member.filename)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise _no_backup(file) from error


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> None:
    with archive.open(member) as source, to.open("xb") as target:
        shutil.copyfileobj(source, target, _BLOCK)


def _verify(folder: Path) -> AuditReport:
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
        if report.broken_at:
            raise UntrustedSignature(
                f"The backup was changed after it was made. {report.reason}",
                "Restore another backup.",
            )
        return report
    finally:
        database.close()


def _no_backup(file: Path) -> BadInput:
    return BadInput(
        f"{file.name} is not a backup of a desk, or it is damaged.",
        "Give the file that `stonehand backup` wrote.",
    )
