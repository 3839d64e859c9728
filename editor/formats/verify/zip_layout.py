"""The layout of a zip file: only bytes that every unpacker reads as the same entries.

Unpackers read the central directory, or the header before each entry, or what an extra
field says instead. So all of them must say the same, and nothing may be in between.
"""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from editor.errors import BadInput
from editor.formats.verify.report import printable
from editor.i18n import _

# APPNOTE.TXT 6.3.10: sections 4.3.7, 4.3.12, 4.3.16, 4.3.14 and 4.3.15.
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_IS_STREAMED = 0x8
_IS_UTF_8 = 0x800
_IN_EXTRA = 0xFFFFFFFF
_ZIP_64 = 0x0001
_HARMLESS = frozenset({_ZIP_64, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0xCAFE})
"""Extra fields for sizes, times and owners. Others may name another file, or make it a link."""


class _Directory(NamedTuple):
    """Where the central directory is, in bytes from the start, and how many entries it has."""

    start: int
    end: int
    entries: int


def check_layout(path: Path, file: IO[bytes], entries: Iterable[zipfile.ZipInfo]) -> None:
    """Raise BadInput for a zip file in which another program may see other files. Raises OSError.

    `entries` are all that Python found in `file`. Only headers are read, one at a time.
    """
    if problem := next(_problems(file, list(entries)), ""):
        raise BadInput(
            _("Programs may see different files in “{name}”: {problem}").format(
                name=path.name, problem=problem
            ),
            _("Unpack it into an empty folder, and check that folder."),
        )


def _problems(file: IO[bytes], entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    directory = _directory(file)
    if directory is None:
        yield _("there is something before or after it, or its end is damaged.")
        return
    sizes = (_CENTRAL.size + len(_name(entry)) + len(entry.extra) for entry in entries)
    if (
        directory.entries != len(entries)
        or any(entry.comment for entry in entries)
        or sum(sizes) != directory.end - directory.start
        or not _is_last_complete(file, entries, directory)
    ):
        yield _("there is more in its directory than the entries.")
        return
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        shown = printable(entry.orig_filename)
        if entry.header_offset != at:
            yield _("there is something before {name} that is in no directory.").format(name=shown)
        found = _entry_end(file, entry)
        if isinstance(found, str):
            yield found.format(name=shown)
            return
        at = found
    if at != directory.start:
        yield _("there is something after the last entry that is in no directory.")


def _directory(file: IO[bytes]) -> _Directory | None:
    """Read the end record, which has no comment, and that for large files; None for others."""
    size = file.seek(0, os.SEEK_END)
    at = size - _END.size
    end = _unpack(_END, file, at)
    if end is None or end[0] != b"PK\5\6" or end[1:3] != (0, 0) or end[3] != end[4] or end[7]:
        return None
    entries, length, start = end[4:7]
    locator = _unpack(_LOCATOR_64, file, at - _LOCATOR_64.size)
    if locator is not None and locator[0] == b"PK\6\7":
        at -= _LOCATOR_64.size + _END_64.size
        large = _unpack(_END_64, file, at)
        if large is None or locator[1:] != (0, at, 1) or large[:2] != (b"PK\6\6", 44):
            return None
        if large[4:6] != (0, 0) or large[6] != large[7]:
            return None
        most = (0xFFFF, _IN_EXTRA, _IN_EXTRA)
        short = zip((entries, length, start), large[7:], most, strict=True)
        # Every program must find the same, also one that does not know large files.
        if any(value not in (whole, instead) for value, whole, instead in short):
            return None
        entries, length, start = large[7:]
    return _Directory(start, at, entries) if start + length == at else None


def _is_last_complete(
    file: IO[bytes], entries: list[zipfile.ZipInfo], directory: _Directory
) -> bool:
    """Whether the last entry's name and fields end where the directory does."""
    if not entries:
        return True
    name, extra = _name(entries[-1]), entries[-1].extra
    at = directory.end - _CENTRAL.size - len(name) - len(extra)
    header = _unpack(_CENTRAL, file, at)
    return header is not None and header[10:13] == (len(name), len(extra), 0)


def _entry_end(file: IO[bytes], entry: zipfile.ZipInfo) -> int | str:
    """Return where an entry ends, or what is wrong with it."""
    header = _unpack(_LOCAL, file, entry.header_offset)
    if header is None or header[0] != b"PK\3\4":
        return _("{name} has no header.")
    flags, method, crc, packed, size, name_size, extra_size = header[2], header[3], *header[6:]
    if file.read(name_size) != _name(entry):
        return _("{name} has another name in its own header.")
    if flags & _IS_STREAMED:
        return _("{name} was packed without its size, as some programs do.")
    extra = file.read(extra_size)
    fields = _fields(extra)
    if len(extra) != extra_size or fields is None or _fields(entry.extra) is None:
        return _("{name} has a field that may name another file, or is damaged.")
    large = fields.get(_ZIP_64, b"")
    if size == _IN_EXTRA and len(large) >= 8:
        size, large = int.from_bytes(large[:8], "little"), large[8:]
    if packed == _IN_EXTRA and len(large) >= 8:
        packed = int.from_bytes(large[:8], "little")
    written = (flags, method, crc, packed, size)
    listed = (entry.flag_bits, entry.compress_type, entry.CRC, entry.compress_size)
    if written != (*listed, entry.file_size):
        return _("{name} is described differently in its own header.")
    return entry.header_offset + _LOCAL.size + len(_name(entry)) + len(extra) + entry.compress_size


def _fields(extra: bytes) -> dict[int, bytes] | None:
    """Return the extra fields by their kind; None for one twice, damaged, or not harmless."""
    found: dict[int, bytes] = {}
    while extra:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if len(extra) < 4 + size or kind in found or kind not in _HARMLESS:
            return None
        found[kind], extra = extra[4 : 4 + size], extra[4 + size :]
    return found


def _name(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry's name, as Python decoded them (APPNOTE.TXT, appendix D)."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _IS_UTF_8 else "cp437")


def _unpack(kind: struct.Struct, file: IO[bytes], at: int) -> tuple[Any, ...] | None:
    """Read a record; None where the file is too short for it."""
    if at < 0:
        return None
    file.seek(at)
    data = file.read(kind.size)
    return kind.unpack(data) if len(data) == kind.size else None
