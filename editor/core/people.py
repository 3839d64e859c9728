"""The people of a desk and what they may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from editor.core.blanks import plain_name
from editor.core.newer import unknown_word
from editor.errors import BadValue
from editor.i18n import N_, _, listed

if TYPE_CHECKING:
    from regex import Pattern

LONGEST_NAME: Final = 100
"""A person's name has at most so many characters."""

# Two names that look the same must be the same. Persian and the scripts of India need the
# joiners U+200C and U+200D, where they change how letters join (RFC 5892, A.1 and A.2).
_INVISIBLE: Final = (
    r"(?<=[\p{jt=L}\p{jt=D}]\p{jt=T}*)\u200c(?=\p{jt=T}*[\p{jt=R}\p{jt=D}])(*SKIP)(*FAIL)"
    r"|(?<=\p{ccc=9})[\u200c\u200d](*SKIP)(*FAIL)"
    r"|[\p{Default_Ignorable_Code_Point}\p{Cf}]"
)


class Role(StrEnum):
    """What a person may do on a desk; the workflow table says what that is."""

    JOURNALIST = N_("journalist")
    EDITOR = N_("editor")
    CHIEF = N_("chief")

    @classmethod
    def _missing_(cls, value: object) -> Role | None:
        return unknown_word(cls, value)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the desk's masthead; the name identifies them.

    It is kept without characters that nobody sees. Raises
    BadValue for a name that is empty or too long.
    """

    name: str
    role: Role

    def __post_init__(self) -> None:
        name = " ".join(_visible(plain_name(self.name)).split())
        if not name:
            raise BadValue(_("A person needs a name."), _("Give the name that colleagues know."))
        if len(name) > LONGEST_NAME:
            raise BadValue(
                _("The name has {n} characters; {longest_name} is the limit.").format(
                    n=len(name), longest_name=LONGEST_NAME
                ),
                _("Give the name that colleagues know."),
            )
        object.__setattr__(self, "name", name)


def _visible(name: str) -> str:
    return name if name.isascii() else _invisible().sub("", name)


@cache
def _invisible() -> Pattern[str]:
    import regex  # noqa: PLC0415  20 ms, and most names are in ASCII

    return regex.compile(_INVISIBLE)


def parse_role(text: str) -> Role:
    """Read a role by its word. Raises BadValue."""
    try:
        return Role(text)
    except ValueError:
        roles = listed(Role)
        raise BadValue(
            _("“{text}” is not a role.").format(text=text),
            _("Choose one of {roles}.").format(roles=roles),
        ) from None
