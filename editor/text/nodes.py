"""What a body is made of: frozen nodes that know their words and where these are written.

Where a node is written takes no part in equality, so two documents are equal
when they read the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from editor.text.links import is_slug


class Span(NamedTuple):
    """A range of the Markdown source, in Python string indexes."""

    start: int = 0
    end: int = 0


class Piece(NamedTuple):
    """A stretch of words and where it is written.

    `length` characters come from [start:end] of the source, counted from the
    start of the top-level block. Where both are of one length each character has
    its own place. Otherwise (an escape, a character reference, a tab) only the
    whole stretch has one.
    """

    length: int
    start: int
    end: int


Pieces: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the reader sees them, never escaped; no line breaks."""

    text: str
    pieces: Pieces = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Code:
    """Words in a fixed-width face."""

    text: str
    pieces: Pieces = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Break:
    """A line break the writer asked for."""


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """Where a footnote belongs: `[^label]`. Without a footnote of that label it is words."""

    label: str
    pieces: Pieces = field(default=(), compare=False, repr=False)

    @property
    def text(self) -> str:
        """The mark as it is written."""
        return f"[^{self.label}]"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    """Important words."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: `href` is as `links.safe_href` gives it."""

    href: str
    children: Inlines


@dataclass(frozen=True, slots=True)
class DeadLink:
    """Words written as a link, or as a picture, that lead nowhere a reader may be sent.

    `address` is as it was written.
    """

    children: Inlines
    address: str = field(default="", compare=False)
    is_picture: bool = False


Leaf: TypeAlias = Text | Code | Break | FootnoteMark
Inline: TypeAlias = Leaf | Emphasis | Strong | Link | DeadLink
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """What all blocks share.

    `source` is where a top-level block is written: whole lines, without the last
    line's end. Inside a quote or a list it is empty.
    """

    source: Span = field(default=Span(), compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph(_Placed):
    """A paragraph of words."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Heading(_Placed):
    """A heading inside the body; `level` is 1 to 6 as written."""

    level: int
    children: Inlines


@dataclass(frozen=True, slots=True)
class Quote(_Placed):
    """Somebody's words, set apart."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class BulletList(_Placed):
    """Items in no order."""

    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class NumberedList(_Placed):
    """Items in order, counted from `start`."""

    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class CodeBlock(_Placed):
    """Lines in a fixed-width face, as written; several blank ones are one."""

    text: str
    pieces: Pieces = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TextPicture(_Placed):
    """A picture of the story, shown here: `![](picture:NAME)`, a paragraph of its own.

    `address` is `picture:` with its name (`core.picture_reference`); where the text is copied
    to be read elsewhere, it leads to a file, and `words` describe the picture.
    """

    address: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rule(_Placed):
    """A line across the column: another subject begins."""


Align: TypeAlias = Literal["", "left", "center", "right"]
Cell: TypeAlias = Inlines
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table(_Placed):
    """A table: one head row, the rows, and each column's alignment. All have equal lengths."""

    head: Row
    rows: tuple[Row, ...]
    aligns: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class Footnote(_Placed):
    """A note under the text: `[^label]: words`, and what is indented under it."""

    label: str
    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Paragraph
    | Heading
    | Quote
    | BulletList
    | NumberedList
    | CodeBlock
    | TextPicture
    | Rule
    | Table
    | Footnote
)


def inner_blocks(block: Block) -> Iterator[Block]:
    """Yield the blocks inside a quote, a list or a footnote; none for any other block."""
    match block:
        case Quote(blocks) | Footnote(_, blocks):
            yield from blocks
        case BulletList(items) | NumberedList(items):
            for item in items:
                yield from item.blocks


def leaves(
    children: Inlines, inside: tuple[Inline, ...] = ()
) -> Iterator[tuple[Leaf, tuple[Inline, ...]]]:
    """Yield the words in order, each with the emphasis and links around it, outermost first."""
    for node in children:
        if isinstance(node, Emphasis | Strong | Link | DeadLink):
            yield from leaves(node.children, (*inside, node))
        else:
            yield node, inside


def runs(block: Block) -> Iterator[Inlines]:
    """Yield the words of each paragraph, heading, item and cell of a block, in order."""
    match block:
        case Paragraph(children) | Heading(_, children):
            yield children
        case Table(head, rows):
            for row in (head, *rows):
                yield from row
        case _:
            for inner in inner_blocks(block):
                yield from runs(inner)


def linked_slugs(block: Block) -> Iterator[str]:
    """Yield the slugs that the links of a block name."""
    for run in runs(block):
        for _leaf, inside in leaves(run):
            for node in inside:
                if isinstance(node, Link) and is_slug(node.href):
                    yield node.href


def footnote_marks(block: Block) -> Iterator[FootnoteMark]:
    """Yield the marks of footnotes in a block, in order."""
    for run in runs(block):
        for leaf, _inside in leaves(run):
            if isinstance(leaf, FootnoteMark):
                yield leaf
