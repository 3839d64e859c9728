"""What a body is made of: frozen nodes that know nothing of how they were written.

Each top-level block carries its place in the source: `line` is its first line
(from 0), `end` the line after its last. They take no part in equality, so two
documents are equal when they read the same. Inside a quote or a list both are
0: there the place is that of the outermost block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the reader sees them, never escaped; no line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words in a fixed-width face."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break the writer asked for."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Important words."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: `href` is as `links.safe_href` gives it."""

    href: str
    children: tuple[Inline, ...]


Inline: TypeAlias = Text | Code | Break | Emphasis | Strong | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of words."""

    children: tuple[Inline, ...]
    line: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the body; `level` is 1 to 6 as written."""

    level: int
    children: tuple[Inline, ...]
    line: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, set apart."""

    blocks: tuple[Block, ...]
    line: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items in no order."""

    items: tuple[ListItem, ...]
    line: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items in order, counted from `start`."""

    items: tuple[ListItem, ...]
    start: int = 1
    line: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines in a fixed-width face, as they stand; several blank ones are one."""

    text: str
    line: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the column: another subject begins."""

    line: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Align: TypeAlias = Literal["", "left", "center", "right"]
Cell: TypeAlias = tuple["Inline", ...]
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one head row, the rows, and how each column stands. All have equal lengths."""

    head: Row
    rows: tuple[Row, ...]
    aligns: tuple[Align, ...]
    line: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Block: TypeAlias = (
    Paragraph | Heading | Quote | BulletList | NumberedList | CodeBlock | Rule | Table
)


@dataclass(frozen=True, slots=True)
class Document:
    """A body: its top-level blocks in order."""

    blocks: tuple[Block, ...] = ()
