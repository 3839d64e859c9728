"""The stored clipboards, and what the reader makes of them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from editor.formats.pasted import Pasted, read_pasted
from editor.text.document import Document
from editor.text.nodes import Footnote
from editor.text.plain import block_plain

CLIPBOARDS = Path(__file__).parent / "clipboards"
# A clipboard of Chromium's viewer for PDF files has text only.
CASES = sorted(
    {path.stem for path in CLIPBOARDS.glob("*.html")}
    | {path.stem for path in CLIPBOARDS.glob("*.text")}
    | {"chromium-pdf"}
)

_WORD = re.compile(r"\w+")


def file_of(case: str, ending: str) -> bytes:
    """Return a file of a clipboard; empty where it has none."""
    path = CLIPBOARDS / f"{case}.{ending}"
    return path.read_bytes() if path.exists() else b""


def read_case(case: str) -> Pasted:
    """Read a clipboard as a paste does."""
    text = file_of(case, "text") or file_of(case, "txt")
    return read_pasted(file_of(case, "html"), text.decode())


def words(text: str) -> list[str]:
    """Return the words of a text, small and raised figures as plain ones."""
    return _WORD.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "")))


def document_words(document: Document) -> list[str]:
    """Return the words of a document as a program's plain text has them, notes at the end."""
    notes = [block for block in document.blocks if isinstance(block, Footnote)]
    text = [block_plain(block) for block in document.blocks if block not in notes]
    return words("\n".join((*text, *map(block_plain, notes))))
