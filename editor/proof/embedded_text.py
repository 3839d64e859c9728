"""Reads the words in IPTC-IIM, EXIF and the texts of a PNG, whatever their encoding claims.

What is read has the names that `embedded_words` puts together: `caption`, `credit`, `creator`,
`alt`, `rights`, `usage`, `until`, `city`, `state`, `country`, `taken`.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping

_IIM_NAMES: Mapping[int, str] = {
    37: "until",
    40: "usage",
    55: "taken",
    80: "creator",
    90: "city",
    95: "state",
    101: "country",
    110: "credit",
    116: "rights",
    120: "caption",
}
"""The datasets of the application record (IPTC-IIM 4.2, 6) that a story can use."""
_CHARSET = (1, 90)
_CHARSETS = {b"\x1b%G": "utf-8", b"\x1b.A": "latin-1", b"\x1b-A": "latin-1", b"\x1b/A": "latin-1"}
"""Escape sequences of ISO/IEC 2022 that newsrooms' programs write."""

_DESCRIPTION, _ARTIST, _COPYRIGHT, _EXIF_IFD, _TAKEN = 0x010E, 0x013B, 0x8298, 0x8769, 0x9003
_ASCII, _LONG, _UTF_8 = 2, 4, 129
_ENTRIES_AT_MOST = 500

_PNG_NAMES: Mapping[bytes, str] = {
    b"Description": "caption",
    b"Author": "creator",
    b"Copyright": "rights",
}
"""Keywords that the standard names (PNG, 11.3.3.1)."""


def read_iim(block: bytes) -> dict[str, str]:
    """Read a block of IPTC-IIM; the datasets before one that is broken count."""
    datasets = defaultdict[tuple[int, int], list[bytes]](list)
    for record, number, content in _datasets(block):
        datasets[record, number].append(content)
    charset = _CHARSETS.get(b"".join(datasets[_CHARSET]), "cp1252")
    found = {}
    for number, name in _IIM_NAMES.items():
        texts = [decoded(content, charset) for content in datasets[2, number]]
        if joined := ", ".join(filter(None, texts)):
            found[name] = joined
    return found


def _datasets(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 5 <= len(block) and block[at] == 0x1C:
        record, number, length = struct.unpack_from(">BBH", block, at + 1)
        at += 5
        if length & 0x8000:  # an extended one says how many bytes its length has
            digits = length & 0x7FFF
            length = int.from_bytes(block[at : at + digits], "big")
            at += digits
        yield record, number, block[at : at + length]
        at += length


def read_exif(block: bytes) -> dict[str, str]:
    """Read a block of EXIF (JEITA CP-3451X): words, and when it was taken. Never a position."""
    tiff = block.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4], "")
    if not order:
        return {}
    first = _directory(tiff, order, tiff[4:8])
    exif = _directory(tiff, order, first.get(_EXIF_IFD, b""))
    found = {
        "caption": decoded(first.get(_DESCRIPTION, b"")),
        "creator": decoded(first.get(_ARTIST, b"")),
        # The photographer's, and after a NUL the editor's.
        "rights": ", ".join(filter(None, map(decoded, first.get(_COPYRIGHT, b"").split(b"\0")))),
        "taken": decoded(exif.get(_TAKEN, b"")),
    }
    return {name: text for name, text in found.items() if text}


def _directory(tiff: bytes, order: str, pointer: bytes) -> dict[int, bytes]:
    """Return the texts of the directory that a pointer leads to, and where there are others."""
    found: dict[int, bytes] = {}
    try:
        [start] = struct.unpack(f"{order}I", pointer)
        [count] = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(start + 2, start + 2 + 12 * min(count, _ENTRIES_AT_MOST), 12):
            tag, kind, length = struct.unpack_from(f"{order}HHI", tiff, entry)
            value = tiff[entry + 8 : entry + 12]
            if kind in (_ASCII, _UTF_8) and length > 4:
                [place] = struct.unpack(f"{order}I", value)
                found[tag] = tiff[place : place + length]
            elif kind in (_ASCII, _UTF_8):
                found[tag] = value[:length]
            elif kind == _LONG and tag == _EXIF_IFD:
                found[tag] = value
    except struct.error:
        pass  # it is cut short: what was read so far counts
    return found


def read_png_texts(texts: tuple[tuple[bytes, bytes], ...]) -> dict[str, str]:
    """Read the texts of a PNG by their keywords."""
    return {
        _PNG_NAMES[keyword]: words
        for keyword, text in texts
        if keyword in _PNG_NAMES and (words := decoded(text, "latin-1"))
    }


def decoded(content: bytes, charset: str = "cp1252") -> str:
    """Decode a text: as UTF-8 if it is that, for nothing else is by chance; else as it says."""
    content = content.strip(b"\0 \t\r\n")
    try:
        return content.decode()
    except UnicodeDecodeError:
        other = "cp1252" if charset == "utf-8" else charset
        return content.decode(other, errors="replace").replace("\ufffd", "")
