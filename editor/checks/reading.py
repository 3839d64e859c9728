"""Searches the prose of a story block by block: after a key only the edited block is read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

from editor.checks.base import Subject
from editor.checks.prose import BlockProse, split_paragraphs
from editor.checks.quote_marks import marks_in_pairs
from editor.core.findings import Edit, TextPlace
from editor.text.nodes import Span

T = TypeVar("T")

ABOVE_BODY = ("headline", "standfirst", "key_points")
RUNNING_TEXT = ("body", "standfirst", "key_points", "caption")
PROSE = ("kicker", "headline", "standfirst", "key_points", "body", "caption", "alt")
"""Fields with sentences, in the order of the form; a path counts by its last name."""


class FoundWords(NamedTuple):
    """Words that a check is about, with what to write instead, where that is known.

    `kind` is a check's own: which rule they break, or in which way they are written.
    """

    start: int
    end: int
    text: str
    instead: str = ""
    kind: str = ""


class PlacedWords(NamedTuple):
    """Words with the field they are in; `at` is where they begin in its prose."""

    path: str
    at: int
    words: FoundWords

    @property
    def place(self) -> TextPlace:
        """Where the words are."""
        return TextPlace(self.path, self.at, self.at + self.words.end - self.words.start)

    @property
    def edit(self) -> Edit:
        """Write what should be there instead."""
        return self.replaced(self.words.instead)

    def replaced(self, text: str) -> Edit:
        """Write something else instead."""
        place = self.place
        return Edit(place.path, place.start, place.end, text)


def search(
    subject: Subject, find: Callable[[BlockProse], Iterable[T]], fields: Container[str] = PROSE
) -> Iterator[tuple[str, int, T]]:
    """Yield what a pure function finds in the prose of the fields, as (path, start, found).

    `start` is where the block begins in its field. The function is called once for a block
    or field as long as its words are the same, so it returns a tuple, never an iterator.
    """
    for path, text in subject.prose.items():
        if _name(path) not in fields:
            continue
        if path == "body":
            for block, start in subject.body.blocks:
                for found in block.made(find):
                    yield path, start, found
        else:
            for found in _field_prose(text).made(find):
                yield path, 0, found


def search_words(
    subject: Subject,
    find: Callable[[BlockProse], tuple[FoundWords, ...]],
    fields: Container[str] = PROSE,
) -> Iterator[PlacedWords]:
    """Yield the words that a pure function finds in the prose of the fields."""
    for path, start, words in search(subject, find, fields):
        yield PlacedWords(path, start + words.start, words)


@lru_cache(maxsize=512)
def _name(path: str) -> str:
    """Return the name of a path that is not a number: `caption` of `pictures/0/caption`."""
    first, *rest = path.split("/")
    return rest[-1] if rest and not rest[-1].isdecimal() else first


@lru_cache(maxsize=512)
def _field_prose(text: str) -> BlockProse:
    """Remember what was found in a short field, as a block remembers it."""
    return BlockProse(text, ())


def is_in_language(subject: Subject, *languages: str) -> bool:
    """Whether the story is in one of these languages (ISO 639), in any region."""
    return subject.story.language.partition("-")[0].lower() in languages


def is_english(subject: Subject) -> bool:
    """Whether the story is in English; one whose language is not known is not."""
    return is_in_language(subject, "en")


def paragraphs_of(block: BlockProse) -> tuple[Span, ...]:
    """Return the paragraphs of a block."""
    return tuple(split_paragraphs(block.text))


def quotations_of(block: BlockProse) -> tuple[Span, ...]:
    """Return what is between quotation marks; one left open reaches to its paragraph's end."""
    spans = []
    for paragraph in block.made(marks_in_pairs):
        spans += [Span(opening.at, closing.at + 1) for opening, closing in paragraph.quotations]
        spans += [
            Span(mark.at, paragraph.end) for mark in paragraph.unclosed[:1] if not mark.single
        ]
    return tuple(sorted(spans))


def unquoted(block: BlockProse) -> str:
    """Return the words with blanks in place of every quotation: what the writer says."""
    pieces, at = [], 0
    for quotation in block.made(quotations_of):
        start, end = max(quotation.start, at), max(quotation.end, at)
        pieces += [block.text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, block.text[at:]])


_SENTENCE_END = re.compile(r"[.!?…؟][\"'”’»)\]]{0,3}\s+(?=[\"'“‘«(\[]{0,3}[^\W_])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“‘'])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Rev|Hon|Gen|Lt|Col|Sgt|Capt|Maj|Cpl|Sen|Rep|"
    r"Gov|Pres|No|Nos|vs|v|Inc|Co|Cos|Corp|Ltd|Bros|Mt|Ft|Ave|Blvd|Dept|approx|est|e\.g|i\.e|cf|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|[A-Z]|(?:[A-Za-z]\.){1,4}[A-Za-z])$"
)
_LONGEST_ABBREVIATION = 12


def sentences_of(block: BlockProse) -> tuple[Span, ...]:
    """Return the sentences of a block, with the marks that end them.

    An initial or a known abbreviation does not end one.
    """
    text, spans = block.text, []
    for paragraph in block.made(paragraphs_of):
        start = paragraph.start
        for match in _SENTENCE_END.finditer(text, *paragraph):
            before = text[max(start, match.start() - _LONGEST_ABBREVIATION) : match.start()]
            if match[0][0] == "." and _ABBREVIATED.search(before):
                continue
            spans.append(Span(start, match.start() + len(match[0].rstrip())))
            start = match.end()
        spans.append(Span(start, paragraph.end))
    return tuple(spans)
