"""What a file is by its first bytes, whatever its name says, and how to refuse it."""

from __future__ import annotations

import re
from pathlib import PurePath

from editor.errors import UnreadableText

_STARTS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an office document or a zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh9", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"ID3\x03", "a sound recording"),
    (b"ID3\x04", "a sound recording"),
    (b"OggS", "a sound recording"),
)

_MARKUP = re.compile(rb"<(\?xml\b|!doctype\s|html\b|svg\b|nitf\b|newsml\b|rss\b|feed\b)", re.I)
_JSON = re.compile(rb"(\{\s*(\"|\})|\[\s*[\[{\"\]])")


def binary_kind(data: bytes) -> str:
    """Name a file that is no text (`a PDF`), or give an empty string."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture"
    if data[4:8] == b"ftyp":
        return "a video or a picture"
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")


def structured_kind(data: bytes) -> str:
    """Name text that is written for machines (`XML or HTML`, `JSON`), or give an empty string."""
    # Marks and NULs go, so that UTF-16 shows the same first characters.
    head = data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    if _MARKUP.match(head):
        return "XML or HTML"
    last = data[-400:].replace(b"\0", b"").rstrip()[-1:]
    return "JSON" if _JSON.match(head) and last in (b"}", b"]") else ""


def refusal(kind: str, filename: str) -> UnreadableText:
    """Say what a file is instead of plain text, and the way round."""
    return UnreadableText(
        f"{shown(filename)} is {kind}, not plain text.",
        "Pictures are added in the story's form."
        if kind.endswith("picture")
        else "Open it in its own program, copy the text of the story and paste it here.",
    )


def shown(filename: str) -> str:
    """A file's name as sentences say it, without folders; `The text` when it has none."""
    return PurePath(filename.replace("\\", "/")).name or "The text"
