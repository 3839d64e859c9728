"""What a check finds: a sentence, a place in the text, and perhaps fixes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from editor.i18n import listed, plural


class Level(StrEnum):
    """How much what a check finds matters; the desk's house style may say otherwise."""

    OFF = "off"
    """The check does not run: a desk's decision, which no finding has."""
    HINT = "hint"
    """Worth a look; often right as it is."""
    WARNING = "warning"
    """House style, or a slip."""
    STOPS = "stops"
    """Readers are misled or left out: no approval until it is fixed, or ignored for a reason."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a finding is: a text path and a range of Python string indexes.

    Paths are those of `text_fields`, and `key_points`, `pictures/0`,
    `banner/2/title`, `banner/2/summary`. A range of no length means the field.
    """

    path: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a range of one field by `text`."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together, all counted on the same unchanged text."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: one plain sentence, a hint, a place, and any fixes.

    `is_in_source` says that its places in the body are counted in the Markdown, not in the prose.
    """

    check: str
    level: Level
    sentence: str
    hint: str
    place: TextPlace
    fixes: tuple[Fix, ...] = ()
    is_in_source: bool = False

    @property
    def is_in_banner(self) -> bool:
        """Whether it is in the trends banner, which is on the pages of all stories."""
        return self.place.path.startswith("banner/")


def count_findings(findings: Sequence[Finding]) -> str:
    """Say how many issues there are, and how many hints besides: `2 issues, 1 hint`."""
    hints = sum(finding.level is Level.HINT for finding in findings)
    issues = len(findings) - hints
    counts = [plural("{n} issue", "{n} issues", issues)] if issues or not hints else []
    if hints:
        counts.append(plural("{n} hint", "{n} hints", hints))
    return listed(counts)
