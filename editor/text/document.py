"""A body as sections that are read apart, so that a key reads only its own again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import Any, Generic, Self, TypeVar

from editor.text.nodes import Block, Footnote, Span, footnote_marks, linked_slugs

T = TypeVar("T")
S = TypeVar("S")


class Remembering(Generic[S]):
    """Remembers what pure functions make of it: for as long as it is there, so never too long."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[Callable[..., Any], Any] = {}

    def _make(self, make: Callable[[S], T], of: S) -> T:
        made = self._made
        if make not in made:
            made[make] = make(of)
        found: T = made[make]
        return found


class Part(Remembering[Block]):
    """A top-level block, its `source` counted from its section's start.

    `labels` are the footnotes that it asks for, in order.
    """

    __slots__ = ("block", "labels")

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block
        self.labels = tuple(mark.label for mark in footnote_marks(block))

    def made(self, make: Callable[[Block], T]) -> T:
        """Return what a pure function makes of the block; it is called once."""
        return self._make(make, self.block)


class BodySection(Remembering["BodySection"]):
    """A stretch of whole lines, and the parts in it: they depend on no other line.

    Only the numbers of footnotes are the document's. `slugs` are those that links name.
    """

    __slots__ = ("has_notes", "parts", "slugs", "text")

    def __init__(self, text: str, blocks: tuple[Block, ...]) -> None:
        super().__init__()
        self.text = text
        self.parts = tuple(map(Part, blocks))
        self.has_notes = any(isinstance(block, Footnote) for block in blocks)
        self.slugs = frozenset(slug for block in blocks for slug in linked_slugs(block))

    def made(self, make: Callable[[BodySection], T]) -> T:
        """Return what a pure function makes of the section; it is called once."""
        return self._make(make, self)


class Document:
    """A body: its top-level blocks in order, then its footnotes.

    Footnotes are in the order in which the text asks for them, those it never
    asks for last; they are written anywhere. Documents are equal when they read the same.
    """

    def __init__(self, blocks: tuple[Block, ...] = ()) -> None:
        self.sections: tuple[BodySection, ...] = (BodySection("", blocks),)

    @classmethod
    def of(cls, sections: tuple[BodySection, ...]) -> Self:
        """Make a document of sections, whose texts together are the body."""
        document = cls()
        document.sections = sections
        return document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and self.blocks == other.blocks

    def __hash__(self) -> int:
        return hash(self.blocks)

    def __repr__(self) -> str:
        return f"Document({self.blocks!r})"

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The blocks with what is remembered of them, in the order of `blocks`."""
        return tuple(part for part, _section in self._ordered)

    @cached_property
    def placed(self) -> tuple[tuple[Part, BodySection, int], ...]:
        """The parts in the order of `blocks`, each with its section and where that begins."""
        starts = list(accumulate((len(section.text) for section in self.sections), initial=0))
        return tuple((part, self.sections[at], starts[at]) for part, at in self._ordered)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where each of `blocks` is written, from the body's start."""
        return tuple(
            Span(at + part.block.source.start, at + part.block.source.end)
            for part, _section, at in self.placed
        )

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks; their `source` is counted from the body's start."""
        return tuple(
            part.block if part.block.source == span else replace(part.block, source=span)
            for part, span in zip(self.parts, self.spans, strict=True)
        )

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The slugs that links name, so that it can be asked whose they are."""
        return frozenset().union(*(section.slugs for section in self.sections if section.slugs))

    @cached_property
    def notes(self) -> tuple[Part, ...]:
        """The footnotes, in their order."""
        if not any(section.has_notes for section in self.sections):
            return ()
        return tuple(part for part in self.parts if isinstance(part.block, Footnote))

    def footnote_numbers(self) -> dict[str, int]:
        """Return the number of each footnote by its label, from 1 on."""
        numbers: dict[str, int] = {}
        for number, note in enumerate(self.notes, start=1):
            if isinstance(note.block, Footnote):
                numbers.setdefault(note.block.label, number)
        return numbers

    @cached_property
    def _ordered(self) -> tuple[tuple[Part, int], ...]:
        """The parts, each with the number of its section, in the order of `blocks`."""
        written = [(part, at) for at, section in enumerate(self.sections) for part in section.parts]
        if not any(section.has_notes for section in self.sections):
            return tuple(written)
        return tuple(_with_footnotes_last(written))


def _with_footnotes_last(written: list[tuple[Part, int]]) -> Iterator[tuple[Part, int]]:
    """The text, then the footnotes as they are asked for, then those that nothing asks for."""
    by_label: dict[str, tuple[Part, int]] = {}
    notes: list[tuple[Part, int]] = []
    asked: list[str] = []
    for part, at in written:
        if isinstance(part.block, Footnote):
            notes.append((part, at))
            by_label.setdefault(part.block.label, (part, at))
        else:
            asked += part.labels
            yield part, at
    known: dict[str, tuple[Part, int]] = {}
    while asked:
        following: list[str] = []
        for label in asked:
            if label in by_label and label not in known:
                known[label] = by_label[label]
                following += known[label][0].labels
        asked = following
    yield from known.values()
    is_known = {part for part, _at in known.values()}
    yield from (note for note in notes if note[0] not in is_known)
