"""Metadata as agencies, cameras and programs write it, put into files by these lines alone."""

from __future__ import annotations

import struct
from hashlib import md5

from tests.proof.odd_pictures import ASCII, chunk, drawn, exif

NAMES = (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
)
AGENCY = """
<dc:description><rdf:Alt>
  <rdf:li xml:lang="ar">عبّارة في جدة</rdf:li>
  <rdf:li xml:lang="x-default">A ferry leaves
     Jeddah.</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Nour Haddad</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Gulf Wire</rdf:li></rdf:Alt></dc:rights>
<photoshop:Credit>Gulf Wire/Nour Haddad</photoshop:Credit>
<photoshop:Instructions>ONE TIME USE ONLY</photoshop:Instructions>
<photoshop:DateCreated>2026-03-03T09:15:00+03:00</photoshop:DateCreated>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">No sales.</rdf:li></rdf:Alt>
</xmpRights:UsageTerms>
<plus:LicenseEndDate>2026-12-31</plus:LicenseEndDate>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A white ferry</rdf:li>
</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource">
  <Iptc4xmpExt:City>Jeddah</Iptc4xmpExt:City>
  <Iptc4xmpExt:CountryName>Saudi Arabia</Iptc4xmpExt:CountryName>
</rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>
"""


def packet(properties: str, attributes: str = "") -> bytes:
    """An XMP packet, with room at its end as Adobe leaves it."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{NAMES} {attributes}>{properties}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>" + " " * 200 + '<?xpacket end="w"?>'
    ).encode()


def iim(*datasets: tuple[int, bytes], charset: bytes = b"") -> bytes:
    """Datasets of the application record, after the character set that they claim."""
    first = _dataset(1, 90, charset) if charset else b""
    return first + b"".join(_dataset(2, number, content) for number, content in datasets)


def _dataset(record: int, number: int, content: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(content)) + content


def jpeg(
    xmp: bytes = b"", block: bytes = b"", exif_block: bytes = b"", digest: bytes = b""
) -> bytes:
    """A JPEG with these blocks; `digest` is what a program noted when it wrote XMP."""
    segments = b""
    if exif_block:
        segments += _segment(0xE1, b"Exif\0\0" + exif_block)
    if xmp:
        segments += _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp)
    if block:
        resources = _resource(0x0404, block) + (_resource(0x0425, digest) if digest else b"")
        segments += _segment(0xED, b"Photoshop 3.0\0" + resources)
    data = drawn()
    return data[:2] + segments + data[2:]


def digest_of(block: bytes) -> bytes:
    return md5(block, usedforsecurity=False).digest()


def exif_of(**texts: str) -> bytes:
    """EXIF of a camera: `caption`, `artist`, `rights`."""
    tags = {"caption": 0x010E, "artist": 0x013B, "rights": 0x8298}
    entries = ((tags[name], ASCII, text.encode() + b"\0") for name, text in texts.items())
    return exif(*sorted(entries))


def png_texts(**texts: str) -> bytes:
    """The chunks of texts by their keywords."""
    return b"".join(
        chunk(b"tEXt", name.encode() + b"\0" + text.encode("latin-1"))
        for name, text in texts.items()
    )


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _resource(number: int, content: bytes) -> bytes:
    padded = content + bytes(len(content) % 2)
    return struct.pack(">4sHHI", b"8BIM", number, 0, len(content)) + padded
