"""Detection of a file's format by its first bytes, whatever its name says."""

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


def detect_binary(data: bytes) -> str:
    """Name the format of a file that is not text (`a PDF`); empty for text."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture"
    if data[4:8] == b"ftyp":
        return "a video or a picture"
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")


def detect_markup(data: bytes) -> str:
    """Name the markup of text written for machines (`XML or HTML`, `JSON`); empty for prose."""
    # Without byte order marks and NULs, UTF-16 shows the same first characters.
    head = data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    if _MARKUP.match(head):
        return "XML or HTML"
    last = data[-400:].replace(b"\0", b"").rstrip()[-1:]
    return "JSON" if _JSON.match(head) and last in (b"}", b"]") else ""


def not_plain_text(kind: str, filename: str) -> UnreadableText:
    """Return the error for a file of another kind, with a hint how to import its text."""
    return UnreadableText(
        f"{display_name(filename)} is {kind}, not plain text.",
        "Add pictures in the story's form."
        if kind.endswith("picture")
        else "Open it in its own program, copy the text of the story and paste it here.",
    )


def display_name(filename: str) -> str:
    """Return a file's name for a sentence, without folders; `The text` when it has none."""
    return PurePath(filename.replace("\\", "/")).name or "The text"
