"""Puts metadata into encoded pictures as bytes, so that new words never mean new pixels.

It reads only what `picture_encoder` wrote: anything else is an error of ours.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from editor.proof.picture_metadata import Metadata
from editor.proof.picture_recipes import XMP_PLACE

_XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_FLAG = 0x04
_SIDE_BITS = 0x3FFF


def with_metadata(kind: str, encoded: bytes, metadata: Metadata) -> bytes:
    """Return an encoded picture with its metadata; raises ValueError for what we did not encode."""
    insert = {"jpg": _into_jpeg, "webp": _into_webp, "avif": _into_avif}[kind]
    return insert(encoded, metadata)


def _into_jpeg(encoded: bytes, metadata: Metadata) -> bytes:
    """Insert XMP and IPTC after the JFIF segment (XMP Specification Part 3, 1.1.3)."""
    if encoded[:4] != b"\xff\xd8\xff\xe0":
        raise ValueError("no JFIF file")
    at = 4 + int.from_bytes(encoded[4:6], "big")
    resource = struct.pack(">4sHHI", b"8BIM", 0x0404, 0, len(metadata.iim)) + metadata.iim
    iptc = b"Photoshop 3.0\0" + resource + bytes(len(metadata.iim) % 2)
    segments = _segment(0xE1, _XMP_NAME + metadata.xmp) + _segment(0xED, iptc)
    return encoded[:at] + segments + encoded[at:]


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _into_webp(encoded: bytes, metadata: Metadata) -> bytes:
    """Put the picture into the extended format, with a chunk of XMP at the end (RFC 9649, 2.7)."""
    if encoded[:4] != b"RIFF" or encoded[8:16] != b"WEBPVP8 ":
        raise ValueError("no simple lossy WebP file")
    # The frame's header (RFC 6386, 9.1): a tag of three bytes, three start bytes, two sides.
    width, height = (side & _SIDE_BITS for side in struct.unpack_from("<HH", encoded, 26))
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunks = (
        _chunk(b"VP8X", struct.pack("<I", _XMP_FLAG) + canvas),
        encoded[12:],
        _chunk(b"XMP ", metadata.xmp),
    )
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _into_avif(encoded: bytes, metadata: Metadata) -> bytes:
    """Replace the XMP that holds the place, and move what follows it (ISO/IEC 14496-12, 8.11)."""
    boxes = {name: (at, end) for name, at, end in _boxes(encoded, 0, len(encoded))}
    meta, data = boxes[b"meta"], boxes[b"mdat"]
    [table] = [at for name, at, _end in _boxes(encoded, meta[0] + 12, meta[1]) if name == b"iloc"]
    changed = bytearray(encoded)
    growth, place = len(metadata.xmp) - len(XMP_PLACE), 0
    extents = list(_extents(encoded, table))
    for entry, offset, length in extents:
        if encoded[offset : offset + length] == XMP_PLACE:
            place = offset
            struct.pack_into(">II", changed, entry, offset, len(metadata.xmp))
    if not place or data[1] != len(encoded):
        raise ValueError("no AVIF file with a place for XMP at its end")
    for entry, offset, _length in extents:
        if offset > place:
            struct.pack_into(">I", changed, entry, offset + growth)
    struct.pack_into(">I", changed, data[0], data[1] - data[0] + growth)
    changed[place : place + len(XMP_PLACE)] = metadata.xmp
    return bytes(changed)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name, start and end of each box between two places."""
    while at < end:
        size, name = struct.unpack_from(">I4s", data, at)
        yield name, at, at + size
        at += max(8, size)


def _extents(data: bytes, table: int) -> Iterator[tuple[int, int, int]]:
    """Yield where each extent of an item location box is written, its offset and its length."""
    version, sizes, count = struct.unpack_from(">I2sH", data, table + 8)
    if version or sizes != b"\x44\x00":
        raise ValueError("offsets and lengths are not as libavif writes them")
    at = table + 16
    for _item in range(count):
        [extents] = struct.unpack_from(">H", data, at + 4)
        for entry in range(at + 6, at + 6 + 8 * extents, 8):
            yield entry, *struct.unpack_from(">II", data, entry)
        at += 6 + 8 * extents
