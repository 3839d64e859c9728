"""The length of a text, counted in one way for the whole of Stonehand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

WORDS_A_MINUTE = 238
"""Silent reading of non-fiction (Brysbaert 2019, a review of 190 studies)."""

# Scripts written without spaces: kana, bopomofo, Han. Korean has spaces.
_CJK = "\u3041-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK += "\uff66-\uff9f\U00020000-\U0003fffd"
_PHRASED = (
    ("\u0e01-\u0e3a\u0e40-\u0e4e", 4.37),
    ("\u0e81-\u0ecd\u0edc-\u0edf", 4.37),
    ("\u1780-\u17d3\u17d7\u17dc\u17dd", 4.88),
    ("\u1000-\u103f\u104c-\u108f\u109a-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f", 4.8),
)
"""The letters of Thai, Lao, Khmer and Burmese, whose spaces are between phrases, and how many
make a word, measured on text that people have cut into words: Thai on UD Thai-PUD (21,632
words), Khmer on khPOS (121,194), Burmese on myPOS (197,785). Pieces of 430 words are 3 % off in
the mean and 12 % at most. Lao is taken as Thai, its nearest."""
_PHRASED_LETTERS = "".join(letters for letters, _ in _PHRASED)
_RUNS = [(re.compile(f"[{letters}]+"), length) for letters, length in _PHRASED]
_ANY_PHRASED = re.compile(f"[{_PHRASED_LETTERS}]")
_SPOKEN = re.compile(r"[^\W_]")

_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)
_JAMO_LEAD = range(0x1100, 0x1160)
_JAMO_REST = range(0x1160, 0x1200)


class Tally(NamedTuple):
    """What the number of words follows from; that of a text is the sum of its paragraphs'.

    `words` have a letter or digit and are between spaces or dashes; `letters` are those of
    each script that has no spaces between words.
    """

    words: int
    letters: tuple[int, ...] = ()


@cache
def _tokens() -> re.Pattern[str]:
    """Compile the pattern of what may be a word: it takes milliseconds, and no window waits."""
    return re.compile(f"[{_CJK}]|[^\\s—{_CJK}{_PHRASED_LETTERS}]+")


def tally(text: str) -> Tally:
    """Count what the number of words follows from."""
    words = sum(1 for token in _tokens().findall(text) if _SPOKEN.search(token))
    if not _ANY_PHRASED.search(text):
        return Tally(words)
    counts = (sum(len(match[0]) for match in run.finditer(text)) for run, _ in _RUNS)
    return Tally(words, tuple(counts))


def total_words(tallies: Sequence[Tally]) -> int:
    """Return the number of words in several texts that are parts of one."""
    count = sum(found.words for found in tallies)
    for letters, (_, length) in zip(
        map(sum, zip(*filter(None, (found.letters for found in tallies)), strict=True)),
        _RUNS,
        strict=False,
    ):
        count += max(1, round(letters / length)) if letters else 0
    return count


def count_words(text: str) -> int:
    """Count the words: what is between spaces or dashes and has a letter or digit.

    Each Chinese or Japanese character counts as a word, as editors there count. In
    Thai, Lao, Khmer and Burmese words are estimated from the letters.
    """
    return total_words([tally(text)])


def count_characters(text: str) -> int:
    """Count what a reader sees as one character each (after Unicode UAX #29).

    An accent, an emoji's skin tone or family and a flag's second letter belong
    to what they follow; marks that only steer direction count nothing.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    count, before, flags = 0, "", 0
    for character in text:
        code = ord(character)
        flags = flags + 1 if code in _REGIONAL else 0
        joined = before == _JOINER or flags == 2 or (character == "\n" and before == "\r")
        if not joined and not _belongs_before(character, before):
            count += 1
        if flags == 2:
            flags = 0
        before = character
    return count


def reading_minutes(words: int) -> int:
    """Return how long reading takes, in whole minutes, at least 1."""
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


def _belongs_before(character: str, before: str) -> bool:
    code = ord(character)
    if unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") or code in _SKIN_TONES:
        return True
    if character < " ":
        return character not in "\n\r\t"
    return bool(before) and code in _JAMO_REST and ord(before) in (*_JAMO_LEAD, *_JAMO_REST)
