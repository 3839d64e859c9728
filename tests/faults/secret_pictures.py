"""Pictures that say more than they show: where, with what, by whom, and on which computer."""

from __future__ import annotations

import io
import struct
from functools import cache

from PIL import Image, ImageCms, ImageColor, ImageDraw
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

from tests.faults.canaries import secret

LATITUDE = ((51, 1), (27, 1), (473_829, 10_007))
"""Degrees, minutes and seconds, each as a fraction that no other picture has."""

_PROFILE_NAME = "sRGB built-in"


def place_bytes() -> dict[str, bytes]:
    """The position as it is in the file, in either order of bytes."""
    return {f"GPS {order}": struct.pack(f"{order}II", *LATITUDE[2]) for order in "<>"}


def secret_jpeg(colour: str) -> bytes:
    """A JPEG with all the metadata that a camera, a phone and an agency write."""
    out = io.BytesIO()
    _drawn(colour).save(
        out, "JPEG", exif=_exif(), xmp=_xmp(), comment=secret("comment").encode(),
        icc_profile=_profile(), quality=90,
    )  # fmt: skip
    data = out.getvalue()
    extra = _segment(0xE0, b"JFXX\0\x10" + _thumbnail()) + _segment(0xED, _iptc())
    return data[:2] + extra + data[2:] + secret("after the end").encode()


def secret_png(colour: str) -> bytes:
    """A PNG with plain, compressed and international text, EXIF and a profile."""
    info = PngInfo()
    info.add_text("Author", secret("pngtext").encode("latin-1", "replace"))
    info.add_text("Comment", secret("pngztext").encode("latin-1", "replace"), zip=True)
    info.add_itxt("Title", secret("pngitext"), lang="en", zip=True)
    info.add_itxt("XML:com.adobe.xmp", _xmp().decode())
    out = io.BytesIO()
    _drawn(colour).save(out, "PNG", pnginfo=info, exif=_exif(), icc_profile=_profile())
    return out.getvalue() + secret("after the end").encode()


def secret_webp(colour: str) -> bytes:
    """A WebP with EXIF, XMP and a profile."""
    out = io.BytesIO()
    _drawn(colour).save(out, "WEBP", exif=_exif(), xmp=_xmp(), icc_profile=_profile())
    return out.getvalue()


def shows(data: bytes, colour: str) -> bool:
    """Whether a picture of any kind has mostly a colour."""
    pairs = zip(_average(data), ImageColor.getrgb(colour), strict=True)
    return all(abs(one - other) < 40 for one, other in pairs)


@cache
def _average(data: bytes) -> bytes:
    """The red, green and blue of a whole picture; each edition has the same ones."""
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()


def _drawn(colour: str) -> Image.Image:
    image = Image.new("RGB", (96, 64), colour)
    ImageDraw.Draw(image).line((0, 0, 10, 10), fill="white")
    return image


def _exif() -> bytes:
    exif = Image.Exif()
    for tag in (Base.Make, Base.Model, Base.Artist, Base.Copyright, Base.ImageDescription,
                Base.Software, Base.HostComputer, Base.DocumentName):  # fmt: skip
        exif[tag] = secret(tag.name.lower())
    for tag in (Base.XPTitle, Base.XPComment, Base.XPAuthor, Base.XPKeywords):
        exif[tag] = secret(tag.name.lower()).encode("utf-16-le")
    camera = exif.get_ifd(IFD.Exif)
    for tag in (Base.CameraOwnerName, Base.BodySerialNumber, Base.LensSerialNumber,
                Base.ImageUniqueID):  # fmt: skip
        camera[tag] = secret(tag.name.lower())
    camera[Base.UserComment] = b"UNICODE\0" + secret("usercomment").encode("utf-16-le")
    camera[Base.MakerNote] = b"Canon\0" + secret("makernote").encode()
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLongitudeRef] = "N", "E"
    place[GPS.GPSLatitude] = place[GPS.GPSLongitude] = tuple(
        IFDRational(*part) for part in LATITUDE
    )
    place[GPS.GPSAreaInformation] = b"ASCII\0\0\0" + secret("area").encode()
    return _with_thumbnail(exif.tobytes())


def _with_thumbnail(block: bytes) -> bytes:
    """Add a second directory with a small JPEG to a block of EXIF."""
    start = 6 if block.startswith(b"Exif\0\0") else 0
    tiff, order = bytearray(block[start:]), "<" if block[start:].startswith(b"II") else ">"
    [first] = struct.unpack_from(f"{order}I", tiff, 4)
    [count] = struct.unpack_from(f"{order}H", tiff, first)
    tiff += bytes(len(tiff) % 2)
    struct.pack_into(f"{order}I", tiff, first + 2 + 12 * count, len(tiff))
    thumbnail = _thumbnail()
    place = len(tiff) + 2 + 12 * 2 + 4
    tiff += struct.pack(f"{order}H", 2)
    tiff += struct.pack(f"{order}HHII", 0x0201, 4, 1, place)
    tiff += struct.pack(f"{order}HHII", 0x0202, 4, 1, len(thumbnail))
    return block[:start] + bytes(tiff) + bytes(4) + thumbnail


def _thumbnail() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "fuchsia").save(out, "JPEG", comment=secret("thumbnail").encode())
    return out.getvalue()


def _xmp() -> bytes:
    names = ("photoshop:Credit", "photoshop:City", "aux:SerialNumber", "aux:OwnerName",
             "exif:GPSLatitude", "xmpMM:DocumentID", "photoshop:Instructions")  # fmt: skip
    spaces = "".join(f' xmlns:{name}="urn:{name}"'
                     for name in ("photoshop", "aux", "exif", "xmpMM"))  # fmt: skip
    properties = "".join(
        f"<{name}>{secret('xmp' + name.partition(':')[2].lower())}</{name}>" for name in names
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{spaces}>{properties}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _iptc() -> bytes:
    """By-line, caption, writer, city, contact and instructions (IIM 4.2)."""
    texts = {number: secret(f"iptc{number}").encode() for number in (40, 55, 80, 90, 116, 118, 120)}
    block = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text for number, text in texts.items()
    )
    resource = struct.pack(">4sHHI", b"8BIM", 0x0404, 0, len(block)) + block
    return b"Photoshop 3.0\0" + resource + bytes(len(block) % 2)


def _profile() -> bytes:
    """A colour profile whose name is secret."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    name = secret("icc")[: len(_PROFILE_NAME)].ljust(len(_PROFILE_NAME))
    changed = profile.replace(_PROFILE_NAME.encode("utf-16-be"), name.encode("utf-16-be"))
    assert changed != profile
    return changed


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
