"""The ZIP file of a backup: which members it may have, and how they are read and written.

`desk.sqlite3`, then `drafts/…`, `pictures/…` and `themes/…` by name; or, where it has only the
changes since another backup, `changes.json` and `pages` in the place of the database (see
`changed_pages`). Files that somebody else wrote are read by these rules, too.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from editor.core.story import is_picture_name
from editor.errors import BadInput, PictureDamaged
from editor.i18n import _
from editor.proof.picture_file import BYTES_AT_MOST
from editor.store.db.engine import DATABASE
from editor.store.pictures import why_damaged

PICTURES = "pictures/"
DRAFTS = "drafts/"
THEMES = "themes/"
CHANGES, PAGES = "changes.json", "pages"

NO_ZIP = (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError)
"""What Python raises for a file that is not one of its ZIP files."""

_DRAFT = re.compile(r"drafts/[\w%][\w.~%-]{0,254}", re.A)
"""Names of drafts are percent-encoded; none leads out of the desk, or is longer than a name is."""

_THEME = re.compile(
    r"themes/[a-z0-9][a-z0-9-]{0,99}/(?:theme\.toml|tokens\.css|site\.css|templates/[a-z_]{1,41}\.html)"
)

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAST = 1
"""A desk of 100,000 stories takes a minute less than with the usual level, and 15 % more room."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
BLOCK = 1 << 20
_BLOCKS_AT_ONCE = 2 * (os.cpu_count() or 1)
"""How many blocks wait for a processor, or to be written."""

_LEAST_ROOM = 256 << 20
_MOST_TIMES = 100
"""A backup unpacks to this many times its size at most: text is written at ten to one. A file
made to fill the disk has a thousand to one."""


class Room:
    """How much a backup may still unpack to; `on_taken` is told of the bytes that are taken."""

    def __init__(self, *files: Path, on_taken: Callable[[int], None] = lambda _size: None) -> None:
        self._name, self._on_taken = files[0].name, on_taken
        self.left = max(_LEAST_ROOM, _MOST_TIMES * sum(file.stat().st_size for file in files))

    def take(self, size: int) -> None:
        """Take room for so many bytes. Raises BadInput where there is none left."""
        self.left -= size
        if self.left < 0:
            raise BadInput(
                _("{name} would unpack to more than {most_times} times its size.").format(
                    name=self._name, most_times=_MOST_TIMES
                ),
                _("No backup of a desk does. Give the file that `stonehand backup` wrote."),
            )
        self._on_taken(size)


def is_backup(file: Path) -> bool:
    """Whether a file is a backup, whole or of changes. Raises OSError where it can't be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _are_members(archive.namelist())
    except NO_ZIP:
        return False


def is_desk_file(name: str) -> bool:
    """Whether a member is a file that a desk has beside its database, by its name."""
    return is_picture(name) or is_draft(name) or is_theme_file(name)


def is_picture(name: str) -> bool:
    """Whether a member or a desk's file is a picture by its name."""
    return name.startswith(PICTURES) and is_picture_name(name.removeprefix(PICTURES))


def is_draft(name: str) -> bool:
    """Whether a member or a desk's file is a draft by its name."""
    return _DRAFT.fullmatch(name) is not None


def is_theme_file(name: str) -> bool:
    """Whether a member or a desk's file is a theme's by its name."""
    return _THEME.fullmatch(name) is not None


@contextmanager
def reading(file: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup to read it. Raises BadInput, with its name, for what is none or damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            if not _are_members(archive.namelist()) or any(
                member.compress_type not in _COMPRESSIONS for member in archive.infolist()
            ):
                raise no_backup(file)
            yield archive
    except (*NO_ZIP, EOFError, RuntimeError, zlib.error) as error:
        raise no_backup(file) from error


def blocks(archive: zipfile.ZipFile, name: str, room: Room) -> Iterator[bytes]:
    """Yield a member in blocks; what the file says of its sizes is not believed."""
    with archive.open(name) as source:
        while block := source.read(BLOCK):
            room.take(len(block))
            yield block


def unpack_picture(archive: zipfile.ZipFile, name: str, to: Path, room: Room) -> None:
    """Write a picture. Raises PictureDamaged where it is not the original."""
    with archive.open(name) as source:
        data = source.read(BYTES_AT_MOST)
    room.take(len(data))
    if problem := why_damaged(to.name, data):
        raise PictureDamaged(
            _("A picture in the backup is not the original: {problem}.").format(problem=problem),
            _("Restore another backup."),
        )
    with to.open("xb") as target:
        target.write(data)


def pack(
    archive: zipfile.ZipFile, name: str, data: Iterable[bytes], on_packed: Callable[[int], None]
) -> None:
    """Add a member from its blocks, compressed; `on_packed` is told of the bytes of each."""
    info = _info(name, zipfile.ZIP_DEFLATED)
    with (
        ThreadPoolExecutor(os.cpu_count()) as pool,
        archive.open(info, "w", force_zip64=True) as target,
    ):
        # The module's own compressor uses one processor, and packing is most of a backup.
        target._compressor = _Compressor(pool)  # type: ignore[attr-defined]
        for block in data:
            target.write(block)
            on_packed(len(block))


class _Compressor:
    """Compresses the blocks of a member on every processor; joined, they are one deflate stream."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._blocks: deque[Future[bytes]] = deque()

    def compress(self, block: bytes) -> bytes:
        """Take a block; return what is ready of those before."""
        # zlib computes without Python's lock.
        self._blocks.append(self._begin(block))
        return self._blocks.popleft().result() if len(self._blocks) > _BLOCKS_AT_ONCE else b""

    def _begin(self, block: bytes) -> Future[bytes]:
        try:
            return self._pool.submit(_deflated, block)
        except RuntimeError:  # the system allows no more threads
            done = Future[bytes]()
            done.set_result(_deflated(block))
            return done

    def flush(self) -> bytes:
        """Return the rest, and the end of the stream."""
        return b"".join(
            [*(block.result() for block in self._blocks), _deflated(b"", zlib.Z_FINISH)]
        )


def _deflated(block: bytes, end: int = zlib.Z_FULL_FLUSH) -> bytes:
    """Compress a block, so that the next one may follow (RFC 1951)."""
    packer = zlib.compressobj(_FAST, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(block) + packer.flush(end)


def pack_picture(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a picture as it is: pictures are compressed already."""
    archive.writestr(_info(name, zipfile.ZIP_STORED), data)


def file_blocks(path: Path) -> Iterator[bytes]:
    """Yield a file in blocks; nothing of a draft that was saved in the meantime.

    The next backup has it in its database.
    """
    try:
        with path.open("rb") as source:
            while block := source.read(BLOCK):
                yield block
    except FileNotFoundError:
        return


def no_backup(file: Path) -> BadInput:
    """The error for a file that is none."""
    return BadInput(
        _("{name} is not a backup of a desk, or it is damaged.").format(name=file.name),
        _("Give the file that `stonehand backup` wrote."),
    )


def _are_members(names: list[str]) -> bool:
    """Whether a backup may have exactly these files: the database or its changes, and the rest."""
    found = {*names}
    start = {DATABASE} if DATABASE in found else {CHANGES, PAGES}
    return len(found) == len(names) and start <= found and all(map(is_desk_file, found - start))


def _info(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info
