"""Every importer, and which of them reads a file."""

from __future__ import annotations

from editor.errors import UnreadableText
from editor.formats.base import Importer, Incoming
from editor.formats.sniff import binary_kind, refusal, shown, structured_kind
from editor.formats.wire import WireImporter

IMPORTERS: tuple[Importer, ...] = (WireImporter(),)
"""Asked in this order. Plain text stands last, for it takes almost anything."""


def read_incoming(data: bytes, filename: str) -> Incoming:
    """Read a file with the first importer that recognises it.

    Raises UnreadableText, with a way out, when none does or nothing can be made of it.
    """
    for importer in IMPORTERS:
        if importer.recognises(data, filename):
            return importer.read(data, filename)
    if kind := binary_kind(data) or structured_kind(data):
        raise refusal(kind, filename)
    raise UnreadableText(
        f"{shown(filename)} is of a kind that Stonehand does not take in.",
        "Copy the text of the story and paste it here.",
    )
