"""The invented copy of these tests, and how they read it."""

from __future__ import annotations

from editor.core.story import Story
from editor.formats.base import Incoming
from editor.formats.importers import read_incoming

HEADLINE = "Harbour opens its new quay after two years"
FIRST = (
    "The new quay in the old harbour of Seacliff was opened on Monday by the mayor, after two "
    "years of work and three storms."
)
SECOND = "The mayor, Ann Bold, said the town had waited long for this day."


def read(*lines: str) -> Incoming:
    """Read lines as a page or an agency sends them."""
    return read_incoming("\n".join(lines).encode(), "story.txt")


def read_story(*lines: str) -> Story:
    """Read lines that hold one story."""
    (story,) = read(*lines).stories
    return story


def paragraphs(story: Story) -> list[str]:
    """Return the paragraphs of a story's body."""
    return story.body.split("\n\n")
