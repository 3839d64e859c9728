"""A picture file cut into what decodes its pixels, and the little else that matters.

Metadata never reaches the decoder: there is much of it, every program writes its
own, and nothing in it changes how a picture looks but its orientation and its
colour profile.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from editor.proof.picture_file import check_frames, check_scans

_PROFILE_AT_MOST = 16_000_000
_ORIENTATION, _SHORT = 0x0112, 3

# JPEG (ITU-T T.81, B.1.1.3): markers are FF and a byte; FF 00 and FF D0…D7 are inside a scan.
_APP1, _APP13, _COMMENT, _SCAN, _END = 0xE1, 0xED, 0xFE, 0xDA, 0xD9
_ALONE = (0x00, 0x01, *range(0xD0, 0xD8))
_MARKER = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])")

_PNG_START = 8
_PNG_PIXELS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


class PictureParts(NamedTuple):
    """The pixels' own bytes, still a whole file of its kind, and what was beside them."""

    pixels: bytes
    orientation: int = 1
    """As EXIF counts it, 1 to 8; 1 is upright."""
    profile: bytes = b""
    """The ICC profile of a PNG; those of other kinds are in `pixels`."""
    is_whole: bool = True
    """Whether a JPEG has the mark of its end."""


def picture_parts(kind: str, data: bytes) -> PictureParts:
    """Cut a file of this kind. Raises UnreadablePicture for too many scans or frames.

    What can't be followed is left to the decoder, which refuses it or not.
    """
    return {"jpg": _jpeg_parts, "png": _png_parts, "webp": _webp_parts}[kind](data)


def exif_orientation(exif: bytes) -> int:
    """Read the orientation in a block of EXIF; 1 where there is none or it is no such number."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4], "")
    if not order:
        return 1
    try:
        [at] = struct.unpack_from(f"{order}I", tiff, 4)
        [count] = struct.unpack_from(f"{order}H", tiff, at)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, type_, _count, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == _ORIENTATION:
                return value if type_ == _SHORT and 1 <= value <= 8 else 1
    except struct.error:
        return 1  # it is cut short
    return 1


def _jpeg_parts(data: bytes) -> PictureParts:
    kept, exif, scans, marker = [data[:2]], b"", 0, 0
    for marker, segment in jpeg_segments(data):
        if marker == _APP1:
            exif = exif or (segment[4:] if segment[4:].startswith(b"Exif\0\0") else b"")
        elif marker not in (_APP13, _COMMENT):
            kept.append(segment)
        scans += marker == _SCAN
    check_scans(scans)
    orientation = exif_orientation(exif)
    return PictureParts(b"".join(kept), orientation, is_whole=marker == _END)


def jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each marker with its bytes, up to the end of the picture; a phone adds others."""
    at = 2
    while found := _MARKER.search(data, at):
        at = found.start()
        marker = data[at + 1]
        end = at + 2
        if marker not in (_END, *_ALONE):
            end += int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            following = _MARKER.search(data, end)
            end = following.start() if following else len(data)
        yield marker, data[at:end]
        if marker == _END:
            return
        at = end


def _png_parts(data: bytes) -> PictureParts:
    kept, exif, profile = [data[:_PNG_START]], b"", b""
    for name, chunk in png_chunks(data):
        content = chunk[8:-4]
        if name == b"acTL":
            check_frames(int.from_bytes(content[:4], "big"))
        elif name == b"eXIf":
            exif = content
        elif name == b"iCCP":
            profile = _png_profile(content)
        elif name in _PNG_PIXELS or not name[:1].islower():
            kept.append(chunk)
    return PictureParts(b"".join(kept), exif_orientation(exif), profile)


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's name with all its bytes, up to the last one."""
    at = _PNG_START
    while at < len(data):
        name = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        yield name, data[at:end]
        if name == b"IEND":
            return
        at = end


def _png_profile(content: bytes) -> bytes:
    """Unpack a colour profile; none where it is damaged, or nothing but large."""
    packed = content.partition(b"\0")[2][1:]
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed, _PROFILE_AT_MOST)
    except zlib.error:
        return b""
    return b"" if unpacker.unconsumed_tail else profile


def _webp_parts(data: bytes) -> PictureParts:
    """Find the EXIF block and count the frames; the decoder ignores the other chunks."""
    exif, frames = b"", 0
    for name, content in webp_chunks(data):
        if name == b"EXIF":
            exif = content
        frames += name == b"ANMF"
    check_frames(frames)
    return PictureParts(data, exif_orientation(exif))


def webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's name and content (RFC 9649, 2.3)."""
    at = 12
    while at < len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
