"""Every importer, and the choice of the one that reads a file."""

from __future__ import annotations

import os
from pathlib import Path

from editor.errors import UnreadableText
from editor.files import open_file
from editor.formats.base import Importer, Incoming
from editor.formats.encoding import LARGEST, too_large
from editor.formats.sniff import detect_kind, display_name, not_plain_text
from editor.formats.wire.reader import WireImporter
from editor.i18n import _

IMPORTERS: tuple[Importer, ...] = (WireImporter(),)
"""Asked in this order. Plain text comes last, because it recognises almost anything."""


def read_text_file(path: Path, *, may_wait: bool = False) -> bytes:
    """Read a file that should be text, and never more of it than may be one, whatever it is.

    A pipe or a device is read where it `may_wait`: on a command line, which Ctrl+C ends, and
    where shells give pipes by name. Raises UnreadableText for a file that is larger, OSError.
    """
    with path.open("rb") if may_wait else open_file(path) as file:
        data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            # A device or a pipe has no size.
            raise too_large(path.name, max(os.fstat(file.fileno()).st_size, len(data)))
    return data


def read_incoming(data: bytes, filename: str = "") -> Incoming:
    """Read a file, or with an empty name pasted text, with the first importer that recognises it.

    Raises UnreadableText, with a hint, when none does or the file can't be read.
    """
    for importer in IMPORTERS:
        if importer.recognises(data, filename):
            return importer.read(data, filename)
    if kind := detect_kind(data):
        raise not_plain_text(kind, filename)
    raise UnreadableText(
        _("Stonehand can't import files such as {what}.").format(what=display_name(filename)),
        _("Copy the text of the story and paste it here."),
    )
