"""Texts in which nothing can be seen, and what nobody sees in a name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from editor.core.canonical import normal

if TYPE_CHECKING:
    from regex import Pattern

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Unicode's category Cc, to which nothing is added any more, without its white space."""


def is_blank(text: str) -> bool:
    """Whether a text has only white space and characters that nobody sees."""
    return not text.strip() or _blank().fullmatch(text) is not None


def plain_name(text: str) -> str:
    """Return a name on one line, with single spaces and without control characters.

    Those would steer a terminal that shows it.
    """
    return " ".join(_CONTROL.sub("", normal(text)).split())


@cache
def _blank() -> Pattern[str]:
    import regex  # noqa: PLC0415  20 ms, and few texts are all but blank

    return regex.compile(r"[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*")
