"""Checks the stories of a desk by all that it knows: its style, pictures and other stories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from editor.checks import DeskFacts, run_checks
from editor.core.findings import Finding
from editor.core.house_style import HouseStyle
from editor.core.story import Story
from editor.core.times import day_at
from editor.core.zones import zone
from editor.store.reading.queries import Queries
from editor.text.parse import parse

PictureProblems: TypeAlias = Callable[[Sequence[str]], Mapping[str, str]]
"""Gives a sentence about each picture file that is missing or damaged."""


class DeskChecks:
    """The checks of one desk, as its tables are at an instant."""

    def __init__(
        self,
        queries: Queries,
        style: HouseStyle,
        picture_problems: PictureProblems,
        instant: datetime,
    ) -> None:
        self._queries, self._style = queries, style
        self._picture_problems = picture_problems
        self._banner, self._house = queries.banner(), queries.house()
        self._today = day_at(instant, zone(self._house.timezone))

    def find(self, story: Story) -> tuple[Finding, ...]:
        """Check one story, with the banner."""
        document = parse(story.body)
        files = [picture.file for picture in story.pictures if picture.file]
        facts = DeskFacts(
            self._picture_problems(files),
            self._queries.names(slugs=document.slugs).unknown,
            self._today,
            self._style,
        )
        return run_checks(story, self._banner, self._house, document, facts)
