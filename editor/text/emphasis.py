"""Which asterisks and underscores are pairs, as Python-Markdown sees it."""

from __future__ import annotations

from typing import TypeAlias

from markdown import Markdown
from markdown.inlinepatterns import Delimiter, DelimiterProcessor

_PAIRED = "\x03"

_Pair: TypeAlias = tuple[int, int, int, int]
"""Where an opening mark starts and ends, and a closing one."""


class EmphasisFinder(DelimiterProcessor):
    """Pairs asterisks and underscores as Python-Markdown does. Not for two threads at once."""

    def __init__(self, markdown: Markdown) -> None:
        super().__init__("*", "strong,em", markdown)
        self.add("_", "strong,em", smart=True)
        self._pairs: list[_Pair] = []

    def pairs(self, text: str) -> list[_Pair]:
        """Find every pair; one of two characters each is strong."""
        self._pairs = []
        rest, at = text, 0
        while match := self.compiled_re.search(rest, at):
            element, _start, end = self.handleMatch(match, rest)
            self.reset()
            at = max(match.end(), end or 0)
            if element is not None:
                at = max(pair[3] for pair in self._pairs)
                # What is paired is no neighbour of the marks that follow.
                rest = f"{rest[: at - 1]}{_PAIRED}{rest[at:]}"
        # Sometimes it pairs two marks with one and what comes after it.
        return [(a, b, c, d) for a, b, c, d in self._pairs if text[a:b] == text[c:d]]

    def add_region(self, delim: Delimiter, *region: int) -> None:
        """Note a pair."""
        super().add_region(delim, *region)
        opening, opened, closing, closed, _size = region
        self._pairs.append((opening, opened, closing, closed))
