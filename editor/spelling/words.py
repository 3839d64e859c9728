"""The words of a text that have a spelling: no numbers, names of accounts, addresses, acronyms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

import regex

from editor.checks.prose import HIDDEN, hide_addresses

_JOINERS = "'’‘ʼ\u2010\u2011\u00ad\u200c\u200d-"
_TOKEN = regex.compile(
    # Accounts and tags; a hashtag or a path is skipped as a whole.
    rf"[@#][\w.{_JOINERS}]+|(?<!\S)(?:\w:)?[\\/~][^\s,;]*[\\/][^\s,;]*"
    rf"|(?<![\w{HIDDEN}])[\p{{L}}\p{{M}}\p{{N}}_]"
    rf"(?:[\p{{L}}\p{{M}}\p{{N}}_]|[.·{_JOINERS}](?=[\p{{L}}\p{{M}}\p{{N}}]))*(?!{HIDDEN})"
)
_NO_WORD = regex.compile(r"[\p{N}_.·@#\\/]")
_LONGEST = 60
"""More letters than this are no word that anybody mistyped."""

SCRIPTS = {
    "Latn": r"\p{Script=Latin}",
    "Arab": r"\p{Script=Arabic}",
    "Cyrl": r"\p{Script=Cyrillic}",
    "Grek": r"\p{Script=Greek}",
    "Hebr": r"\p{Script=Hebrew}",
    "Deva": r"\p{Script=Devanagari}",
    "Beng": r"\p{Script=Bengali}",
    "Armn": r"\p{Script=Armenian}",
    "Geor": r"\p{Script=Georgian}",
    "Kore": r"\p{Script=Hangul}",
}
"""Scripts that separate words by spaces and have dictionaries, by ISO 15924."""
_RUNS = regex.compile(
    "|".join(
        rf"(?P<{code}>{letters}(?:[{letters}\p{{M}}\u0640]|[{_JOINERS}](?={letters}))*)"
        for code, letters in SCRIPTS.items()
    )
)
# Vowels and other marks that readers may or may not see, and the stretch of a line.
_MARKS = regex.compile(
    "[\u0640\u064b-\u0652\u0670\u0610-\u061a\u06d6-\u06ed\u0591-\u05bd\u05bf-\u05c7]"
)
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-", "\u00ad": None})
_PART = regex.compile(r"[-']")


@dataclass(frozen=True, slots=True)
class SpelledWord:
    """A word to look up, where it is in its text (Python indexes), and its script (ISO 15924).

    `text` is as dictionaries write it: with plain apostrophes and without vowel marks.
    """

    start: int
    end: int
    text: str
    script: str


_ELIDED = regex.compile(
    r"(?:tis|twas|twere|twill|twould|em|til|cos|bout|cause)(?!\w)", regex.IGNORECASE
)
"""Words that are right after an apostrophe: ’tis."""


def find_words(text: str, is_prose: bool = False) -> list[SpelledWord]:
    """Return the words of a text that have a spelling; `is_prose` has no address any more."""
    prose = text if is_prose else hide_addresses(text)
    return [
        word
        for token in _TOKEN.finditer(prose)
        if not _is_elided(prose, token.start())
        for word in _words(token[0], token.start())
        if len(word.text) <= _LONGEST and not _is_exempt(word.text)
    ]


def _is_elided(text: str, start: int) -> bool:
    return text[start - 1 : start] in ("’", "'", "‘") and bool(_ELIDED.match(text, start))


def plain_word(text: str) -> str:
    """Return a word as dictionaries write it: each accent in one character with its letter."""
    plain: str = _MARKS.sub("", normalize("NFC", text).translate(_SAME))
    return plain


def readings(word: str) -> Iterator[tuple[str, ...]]:
    """Yield what may be right of a word: it is where all words of one reading are.

    After the word itself come it without an English possessive, its parts between
    hyphens, and what follows an elided article (`l'été`).
    """
    yield (word,)
    base = word.removesuffix("'s").removesuffix("'S")
    if base != word:
        yield (base,)
    if "-" in base:
        yield tuple(part for part in base.split("-") if part and not _is_exempt(part))
    article, _mark, rest = base.partition("'")
    if rest and len(article) <= 2 and not _is_exempt(rest):  # l', d', qu'
        yield (rest,)


def _words(token: str, start: int) -> Iterator[SpelledWord]:
    if _NO_WORD.search(token):
        return
    if token.isascii():
        yield SpelledWord(start, start + len(token), token, "Latn")
        return
    for run in _RUNS.finditer(token):
        text = plain_word(run[0])
        if text:
            yield SpelledWord(start + run.start(), start + run.end(), text, run.lastgroup or "")


def _is_exempt(word: str) -> bool:
    """Whether it is a letter, an acronym (NGO, MPs), or written in capitals inside (iPhone)."""
    return all(
        len(part) == 1 or (any(map(str.isupper, part[1:])))
        for part in _PART.split(word)
        if part and part != "s"
    )
