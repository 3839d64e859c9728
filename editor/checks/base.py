"""What a check is given, what it says, and how its fix is applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from editor.checks.marks import Reading, read_marks
from editor.checks.paragraphs import mask
from editor.core.brief import Banner
from editor.core.fields import Kind, field_at
from editor.core.house import House
from editor.core.paths import text_fields, with_value
from editor.core.story import Story
from editor.errors import BadValue


class Level(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Readers are misled or left out."""
    WARNING = "warning"
    """House style, or a slip of the hand."""


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
    """Put `text` in the place of a range of one field."""

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
    """What a check found: one plain sentence, a hint, a place, and perhaps fixes."""

    check: str
    level: Level
    sentence: str
    hint: str
    place: TextPlace
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What is checked: one story, with the banner and the house it appears with."""

    story: Story
    banner: Banner
    house: House

    @cached_property
    def texts(self) -> dict[str, str]:
        """The story's readable fields by path, as they stand."""
        return dict(text_fields(self.story))

    @cached_property
    def prose(self) -> dict[str, str]:
        """The same, with code and link targets of Markdown blanked; offsets agree."""
        return {
            path: mask(text) if field_at(path).kind is Kind.MARKDOWN else text
            for path, text in self.texts.items()
        }

    @cached_property
    def readings(self) -> dict[str, tuple[Reading, ...]]:
        """The quotation marks of each field's prose, paragraph by paragraph."""
        language = self.story.language
        return {path: tuple(read_marks(text, language)) for path, text in self.prose.items()}

    @cached_property
    def banner_texts(self) -> dict[str, str]:
        """The banner's titles and summaries by path."""
        return {
            f"banner/{index}/{name}": getattr(brief, name)
            for index, brief in enumerate(self.banner.briefs)
            for name in ("title", "summary")
        }

    @property
    def started(self) -> bool:
        """Whether anybody has written anything yet; a blank form needs no advice."""
        return bool(self.story.pictures) or any(text.strip() for text in self.texts.values())


class Check(Protocol):
    """One rule of house style or safety. It never changes anything itself."""

    id: str
    """Its stable name in the help, on the command line and in settings: `mixed-quotes`."""
    title: str
    """What people call it."""
    about: str
    """One sentence: what it finds."""

    def find(self, subject: Subject) -> Iterable[Finding]:
        """Find what is wrong. Never raises, whatever the text is."""
        ...


def apply_fix(story: Story, banner: Banner, fix: Fix) -> tuple[Story, Banner]:
    """Carry out a fix on the text it was found in.

    Raises BadValue when an edit lies outside the text: it has changed since.
    """
    texts = {**dict(text_fields(story)), **Subject(story, banner, _NO_HOUSE).banner_texts}
    by_path: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.path, []).append(edit)
    for path, edits in by_path.items():
        if path not in texts:
            raise _changed()
        text = edited(texts[path], edits)
        if path.startswith("banner/"):
            _, index, name = path.split("/")
            banner = banner.with_text(int(index), name, text)
        else:
            story = with_value(story, path, text)
    return story, banner


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Carry out the edits of one field. Raises BadValue when they overlap or don't fit."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if not at <= edit.start <= edit.end <= len(text):
            raise _changed()
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _changed() -> BadValue:
    return BadValue(
        "This fix was made for an earlier text.", "Wait for the checks to finish and try again."
    )


_NO_HOUSE = House("-")
