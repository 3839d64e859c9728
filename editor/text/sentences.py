"""Splits a text into sentences, as far as that can be told without a dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.text.nodes import Span

_END = re.compile(r"(?P<stop>[.!?…؟۔]+)[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』”）]*|\n[ \t]*\n\s*")
_SHORT = re.compile(
    r"(?:^|[\s(“\"‘'])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Rev|Sen|Rep|Gov|St|Mt|Jr|Sr|Co|Corp"
    r"|Inc|Ltd|No|vs|v|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[a-z]\.[a-z]"
    r"|(?:[A-Z]\.)+[A-Z])$"
)
"""What a full stop follows without an end of the sentence: initials, titles, months."""
_LONGEST_WORD = 12


def split_sentences(text: str) -> Iterator[Span]:
    """Split on full stops and their like, and on blank lines; each without the space around it.

    A stop after an initial, a title (“Mr.”) or before a small letter ends none.
    """
    start = 0
    for found in _END.finditer(text):
        if found["stop"] and not _is_end(text, found):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _is_end(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 20].lstrip(" \t\n\"'“‘«([")
    if after[:1].islower():
        return False
    before = text[max(0, found.start() - _LONGEST_WORD) : found.start()]
    return found["stop"] != "." or not _SHORT.search(before)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if words.strip():
        start += len(words) - len(words.lstrip())
        yield Span(start, start + len(words.strip()))
