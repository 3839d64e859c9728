"""What the verification of an edition found, as values and as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple, Self

from editor.dates import utc_text
from editor.i18n import N_, _, is_english, language_in_use, plural
from editor.trust.known_mastheads import Trust
from editor.trust.seen_editions import SeenEditions

_LONGEST = 300
_OF_A_SYSTEM = re.compile(
    r"(^|/)(__MACOSX/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$", re.IGNORECASE
)
"""Files that the Finder and the Explorer write into folders and zip files without being asked."""
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ")


class Severity(StrEnum):
    """How good or bad a conclusion is."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


class Conclusion(NamedTuple):
    """The outcome of one check, in a sentence."""

    severity: Severity
    sentence: str


class Alteration(StrEnum):
    """What is wrong with a file."""

    INTERRUPTED = "interrupted"
    MISSING = "missing"
    CHANGED = "changed"
    ADDED = "added"
    SYSTEM = "system"
    LINK = "link"
    TWICE = "twice"
    FOLDER = "folder"
    UNREADABLE = "unreadable"


_ALTERATIONS: Mapping[Alteration, str] = {
    Alteration.INTERRUPTED: N_("The export was ended before all its files were in place."),
    Alteration.MISSING: N_("{path} is missing."),
    Alteration.CHANGED: N_("{path} was changed after the export."),
    Alteration.ADDED: N_("{path} was added after the export."),
    Alteration.SYSTEM: N_(
        "{path} was added by macOS or Windows, and is nothing of the export: remove it."
    ),
    Alteration.LINK: N_("{path} is a link or a device, not a file."),
    Alteration.TWICE: N_("{path} is in the zip file twice."),
    Alteration.FOLDER: N_("{path} is a folder without a file of the export in it."),
    Alteration.UNREADABLE: N_("{path} can't be read."),
}


class AlteredFile(NamedTuple):
    """A file that is not as it was exported. `path` is printable: it may come from anybody."""

    path: str
    how: Alteration

    @classmethod
    def added(cls, path: str) -> Self:
        """Return what is known of a file that no export wrote, by its path from anybody."""
        is_systems = _OF_A_SYSTEM.search(path)
        return cls(printable(path), Alteration.SYSTEM if is_systems else Alteration.ADDED)

    @property
    def sentence(self) -> str:
        """What is wrong, e.g. `index.html was changed after the export.`"""
        return _(_ALTERATIONS[self.how]).format(path=self.path)


class StoryFact(NamedTuple):
    """Who approved a story, as verified, or the reason why nobody is known to have.

    `approved_at` is RFC 3339, as the approver's computer had it. `has_left` says that
    the approver is no longer on the masthead: the approval may be from before or after.
    `changed_since` says the same of a role, a key or a policy, e.g. `approved under
    masthead 4 as an editor; a journalist since`.
    """

    slug: str
    path: str
    approved_by: str = ""
    approved_at: str = ""
    self_approved: bool = False
    has_left: bool = False
    problem: str = ""
    changed_since: str = ""

    @property
    def sentence(self) -> str:
        """Who approved it, or what is wrong."""
        if self.problem:
            return self.problem
        if self.self_approved:
            sentence = _("approved by {name}, who wrote some of it, on {at}")
        else:
            sentence = _("approved by {name}, who wrote none of it, on {at}")
        if self.has_left:
            sentence += _("; {name} has left the masthead since")
        sentence = sentence.format(name=self.approved_by, at=moment(self.approved_at))
        return f"{sentence}; {self.changed_since}" if self.changed_since else sentence


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What the documents in an edition prove, whatever became of its files.

    `signed_by` is empty where nobody signed; then `role` is, too. `mastheads` are
    the hashes of the verified chain, `words` those of its first one.
    """

    conclusions: tuple[Conclusion, ...]
    format: str = ""
    generated_at: str = ""
    what_if: bool = False
    signed_by: str = ""
    role: str = ""
    desk: str = ""
    mastheads: tuple[str, ...] = ()
    words: str = ""
    stories: tuple[StoryFact, ...] = ()

    @property
    def problems(self) -> list[str]:
        """The sentences of what is not proven."""
        return [
            conclusion.sentence
            for conclusion in self.conclusions
            if conclusion.severity is Severity.PROBLEM
        ]

    def to_json(self) -> dict[str, Any]:
        """The facts as plain values."""
        return {
            **asdict(self),
            "conclusions": [conclusion._asdict() for conclusion in self.conclusions],
            "stories": [story._asdict() for story in self.stories],
        }

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read what `to_json` wrote. Raises KeyError, TypeError, ValueError, AttributeError."""
        conclusions = (
            Conclusion(Severity(row["severity"]), row["sentence"]) for row in value["conclusions"]
        )
        stories = (StoryFact(**row) for row in value["stories"])
        lists = {
            "conclusions": tuple(conclusions),
            "stories": tuple(stories),
            "mastheads": tuple(value["mastheads"]),
        }
        return cls(**{**value, **lists})


@dataclass(frozen=True, slots=True)
class EditionReport:
    """An edition, verified: its documents, and every file that is not as it was exported.

    `files` counts those that were exported, `read` those that were read again; the
    others are as this computer has verified them before. `is_ahead` says that the
    edition is dated after the clock of this computer, `newer_seen` is the instant of a newer
    one that it has verified, or empty.
    """

    facts: EditionFacts
    files: int
    read: int
    altered: tuple[AlteredFile, ...] = ()
    is_ahead: bool = False
    newer_seen: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every file is as it was exported."""
        return not self.altered

    def conclusions(self) -> list[Conclusion]:
        """Every check with its own sentence, the files first."""
        if self.altered:
            files = Conclusion(
                Severity.PROBLEM,
                plural(
                    "{n} file is not as it was exported.",
                    "{n} files are not as they were exported.",
                    len(self.altered),
                ),
            )
        else:
            files = Conclusion(
                Severity.OK,
                plural(
                    "The {n} file is as the list has it.",
                    "All {n} files are as the list has them.",
                    self.files,
                ),
            )
        return [files, *self.facts.conclusions, *self._dates()]

    def _dates(self) -> Iterator[Conclusion]:
        if self.is_ahead:
            sentence = _(
                "It is dated {at}, which the clock of this computer has not reached yet. One of "
                "the clocks is wrong, or it was dated ahead."
            )
            at = moment(self.facts.generated_at)
            yield Conclusion(Severity.NOTE, sentence.format(at=at))
        if self.newer_seen:
            sentence = _(
                "It is the edition of {at}; of the same desk and format you have seen a newer one, "
                "of {newer}. Whoever gave you this one may have kept it back."
            )
            at, newer = moment(self.facts.generated_at), moment(self.newer_seen)
            yield Conclusion(Severity.NOTE, sentence.format(at=at, newer=newer))

    def remembered(self, trust: Trust, seen: SeenEditions) -> EditionReport:
        """Compare it with what was seen before, and remember it; only of a desk that is trusted.

        Anybody can date an edition of another desk ahead, so those are not remembered.
        """
        facts = self.facts
        newer = seen.newer(facts.desk, facts.format, facts.generated_at)
        if trust is not Trust.TRUSTED or facts.what_if:
            return self
        if self.is_whole and facts.signed_by and not facts.problems and not self.is_ahead:
            seen.remember(facts.desk, facts.format, facts.generated_at)
        return replace(self, newer_seen=newer)

    def headline(self, trust: Trust) -> Conclusion:
        """The outcome in one sentence, by what this computer knows of the mastheads."""
        facts = self.facts
        if self.altered:
            is_unfinished = any(file.how is Alteration.INTERRUPTED for file in self.altered)
            unfinished = _("Unfinished: the export was ended before its end. Export again.")
            altered = _("Altered: this is not what was exported.")
            return Conclusion(Severity.PROBLEM, unfinished if is_unfinished else altered)
        if problems := facts.problems:
            return Conclusion(Severity.PROBLEM, _("Not proven: {why}").format(why=problems[0]))
        if trust is Trust.DIFFERENT:
            sentence = _("Not to be trusted: it comes from another masthead than you confirmed.")
            return Conclusion(Severity.PROBLEM, sentence)
        if facts.what_if:
            sentence = _("Not an edition: it shows how one would be at {at}.")
            return Conclusion(Severity.PROBLEM, sentence.format(at=moment(facts.generated_at)))
        if not facts.signed_by:
            return Conclusion(Severity.NOTE, _("Unsigned: nobody vouches for these files."))
        sentence = {
            Trust.TRUSTED: _("Whole: signed by {name}, under a masthead that you trust."),
            Trust.OLDER: _("Whole: signed by {name}, under an older masthead than you have seen."),
            Trust.UNCONFIRMED: _("Whole: signed by {name}. Compare the words of the masthead."),
        }[trust]
        if trust is Trust.TRUSTED and self.newer_seen:
            sentence = _("Whole: signed by {name}, and older than an edition that you have seen.")
        is_ok = trust is Trust.TRUSTED and not self.newer_seen
        severity = Severity.OK if is_ok else Severity.NOTE
        return Conclusion(severity, sentence.format(name=facts.signed_by))

    def to_json(self) -> dict[str, Any]:
        """The report as plain values, for other programs."""
        return {
            "whole": self.is_whole,
            "ahead": self.is_ahead,
            "newer_seen": self.newer_seen or None,
            "files": self.files,
            "altered": [{"path": file.path, "how": str(file.how)} for file in self.altered],
            **self.facts.to_json(),
        }


def trust_conclusion(facts: EditionFacts, trust: Trust) -> Conclusion:
    """What this computer knows of the mastheads, and what to do about it."""
    severity = {Trust.TRUSTED: Severity.OK, Trust.DIFFERENT: Severity.PROBLEM}.get(
        trust, Severity.NOTE
    )
    sentence = {
        Trust.TRUSTED: _("You have confirmed this masthead: {words}."),
        Trust.UNCONFIRMED: _(
            "You have not confirmed this masthead yet. Ask the newsroom on the phone for its "
            "words: {words}."
        ),
        Trust.DIFFERENT: _(
            "For this desk you confirmed another masthead, or one with the same words and another "
            "history. Somebody may be posing as the newsroom, even if the words {words} are "
            "right: ask the newsroom which of the two is theirs."
        ),
        Trust.OLDER: _(
            "You have seen a newer masthead of this desk, so whoever signed may have left since. "
            "Its words are the ones you confirmed: {words}."
        ),
    }[trust]
    return Conclusion(severity, sentence.format(words=facts.words))


def moment(at: str) -> str:
    """Write an RFC 3339 instant for people, to the minute: `2026-03-03 12:00 UTC`."""
    if not is_english(language_in_use()):
        return utc_text(at)
    match = _INSTANT.fullmatch(at)
    return f"{match[1]} {match[2]} UTC" if match else at


def printable(text: str) -> str:
    """Return a text from anywhere so that it can be shown: no controls, not too long."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:_LONGEST])
    return shown + "…" if len(text) > _LONGEST else shown
