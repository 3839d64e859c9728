"""The desk's pictures: unchanged originals, in files named by their hash.

Originals have their metadata, position included: they never leave the desk.
What leaves is drawn again from the pixels (`proof.pictures`).
"""

from __future__ import annotations

import re
import struct
import warnings
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeAlias, Union

from PIL.Image import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from editor.core.story import Picture
from editor.errors import NotFound, UnreadablePicture
from editor.files import write_file
from editor.store.db.errors import from_os

PIXELS_AT_MOST = 100_000_000
BYTES_AT_MOST = 60_000_000

_Opener: TypeAlias = type[Union[JpegImageFile, PngImageFile, WebPImageFile]]

_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")
_ORIENTATION = 0x0112
_SIDEWAYS = (5, 6, 7, 8)
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error, MemoryError)


class Pictures:
    """The pictures folder of one desk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, source: Path | bytes) -> Picture:
        """Save a JPEG, PNG or WebP picture, once however often it is added.

        Width and height are as a reader sees it, turned by its EXIF orientation.
        Raises UnreadablePicture, DiskFull, DeskReadOnly.
        """
        data = source if isinstance(source, bytes) else _read_source(source)
        if len(data) > BYTES_AT_MOST:
            raise _too_heavy(len(data))
        suffix, (width, height) = _inspect(data)
        name = f"{sha256(data).hexdigest()}.{suffix}"
        self._save(self._folder / name, data)
        return Picture(file=name, width=width, height=height)

    def read(self, file: str) -> bytes:
        """The original, byte for byte, by its name. Raises NotFound."""
        try:
            return self.path(file).read_bytes()
        except OSError as error:
            raise from_os(error, self._folder.parent) from error

    def path(self, file: str) -> Path:
        """The path of an original, by its name. Raises NotFound for any other name."""
        path = self._folder / file
        if not _NAME.fullmatch(file) or not path.is_file():
            raise NotFound(
                f"The desk has no picture “{file[:80]}”.", "Put the picture into the story again."
            )
        return path

    def _save(self, path: Path, data: bytes) -> None:
        try:
            if path.is_file() and path.stat().st_size == len(data):
                return
            self._folder.mkdir(exist_ok=True)
            write_file(path, data, private=True)
        except OSError as error:
            raise from_os(error, self._folder.parent) from error


def _read_source(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > BYTES_AT_MOST:
            raise _too_heavy(size)
        return path.read_bytes()
    except OSError as error:
        raise UnreadablePicture(
            f"The file {path.name} can't be read: {error.strerror}.", "Choose a picture file."
        ) from error


def _inspect(data: bytes) -> tuple[str, tuple[int, int]]:
    """The kind of a picture and its size as seen, after decoding the whole of it."""
    suffix, opener = _kind(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata, which does no harm
            return suffix, _size_as_seen(data, opener)
    except _UNREADABLE as error:
        raise UnreadablePicture(
            "The picture is broken or not complete.",
            "Get the file again from its source, or save it again from a picture program.",
        ) from error


def _size_as_seen(data: bytes, opener: _Opener) -> tuple[int, int]:
    # The format's own class: Pillow's `open` goes by a process-wide limit.
    with opener(BytesIO(data)) as image:
        width, height = image.size
        if width * height > PIXELS_AT_MOST:
            raise _too_large(width, height)
        # A JPEG is read through at an eighth of its size: every byte, little memory.
        image.draft(None, (max(1, width // 8), max(1, height // 8)))
        image.load()
        turned = _orientation(image) in _SIDEWAYS
    return (height, width) if turned else (width, height)


def _kind(data: bytes) -> tuple[str, _Opener]:
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg", JpegImageFile
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", PngImageFile
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp", WebPImageFile
    raise UnreadablePicture(_describe_refusal(data), "Save it as JPEG, PNG or WebP, then add it.")


def _describe_refusal(data: bytes) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return "The picture file is empty."
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in data[:4096].lower():
        return "SVG drawings can't be added: they may contain scripts."
    if start.startswith(b"gif8"):
        return "GIF pictures can't be added."
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return "HEIC and AVIF pictures can't be added."
    return "The file is not a JPEG, PNG or WebP picture."


def _orientation(image: Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (*_UNREADABLE, TypeError, KeyError):
        return 1


def _too_large(width: int, height: int) -> UnreadablePicture:
    return UnreadablePicture(
        f"The picture has {width * height // 1_000_000} megapixels ({width} × {height}); "
        f"{PIXELS_AT_MOST // 1_000_000} megapixels is the limit.",
        "Make it smaller, then add it.",
    )


def _too_heavy(size: int) -> UnreadablePicture:
    return UnreadablePicture(
        f"The picture is {size // 1_000_000} MB; {BYTES_AT_MOST // 1_000_000} MB is the limit.",
        "Save it smaller, then add it.",
    )
