"""Long texts as the database holds them: compressed, as a third of a desk is texts of stories."""

from __future__ import annotations

import zlib
from typing import Any

_LEVEL = 6
_LONGEST = 16_000_000
"""Bytes of a text: more than JSON makes of the longest story, so that no row fills the memory."""


def pack(text: str) -> bytes:
    """Compress a text (zlib)."""
    return zlib.compress(text.encode("utf-8"), _LEVEL)


def unpack(packed: Any) -> str:
    """Return the text that was packed; an empty one for what no text was packed into.

    No hash that a desk stores is that of an empty text.
    """
    if not isinstance(packed, bytes):
        return ""
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(packed, _LONGEST)
        is_whole = reader.eof and not reader.unused_data
        return data.decode("utf-8") if is_whole else ""
    except (zlib.error, UnicodeDecodeError):
        return ""
