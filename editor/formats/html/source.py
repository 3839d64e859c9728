"""HTML as bytes of a clipboard or a file: which text it is, and where it comes from."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from editor.errors import BadInput
from editor.i18n import _

LARGEST = 64_000_000
"""The most bytes of HTML that are read: twenty novels, or the pictures of a long page."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_SAMPLE = 400
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD_BYTES = 4_096
# Windows' "HTML Format": a head of lines in ASCII, whose offsets count bytes.
_FORMAT_HEAD = re.compile(
    rb"\s*Version:\d[\d.]*\r?\n(?:[A-Za-z]{3,40}:[^\r\n]{0,4000}\r?\n?){2,12}"
)
_FIELD = re.compile(rb"([A-Za-z]{3,40}):([^\r\n]*)")
_BROKEN = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class HtmlSource:
    """HTML as text; `address` is the page that it was copied from, if it says so."""

    text: str
    address: str = ""


def read_source(data: bytes | str) -> HtmlSource:
    """Decode HTML, without the head that Windows puts before it on the clipboard.

    A byte order mark decides, then NULs (UTF-16 without a mark, as Firefox puts it on the
    clipboard of X11), then UTF-8, then what a `meta` declares, then Windows-1252.
    Raises BadInput for more than `LARGEST` bytes.
    """
    if len(data) > LARGEST:
        raise BadInput(
            _("What was copied is {n} MB of HTML; {limit} MB is the limit.").format(
                n=len(data) // 1_000_000, limit=LARGEST // 1_000_000
            ),
            _("Copy it in parts, or without its pictures. Your text is as it was."),
        )
    if isinstance(data, str):
        return HtmlSource(_BROKEN.sub("", data.removeprefix("\ufeff")))
    address = ""
    if head := _FORMAT_HEAD.match(data):
        fields = {name.lower(): value.strip() for name, value in _FIELD.findall(head[0])}
        address = fields.get(b"sourceurl", b"").decode("utf-8", "replace")
        data = _format_html(data, fields, head.end())
    return HtmlSource(_BROKEN.sub("", _decoded(data)), address)


def _format_html(data: bytes, fields: dict[bytes, bytes], head_end: int) -> bytes:
    """Return the HTML after Windows' head: by its offset where that is right."""
    start = fields.get(b"starthtml", b"")
    at = int(start) if start.isdigit() else head_end
    return data[at:] if head_end <= at < len(data) else data[head_end:]


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    sample = data[:_WIDE_SAMPLE]
    if sample.count(0) > len(sample) // 4:
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        # Some programs end what they put on the clipboard with a NUL.
        return data.rstrip(b"\0").decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:_HEAD_BYTES])
        return data.decode(_known(declared[1].decode("ascii")) if declared else "cp1252", "replace")


def _known(encoding: str) -> str:
    """Return Python's codec of a declared name; a broken page is rarely in what it declares."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
    # As browsers do (WHATWG Encoding, labels of windows-1252); UTF-8 has failed already.
    return "cp1252" if name in ("iso8859-1", "ascii", "utf-8") else name
