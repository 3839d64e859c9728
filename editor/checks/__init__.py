"""House style and safety: each check finds places, says why, and often has a fix."""

from __future__ import annotations

from editor.checks.base import Check, DeskFacts, Subject, apply_fix
from editor.checks.built_in import CHECKS
from editor.checks.in_force import checks_in_force
from editor.core.brief import Banner
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.house import House
from editor.core.ignored import without_ignored
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

_WORST_FIRST = (Level.STOPS, Level.WARNING, Level.HINT)


def run_checks(
    story: Story,
    banner: Banner,
    house: House,
    document: Document | None = None,
    facts: DeskFacts | None = None,
) -> tuple[Finding, ...]:
    """Check a story with the banner it appears with.

    `document` is the story's body; without one the body is parsed here. `facts` are
    the desk's: its house style says which checks run, and how much each matters. The
    worst findings come first. What is wrong in the banner alone has a place under `banner/`: it is
    the same for every story, so whoever checks many reports it once.
    """
    known = facts or DeskFacts()
    subject = Subject(story, banner, house, document or parse(story.body), known)
    found = [
        subject.in_source(as_decided(finding))
        for check, as_decided in checks_in_force(known.style)
        for finding in check.find(subject)
    ]
    found.sort(key=lambda finding: _WORST_FIRST.index(finding.level))
    return without_ignored(tuple(found), story)
