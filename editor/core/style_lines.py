"""The words of a house style as people write them: one in a line."""

from __future__ import annotations

from collections.abc import Iterable

from editor.core.house_style import LoadedWord
from editor.errors import BadValue
from editor.i18n import _

_BETWEEN = "→"
_ALSO_BETWEEN = "="


def word_lines(words: Iterable[str]) -> str:
    """Return words that are spelled right, one in a line."""
    return "\n".join(words)


def parse_words(text: str) -> tuple[str, ...]:
    """Read what `word_lines` wrote, in any order."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def loaded_lines(loaded: Iterable[LoadedWord]) -> str:
    """Return loaded words, one in a line: `claimed → said`, or only the word."""
    return "\n".join(
        f"{word.word} {_BETWEEN} {word.instead}" if word.instead else word.word for word in loaded
    )


def parse_loaded(text: str) -> tuple[LoadedWord, ...]:
    """Read what `loaded_lines` wrote; `=` does as well as the arrow.

    Raises BadValue for a line that has something to write and nothing to write it for, and
    for a word that is there twice.
    """
    found: dict[str, LoadedWord] = {}
    for number, line in enumerate(text.splitlines(), 1):
        between = _BETWEEN if _BETWEEN in line else _ALSO_BETWEEN
        word, _sign, instead = line.partition(between)
        loaded = LoadedWord(word, instead)
        if not loaded.word:
            if line.strip():
                raise BadValue(
                    _("Line {n} names no word: “{line}”.").format(n=number, line=line.strip()[:60]),
                    _("Write the word first, then → or = and what to write instead."),
                )
            continue
        if loaded.word in found:
            raise BadValue(
                _("Line {n} has “{word}” once more.").format(n=number, word=loaded.word[:60]),
                _("Remove one of the two lines."),
            )
        found[loaded.word] = loaded
    return tuple(found.values())
