"""House style and safety: each check finds places, says why, and often has a fix."""

from __future__ import annotations

from editor.checks.base import Check, DeskFacts, Subject, apply_fix
from editor.checks.built_in import CHECKS
from editor.checks.ignored import without_ignored
from editor.core.brief import Banner
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.house import House
from editor.core.story import Story
from editor.text.document import Document
from editor.text.parse import parse

__all__ = [
    "CHECKS",
    "Check",
    "DeskFacts",
    "Edit",
    "Finding",
    "Fix",
    "Level",
    "Subject",
    "TextPlace",
    "apply_fix",
    "run_checks",
]


def run_checks(
    story: Story,
    banner: Banner,
    house: House,
    document: Document | None = None,
    facts: DeskFacts | None = None,
) -> tuple[Finding, ...]:
    """Check a story with the banner it appears with.

    `document` is the story's body; without one the body is parsed here. `facts` are
    the desk's. What is wrong in the banner alone has a place under `banner/`: it is
    the same for every story, so whoever checks many reports it once.
    """
    subject = Subject(story, banner, house, document or parse(story.body), facts or DeskFacts())
    found = (finding for check in CHECKS for finding in check.find(subject))
    return without_ignored(tuple(map(subject.in_source, found)), story)
