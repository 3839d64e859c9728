"""The sizes in which a picture is exported, and their bytes, without any metadata."""

from __future__ import annotations

import atexit
import re
from dataclasses import dataclass

from editor.core.story import Picture
from editor.proof.picture_file import kind_of
from editor.proof.picture_process import PictureProcesses

WIDTHS = (480, 960, 1600)
"""The widths of renditions in pixels; none is wider than its original."""

_SECONDS_TO_ACCEPT, _SECONDS_TO_RENDER = 20, 60
"""Of computing. What was accepted is also rendered on a slower computer."""

_processes = PictureProcesses()
atexit.register(_processes.close)

_FILE = re.compile(r"([0-9a-f]{16})[0-9a-f]{48}\.[a-z]{3,4}")


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a picture: its path from the top of the site, its size in pixels."""

    path: str
    width: int
    height: int


def renditions(picture: Picture) -> tuple[Rendition, ...]:
    """Return the sizes of a picture, narrowest first; none while it has no file.

    A file that the desk did not name (64 hexadecimal digits of its hash) has
    none either, so no name from outside becomes part of a path.
    """
    name = _FILE.fullmatch(picture.file)
    if name is None or picture.width < 1 or picture.height < 1:
        return ()
    widths = sorted({min(width, picture.width) for width in WIDTHS})
    return tuple(
        Rendition(
            f"media/{name[1]}-{width}.jpg", width, _height(picture.width, picture.height, width)
        )
        for width in widths
    )


def inspect(data: bytes) -> tuple[int, int]:
    """Return the size of a picture from outside in pixels, turned upright as a reader sees it.

    It is rendered as an export will: what is accepted here can also be exported. Raises
    UnreadablePicture, which says what is wrong or which limit it is over.
    """
    kind_of(data)
    picture = _processes.render(data, WIDTHS[-1], _SECONDS_TO_ACCEPT)
    return picture.width, picture.height


def render(data: bytes, width: int) -> bytes:
    """Make one rendition: a progressive JPEG of this width in pixels, or of the original's.

    It has no metadata, and the same data gives the same bytes. Raises UnreadablePicture.
    """
    kind_of(data)
    return _processes.render(data, width, _SECONDS_TO_RENDER).jpeg


def _height(whole_width: int, whole_height: int, width: int) -> int:
    return max(1, round(whole_height * width / whole_width))
