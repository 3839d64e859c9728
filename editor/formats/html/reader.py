"""The one reader of HTML: a clipboard's or a page's, into a document and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from editor.core.limits import STORY_CHARACTERS
from editor.errors import BadInput
from editor.formats.html.blocks import BlockReader
from editor.formats.html.fit import fitted
from editor.formats.html.flow import PageReading
from editor.formats.html.footnotes import find_notes
from editor.formats.html.pictures import FoundPicture
from editor.formats.html.source import read_source
from editor.formats.html.styles import Styles
from editor.formats.html.tree import Dropped, HtmlTree, read_tree
from editor.i18n import _
from editor.progress import Progress
from editor.text.document import Document
from editor.text.nodes import (
    Block,
    BulletList,
    CodeBlock,
    Emphasis,
    Footnote,
    Heading,
    Link,
    NumberedList,
    Quote,
    Strong,
    Table,
    inner_blocks,
    leaves,
    runs,
)

MOST_ELEMENTS = 200_000
"""The most elements that are read: a page has some thousands."""


class Kept(StrEnum):
    """What a text has besides its words, for the line that says so."""

    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    QUOTE = "quote"
    LINK = "link"
    BOLD = "bold"
    ITALIC = "italic"
    NOTE = "footnote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What was read: the document and its Markdown, pictures, and what was kept and dropped."""

    document: Document
    markdown: str
    pictures: tuple[FoundPicture, ...] = ()
    kept: Counter[Kept] = field(default_factory=Counter)
    dropped: Counter[Dropped] = field(default_factory=Counter)


def read_html(data: bytes | str, progress: Progress | None = None) -> HtmlPage:
    """Read HTML: the same words in the same order, with what Markdown can say of them.

    Bytes are decoded, with Windows' head of the clipboard or without. Nothing is
    fetched or run. Pictures that are elsewhere are counted as dropped.
    Raises BadInput for too much, Cancelled.
    """
    source = read_source(data)
    tree = read_tree(source.text)
    _require_size(tree)
    page = PageReading(
        styles=Styles(tree.sheet),
        base=tree.base or source.address,
        notes=find_notes(tree.root),
        dropped=tree.dropped,
        progress=progress or Progress(),
    )
    blocks = BlockReader(page).read(tree.root)
    document, markdown = fitted((*blocks, *page.footnotes))
    pictures = tuple(_distinct(page.pictures))
    taken = tuple(picture for picture in pictures if page.is_taken(picture))
    page.dropped[Dropped.PICTURE] += len(pictures) - len(taken)
    return HtmlPage(document, markdown, pictures, _count(document.blocks), +page.dropped)


def _require_size(tree: HtmlTree) -> None:
    """Raise BadInput for more than a story may have: that would only take long to refuse."""
    if tree.elements > MOST_ELEMENTS or tree.characters > STORY_CHARACTERS:
        raise BadInput(
            _("What was copied has {n} characters in {parts} parts.").format(
                n=f"{tree.characters:,}", parts=f"{tree.elements:,}"
            ),
            _("A story has at most {n} characters; copy less of it.").format(
                n=f"{STORY_CHARACTERS:,}"
            ),
        )


def _distinct(pictures: Iterable[FoundPicture]) -> Iterable[FoundPicture]:
    """Return every picture once, with the words that any of its places has."""
    known: dict[str, FoundPicture] = {}
    for picture in pictures:
        first = known.setdefault(picture.address, picture)
        known[picture.address] = replace(
            first, alt=first.alt or picture.alt, caption=first.caption or picture.caption
        )
    return known.values()


_KINDS: dict[type, Kept] = {
    Heading: Kept.HEADING,
    BulletList: Kept.LIST,
    NumberedList: Kept.LIST,
    Table: Kept.TABLE,
    Quote: Kept.QUOTE,
    Footnote: Kept.NOTE,
    CodeBlock: Kept.CODE,
    Link: Kept.LINK,
    Strong: Kept.BOLD,
    Emphasis: Kept.ITALIC,
}


def _count(blocks: Iterable[Block]) -> Counter[Kept]:
    kept: Counter[Kept] = Counter()
    for block in blocks:
        if (kind := _KINDS.get(type(block))) is not None:
            kept[kind] += 1
        kept += _count(inner_blocks(block))
        if not list(inner_blocks(block)):
            for run in runs(block):
                marks = {id(node): node for _leaf, inside in leaves(run) for node in inside}
                kept.update(_KINDS[type(node)] for node in marks.values() if type(node) in _KINDS)
    return kept
