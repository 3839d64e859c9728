"""The people of a desk and what they may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from editor.core.canonical import normal
from editor.errors import BadValue


class Role(StrEnum):
    """What a person may do on a desk; the workflow table says what that is."""

    JOURNALIST = "journalist"
    EDITOR = "editor"
    CHIEF = "chief"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the desk's masthead; the name identifies them."""

    name: str
    role: Role

    def __post_init__(self) -> None:
        name = " ".join(normal(self.name).split())
        if not name:
            raise BadValue("A person needs a name.", "Give the name that colleagues know.")
        object.__setattr__(self, "name", name)


def parse_role(text: str) -> Role:
    """Read a role by its word. Raises BadValue."""
    try:
        return Role(text)
    except ValueError:
        roles = ", ".join(Role)
        raise BadValue(f"“{text}” is not a role.", f"Choose one of {roles}.") from None
