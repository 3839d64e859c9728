"""What every rendition says about its picture: words and rights, as XMP and IPTC-IIM.

The properties are those of the IPTC Photo Metadata Standard 2024.1; nothing of the
original's own metadata is among them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from editor.core.house import House
from editor.core.story import Picture
from editor.text.xml import escape, xml_text

_NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
    ("plus", "http://ns.useplus.org/ldf/xmp/1.0/"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
)
_BYTES_AT_MOST = 10_000
"""Of one escaped property, so that all of them fit into a segment of a JPEG."""

# Datasets of IIM 4.2: record and number, and the most bytes that the standard allows.
_CREDIT, _COPYRIGHT, _CAPTION = (110, 32), (116, 128), (120, 2000)
_UTF_8 = b"\x1b%G"


@dataclass(frozen=True, slots=True)
class PictureRights:
    """Who owns a picture, its licence, and what machines may do with it.

    `licence` is a web address. `data_mining` is a URI of the PLUS Data Mining vocabulary.
    Each is empty where nothing is said.
    """

    copyright: str = ""
    licence: str = ""
    data_mining: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of one picture: an XMP packet, and for JPEG a block of IPTC-IIM as well."""

    xmp: bytes
    iim: bytes

    @property
    def hash(self) -> str:
        """The SHA-256 of both, in hexadecimal digits."""
        return sha256(self.xmp + b"\0" + self.iim).hexdigest()


def picture_rights(picture: Picture, house: House, year: int) -> PictureRights:
    """Return the rights of a picture that a paper published in a year.

    The paper's own line and licence are only for its own pictures: those whose credit or
    rights name it. With others' pictures it can't allow anything: it passes on what it forbids.
    """
    is_own = house.name.casefold() in f"{picture.credit} {picture.rights}".casefold()
    return PictureRights(
        picture.rights or (house.rights_of(year) if is_own else ""),
        house.licence if is_own else "",
        "" if house.ai_use.allows_training and not is_own else house.ai_use.data_mining,
    )


def picture_metadata(picture: Picture, rights: PictureRights) -> Metadata:
    """Return the metadata of a picture's renditions; the same values give the same bytes."""
    return Metadata(_xmp(picture, rights), _iim(picture, rights))


def _xmp(picture: Picture, rights: PictureRights) -> bytes:
    """Write an XMP packet (ISO 16684-1, 7) that says it is read-only."""
    properties = "".join(f"\n  {line}" for line in _properties(picture, rights))
    spaces = "".join(f'\n  xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES)
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f' <rdf:Description rdf:about=""{spaces}>{properties}\n'
        " </rdf:Description>\n"
        "</rdf:RDF>\n"
        "</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
    return packet.encode()


def _properties(picture: Picture, rights: PictureRights) -> Iterator[str]:
    """Return the properties that say something."""
    alt = "" if picture.decorative else picture.alt
    texts = {
        "dc:description": _language_alternative(picture.caption),
        "dc:rights": _language_alternative(rights.copyright),
        "Iptc4xmpCore:AltTextAccessibility": _language_alternative(alt),
        "photoshop:Credit": _bounded(picture.bare_credit),
        "xmpRights:Marked": "True" if rights.copyright.strip() else "",
        "xmpRights:WebStatement": _bounded(rights.licence),
        "plus:DataMining": _bounded(rights.data_mining),
    }
    return (f"<{name}>{text}</{name}>" for name, text in texts.items() if text)


def _language_alternative(text: str) -> str:
    inside = _bounded(text)
    start, end = '<rdf:Alt><rdf:li xml:lang="x-default">', "</rdf:li></rdf:Alt>"
    return f"{start}{inside}{end}" if inside else ""


def _bounded(text: str) -> str:
    """Escape a text, and cut what is longer than any caption."""
    text = text.strip()
    while len((escaped := escape(text)).encode()) > _BYTES_AT_MOST:
        text = text[: len(text) * 3 // 4]
    return escaped


def _iim(picture: Picture, rights: PictureRights) -> bytes:
    """Write the datasets of IPTC-IIM, in the order of their numbers; longer texts are cut."""
    texts = (
        (_CREDIT, picture.bare_credit),
        (_COPYRIGHT, rights.copyright),
        (_CAPTION, picture.caption),
    )
    datasets = [_dataset(1, 90, _UTF_8), _dataset(2, 0, struct.pack(">H", 4))]
    for (number, most), text in texts:
        if content := xml_text(text.strip()).encode()[:most].decode(errors="ignore").encode():
            datasets.append(_dataset(2, number, content))
    return b"".join(datasets)


def _dataset(record: int, number: int, content: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(content)) + content
