"""Links that colleagues send one another: they lead to a story of a desk, and do nothing else."""

from __future__ import annotations

import re
from typing import NamedTuple

from editor.errors import BadValue
from editor.i18n import _

SCHEME = "stonehand"
"""Packages tell the system that Stonehand opens addresses of it."""

LONGEST = 120
"""Letters: ours have 83."""

_ID = re.compile(r"[0-9a-f]{32}")
_LINK = re.compile(rf"{SCHEME}://story/({_ID.pattern})/({_ID.pattern})/?")


class StoryLink(NamedTuple):
    """The ids of a desk and of a story on it; every computer of a newsroom knows both."""

    desk: str
    story: str

    def __str__(self) -> str:
        return f"{SCHEME}://story/{self.desk}/{self.story}"


def is_link(text: str) -> bool:
    """Return whether a text claims to be a link of ours, whatever is in it."""
    return text.lower().startswith(f"{SCHEME}:")


def can_be_linked(story: str) -> bool:
    """Return whether a link can name a story: one that came with another kind of id has none."""
    return bool(_ID.fullmatch(story))


def read_link(text: str) -> StoryLink:
    """Read a link. Raises BadValue for anything else, however little it differs."""
    found = _LINK.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise BadValue(
            _("This is not a link to a story."),
            _("Ask whoever sent it to choose “Copy link” in the Story menu again."),
        )
    return StoryLink(found[1], found[2])
