"""The people of a desk and what they may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from editor.core.canonical import normal
from editor.errors import BadValue

LONGEST_NAME: Final = 100
"""A person's name has at most so many characters."""

# Two names that look the same must be the same. Persian needs the two joiners, U+200C and U+200D.
_JOINERS: Final = "\u200c\u200d"
_INVISIBLE: Final = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


class Role(StrEnum):
    """What a person may do on a desk; the workflow table says what that is."""

    JOURNALIST = "journalist"
    EDITOR = "editor"
    CHIEF = "chief"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the desk's masthead; the name identifies them.

    It is kept without zero-width and bidirectional control characters. Raises
    BadValue for a name that is empty or too long.
    """

    name: str
    role: Role

    def __post_init__(self) -> None:
        name = " ".join(normal(self.name.translate(_INVISIBLE)).split())
        if not name.strip(_JOINERS + " "):
            raise BadValue("A person needs a name.", "Give the name that colleagues know.")
        if len(name) > LONGEST_NAME:
            raise BadValue(
                f"The name has {len(name)} characters; {LONGEST_NAME} is the limit.",
                "Give the name that colleagues know.",
            )
        object.__setattr__(self, "name", name)


def parse_role(text: str) -> Role:
    """Read a role by its word. Raises BadValue."""
    try:
        return Role(text)
    except ValueError:
        roles = ", ".join(Role)
        raise BadValue(f"“{text}” is not a role.", f"Choose one of {roles}.") from None
