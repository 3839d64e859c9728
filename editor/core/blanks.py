"""Texts in which nothing can be seen."""

from __future__ import annotations

import regex

_BLANK = regex.compile(r"[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*")


def is_blank(text: str) -> bool:
    """Whether a text has only white space and characters that nobody sees."""
    return _BLANK.fullmatch(text) is not None
