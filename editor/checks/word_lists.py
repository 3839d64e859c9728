"""Lists of words, written as one text each."""

from __future__ import annotations


def word_list(text: str, between: str | None = None) -> list[str]:
    """Return the words of a text in their order; `between` separates phrases."""
    return text.split(between)


def word_set(text: str, between: str | None = None) -> frozenset[str]:
    """Return the words of a text to look them up."""
    return frozenset(word_list(text, between))
