"""The marks that whole lines have: crossheads, quotations and lists."""

from __future__ import annotations

import re
from enum import Enum

from editor.core.picture_reference import is_picture_line
from editor.gui.story.marks.crossheads import toggle_crosshead
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.lists import ListKind, toggle_list
from editor.gui.story.marks.quotes import toggle_quote


class BlockMark(Enum):
    """A kind of mark at the start of lines: what finds it there."""

    CROSSHEAD = r"[ >]*#{1,6}[ ]"
    QUOTE = r"[ ]*>"
    BULLETED_LIST = r"[ >]*[*+-][ ]"
    NUMBERED_LIST = r"[ >]*\d+[.)][ ]"

    def toggle(self, body: str, start: int, end: int) -> MarkEdit:
        """Put the mark on the lines of a range, or take it off. Raises NotAllowed."""
        match self:
            case BlockMark.CROSSHEAD:
                return toggle_crosshead(body, start, end)
            case BlockMark.QUOTE:
                return toggle_quote(body, start, end)
            case BlockMark.BULLETED_LIST:
                return toggle_list(body, start, end, ListKind.BULLETED)
            case BlockMark.NUMBERED_LIST:
                return toggle_list(body, start, end, ListKind.NUMBERED)

    def is_partly_on(self, body: str, start: int, end: int) -> bool:
        """Return whether some lines of a range have the mark, and others do not."""
        first, last = body.rfind("\n", 0, start) + 1, body.find("\n", end)
        lines = body[first : last if last >= 0 else len(body)].split("\n")
        words = [line for line in lines if line.strip(" >") and not is_picture_line(line)]
        return len({bool(re.match(self.value, line)) for line in words}) > 1
