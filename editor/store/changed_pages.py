"""A database as the pages that differ from the one in an earlier backup.

`changes.json` names the file of that backup, the SHA-256 of its database, how many bytes the
new database has, and which pictures are in the earlier file. `pages` is the rest: for each
page that differs its number (8 bytes, from 0), then its 4,096 bytes.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from editor.errors import BadInput, EditorError, NotFound
from editor.files import parse_json
from editor.i18n import _
from editor.store.backup_file import (
    CHANGES,
    PAGES,
    PICTURES,
    Room,
    blocks,
    is_picture,
    no_backup,
    reading,
)
from editor.store.db.engine import DATABASE

PAGE = 4096
_NUMBER = 8
_SHA256 = re.compile("[0-9a-f]{64}")
_LONGEST = 64 << 20  # bytes of changes.json


@dataclass(frozen=True, slots=True)
class Base:
    """The earlier backup that another one builds on.

    `sha256` is that of its database. The new one has `size` bytes; `pictures` are the names of
    those that are only in the earlier file.
    """

    file: str
    sha256: str
    size: int
    pictures: tuple[str, ...]

    def to_json(self) -> bytes:
        """What `changes.json` says."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, archive: zipfile.ZipFile, file: Path) -> Self:
        """Read what a backup of changes says. Raises BadInput."""
        try:
            with archive.open(CHANGES) as source:
                value: Any = parse_json(source.read(_LONGEST))
            name, digest, size, pictures = (str(value["file"]), value["sha256"], *_sizes(value))
        except (ValueError, TypeError, KeyError) as error:
            raise no_backup(file) from error
        is_plain = name == Path(name).name and "\\" not in name and name not in {"", ".", ".."}
        is_plain &= name.isprintable()
        if not (is_plain and isinstance(digest, str) and _SHA256.fullmatch(digest)):
            raise no_backup(file)
        return cls(name, digest, size, pictures)


def _sizes(value: Any) -> tuple[int, tuple[str, ...]]:
    size, pictures = value["size"], tuple(value["pictures"])
    if type(size) is not int or size < 0 or size % PAGE:
        raise ValueError("no size of a database")
    if len({*pictures}) != len(pictures) or not all(is_picture(PICTURES + p) for p in pictures):
        raise ValueError("no pictures")
    return size, pictures


@dataclass(frozen=True, slots=True)
class PageComparison:
    """How a database differs from that of an earlier backup: `pages` are the numbers."""

    file: Path
    sha256: str
    pictures: frozenset[str]
    pages: tuple[int, ...]


def compare(new: Path, base: Path, on_compared: Callable[[int], None]) -> PageComparison | None:
    """Compare a database with the one in a backup; None where that is no whole backup.

    `on_compared` is told of the bytes of each block.
    """
    digest, changed, place = sha256(), [], 0
    try:
        with reading(base) as archive, new.open("rb") as source:
            if DATABASE not in archive.namelist():
                return None
            for block in blocks(archive, DATABASE, Room(base)):
                digest.update(block)
                changed += _changed(source.read(len(block)), block, place)
                place += len(block) // PAGE
                on_compared(len(block))
            pictures = frozenset(name for name in archive.namelist() if is_picture(name))
    except EditorError:
        return None
    size = new.stat().st_size
    if size % PAGE:
        return None
    changed += range(place, size // PAGE)
    return PageComparison(base, digest.hexdigest(), pictures, tuple(changed))


def _changed(new: bytes, old: bytes, place: int) -> list[int]:
    """The numbers of the pages of a block that differ; it begins with the page `place`."""
    if new == old:
        return []
    return [
        place + start // PAGE
        for start in range(0, len(new), PAGE)
        if new[start : start + PAGE] != old[start : start + PAGE]
    ]


def changed_blocks(new: Path, pages: tuple[int, ...]) -> Iterator[bytes]:
    """Yield what the member `pages` has."""
    with new.open("rb") as source:
        for page in pages:
            source.seek(page * PAGE)
            yield page.to_bytes(_NUMBER) + source.read(PAGE)


def find_base(base: Base, file: Path) -> Path:
    """Find the backup that another one builds on, beside it. Raises NotFound."""
    found = file.parent / base.file
    if not os.path.isfile(found):  # False for a name that no system can have
        raise NotFound(
            _(
                "{name} has only what changed since the backup {file}, which is not in {parent}."
            ).format(name=file.name, file=base.file, parent=file.parent),
            _("Put {file} there, then restore {name} again.").format(
                file=base.file, name=file.name
            ),
        )
    return found


def rebuild(
    archive: zipfile.ZipFile,
    base: Base,
    files: tuple[Path, Path],
    to: Path,
    room: Room,
) -> None:
    """Write the database of a backup of changes. `files` are the earlier backup and this one.

    Raises BadInput, with the name of the file, where one is damaged or another one.
    """
    found, file = files
    digest = sha256()
    with reading(found) as whole, to.open("xb") as target:
        if DATABASE not in whole.namelist():
            raise no_backup(found)
        for block in blocks(whole, DATABASE, room):
            digest.update(block)
            target.write(block)
    if digest.hexdigest() != base.sha256:
        raise BadInput(
            _("{name} is not the backup that {base} builds on, or it is damaged.").format(
                name=found.name, base=file.name
            ),
            _("Put the {file} that was there when {name} was written beside it.").format(
                file=base.file, name=file.name
            ),
        )
    room.take(max(0, base.size - to.stat().st_size))
    with to.open("r+b") as target:
        target.truncate(base.size)
        for page, data in _pages(blocks(archive, PAGES, room), file):
            if (page + 1) * PAGE > base.size:
                raise no_backup(file)
            target.seek(page * PAGE)
            target.write(data)


def _pages(source: Iterator[bytes], file: Path) -> Iterator[tuple[int, bytes]]:
    left, one = b"", _NUMBER + PAGE
    for block in source:
        left += block
        whole = len(left) - len(left) % one
        for start in range(0, whole, one):
            yield (
                int.from_bytes(left[start : start + _NUMBER]),
                left[start + _NUMBER : start + one],
            )
        left = left[whole:]
    if left:
        raise no_backup(file)
