"""Texts in which nothing can be seen, and what nobody sees in a name."""

from __future__ import annotations

import regex

from editor.core.canonical import normal

_BLANK = regex.compile(r"[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*")
_CONTROL = regex.compile(r"(?!\s)\p{Cc}")


def is_blank(text: str) -> bool:
    """Whether a text has only white space and characters that nobody sees."""
    return _BLANK.fullmatch(text) is not None


def plain_name(text: str) -> str:
    """Return a name on one line, with single spaces and without control characters.

    Those would steer a terminal that shows it.
    """
    return " ".join(_CONTROL.sub("", normal(text)).split())
