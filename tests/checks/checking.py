"""Short ways to run the checks on a story."""

from __future__ import annotations

from typing import Any

from editor.checks import Finding, Fix, apply_fix, run_checks
from editor.core.brief import Banner, Brief
from editor.core.house import House
from editor.core.paths import text_fields
from editor.core.story import Story

HOUSE = House("Harbour Post")


def story(body: str = "Words.", **rest: Any) -> Story:
    """Return a story in which only the check under test finds anything."""
    return Story(
        **{"headline": "Ferry resumes", "key_points": ("One", "Two"), "body": body, **rest}
    )


def banner(*titles: str) -> Banner:
    """Return a banner of these titles."""
    return Banner(tuple(Brief(title=title, summary="It was said.") for title in titles))


def found(subject: Story, briefs: Banner | None = None, house: House = HOUSE) -> list[Finding]:
    """Return what every check finds."""
    return list(run_checks(subject, briefs or Banner(), house))


def ids(subject: Story, briefs: Banner | None = None) -> list[str]:
    """Return the ids of the checks that found something."""
    return [finding.check for finding in found(subject, briefs)]


def at(subject: Story, finding: Finding) -> str:
    """Return the words at a finding's place."""
    text = dict(text_fields(subject))[finding.place.path]
    return text[finding.place.start : finding.place.end]


def fixed(subject: Story, fix: Fix) -> Story:
    """Return the story after a fix."""
    return apply_fix(subject, Banner(), fix)[0]
