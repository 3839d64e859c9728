"""Right and wrong texts of a check: its tests, and what its help shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from editor.core.house_style import HouseStyle
from editor.core.story import Story


@dataclass(frozen=True, slots=True)
class Example:
    """A story in which a check finds nothing, or exactly one place.

    `found` are the words at that place; the path of the field (`key_points`) where
    the finding is about all of it; empty where nothing is found. `fixed` is the text
    of that field after the first fix, empty where there is no fix. `style` is the house
    style that the check reads its words from.
    """

    story: Story
    found: str = ""
    fixed: str = ""
    style: HouseStyle = field(default_factory=HouseStyle)

    @property
    def is_right(self) -> bool:
        """Whether the check finds nothing."""
        return not self.found


_PLAIN = HouseStyle()


def right(body: str = "", *, style: HouseStyle = _PLAIN, **fields: Any) -> Example:
    """Make an example in which nothing is found; `fields` are the story's others."""
    return Example(Story(body=body, **fields), style=style)


def wrong(
    body: str = "", *, found: str, fixed: str = "", style: HouseStyle = _PLAIN, **fields: Any
) -> Example:
    """Make an example in which one place is found; `fields` are the story's others."""
    return Example(Story(body=body, **fields), found, fixed, style)
