"""What makes a word right at one moment: dictionaries by script, and the words known besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from editor.checks.prose import BlockProse
from editor.spelling.dictionary import EitherDictionary
from editor.spelling.known_words import KnownWords
from editor.spelling.words import SpelledWord, find_words, readings
from editor.text import nodes
from editor.text.nodes import Span
from editor.text.source import Located


class Lexicon:
    """Dictionaries that are loaded, by the script they are for (ISO 15924), and known words.

    A word in a script without a dictionary is right.
    """

    def __init__(
        self, dictionaries: Mapping[str, EitherDictionary], known: tuple[KnownWords, ...]
    ) -> None:
        self.dictionaries, self._known = dict(dictionaries), known

    def is_same(self, dictionaries: Mapping[str, EitherDictionary], known: object) -> bool:
        """Return whether it has just these dictionaries and known words."""
        return (self.dictionaries, self._known) == (dictionaries, known)

    def learn(self, words: Iterable[SpelledWord]) -> None:
        """Ask the dictionaries about words, all in two questions, so that `is_right` knows."""
        words = list(words)
        for script, dictionary in self.dictionaries.items():
            texts = {word.text for word in words if word.script == script}
            asked = [text for text in texts if not self._is_known(text)]
            dictionary.learn(asked)
            rest = [text for text in asked if not dictionary.knows(text)]
            parts = chain.from_iterable(chain.from_iterable(readings(text) for text in rest))
            dictionary.learn(part for part in parts if not self._is_known(part))

    def is_right(self, word: SpelledWord) -> bool:
        """Return whether a word is spelled right; it must have been learned."""
        dictionary = self.dictionaries.get(word.script)
        return dictionary is None or any(
            all(self._is_known(part) or dictionary.knows(part) for part in reading)
            for reading in readings(word.text)
        )

    def _is_known(self, word: str) -> bool:
        return any(known.has(word) for known in self._known)


class CheckedWords:
    """The words of one text, and those of them that a lexicon does not have.

    They are looked up again only for another lexicon.
    """

    def __init__(self, text: str, prose: BlockProse | None = None) -> None:
        self._text = text
        self._written = Located(text, prose.pieces) if prose is not None else None
        self.words = find_words(text, is_prose=prose is not None)
        self.scripts = frozenset(word.script for word in self.words)
        self._lexicon: Lexicon | None = None
        self._wrong: tuple[tuple[SpelledWord, Span, bool], ...] = ()

    @classmethod
    def of(cls, block: BlockProse) -> CheckedWords:
        """Return those of a block; it remembers them."""
        return cls(block.text, block)

    def is_checked(self, lexicon: Lexicon) -> bool:
        """Return whether it is known already which of the words a lexicon does not have."""
        return self._lexicon is lexicon

    def wrong(
        self, lexicon: Lexicon, code: tuple[Span, ...] = ()
    ) -> tuple[tuple[SpelledWord, Span, bool], ...]:
        """Return the words that are wrong, where each is written, and whether all in one go.

        Words in `code` are none. Places in a block are counted from the start of its section.
        """
        if self._lexicon is not lexicon:
            self._lexicon = lexicon
            wrong = [word for word in self.words if not lexicon.is_right(word)]
            placed = [(word, *self._place(word)) for word in wrong]
            self._wrong = tuple(row for row in placed if not _is_inside(row[1], code))
        return self._wrong

    def around(self, word: SpelledWord) -> str:
        """Return a word with its neighbours, which tell this place from others."""
        before = self._text[: word.start].split()[-1:]
        after = self._text[word.end :].split()[:1]
        return " ".join((*before, word.text, *after))

    def _place(self, word: SpelledWord) -> tuple[Span, bool]:
        if self._written is None:
            return Span(word.start, word.end), True
        pieces = self._written.pieces(word.start, word.end)
        if not pieces:
            return Span(0, 0), False
        span = Span(pieces[0].start, pieces[-1].end)
        length = sum(piece.end - piece.start for piece in pieces)
        return span, length == word.end - word.start == span.end - span.start


def code_spans(block: nodes.Block) -> tuple[Span, ...]:
    """Return where a block has code, from the start of its section."""
    start = block.source.start
    return tuple(
        Span(start + pieces[0].start, start + pieces[-1].end) for pieces in _code(block) if pieces
    )


def _code(block: nodes.Block) -> Iterator[nodes.Pieces]:
    if isinstance(block, nodes.CodeBlock):
        yield block.pieces
    for inner in nodes.inner_blocks(block):
        yield from _code(inner)
    for run in nodes.runs(block):
        for leaf, _inside in nodes.leaves(run):
            if isinstance(leaf, nodes.Code):
                yield leaf.pieces


def _is_inside(span: Span, others: tuple[Span, ...]) -> bool:
    return any(other.start <= span.start < other.end for other in others)
