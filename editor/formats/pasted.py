"""What was copied elsewhere, as the body takes it: from its HTML, else from its text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from editor.errors import BadInput
from editor.formats.broken_lines import read_lines
from editor.formats.html.pictures import FoundPicture
from editor.formats.html.reader import HtmlPage, Kept, read_html
from editor.formats.html.tree import Dropped
from editor.progress import Progress
from editor.text.document import Document
from editor.text.nodes import Paragraph
from editor.text.plain import to_plain

_HEAD = 4_000
# Code editors put what they show on the clipboard, letter by letter in colours.
_CODE_EDITOR = re.compile(
    rb"<(?:div|pre)\b[^>]{0,400}style=.[^>]{0,600}(?:monospace|consolas|menlo|jetbrains)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is pasted: as Markdown, and as the plain text that was copied.

    `is_inline` is for words that belong to the paragraph they are put into.
    """

    markdown: str
    plain: str
    is_inline: bool = False
    pictures: tuple[FoundPicture, ...] = ()
    kept: Counter[Kept] = field(default_factory=Counter)
    dropped: Counter[Dropped] = field(default_factory=Counter)
    is_joined: bool = False
    """Whether lines of a plain text were joined or made items."""


def read_pasted(html: bytes, text: str, progress: Progress | None = None) -> Pasted:
    """Read what a clipboard has. HTML that is too much is left for the plain text beside it.

    Raises BadInput where there is no plain text either, Cancelled.
    """
    dropped: Counter[Dropped] = Counter()
    if html and not _CODE_EDITOR.search(html[:_HEAD]):
        try:
            page = read_html(html, progress)
        except BadInput:
            if not text.strip():
                raise
            dropped[Dropped.FORMATTING] = 1
        else:
            if page.markdown or page.pictures:
                return _of_page(page, text)
    markdown = read_lines(text)
    is_same = _lines(markdown) == _lines(text)
    return Pasted(markdown, text, is_same, dropped=dropped, is_joined=not is_same)


def lines_of(html: bytes, text: str) -> list[str]:
    """Return the paragraphs, items and cells that were copied, without their marks."""
    if html:
        try:
            return [line for line in to_plain(read_html(html).document).split("\n") if line.strip()]
        except BadInput:
            pass
    return text.splitlines()


def _of_page(page: HtmlPage, text: str) -> Pasted:
    return Pasted(
        page.markdown,
        text or to_plain(page.document),
        _is_inline(page.document),
        page.pictures,
        page.kept,
        page.dropped,
    )


def _is_inline(document: Document) -> bool:
    return len(document.blocks) == 1 and isinstance(document.blocks[0], Paragraph)


def _lines(text: str) -> list[str]:
    return text.strip("\n\r").splitlines()
