"""Reads the words in an XMP packet (ISO 16684-1), as the IPTC Photo Metadata Standard names them.

The names are those of `embedded_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "caption": (f"{_DC}description",),
    "credit": (f"{_PHOTOSHOP}Credit",),
    "creator": (f"{_DC}creator",),
    "alt": (f"{_CORE}AltTextAccessibility",),
    "rights": (f"{_DC}rights",),
    "until": (f"{_PLUS}LicenseEndDate",),
    "taken": (f"{_PHOTOSHOP}DateCreated", f"{_EXIF}DateTimeOriginal"),
}
"""By name: the properties that say it, the first one that is there."""
_USAGE = (f"{_PHOTOSHOP}Instructions", f"{_RIGHTS}UsageTerms")
_PLACES = (f"{_EXT}LocationShown", f"{_EXT}LocationCreated")
_PLACE_NAMES = {
    f"{_EXT}City": "city",
    f"{_EXT}ProvinceState": "state",
    f"{_EXT}CountryName": "country",
}
_OLD_PLACE = {
    f"{_PHOTOSHOP}City": "city",
    f"{_PHOTOSHOP}State": "state",
    f"{_PHOTOSHOP}Country": "country",
}
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_START, _END = b"<x:xmpmeta", b"</x:xmpmeta>"


def read_xmp(packet: bytes) -> dict[str, str]:
    """Read a packet; nothing of one that is no XML or declares entities."""
    root = _parsed(packet.strip(b"\0 \t\r\n"))
    properties = dict(_properties(root)) if root is not None else {}
    found = {
        name: next(filter(None, (_text(properties.get(path)) for path in paths)), "")
        for name, paths in _NAMES.items()
    }
    terms = dict.fromkeys(_text(properties.get(path)) for path in _USAGE)
    found["usage"] = " ".join(filter(None, terms))
    found |= _place(properties)
    return {name: text for name, text in found.items() if text}


def _parsed(packet: bytes) -> ET.Element | None:
    """Parse a packet, or the part of it that is XMP where it is padded with something else."""
    if _DECLARED.search(packet.replace(b"\0", b"")):
        return None
    start, end = packet.find(_START), packet.rfind(_END)
    for text in (packet, packet[start : end + len(_END)] if 0 <= start < end else b""):
        try:
            return ET.fromstring(text, _parser(text))  # noqa: S314  nothing is declared in it
        except (ET.ParseError, ValueError, LookupError):
            continue
    return None


def _parser(text: bytes) -> ET.XMLParser | None:
    """Return a parser for a text that is UTF-8, whatever its declaration says of itself."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return None
    return None if b"\0" in text else ET.XMLParser(encoding="utf-8")  # noqa: S314  as above


def _properties(root: ET.Element) -> Iterator[tuple[str, ET.Element | str]]:
    """Yield each property by its name, those that are written as attributes as well."""
    for rdf in root.iter(f"{_RDF}RDF"):
        for description in rdf.iterfind(f"{_RDF}Description"):
            yield from description.attrib.items()
            yield from ((child.tag, child) for child in description)


def _text(value: ET.Element | str | None) -> str:
    """Return a property as text: of alternatives the default one, of several values all."""
    if value is None or isinstance(value, str):
        return (value or "").strip()
    items = value.findall(f"{_RDF}*/{_RDF}li")
    if not items:
        return (value.text or "").strip()
    if value.find(f"{_RDF}Alt") is not None:
        default = [item for item in items if item.get(_XML_LANG) == "x-default"]
        return next(
            (text for item in (*default, *items) if (text := (item.text or "").strip())), ""
        )
    return ", ".join(filter(None, ((item.text or "").strip() for item in items)))


def _place(properties: Mapping[str, ET.Element | str]) -> dict[str, str]:
    """Return the first place that is named: the one that is shown, then where it was taken."""
    for path in _PLACES:
        shown = properties.get(path)
        if isinstance(shown, ET.Element):
            for item in shown.iter(f"{_RDF}li"):
                if place := _named(dict(_structure(item)), _PLACE_NAMES):
                    return place
    return _named({path: _text(properties.get(path)) for path in _OLD_PLACE}, _OLD_PLACE)


def _structure(item: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield the fields of a structure, however they are written (ISO 16684-1, 7.6)."""
    for element in (item, *item.findall(f"{_RDF}Description")):
        yield from element.attrib.items()
        yield from ((child.tag, _text(child)) for child in element)


def _named(fields: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {name: text for path, name in names.items() if (text := fields.get(path, "").strip())}
