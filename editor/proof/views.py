"""The parts of a story as the templates show them: pictures, cards, dates, summaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from editor.core.edition import Item
from editor.core.house import House
from editor.core.listing import Listing
from editor.core.rendition import TYPES, Rendition
from editor.core.story import Picture, Story
from editor.core.times import parse_instant
from editor.proof.renditions import crops, lead_renditions, renditions
from editor.proof.sections import ShownSection, section_of
from editor.proof.words import Words, direction, words
from editor.text import metrics
from editor.text.shorten import shorten

_SUMMARY = 220
_LARGE = 880
"""What a lead's picture fills at most, in CSS pixels: `.lead .window` in base.css says so."""
_COLUMN = 768
"""What a story's picture fills at most: a tablet's width, else the column of the text."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture with its sizes as JPEG, narrowest first; none while it has no file.

    `focus_x` and `focus_y` are tenths from 0 to 10: styles can't be written
    into the page under its policy, so the style sheet has a class for each.
    """

    picture: Picture
    renditions: tuple[Rendition, ...]
    focus_x: int
    focus_y: int
    leads: bool = False
    """Whether it is shown as it leads a story or its card: cropped, where somebody chose that."""

    @property
    def widest(self) -> Rendition:
        """The largest size."""
        return self.renditions[-1]

    @property
    def is_large(self) -> bool:
        """Whether it can lead a page without being enlarged, whatever shape it is cropped to."""
        return min(self.widest.width, self.widest.height * 3 // 2) >= _LARGE

    @property
    def is_small(self) -> bool:
        """Whether it is narrower than a story's column can be; as it is without a file."""
        return not self.renditions or self.widest.width < _COLUMN

    @property
    def is_strip(self) -> bool:
        """Whether it is so low that a crop of it needs a wider rendition than it fills."""
        return bool(self.renditions) and self.widest.width > 2 * self.widest.height

    @property
    def is_tall(self) -> bool:
        """Whether it is higher than wide."""
        return bool(self.renditions) and self.widest.height > self.widest.width

    @property
    def sources(self) -> dict[str, tuple[Rendition, ...]]:
        """The sizes in the kinds that are better than JPEG, the best one first, by media type."""
        kinds = (kind for kind in TYPES if kind != "jpg")
        sizes = lead_renditions if self.leads else renditions
        return {TYPES[kind]: sizes(self.picture, kind) for kind in kinds}

    @property
    def leading(self) -> Self:
        """The same picture as it leads a story or its card."""
        if not self.picture.lead_crop:
            return self
        # The middle of what somebody chose is what counts.
        sizes = lead_renditions(self.picture)
        return replace(self, renditions=sizes, focus_x=5, focus_y=5, leads=True)

    @property
    def crops(self) -> tuple[Rendition, ...]:
        """The picture at 16:9, 4:3 and 1:1 as JPEG, and after them as somebody cropped it.

        An export has them of a story's first picture.
        """
        return crops(self.picture)

    @property
    def alt(self) -> str:
        """The alternative text; empty for a decorative picture."""
        return "" if self.picture.decorative else self.picture.alt

    @classmethod
    def with_files(cls, story: Story) -> tuple[Self, ...]:
        """Return the story's pictures that have a file, in order."""
        return tuple(view for view in cls.shown_in(story) if view.renditions)

    @classmethod
    def shown_in(cls, story: Story) -> tuple[Self, ...]:
        """Return the story's pictures that have a file, a caption or a credit, in order."""
        return cls.all_of(story.without_blanks().pictures)

    @classmethod
    def all_of(cls, pictures: Iterable[Picture]) -> tuple[Self, ...]:
        """Return the pictures that have a file, a caption or a credit, in order."""
        return tuple(
            cls(picture, sizes, round(picture.focus[0] * 10), round(picture.focus[1] * 10))
            for picture in pictures
            if (sizes := renditions(picture)) or picture.caption or picture.credit
        )


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction as readers see it; `day` is in the story's language."""

    text: str
    at: str
    day: str

    @classmethod
    def all_of(cls, story: Story, phrases: Words) -> tuple[Self, ...]:
        """Return the story's corrections, in the order they were made."""
        return tuple(
            cls(correction.text, correction.at, phrases.day(parse_instant(correction.at)))
            for correction in story.corrections
        )


@dataclass(frozen=True, slots=True)
class Dates:
    """When a story was published, updated and corrected, in words; empty where it was not.

    An update on the day of publication, or of the last correction, is left out.
    """

    published: str = ""
    updated: str = ""
    corrected: str = ""

    @classmethod
    def of(cls, item: Item, phrases: Words) -> Self:
        """Return an item's dates. Raises BadValue for dates that can't be read."""
        if not item.published:
            return cls()
        published = phrases.day(parse_instant(item.published))
        updated = phrases.day(parse_instant(item.updated or item.published))
        corrections = item.story.corrections
        corrected = phrases.day(parse_instant(corrections[-1].at)) if corrections else ""
        return cls(
            published,
            phrases["updated"].format(date=updated)
            if updated not in (published, corrected)
            else "",
            phrases["corrected"].format(date=corrected) if corrected else "",
        )


def published_day(listing: Listing, phrases: Words) -> str:
    """Return the day when readers could have a story first, in words; empty for none."""
    return phrases.day(parse_instant(listing.published)) if listing.published else ""


@dataclass(frozen=True, slots=True)
class Card:
    """A story as the home page and the section pages announce it."""

    story: Listing
    section: ShownSection | None
    picture: PictureView | None
    published: str
    read: str

    @property
    def direction(self) -> str:
        """The story's writing direction."""
        return direction(self.story.language)

    @classmethod
    def of(cls, listing: Listing, house: House) -> Self:
        """Make the card of a story."""
        phrases = words(listing.language, house.timezone, house.digits)
        return cls(
            listing,
            section_of(listing, house),
            next(
                (view.leading for view in PictureView.all_of(listing.pictures) if view.renditions),
                None,
            ),
            published_day(listing, phrases),
            reading_time(listing.words, phrases),
        )


def reading_time(word_count: int, phrases: Words) -> str:
    """Return how long a body takes to read: `2 minute read`."""
    return phrases.count("read", metrics.reading_minutes(word_count))


def summary(story: Story, text: str) -> str:
    """Return the standfirst, else the first key point, else the start of the body's plain text."""
    seen = story.without_blanks()
    if seen.standfirst:
        return seen.standfirst
    if seen.key_points:
        return seen.key_points[0]
    return shorten(" ".join(text.partition("\n\n")[0].split()), _SUMMARY)
