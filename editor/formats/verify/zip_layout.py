"""The layout of a zip file: only bytes that every unpacker reads as the same entries.

Unpackers read the central directory, or the header before each entry, or what an extra
field says instead. So all of them must say the same, and nothing may be in between.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from editor.errors import BadInput
from editor.formats.verify.report import printable
from editor.i18n import N_, _

STORED, DEFLATED = 0, 8
"""The ways of packing that we use (APPNOTE.TXT, 4.4.5)."""

# APPNOTE.TXT 6.3.10: sections 4.3.7, 4.3.12, 4.3.16, 4.3.14 and 4.3.15.
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
# 4.3.9: with the signature that everybody writes, and 8 bytes for sizes of large files.
_SIZES = struct.Struct("<4s3L")
_SIZES_64 = struct.Struct("<4sL2Q")
_IS_STREAMED = 0x8
_IS_UTF_8 = 0x800
_IN_EXTRA = 0xFFFFFFFF
_ZIP_64 = 0x0001
_HARMLESS = frozenset({_ZIP_64, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0xCAFE})
"""Extra fields for sizes, times and owners. Others may name another file, or make it a link."""
_IS_FOLDER, _IS_DEVICE_OR_LINK = 0x10, 0x440
"""Attributes of files on Windows, which some programs believe: [MS-FSCC], 2.6."""
_LONGEST_COMMENT = 0xFFFF
_BYTES_AN_ENTRY, _ALLOWANCE = 512, 1 << 20
"""How long a directory may be: names are in memory. Ours take about 150 bytes."""
_FIELD = N_("{name} has a field that may name another file, or is damaged.")


class ZipEntry(NamedTuple):
    """An entry: its name as it is written, and where its `packed` bytes are in the zip file.

    `kind` is that of `stat.S_IFMT`, 0 where none is given.
    """

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    kind: int
    start: int


class _Directory(NamedTuple):
    """Where the central directory is, in bytes from the start, and how many entries it has."""

    start: int
    end: int
    entries: int


class _Listed(NamedTuple):
    """An entry as the central directory has it: `offset` is where its own header is."""

    name: bytes
    entry: ZipEntry
    offset: int


class _Ambiguous(Exception):
    """What programs read differently: the sentence. Raised and caught in this file only."""


def read_entries(path: Path, file: IO[bytes], most: int) -> list[ZipEntry]:
    """Return the entries of a zip file, of which there may be so many, by their places in it.

    Raises BadInput for what is no zip file, or one in which programs may see different files;
    OSError. Only headers are read, one at a time.
    """
    try:
        directory = _directory(file)
        if directory is None:
            raise _no_zip_file(path, file)
        if directory.entries > most:
            raise BadInput(
                _("“{name}” has more than {most:,} files.").format(name=path.name, most=most),
                _("Choose the zip file of an edition."),
            )
        if directory.end - directory.start > _ALLOWANCE + directory.entries * _BYTES_AN_ENTRY:
            raise BadInput(
                _("“{name}” has names that are far longer than those of an edition.").format(
                    name=path.name
                ),
                _("Don't open it; ask its sender."),
            )
        return list(_checked(file, directory))
    except _Ambiguous as found:
        raise ambiguous(path, str(found)) from None


def ambiguous(path: Path, problem: str) -> BadInput:
    """Return the error for a zip file in which programs may see different files."""
    return BadInput(
        _("Programs may see different files in “{name}”: {problem}").format(
            name=path.name, problem=problem
        ),
        _("Unpack it into an empty folder, and check that folder."),
    )


def _no_zip_file(path: Path, file: IO[bytes]) -> BadInput | _Ambiguous:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END.size - _LONGEST_COMMENT))
    if b"PK\5\6" in file.read():
        return _Ambiguous(_("there is something before or after it, or its end is damaged."))
    file.seek(0)
    if file.read(4) == b"PK\3\4":
        return BadInput(
            _("“{name}” has no end: it was not copied or downloaded to the end.").format(
                name=path.name
            ),
            _("Copy or download it again."),
        )
    return unreadable_zip(path)


def unreadable_zip(path: Path) -> BadInput:
    """Return the error for what is no zip file, or is on a disk that fails."""
    return BadInput(
        _("“{name}” is not a zip file that can be read.").format(name=path.name),
        _("Choose the folder or the zip file that an export made."),
    )


def _checked(file: IO[bytes], directory: _Directory) -> Iterator[ZipEntry]:
    """Yield the entries. Raises _Ambiguous."""
    at = 0
    waiting = sorted(_listed(file, directory), key=lambda listed: listed.offset, reverse=True)
    while waiting:
        listed = waiting.pop()
        if listed.offset != at:
            sentence = _("there is something before {name} that is in no directory.")
            raise _about(sentence, listed.name)
        start, at = _place(file, listed)
        yield listed.entry._replace(start=start)
    if at != directory.start:
        raise _Ambiguous(_("there is something after the last entry that is in no directory."))


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


def _listed(file: IO[bytes], directory: _Directory) -> Iterator[_Listed]:
    """Read the central directory, which has nothing but its entries. Raises _Ambiguous."""
    at = directory.start
    for _number in range(directory.entries):
        header = _unpack(_CENTRAL, file, at)
        if header is None or header[0] != b"PK\1\2":
            raise _unlisted()
        flags, method = header[3:5]
        crc, packed, size, name_size, extra_size, comment_size, disk = header[7:14]
        name, extra = file.read(name_size), file.read(extra_size)
        at += _CENTRAL.size + name_size + extra_size
        if comment_size or disk or at > directory.end:
            raise _unlisted()
        size, packed, offset = _whole_sizes(_fields(name, extra), name, size, packed, header[16])
        entry = ZipEntry(
            _decoded(name, flags), flags, method, crc, packed, size, _kind(header[15], name), 0
        )
        yield _Listed(name, entry, offset)
    if at != directory.end:
        raise _unlisted()


def _place(file: IO[bytes], listed: _Listed) -> tuple[int, int]:
    """Return where an entry's bytes begin, and where it ends. Raises _Ambiguous."""
    name, entry = listed.name, listed.entry
    header = _unpack(_LOCAL, file, listed.offset)
    if header is None or header[0] != b"PK\3\4":
        raise _about(_("{name} has no header."), name)
    flags, method, crc, packed, size, name_size, extra_size = header[2], header[3], *header[6:]
    if file.read(name_size) != name:
        raise _about(_("{name} has another name in its own header."), name)
    extra = file.read(extra_size)
    fields = _fields(name, extra) if len(extra) == extra_size else {}
    size, packed = _whole_sizes(fields, name, size, packed)
    start = listed.offset + _LOCAL.size + name_size + extra_size
    written, real = (crc, packed, size), (entry.crc, entry.packed, entry.size)
    is_streamed = bool(flags & _IS_STREAMED)
    is_same = written == real or (is_streamed and _are_later(written, real))
    is_stored_longer = method == STORED and entry.packed != entry.size
    if not is_same or (flags, method) != (entry.flags, entry.method) or is_stored_longer:
        raise _about(_("{name} is described differently in its own header."), name)
    end = start + entry.packed
    return start, _end_of_sizes(file, listed, end, _ZIP_64 in fields) if is_streamed else end


def _are_later(written: tuple[int, ...], real: tuple[int, ...]) -> bool:
    """Whether what a header says is right or 0: then it is after the entry as well."""
    return all(value in (0, right) for value, right in zip(written, real, strict=True))


def _end_of_sizes(file: IO[bytes], listed: _Listed, at: int, is_large: bool) -> int:
    """Return where the sizes end that are after an entry. Raises _Ambiguous.

    The stream of a deflated entry says itself where it ends. A reader of others has to look
    for that place, and may find another one.
    """
    entry = listed.entry
    if entry.method != DEFLATED and entry.size:
        raise _about(_("{name} was packed without its size, and not compressed."), listed.name)
    kind = _SIZES_64 if is_large else _SIZES
    if _unpack(kind, file, at) != (b"PK\7\x08", entry.crc, entry.packed, entry.size):
        raise _about(_("{name} is described differently after its end."), listed.name)
    return at + kind.size


def _whole_sizes(fields: dict[int, bytes], name: bytes, *values: int) -> tuple[int, ...]:
    """Return sizes and offsets, those from the field for large files that are too large (4.5.3).

    Raises _Ambiguous for a field with more or less than those.
    """
    found = [value != _IN_EXTRA for value in values]
    large = fields.get(_ZIP_64, b"")
    if len(large) != 8 * found.count(False):
        raise _about(_(_FIELD), name)
    rest = iter(struct.unpack(f"<{len(large) // 8}Q", large))
    return tuple(value if value != _IN_EXTRA else next(rest) for value in values)


def _fields(name: bytes, extra: bytes) -> dict[int, bytes]:
    """Return the extra fields by kind. Raises _Ambiguous: one twice, damaged, or not harmless."""
    found: dict[int, bytes] = {}
    while extra:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if len(extra) < 4 + size or kind in found or kind not in _HARMLESS:
            raise _about(_(_FIELD), name)
        found[kind], extra = extra[4 : 4 + size], extra[4 + size :]
    return found


def _kind(attributes: int, name: bytes) -> int:
    """Return what an entry is, by what programs on Unix or on Windows believe (4.4.15)."""
    if attributes & _IS_DEVICE_OR_LINK:
        return stat.S_IFLNK
    if attributes & _IS_FOLDER and not name.endswith(b"/"):
        return stat.S_IFDIR
    return stat.S_IFMT(attributes >> 16)


def _decoded(name: bytes, flags: int) -> str:
    """Return a name as text (appendix D). Raises _Ambiguous for one that programs read otherwise.

    How the one folder of a bag is called does not matter.
    """
    if flags & _IS_UTF_8 or name.isascii():
        try:
            return name.decode()
        except UnicodeDecodeError:
            raise _about(_("{name} is no text."), name) from None
    _folder, _slash, path = name.partition(b"/")
    if not path.isascii() or not _slash:
        raise _about(_("{name} has letters that programs read differently."), name)
    return name.decode("cp437")


def _about(sentence: str, name: bytes) -> _Ambiguous:
    return _Ambiguous(sentence.format(name=printable(name.decode("utf-8", "replace"))))


def _unlisted() -> _Ambiguous:
    return _Ambiguous(_("there is more in its directory than the entries."))


def _unpack(kind: struct.Struct, file: IO[bytes], at: int) -> tuple[Any, ...] | None:
    """Read a record; None where the file is too short for it."""
    if at < 0:
        return None
    file.seek(at)
    data = file.read(kind.size)
    return kind.unpack(data) if len(data) == kind.size else None
