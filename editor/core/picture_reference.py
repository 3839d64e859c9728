"""How the text of a story names one of its pictures, to show it there."""

from __future__ import annotations

import re
from typing import Final

NAME_LENGTH: Final = 8
"""How many digits of its file's hash name a picture: a story has some pictures, not a desk's."""

_NAMED_BY_HASH = re.compile(r"[0-9a-f]{64}\.[a-z0-9]+")


def picture_address(file: str) -> str:
    """Return `picture:NAME`, a picture's address in the text; empty for no file of the desk."""
    return f"picture:{file[:NAME_LENGTH]}" if _NAMED_BY_HASH.fullmatch(file) else ""


def picture_reference(file: str) -> str:
    """Return the Markdown that shows a picture in the text: `![](picture:NAME)`."""
    return f"![]({picture_address(file)})"
