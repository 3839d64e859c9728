"""Links in Markdown: made of the selected words, and taken off them."""

from __future__ import annotations

import re

from editor.errors import NotAllowed
from editor.gui.story.marks.edits import MarkEdit, pieces_of, word_at
from editor.i18n import _

_LINK = re.compile(r"(?<![!\\])\[([^\[\]\n]*)\]\(([^()\n]*)\)")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:|tel:)\S+", re.IGNORECASE)


def find_address(body: str, start: int, end: int) -> str:
    """Return the address of a link that a range is inside, where emphasis would change it."""
    for link in _LINK.finditer(body):
        if link.start(2) <= start and end <= link.end(2):
            return link[2]
    for address in _ADDRESS.finditer(body):
        if address.start() <= start and end <= address.end() and (start, end) != address.span():
            return address[0]
    return ""


def toggle_link(body: str, start: int, end: int) -> MarkEdit:
    """Make a link of a range, or take the link off around it; the caret is at the address.

    Raises NotAllowed for a range in more than one line.
    """
    for link in _LINK.finditer(body):
        if link.start() <= start and end <= link.end():
            words = link[1] or link[2]
            at = link.start()
            return MarkEdit(at, link.end(), words, (at, at + len(words)))
    pieces = pieces_of(body, start, end) if start < end else word_at(body, start)
    if len(pieces) > 1:
        raise NotAllowed(
            _("A link can’t go on over several lines."), _("Select words of one line.")
        )
    start, end = pieces[0] if pieces else (start, start)
    words = body[start:end]
    if _ADDRESS.fullmatch(words):
        return MarkEdit(start, end, f"[]({words})", (start + 1, start + 1))
    # The caret is where the address is missing, or first the words.
    at = start + len(words) + 3 if words else start + 1
    return MarkEdit(start, end, f"[{words}]()", (at, at))
