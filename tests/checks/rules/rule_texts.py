"""A short way to run a rule on a story."""

from __future__ import annotations

from editor.checks import Finding, apply_fix
from editor.checks.base import Subject
from editor.checks.rules.own_check import own_check
from editor.core.brief import Banner
from editor.core.house import House
from editor.core.paths import text_fields
from editor.core.story import Story
from editor.text.parse import parse


def found(text: str, story: Story, file: str = "rule.toml") -> list[Finding]:
    """Return what a rule finds in a story, placed in its source."""
    subject = Subject(story, Banner(), House("Harbour Post"), parse(story.body))
    return [subject.in_source(finding) for finding in own_check(file, text).find(subject)]


def words(text: str, story: Story | str, file: str = "rule.toml") -> list[str]:
    """Return the words that a rule finds in a story, or in a body."""
    whole = Story(body=story) if isinstance(story, str) else story
    texts = dict(text_fields(whole))
    places = [finding.place for finding in found(text, whole, file)]
    return [texts[place.path][place.start : place.end] for place in places]


def bodies(text: str, body: str) -> list[str]:
    """Return the body after each fix of the first finding."""
    story = Story(body=body)
    return [apply_fix(story, Banner(), fix)[0].body for fix in found(text, story)[0].fixes]
