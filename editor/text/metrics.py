"""The length of a text, counted in one way for the whole of Stonehand."""

from __future__ import annotations

import re
import unicodedata

WORDS_A_MINUTE = 238
"""Silent reading of non-fiction (Brysbaert 2019, a review of 190 studies)."""

# Scripts written without spaces: kana, bopomofo, Han. Korean has spaces.
_CJK = "\u3041-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK += "\uff66-\uff9f\U00020000-\U0003fffd"
_TOKEN = re.compile(f"[{_CJK}]|[^\\s—{_CJK}]+")
_SPOKEN = re.compile(r"[^\W_]")

_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)
_JAMO_LEAD = range(0x1100, 0x1160)
_JAMO_REST = range(0x1160, 0x1200)


def count_words(text: str) -> int:
    """Count the words: what is between spaces or dashes and has a letter or digit.

    Each Chinese or Japanese character counts as a word, as editors there count.
    """
    return sum(1 for token in _TOKEN.findall(text) if _SPOKEN.search(token))


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
