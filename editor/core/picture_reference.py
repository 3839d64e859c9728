"""How the text of a story names one of its pictures, to show it there."""

from __future__ import annotations

import re
from typing import Final

NAME_LENGTH: Final = 8
"""How many digits of its file's hash name a picture: a story has some pictures, not a desk's."""

PICTURE_LINE: Final = rf"[ ]{{0,3}}!\[\]\((?P<address>picture:[0-9a-f]{{{NAME_LENGTH}}})\)[^\S\n]*"
"""A line of a text that shows a picture, as a regular expression without its line ends."""

_LINE = re.compile(PICTURE_LINE)
_NAMED_BY_HASH = re.compile(r"[0-9a-f]{64}\.[a-z0-9]+")


def is_picture_line(line: str) -> bool:
    """Return whether a line of a text shows a picture, and has no words."""
    return _LINE.fullmatch(line) is not None


def picture_address(file: str) -> str:
    """Return `picture:NAME`, a picture's address in the text; empty for no file of the desk."""
    return f"picture:{file[:NAME_LENGTH]}" if _NAMED_BY_HASH.fullmatch(file) else ""


def picture_reference(file: str) -> str:
    """Return the Markdown that shows a picture in the text: `![](picture:NAME)`."""
    return f"![]({picture_address(file)})"
