"""Detection of a file's format by its first bytes, whatever its name says.

What is written for machines, or around a story (mail, web pages, tables), would come in
as a story of headers and tags: it is named and refused.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable
from pathlib import PurePath

from editor.errors import UnreadableText
from editor.i18n import N_, _

_STARTS = (
    (b"%PDF", N_("a PDF")),
    (b"PK\x03\x04", N_("an office document or a zip archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("an old office document")),
    (b"{\\rtf", N_("a rich text document")),
    (b"\xff\xd8\xff", N_("a JPEG picture")),
    (b"\x89PNG\r\n\x1a\n", N_("a PNG picture")),
    (b"GIF8", N_("a GIF picture")),
    (b"II*\0", N_("a TIFF picture")),
    (b"MM\0*", N_("a TIFF picture")),
    (b"\x1f\x8b", N_("a compressed file")),
    (b"BZh9", N_("a compressed file")),
    (b"7z\xbc\xaf\x27\x1c", N_("a compressed file")),
    (b"\x7fELF", N_("a program")),
    (b"SQLite format 3\0", N_("a database")),
    (b"ID3\x03", N_("a sound recording")),
    (b"ID3\x04", N_("a sound recording")),
    (b"OggS", N_("a sound recording")),
)

_SAMPLE = 64 * 1024
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKUP = re.compile(r"<(?:\?xml\b|!doctype\b|!--|!\[CDATA\[)", re.IGNORECASE)
_TAG = re.compile(r"<([a-z][\w:.-]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HTML_NAMES = """
html head body title meta link style script base div p span br hr img a b i u em strong font
h1 h2 h3 h4 h5 h6 ul ol li dl table tr td article section main header footer nav aside figure
blockquote pre center form iframe picture video svg nitf newsml rss feed
"""
_HTML = frozenset(_HTML_NAMES.split())
_JSON = re.compile(r"(\{\s*(\"|\})|\[\s*[\[{\"\]])")
_MAIL_FIELD = re.compile(
    r"(from|to|cc|sent|subject|date|reply-to|return-path|received|message-id|mime-version"
    r"|content-type|content-transfer-encoding|delivered-to|dkim-signature|x-[\w-]+"
    # As mail programs of other languages print them.
    r"|von|an|gesendet|datum|betreff|de|para|fecha|asunto|assunto|objet|da|a|data|oggetto)\s*:",
    re.IGNORECASE,
)
_SUBJECTS = {"subject", "betreff", "asunto", "assunto", "objet", "oggetto"}
_MAILBOX = re.compile(r"From \S+@\S+ .*\d\d:\d\d")
_SUBRIP = re.compile(r"\d+\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> ")
_TEXT_STARTS = (
    ("BEGIN:VCALENDAR", N_("a calendar")),
    ("BEGIN:VCARD", N_("an address card")),
    ("WEBVTT", N_("a file of subtitles")),
    ("%!PS", N_("a PostScript document")),
)
_DELIMITERS = ",;\t|"
_FEWEST_RECORDS = 3
_MOST_RECORDS = 50
_LONGEST_COLUMN_NAME = 40


def detect_kind(data: bytes) -> str:
    """Name the format of a file that is no plain text of a story; empty for one that may be."""
    if kind := detect_binary(data):
        return kind
    text = _sample_text(data)
    kinds: tuple[Callable[[str], str], ...] = (
        _detect_start,
        _detect_markup,
        _detect_mail,
        _detect_table,
    )
    return next((kind for detect in kinds if (kind := detect(text))), "") or _detect_json(data)


def detect_binary(data: bytes) -> str:
    """Name the format of a file that is not text (`a PDF`); empty for text."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return N_("a WebP picture")
    if data[4:8] == b"ftyp":
        return N_("a video or a picture")
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")


def _sample_text(data: bytes) -> str:
    """Return the first characters, good enough to recognise ASCII words in any encoding."""
    sample = data[:_SAMPLE]
    for mark in _MARKS:
        sample = sample.removeprefix(mark)
    # Without NULs, UTF-16 shows the same ASCII characters.
    return sample.replace(b"\0", b"").decode("latin-1").lstrip()


def _detect_start(text: str) -> str:
    if _SUBRIP.match(text):
        return N_("a file of subtitles")
    return next((kind for start, kind in _TEXT_STARTS if text.startswith(start)), "")


def _detect_markup(text: str) -> str:
    """Recognise XML and HTML, whole or a piece. `<HARBOUR LTD> 4TH QTR NET` is a headline."""
    tag = _TAG.match(text)
    is_element = tag is not None and (
        tag[1].lower() in _HTML or tag[0].endswith("/>") or f"</{tag[1]}>" in text
    )
    return N_("XML or HTML") if is_element or _MARKUP.match(text) else ""


def _detect_mail(text: str) -> str:
    """Recognise a mail message by two of its header fields or more in its first lines."""
    if _MAILBOX.match(text):
        return N_("a mail message")
    fields = set()
    for line in text.splitlines()[:60]:
        if found := _MAIL_FIELD.match(line):
            fields.add(found[1].lower())
        elif not line.strip() or not (line[0] in " \t" or re.match(r"[\w-]+:", line)):
            break
    known = fields & {"from", "to", "date", "sent", "received", "message-id", *_SUBJECTS}
    return N_("a mail message") if len(fields) > 1 and known else ""


def _detect_table(text: str) -> str:
    """Recognise comma-separated values: column names, and records of as many values."""
    lines = text.splitlines()[:_MOST_RECORDS]
    for delimiter in _DELIMITERS:
        if lines and delimiter in lines[0]:
            try:
                rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
            except csv.Error:
                continue
            if len(text) == _SAMPLE or len(lines) == _MOST_RECORDS:
                # The sample may end inside a record.
                rows.pop()
            if _is_table(rows, lines[0], delimiter):
                return N_("a table of values (CSV)")
    return ""


def _is_table(rows: list[list[str]], first: str, delimiter: str) -> bool:
    columns = len(rows[0]) if rows else 0
    are_names = all(
        0 < len(name.strip()) <= _LONGEST_COLUMN_NAME for row in rows[:1] for name in row
    )
    # Commas in a sentence have a space behind them.
    is_tight = f"{delimiter} " not in first and first[-1] not in ".!?"
    return (
        len(rows) >= _FEWEST_RECORDS
        and columns > 1
        and are_names
        and is_tight
        and all(len(row) == columns for row in rows)
    )


def _detect_json(data: bytes) -> str:
    last = data[-400:].replace(b"\0", b"").rstrip()[-1:]
    return N_("a JSON file") if _JSON.match(_sample_text(data)) and last in (b"}", b"]") else ""


def not_plain_text(kind: str, filename: str) -> UnreadableText:
    """Return the error for a file of another kind, with a hint how to import its text."""
    if kind.endswith("picture"):
        hint = _("Add pictures in the story's form.")
    elif filename:
        hint = _("Open it in its own program, copy the text of the story and paste it here.")
    else:
        hint = _("Copy only the text of the story, as its own program shows it, and paste it here.")
    return UnreadableText(
        _("{what} is {kind}, not plain text.").format(what=display_name(filename), kind=_(kind)),
        hint,
    )


def display_name(filename: str) -> str:
    """Return a file's name for a sentence, without folders; `This` for pasted text."""
    return PurePath(filename.replace("\\", "/")).name or _("This")
