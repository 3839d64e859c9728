"""Cutting a text short, as readers see its characters."""

from __future__ import annotations

from itertools import islice

import regex

_CHARACTER = regex.compile(r"\X")  # a grapheme cluster (Unicode UAX #29)
_LONGEST_CHARACTER = 32
_FAR_BACK = 0.7
"""A word that begins before this share of the limit is cut: it is a long one, or no word."""
_NOT_LAST = ",;:،؛、，；：–—-(“«‘（「『、 "


def shorten(text: str, limit: int) -> str:
    """Return a text of one paragraph, or its start up to a limit of characters and `…`.

    It is cut after a word. Where there is no space near the limit, as in Japanese, in
    Thai or in a long address, it is cut at the limit, between two characters.
    """
    found = islice(_CHARACTER.finditer(text, endpos=(limit + 1) * _LONGEST_CHARACTER), limit + 1)
    ends = [character.end() for character in found]
    if len(ends) <= limit and (not ends or ends[-1] == len(text)):
        return text
    at = ends[min(limit, len(ends)) - 1]
    if not text[at].isspace():
        space = text.rfind(" ", 0, at)
        if space > ends[int(len(ends) * _FAR_BACK)]:
            at = space
    return text[:at].rstrip(_NOT_LAST) + "…"
