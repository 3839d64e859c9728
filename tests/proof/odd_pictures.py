"""Pictures as phones, programs and attackers make them: odd, huge, cut or slow."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO

from PIL import Image

from editor.core.rendition import Rendition
from editor.proof import picture_reader, pictures
from editor.proof.picture_recipes import wanted_of

SHORT, ASCII, RATIONAL, DOUBLE = 3, 2, 5, 12


def drawn(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """A picture that is black at its left and white at its right."""
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noise(kind: str = "JPEG", size: tuple[int, int] = (320, 240), **options: object) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def exif(*entries: tuple[int, int, bytes], order: str = "<") -> bytes:
    """A block of EXIF whose first directory has these entries: tag, type and value."""
    sizes = {SHORT: 2, ASCII: 1, RATIONAL: 8, DOUBLE: 8}
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}I", 8)
    table, rest = struct.pack(f"{order}H", len(entries)), b""
    after = 8 + 2 + 12 * len(entries) + 4
    for tag, type_, value in entries:
        count, place = len(value) // sizes[type_], value
        if len(value) > 4:
            place, rest = struct.pack(f"{order}I", after + len(rest)), rest + value
        table += struct.pack(f"{order}HHI", tag, type_, count) + place.ljust(4, b"\0")
    return head + table + bytes(4) + rest


def jpeg_with_exif(block: bytes, data: bytes = b"") -> bytes:
    data = data or drawn()
    content = b"Exif\0\0" + block
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content + data[2:]


def chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def png_with(*chunks: bytes, data: bytes = b"") -> bytes:
    """A PNG with these chunks after its header."""
    data = data or drawn("PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def png_of(width: int, height: int, rows: bytes = b"\0") -> bytes:
    """A grey PNG that says it has this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def webp_with_exif(block: bytes, data: bytes = b"") -> bytes:
    data = data or drawn("WEBP", exif=b"Exif\0\0" + exif((0x0112, SHORT, b"\1\0")))
    at = data.index(b"EXIF")
    content = b"EXIF" + struct.pack("<I", len(block)) + block + b"\0" * (len(block) % 2)
    body = data[12:at] + content
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg_of_scans(count: int, size: tuple[int, int] = (320, 240)) -> bytes:
    """A progressive JPEG that goes over its pixels so often."""
    out = BytesIO()
    Image.new("RGB", size, "grey").save(out, "JPEG", progressive=True)
    data = out.getvalue()
    last = data.rindex(b"\xff\xda")
    have = data.count(b"\xff\xda")
    return data[:-2] + data[last:-2] * (count - have) + data[-2:]


def random_profile(size: int) -> bytes:
    """The chunk of a colour profile that is only noise."""
    return chunk(b"iCCP", b"noise\0\0" + zlib.compress(os.urandom(size)))


def read_here(data: bytes, width: int) -> tuple[int, int, bytes]:
    """Decode in this process: the size of a picture, and a JPEG of this width or narrower."""
    whole_width, whole_height, _nothing = picture_reader.render(data, ())
    size = jpeg_size(whole_width, whole_height, width)
    wanted = [wanted_of(size)]
    return whole_width, whole_height, picture_reader.render(data, wanted)[2][0]


def jpeg_of(data: bytes, width: int) -> bytes:
    """Render a JPEG of this width or narrower, as an export does."""
    return pictures.render(data, [jpeg_size(*pictures.inspect(data), width)])[0]


def jpeg_size(whole_width: int, whole_height: int, width: int) -> Rendition:
    width = min(width, whole_width)
    return Rendition("", width, max(1, round(whole_height * width / whole_width)))
