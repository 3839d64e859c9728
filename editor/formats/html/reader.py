"""The one reader of HTML: a clipboard's or a page's, into a document and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from editor.formats.html.blocks import BlockReader
from editor.formats.html.fit import fitted
from editor.formats.html.flow import PageReading
from editor.formats.html.footnotes import find_notes
from editor.formats.html.pictures import FoundPicture
from editor.formats.html.source import read_source
from editor.formats.html.styles import Styles
from editor.formats.html.tree import Dropped, read_tree
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
    Paragraph,
    Quote,
    Strong,
    Table,
    inner_blocks,
    leaves,
    runs,
)


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


def _distinct(pictures: Iterable[FoundPicture]) -> Iterator[FoundPicture]:
    known: set[str] = set()
    for picture in pictures:
        if picture.address not in known:
            known.add(picture.address)
            yield picture


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
