"""The blocks of metadata in a picture file, cut out of it and not yet read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import md5
from typing import NamedTuple

from editor.proof.picture_parts import jpeg_segments, png_chunks, webp_chunks

BYTES_AT_MOST = 1_000_000
"""Of one block. What is longer is no caption, and is not read."""

_APP1, _APP13, _SCAN = 0xE1, 0xED, 0xDA
_EXIF, _XMP, _PHOTOSHOP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0"
# Image resources (Adobe Photoshop File Formats): IPTC-IIM, and its digest when XMP was written.
_IIM, _DIGEST = 0x0404, 0x0425
_PNG_XMP = b"XML:com.adobe.xmp"


class EmbeddedBlocks(NamedTuple):
    """The blocks of one file, each empty where there is none.

    `iim_changed` says that a program that knows no XMP wrote IIM after XMP was written.
    `texts` are those of a PNG by their keywords.
    """

    exif: bytes = b""
    xmp: bytes = b""
    iim: bytes = b""
    iim_changed: bool = False
    texts: tuple[tuple[bytes, bytes], ...] = ()


def embedded_blocks(kind: str, data: bytes) -> EmbeddedBlocks:
    """Cut the metadata out of a file of a kind. What can't be followed is not there."""
    return {"jpg": _in_jpeg, "png": _in_png, "webp": _in_webp}[kind](data)


def _in_jpeg(data: bytes) -> EmbeddedBlocks:
    exif = xmp = resources = b""
    for marker, segment in jpeg_segments(data):
        if marker == _SCAN:
            break
        content = segment[4:]
        if marker == _APP1 and content.startswith(_EXIF):
            exif = exif or content
        elif marker == _APP1 and content.startswith(_XMP):
            xmp = xmp or content.removeprefix(_XMP)
        elif marker == _APP13 and content.startswith(_PHOTOSHOP):
            resources += content.removeprefix(_PHOTOSHOP)
    found = dict(_resources(resources[:BYTES_AT_MOST]))
    iim, digest = found.get(_IIM, b""), found.get(_DIGEST, b"")
    is_changed = len(digest) == 16 and digest != md5(iim, usedforsecurity=False).digest()
    return EmbeddedBlocks(exif, xmp, iim, is_changed)


def _resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each image resource with its number: four letters, number, name, length, content."""
    at = 0
    while len(data) - at >= 12 and data[at : at + 4].isalnum():
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        at += 6 + (data[at + 6] + 2) // 2 * 2
        length = int.from_bytes(data[at : at + 4], "big")
        yield number, data[at + 4 : at + 4 + length]
        at += 4 + (length + 1) // 2 * 2


def _in_png(data: bytes) -> EmbeddedBlocks:
    exif, xmp, texts = b"", b"", list[tuple[bytes, bytes]]()
    for name, chunk in png_chunks(data):
        if len(chunk) > BYTES_AT_MOST:
            continue
        content = chunk[8:-4]
        if name == b"eXIf":
            exif = content
        elif name == b"iTXt":
            keyword, text = _international_text(content)
            if keyword == _PNG_XMP:
                xmp = text
            else:
                texts.append((keyword, text))
        elif name == b"tEXt":
            keyword, _, text = content.partition(b"\0")
            texts.append((keyword, text))
    return EmbeddedBlocks(exif, xmp, texts=tuple(texts))


def _international_text(content: bytes) -> tuple[bytes, bytes]:
    """Return keyword and text of an iTXt chunk (PNG 11.3.3.4), unpacked where it is packed."""
    keyword, _, rest = content.partition(b"\0")
    is_packed = rest[:1] == b"\1"
    text = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    if is_packed:
        try:
            text = zlib.decompressobj().decompress(text, BYTES_AT_MOST)
        except zlib.error:
            text = b""
    return keyword, text


def _in_webp(data: bytes) -> EmbeddedBlocks:
    found = {name: content for name, content in webp_chunks(data) if len(content) <= BYTES_AT_MOST}
    return EmbeddedBlocks(found.get(b"EXIF", b""), found.get(b"XMP ", b""))
