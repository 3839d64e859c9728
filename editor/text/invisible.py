"""Characters that can't be seen, and where they belong all the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_INVISIBLE = re.compile(
    "[\x01-\x08\x0b-\x1f\x7f-\x9f\u00a0\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\u061c]"
)
_MARKS_OF_DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_JOINERS = "\u200c\u200d"
_BREAKS = {"\u00a0": " "}
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff]")
_PLAIN_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "DIGIT")
_NO_BREAK_NEIGHBOURS = "«»‹›:;!?%‰–—-‐−+±=×€$£¥°§№#&/…"
_WINDOW = 40
_LONGEST_TITLE = 3
"""Mr, Dr, Ms, Mrs, and the short prepositions that Czech and Polish keep in their word's line."""


def has_two_directions(text: str) -> bool:
    """Whether marks of direction have a use in a text: Arabic or Hebrew letters, or emoji."""
    return bool(_RIGHT_TO_LEFT.search(text) or _EMOJI.search(text))


def stray_characters(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the invisible characters that don't belong in a text: (start, end, replacement).

    Allowed are marks of direction in text with Arabic or Hebrew letters or
    emoji, joiners after letters that join and in emoji, and no-break spaces
    where typography asks for them (a number and its unit, Mr Smith, « mot »).
    """
    if text.isascii() and text.isprintable():
        return
    mixed_direction = None
    for match in _INVISIBLE.finditer(text):
        char, at = match[0], match.start()
        if char in _MARKS_OF_DIRECTION:
            if mixed_direction is None:
                mixed_direction = has_two_directions(text)
            if mixed_direction:
                continue
        if char in _JOINERS and _joins(text, at):
            continue
        if char == "\u00a0" and _holds_together(text, at):
            continue
        yield at, at + 1, _BREAKS.get(char, "")


def _joins(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    if before == "\ufe0f" and at > 1:
        before = text[at - 2]
    if _EMOJI.match(before):
        return True
    category = unicodedata.category(before)
    if category[0] not in "LM":
        return False
    return not unicodedata.name(before, "").startswith(_PLAIN_SCRIPTS)


def _holds_together(text: str, at: int) -> bool:
    """Whether a no-break space is where typography wants one; invisible neighbours don't count."""
    left, right = _visible(text[max(0, at - _WINDOW) : at]), _visible(text[at + 1 : at + _WINDOW])
    before, after = left[-1:] or " ", right[:1] or " "
    if before.isdigit() or after.isdigit() or before == ".":
        return True
    if before in _NO_BREAK_NEIGHBOURS or after in _NO_BREAK_NEIGHBOURS:
        return True
    word = left[-_LONGEST_TITLE - 1 :]
    return bool(word.strip()) and (len(word) <= _LONGEST_TITLE or any(map(str.isspace, word)))


def _visible(text: str) -> str:
    """Return a text without its invisible characters."""
    return _INVISIBLE.sub(lambda match: _BREAKS.get(match[0], ""), text)
