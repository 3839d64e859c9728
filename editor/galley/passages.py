"""The words of a galley as passages: what is set, how it looks, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Flag, auto
from typing import Literal, TypeAlias

from editor.text import nodes
from editor.text.document import Document

Kind: TypeAlias = Literal[
    "kicker",
    "headline",
    "standfirst",
    "byline",
    "point",
    "paragraph",
    "crosshead",
    "quote",
    "item",
    "code",
    "rule",
    "picture",
    "table",
    "footnote",
    "label",
    "small",
]


class GalleyLook(Flag):
    """How words look."""

    PLAIN = 0
    BOLD = auto()
    ITALIC = auto()
    FIXED = auto()
    RAISED = auto()
    """The mark of a footnote."""
    NOTED = auto()
    """A note is about these words."""
    NUMBER = auto()
    """The number of a note, after the words that it is about."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that look alike. `places` says where each letter is written, if it is written."""

    text: str
    look: GalleyLook = GalleyLook.PLAIN
    places: tuple[int, ...] = ()


Stretches: TypeAlias = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class GalleyPassage:
    """A paragraph, or what is set instead of one.

    `lead` is the bullet or number before it, `level` how often it is moved in. A table has
    `rows` of cells, the first of them its head; a picture has its `address`.
    """

    kind: Kind
    stretches: Stretches = ()
    lead: str = ""
    level: int = 0
    address: str = ""
    rows: tuple[tuple[Stretches, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words, without what they look like."""
        return "".join(stretch.text for stretch in self.stretches)

    def all_stretches(self) -> Iterator[Stretch]:
        """Yield the words in the order of the text, also those of a table's cells."""
        yield from self.stretches
        for row in self.rows:
            for cell in row:
                yield from cell


def line_passage(
    kind: Kind, text: str, look: GalleyLook = GalleyLook.PLAIN, lead: str = ""
) -> GalleyPassage:
    """Make a passage of a field that has no marks."""
    return GalleyPassage(kind, (Stretch(text, look, tuple(range(len(text)))),), lead)


def body_passages(document: Document) -> tuple[GalleyPassage, ...]:
    """Make passages of a body. Places are counted from its start."""
    numbers = document.footnote_numbers()
    return tuple(
        passage
        for block in document.blocks
        for passage in _Maker(block.source.start, numbers).passages(block)
    )


class _Maker:
    """Makes passages of one top-level block that begins at a place of the body."""

    def __init__(self, start: int, footnotes: dict[str, int]) -> None:
        self._start = start
        self._footnotes = footnotes

    def passages(
        self, block: nodes.Block, level: int = 0, lead: str = ""
    ) -> Iterator[GalleyPassage]:
        match block:
            case nodes.Paragraph(children):
                kind: Kind = "item" if level else "paragraph"
                yield GalleyPassage(kind, self._words(children), lead, level)
            case nodes.Heading(_, children):
                yield GalleyPassage(
                    "crosshead", self._words(children, GalleyLook.BOLD), lead, level
                )
            case nodes.Quote(blocks):
                for inner in self._blocks(blocks, level + 1, lead):
                    yield replace(inner, kind="quote") if inner.kind == "item" else inner
            case nodes.BulletList(items):
                for item in items:
                    yield from self._blocks(item.blocks, level + 1, "•")
            case nodes.NumberedList(items, first):
                for number, item in enumerate(items, start=first):
                    yield from self._blocks(item.blocks, level + 1, f"{number}.")
            case nodes.Footnote(label, blocks):
                mark = str(self._footnotes.get(label, label))
                for inner in self._blocks(blocks, level + 1, mark):
                    yield replace(inner, kind="footnote") if inner.kind == "item" else inner
            case _:
                yield self._without_paragraphs(block, level, lead)

    def _without_paragraphs(self, block: nodes.Block, level: int, lead: str) -> GalleyPassage:
        match block:
            case nodes.CodeBlock(text, pieces):
                words = Stretch(text, GalleyLook.FIXED, self._places(text, pieces))
                return GalleyPassage("code", (words,), lead, level)
            case nodes.TextPicture(address):
                return GalleyPassage("picture", address=address, level=level)
            case nodes.Table(head, rows):
                first = tuple(self._words(cell, GalleyLook.BOLD) for cell in head)
                others = (tuple(map(self._words, row)) for row in rows)
                return GalleyPassage("table", rows=(first, *others), level=level)
            case _:
                return GalleyPassage("rule", (Stretch("* * *"),), level=level)

    def _blocks(
        self, blocks: Sequence[nodes.Block], level: int, lead: str
    ) -> Iterator[GalleyPassage]:
        """Yield the passages of blocks; the lead is before the first, also where there is none."""
        if not blocks and lead:
            yield GalleyPassage("item", (), lead, level)
        for index, block in enumerate(blocks):
            yield from self.passages(block, level, "" if index else lead)

    def _words(self, children: nodes.Inlines, look: GalleyLook = GalleyLook.PLAIN) -> Stretches:
        found = []
        for leaf, inside in nodes.leaves(children):
            own = look
            for node in inside:
                own |= _LOOKS.get(type(node), GalleyLook.PLAIN)
            match leaf:
                case nodes.Break():
                    found.append(Stretch("\n", own))
                case nodes.FootnoteMark(label, pieces) if label in self._footnotes:
                    text = str(self._footnotes[label])
                    places = self._places(text, pieces)
                    found.append(Stretch(text, own | GalleyLook.RAISED, places))
                case nodes.Code(text, pieces):
                    found.append(Stretch(text, own | GalleyLook.FIXED, self._places(text, pieces)))
                case nodes.Text() | nodes.FootnoteMark():
                    places = self._places(leaf.text, leaf.pieces)
                    found.append(Stretch(leaf.text, own, places))
        return tuple(found)

    def _places(self, text: str, pieces: nodes.Pieces) -> tuple[int, ...]:
        """Return where each letter is written; nothing where that is not known of each."""
        places: list[int] = []
        for piece in pieces:
            start = self._start + piece.start
            has_own = piece.length == piece.end - piece.start
            places += range(start, start + piece.length) if has_own else [start] * piece.length
        # A footnote's number is shorter than its mark, or longer.
        places = places[: len(text)] + places[-1:] * (len(text) - len(places))
        return tuple(places)


_LOOKS = {nodes.Emphasis: GalleyLook.ITALIC, nodes.Strong: GalleyLook.BOLD}
