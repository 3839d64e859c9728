"""How the characters of a body look in the form, line by line."""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple, TypeAlias


class Style(IntFlag):
    """How a character looks; several at once."""

    PLAIN = 0
    MUTED = 1
    BOLD = 2
    ITALIC = 4
    LINK = 8
    FIXED = 16


class StyledLine(NamedTuple):
    """A line of the body and the Style of each of its characters, one byte each."""

    text: str
    styles: bytes

    def edited(self, text: str) -> StyledLine:
        """Style a line that was typed in since: what is new looks like what precedes it."""
        if text == self.text:
            return self
        most = min(len(text), len(self.text))
        head = next((at for at in range(most) if text[at] != self.text[at]), most)
        most -= head
        tail = next((at for at in range(most) if text[-1 - at] != self.text[-1 - at]), most)
        typed = self.styles[max(head - 1, 0) : head] or b"\0"
        middle = typed * (len(text) - head - tail)
        return StyledLine(text, self.styles[:head] + middle + self.styles[len(self.text) - tail :])


StyledLines: TypeAlias = tuple[StyledLine, ...]
