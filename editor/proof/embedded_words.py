"""What a picture file says of itself, put together from XMP, IPTC-IIM and EXIF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from editor.core.file_words import FileWords
from editor.proof.embedded_blocks import embedded_blocks
from editor.proof.embedded_text import read_exif, read_iim, read_png_texts
from editor.proof.embedded_xmp import read_xmp
from editor.text.shorten import shorten
from editor.text.xml import xml_text

_LONGEST = 2_000
"""Characters of one text: that of a caption in IPTC-IIM, which all agencies stay within."""

_MAKERS = (
    "casio|fuji(?:film)?|jenoptik|kodak|konica(?: minolta)?|minolta|nikon|olympus|panasonic|"
    "pentax|ricoh|samsung|sanyo|sigma|sony|vivitar"
)
_JUNK = re.compile(
    # What cameras and programs write where nobody wrote anything.
    rf"(?:{_MAKERS}) (?:dsc|camera|digital camera|digital still camera)|digital camera|"
    r"exif[ _-]?jpeg[ \w-]*|samsung camera pictures|created with (?:the )?gimp|untitled|"
    r"(?:lead technologies|intel\(r\)|ac[ds]see?).*|file written by adobe photoshop.*|"
    r"default|screenshot|jpeg|image description|"
    # The modes of phones.
    r"cof|dav|edf|hdrpl|oznor\w*|rhdr|rptnb\w*|sdr\w*|vtls|"
    # Names of files.
    r"(?:.*[\\/])?[^\s\\/]+\.(?:jpe?g|png|webp|tiff?|heic|raw|nef|cr2|arw|dng)|"
    r"(?:dcim|dji|dsc[fn]?|gopr?|img|mvimg|pano|pict?|pxl|wp|_?mg)[ _-]?\d[\w-]*",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"unknown|none|n/?a|photographer|artist|your name|owner|default", re.IGNORECASE
)
_DAY = re.compile(r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)(?:\D.*)?", re.DOTALL)
_FIRST_YEAR = 1826
"""Of the oldest photograph that there is."""


def read_words(kind: str, data: bytes) -> FileWords:
    """Read what a file of a kind says of itself; what can't be read is not there.

    XMP is read before IPTC-IIM and EXIF, unless a program changed IIM without changing XMP
    (Metadata Working Group, Guidelines for Handling Image Metadata 2.0, 3.3).
    """
    blocks = embedded_blocks(kind, data)
    xmp, iim = read_xmp(blocks.xmp), read_iim(blocks.iim)
    ordered = [iim, xmp] if blocks.iim_changed else [xmp, iim]
    sources = [*ordered, read_exif(blocks.exif), read_png_texts(blocks.texts)]
    cleaned = [{name: _clean(text) for name, text in source.items()} for source in sources]

    def first(name: str) -> str:
        return next(filter(None, (_sensible(name, source) for source in cleaned)), "")

    return FileWords(
        caption=first("caption"),
        credit=first("credit") or first("creator"),
        alt=first("alt"),
        rights=first("rights"),
        usage=_usage(first("usage"), first("until")),
        place=next(filter(None, map(_place, cleaned)), ""),
        taken=first("taken"),
    )


def _clean(text: str) -> str:
    """Return a text in one line, without control characters, no longer than a caption."""
    return shorten(" ".join(xml_text(text.replace("\0", " ")).split()), _LONGEST)


def _sensible(name: str, source: Mapping[str, str]) -> str:
    """Return a text of a source, if somebody wrote it; a day as `YYYY-MM-DD`."""
    text = source.get(name, "")
    if name in ("taken", "until"):
        return _day(text)
    if not any(character.isalpha() for character in text):
        return ""
    if name in ("caption", "alt"):
        return "" if _JUNK.fullmatch(text) else text
    return "" if _NOBODY.fullmatch(text) else text


def _day(text: str) -> str:
    """Read a day in any form of EXIF, IIM and XMP; empty for less than a day, or none."""
    found = _DAY.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return ""
    return day.isoformat() if day and day.year >= _FIRST_YEAR else ""


def _usage(terms: str, until: str) -> str:
    if not until or until in terms:
        return terms
    return " ".join(filter(None, (terms, f"Until {until}.")))


def _place(source: Mapping[str, str]) -> str:
    """Return a city with its state or country, as far as a source names them."""
    city, state, country = (source.get(name, "") for name in ("city", "state", "country"))
    return ", ".join(dict.fromkeys(filter(None, (city, country or state))))
