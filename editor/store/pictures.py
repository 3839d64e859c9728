"""The desk's pictures: unchanged originals, in files named by their hash.

Originals have their metadata, position included: they never leave the desk.
What leaves is drawn again from the pixels (`proof.pictures`). A file that was
altered, re-typed or linked from elsewhere is never given out: each read compares
it with its name.
"""

from __future__ import annotations

import os
import re
import struct
import warnings
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import TypeAlias, Union

from PIL.Image import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from editor.core.story import Picture
from editor.errors import DeskError, NotFound, PictureDamaged, UnreadablePicture
from editor.files import write_file
from editor.store.db.errors import from_os

PIXELS_AT_MOST = 100_000_000
BYTES_AT_MOST = 60_000_000

_Opener: TypeAlias = type[Union[JpegImageFile, PngImageFile, WebPImageFile]]

_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")
_READ_FLAGS = sum(
    # No link is followed, no pipe waited for. Windows has neither, but converts line ends.
    getattr(os, flag, 0)
    for flag in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
)
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
        """The original, byte for byte, by its name. Raises NotFound, PictureDamaged."""
        path = self._folder / file
        if not is_picture_name(file) or not os.path.lexists(path):
            raise NotFound(
                f"The desk has no picture “{file[:80]}”.", "Put the picture into the story again."
            )
        try:
            problem = _why_no_file(path)
            data = b"" if problem else _read_file(path)
        except OSError as error:
            raise from_os(error, self._folder.parent) from error
        if problem := problem or why_damaged(file, data):
            raise PictureDamaged(
                f"The picture {file} is not what its name says: {problem}.",
                "Put the original into the story again, or copy the file back from a backup.",
            )
        return data

    def damaged(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """The pictures of these that are missing or can't be trusted, with a sentence about it."""
        found = []
        for name in names:
            try:
                self.read(name)
            except (NotFound, DeskError) as error:
                found.append((name, error.sentence))
        return found

    def _save(self, path: Path, data: bytes) -> None:
        try:
            if os.path.lexists(path) and not _why_no_file(path) and _read_file(path) == data:
                return
            self._folder.mkdir(exist_ok=True)
            if path.is_symlink():
                path.unlink()  # the writer leaves a file alone that reads the same
            write_file(path, data, private=True)
        except OSError as error:
            raise from_os(error, self._folder.parent) from error


def is_picture_name(file: str) -> bool:
    """Whether a desk could have given a picture this name; none leads out of the folder."""
    return bool(_NAME.fullmatch(file))


def why_damaged(file: str, data: bytes) -> str:
    """Why these bytes are not the picture of that name, for a sentence; empty if they are."""
    digest, _, suffix = file.partition(".")
    if sha256(data).hexdigest() != digest:
        return "it was altered"
    try:
        kind, _opener = _kind(data)
    except UnreadablePicture:
        kind = "something else"
    return "" if kind == suffix else f"it is not {suffix}, but {kind}"


def _why_no_file(path: Path) -> str:
    """Why there is no plain file at a path, for a sentence; empty if there is one."""
    status = path.lstat()
    if S_ISLNK(status.st_mode):
        return "it is a link to another file"
    if not S_ISREG(status.st_mode):
        return "it is no file"
    return "it is too large" if status.st_size > BYTES_AT_MOST else ""


def _read_file(path: Path) -> bytes:
    with open(os.open(path, _READ_FLAGS), "rb") as file:
        return file.read(BYTES_AT_MOST)


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
