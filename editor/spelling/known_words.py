"""Words that are right though no dictionary has them: names, places, the paper's own."""

from __future__ import annotations

from collections.abc import Iterable

from editor.spelling.words import plain_word


class KnownWords:
    """Words and names; a name of several words makes each of them known.

    A word in small letters is also right with a capital, and in capitals. A name is
    right with its own capitals, and in capitals.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._exact = frozenset(
            plain_word(word.strip(".,;:()“”\"'")) for name in names for word in name.split()
        )
        self._small = frozenset(word for word in self._exact if word == word.lower())
        self._capitals = frozenset(word.upper() for word in self._exact)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KnownWords) and self._exact == other._exact

    def __hash__(self) -> int:
        return hash(self._exact)

    def has(self, word: str) -> bool:
        """Return whether a word is one of them as it is written."""
        if word in self._exact or word[:1].lower() + word[1:] in self._small:
            return True
        return word == word.upper() and word in self._capitals
