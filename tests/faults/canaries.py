"""Words that no export may have, and the search for them in every byte of one.

Whatever is secret has a word that begins with SECRET, so one search finds all of it: as it is
written, folded as search folds it, composed or not, escaped as JSON, HTML and addresses escape
it, in hexadecimal digits, in UTF-16, in base64 at any place, and in what is compressed.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import unicodedata
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote

SECRET, PUBLIC = "Qzjxvwkpq", "Qzgxvwkpq"
"""How the words begin that nobody may find, and those that a reader must be able to find."""

ACCENTED, ARABIC = "Qzjxvẅkþq", "ظضغثخذقش"
"""The same for words that are folded, and written in other ways than in ASCII."""

_PNG = b"\x89PNG\r\n\x1a\n"
_GZIP = b"\x1f\x8b\x08"


def secret(name: str) -> str:
    """Words that may be in no export."""
    return f"{SECRET}{name} {ACCENTED}{name} {ARABIC}"


def public(name: str) -> str:
    """A word that readers have."""
    return PUBLIC + name


def found(files: Mapping[str, bytes], words: Iterable[str]) -> list[str]:
    """Say where any of some words is: in which file, or file's name, and what is around it."""
    needles = [needle for word in words for needle in spellings(word)]
    hits = []
    for path, data in files.items():
        for view in (path.encode("utf-8", "surrogateescape"), *views(data)):
            lowered = view.lower()
            for needle, is_exact in needles:
                searched = view if is_exact else lowered
                if (at := searched.find(needle)) >= 0:
                    hits.append(f"{path}: {view[max(0, at - 40) : at + 60]!r}")
                    break
    return hits


def found_bytes(files: Mapping[str, bytes], needles: Mapping[str, bytes]) -> list[str]:
    """Say in which files some bytes are, as they are, in hexadecimal digits or in base64."""
    hits = []
    for path, data in files.items():
        for view in views(data):
            for name, needle in needles.items():
                if (
                    needle in view
                    or needle.hex().encode() in view.lower()
                    or any(part in view for part in _in_base64(needle))
                ):
                    hits.append(f"{path}: {name}")
    return hits


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones as well, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@cache
def spellings(word: str) -> tuple[tuple[bytes, bool], ...]:
    """Every way to write a word: its bytes, and whether its case matters.

    The first letter is left out: the search index of a site leaves out what a word shares
    with the one before.
    """
    forms = {unicodedata.normalize(form, word[1:]) for form in ("NFC", "NFD")}
    forms |= {form.lower() for form in forms} | {form.upper() for form in forms}
    needles: set[tuple[bytes, bool]] = set()
    for form in forms:
        numbered = [
            "".join(f"&#{code(ord(letter))};" if ord(letter) > 127 else letter for letter in form)
            for code in (str, "x{:x}".format)
        ]
        texts = {form, json.dumps(form)[1:-1], quote(form), *numbered}
        needles |= {(text.lower().encode(), False) for text in texts}
        for encoding in ("utf-16-le", "utf-16-be"):
            needles.add((form.encode(encoding), True))
        needles.add((form.encode().hex().encode(), False))
        needles |= {(part, True) for part in _in_base64(form.encode())}
    return tuple(sorted(needles))


def _in_base64(data: bytes) -> Iterator[bytes]:
    """Yield the letters that base64 has for some bytes in the middle of others."""
    for before in range(3):
        start, end = -(-8 * before // 6), 8 * (before + len(data)) // 6
        for encode in (b64encode, urlsafe_b64encode):
            yield encode(bytes(before) + data)[start:end]


def views(data: bytes) -> Iterator[bytes]:
    """Yield some bytes, and whatever is compressed in them."""
    yield data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from views(archive.read(name))
    for at in _places(data, _GZIP):
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(data[at:])
    for at in _places(data, _PNG):
        yield from _unpacked_chunks(data[at:])


def _places(data: bytes, sign: bytes) -> Iterator[int]:
    at = data.find(sign)
    while at >= 0:
        yield at
        at = data.find(sign, at + 1)


def _unpacked_chunks(png: bytes) -> Iterator[bytes]:
    """Yield what is in the compressed chunks of a PNG, wherever in them it begins."""
    at = len(_PNG)
    while at + 8 <= len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        content = png[at + 8 : at + 8 + size]
        if name in (b"zTXt", b"iTXt", b"iCCP"):
            for start in _places(content, b"\0"):
                for skipped in (1, 2, 3):
                    with suppress(zlib.error):
                        yield zlib.decompress(content[start + skipped :])
        if name == b"IEND":
            return
        at += size + 12
