"""A picture's size, words and renditions without metadata, by a process of its own."""

from __future__ import annotations

import atexit
from collections.abc import Sequence

from editor.core.file_words import FileWords
from editor.core.rendition import Rendition
from editor.errors import UnreadablePicture
from editor.log import log
from editor.proof.picture_file import kind_of
from editor.proof.picture_process import PictureProcesses

_SECONDS_TO_ACCEPT, _SECONDS_TO_RENDER = 20, 120
"""Of computing. What was accepted is also rendered on a slower computer."""

_processes = PictureProcesses()
atexit.register(_processes.close)


def inspect(data: bytes) -> tuple[int, int]:
    """Return the size of a picture from outside in pixels, turned upright as a reader sees it.

    It is decoded as an export will: what is accepted here can also be exported. Raises
    UnreadablePicture, which says what is wrong or which limit it is over.
    """
    kind_of(data)
    picture = _processes.render(data, (), _SECONDS_TO_ACCEPT)
    return picture.width, picture.height


def read_words(data: bytes) -> FileWords:
    """Return what a picture file says of itself; nothing where that is broken."""
    try:
        return _processes.read_words(data, _SECONDS_TO_ACCEPT)
    except UnreadablePicture as error:
        log.warning("The metadata of a picture can't be read: %s", error.sentence)
        return FileWords()


def render(data: bytes, wanted: Sequence[Rendition]) -> list[bytes]:
    """Encode an original in each of these renditions, in their order, from one decode.

    None has any metadata, and the same data gives the same bytes. Raises UnreadablePicture.
    """
    kind_of(data)
    return _processes.render(data, wanted, _SECONDS_TO_RENDER).encoded
