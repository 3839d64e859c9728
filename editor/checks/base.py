"""What a check is given, what it finds, and how its fix is applied."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from editor.checks.examples import Example
from editor.checks.prose import BodyProse, hide_addresses
from editor.checks.quote_marks import ParagraphMarks, find_body_marks, find_quote_marks
from editor.core.brief import Banner
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.house import House
from editor.core.house_style import HouseStyle
from editor.core.paths import text_fields, with_value
from editor.core.story import Story
from editor.errors import BadValue
from editor.i18n import _
from editor.text.document import Document

OWN = "own-"
"""How the ids of a paper's own rules begin, and no other check's."""


@dataclass(frozen=True)
class DeskFacts:
    """What only a desk knows of the files and stories that a story names.

    `picture_problems` has a sentence about each picture file that is missing or
    damaged. `unknown_slugs` are those that links name, and that lead to no story.
    `today` is the day at the paper (`YYYY-MM-DD`), empty where nobody says so. `style` is
    the house style in force.
    """

    picture_problems: Mapping[str, str] = field(default_factory=dict)
    unknown_slugs: Container[str] = ()
    today: str = ""
    style: HouseStyle = field(default_factory=HouseStyle)


@dataclass(frozen=True)
class Subject:
    """What is checked: one story, with the banner and the house it appears with.

    `document` is the story's body. Checks read `prose` and count their places in
    it; `in_source` counts those in the body as they are written.
    """

    story: Story
    banner: Banner
    house: House
    document: Document
    facts: DeskFacts = field(default_factory=DeskFacts)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The story's readable fields by path, as written."""
        return dict(text_fields(self.story))

    @cached_property
    def prose(self) -> dict[str, str]:
        """The same without addresses, and with the words of the body in place of its Markdown."""
        return {
            path: self.body.text if path == "body" else hide_addresses(text)
            for path, text in self.texts.items()
        }

    @cached_property
    def quote_marks(self) -> dict[str, tuple[ParagraphMarks, ...]]:
        """The quotation marks of each field's prose, paragraph by paragraph."""
        language = self.story.language
        return {
            path: tuple(
                find_body_marks(self.body, language)
                if path == "body"
                else find_quote_marks(text, language)
            )
            for path, text in self.prose.items()
        }

    @cached_property
    def banner_texts(self) -> dict[str, str]:
        """The banner's titles and summaries by path."""
        return banner_texts(self.banner)

    @property
    def is_started(self) -> bool:
        """Whether anything is written yet; a blank form, even with a byline, needs no advice."""
        written = (text for path, text in self.texts.items() if not path.startswith("bylines/"))
        return bool(self.story.pictures) or any(text.strip() for text in written)

    def has_story(self, slug: str) -> bool:
        """Whether a link to a slug leads to a story, as far as is known."""
        return slug == self.story.slug or slug not in self.facts.unknown_slugs

    def in_source(self, finding: Finding) -> Finding:
        """Count a finding's places in the fields as written.

        A fix that would cut through markup is left out.
        """
        if finding.is_in_source:
            return finding
        place = finding.place
        if place.path == "body":
            spans = self.body.written_spans(place.start, place.end)
            start, end = (spans[0].start, spans[-1].end) if spans else (0, 0)
            place = TextPlace("body", start, end)
        fixes = (self._fix_in_source(fix) for fix in finding.fixes)
        return replace(finding, place=place, fixes=tuple(fix for fix in fixes if fix is not None))

    @cached_property
    def body(self) -> BodyProse:
        """The body's words by blocks, which remember what was found in them."""
        return BodyProse(self.document)

    def _fix_in_source(self, fix: Fix) -> Fix | None:
        edits: list[Edit] = []
        for edit in fix.edits:
            if edit.path != "body":
                edits.append(edit)
                continue
            *before, last = self.body.written_spans(edit.start, edit.end)
            # What is around markup can go, words can't be moved over it.
            if any(self.story.body[span.start : span.end].strip() for span in before):
                return None
            edits += [Edit("body", *span, "") for span in before]
            edits.append(Edit("body", *last, edit.text))
        return Fix(fix.title, tuple(edits))


class Check(Protocol):
    """One rule of house style or safety. It never changes anything itself."""

    @property
    def id(self) -> str:
        """Its stable name in the help, on the command line and in settings: `mixed-quotes`."""
        ...

    @property
    def title(self) -> str:
        """Its name on screen."""
        ...

    @property
    def about(self) -> str:
        """What it finds and what its fix does, in Markdown: its text in the help."""
        ...

    @property
    def level(self) -> Level:
        """How much its findings matter, unless the desk's house style says otherwise."""
        ...

    @property
    def examples(self) -> tuple[Example, ...]:
        """Right and wrong texts, at least one of each: its tests and its help."""
        ...

    def find(self, subject: Subject) -> Iterable[Finding]:
        """Find what is wrong. Never raises, whatever the text is."""
        ...


def is_own(check: Check) -> bool:
    """Return whether a check is a rule of the paper's own, in the paper's words."""
    return check.id.startswith(OWN)


def apply_fix(story: Story, banner: Banner, fix: Fix) -> tuple[Story, Banner]:
    """Apply a fix to the text it was found in.

    Raises BadValue when an edit is outside the text: it has changed since.
    """
    texts = {**dict(text_fields(story)), **banner_texts(banner)}
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


def banner_texts(banner: Banner) -> dict[str, str]:
    """Return a banner's titles and summaries by path: `banner/2/title`."""
    return {
        f"banner/{index}/{name}": getattr(brief, name)
        for index, brief in enumerate(banner.briefs)
        for name in ("title", "summary")
    }


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Apply the edits of one field. Raises BadValue when they overlap or don't fit."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not at <= edit.start <= edit.end <= len(text):
            raise _changed()
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _changed() -> BadValue:
    return BadValue(
        _("This fix was made for an earlier text."),
        _("Wait for the checks to finish and try again."),
    )
