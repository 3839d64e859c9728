"""What somebody decided to leave as it is: lines in the story, each with its reason.

They belong to the version: whoever approves it sees and signs them, they go where
the text goes, and they hold for as long as the words they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from editor.core.findings import Finding
from editor.core.paths import text_fields
from editor.core.story import Story
from editor.i18n import _, quoted

_LINE = re.compile(
    r"(?P<check>[\w-]+) (?P<path>[\w/]+): (?:“(?P<quote>.*)” )?– (?P<reason>.+?)"
    r"(?: — (?P<by>[^—]+))?"
)
_LONGEST_QUOTE = 80
NEEDED = frozenset({"minimum", "picture-file"})
"""Checks of what no story can go out without, whatever anybody decides."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """One line: which check, in which field, about which words, why, and who says so."""

    check: str
    path: str
    quote: str
    reason: str
    by: str = ""

    @classmethod
    def of(cls, finding: Finding, story: Story, reason: str, by: str = "") -> Self:
        """Ignore a finding of a story's text as it is written, for a reason that somebody gives."""
        place = finding.place
        text = dict(text_fields(story)).get(place.path, "")
        quote = " ".join(_words(text, place.start, place.end).split())[:_LONGEST_QUOTE]
        reason = " ".join(reason.replace("—", "–").split())
        return cls(finding.check, _field(place.path), quote, reason, by)

    @classmethod
    def parse(cls, line: str) -> Self | None:
        """Read a line of a story; None for one that says nothing a check knows, or no reason."""
        found = _LINE.fullmatch(line)
        if found is None or not is_reason(found["reason"]):
            return None
        return cls(
            found["check"], found["path"], found["quote"] or "", found["reason"], found["by"] or ""
        )

    @property
    def line(self) -> str:
        """How the story stores it."""
        quote = f"“{self.quote}” " if self.quote else ""
        by = f" — {self.by}" if self.by else ""
        return f"{self.check} {self.path}: {quote}– {self.reason}{by}"

    def describe(self) -> str:
        """Say the words, the reason and who gave it, on one line."""
        has_words = any(character.isalnum() for character in self.quote)
        words = quoted(self.quote) if has_words else self.quote
        quote = f"{words} – " if words else ""
        by = _(" ({name})").format(name=self.by) if self.by else ""
        return f"{quote}{self.reason}{by}"

    def is_about(self, other: Ignored) -> bool:
        """Whether both are about the same words, whatever their reasons."""
        return (self.check, self.path, self.quote) == (other.check, other.path, other.quote)


def is_reason(text: str) -> bool:
    """Whether a text says why: it has a letter or a digit, and not only marks and spaces."""
    return any(map(str.isalnum, text))


def with_own_names(story: Story, before: Iterable[Story], person: str) -> Story:
    """Put a person's name to the lines that are new since earlier versions and name another.

    Nobody gives a reason in another's name.
    """
    others = {line for line in story.ignored if _names_other(line, person)}
    others -= {line for earlier in before for line in earlier.ignored} if others else set()
    if not others:
        return story
    lines = (_named(line, person) if line in others else line for line in story.ignored)
    return replace(story, ignored=tuple(dict.fromkeys(lines)))


def _names_other(line: str, person: str) -> bool:
    known = Ignored.parse(line)
    return known is not None and known.by not in ("", person)


def _named(line: str, person: str) -> str:
    known = Ignored.parse(line)
    return replace(known, by=person).line if known else line


def ignored_issues(story: Story) -> tuple[Ignored, ...]:
    """Return what the story says to ignore, without the lines that no check knows."""
    return tuple(found for line in story.ignored if (found := Ignored.parse(line)) is not None)


def without_ignored(findings: tuple[Finding, ...], story: Story) -> tuple[Finding, ...]:
    """Leave out what the story says to ignore."""
    ignored = ignored_issues(story)
    if not ignored:
        return findings
    return tuple(
        finding
        for finding in findings
        if not can_ignore(finding)
        or not any(Ignored.of(finding, story, "").is_about(known) for known in ignored)
    )


def can_ignore(finding: Finding) -> bool:
    """Return whether somebody may decide to leave what was found.

    The banner belongs to every story; and a story that lacks a headline or a picture's
    file can't go out, whatever anybody decides.
    """
    return finding.check not in NEEDED and not finding.place.path.startswith("banner")


def _words(text: str, start: int, end: int) -> str:
    """Return what is in a range; the words around it where that is only space."""
    if start == end or text[start:end].strip():
        return text[start:end]
    before, after = text[:start].split()[-1:], text[end:].split()[:1]
    return " ".join((*before, *after))


def _field(path: str) -> str:
    """Return the field of a path without its number, for points and pictures are moved."""
    return re.sub(r"/\d+", "", path)
