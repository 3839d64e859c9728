"""A story: everything a journalist fills in, as one immutable value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Self

from slugify import slugify

from editor.core.canonical import Json, canonical_json, content_hash, normal
from editor.core.dateline import Dateline
from editor.core.times import instant_text, parse_instant
from editor.errors import BadValue

KEY_POINTS = range(2, 6)
"""How many key points a story has: 2 to 5."""

RESERVED_SLUGS = frozenset({"page", "by-id", "index"})
"""Slugs that would collide with the page trees of the site and the API."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's place in a story. The file itself is kept by the desk, named by its hash.

    `focus` is the point that must stay visible in any crop, as fractions of
    width and height from the top left. `decorative` says on purpose that there
    is nothing to describe, so `alt` may be empty.
    """

    file: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    decorative: bool = False
    rights: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    width: int = 0
    height: int = 0

    def __post_init__(self) -> None:
        for name in ("file", "caption", "credit", "alt", "rights"):
            object.__setattr__(self, name, normal(getattr(self, name)))
        x, y = (round(min(1.0, max(0.0, float(part))), 3) for part in self.focus)
        object.__setattr__(self, "focus", (x, y))

    def to_json(self) -> dict[str, Json]:
        """The picture as plain values, by field name."""
        return {spec.name: getattr(self, spec.name) for spec in fields(self)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote; absent fields take their default."""
        known = {spec.name: value[spec.name] for spec in fields(cls) if spec.name in value}
        if "focus" in known:
            known["focus"] = tuple(known["focus"])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Correction:
    """What readers are told was wrong, and when (RFC 3339). Stands on the page for good."""

    text: str
    at: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", normal(self.text).strip())
        object.__setattr__(self, "at", instant_text(parse_instant(self.at)))
        if not self.text:
            raise BadValue(
                "A correction needs a note for readers.", "Say what was wrong and what is right."
            )

    def to_json(self) -> dict[str, Json]:
        """The correction as plain values."""
        return {"text": self.text, "at": self.at}


@dataclass(frozen=True, slots=True)
class Story:
    """One story, whole. Equal stories have equal canonical bytes, so one hash.

    `id` is given by the desk and never changes; it is part of the content, so
    an approval of one story says nothing about another. `body` is Markdown.
    `language` is a BCP 47 tag. `embargo` and `publish_at` (not before) and
    `expires` (not after) are RFC 3339 instants or empty.
    `related` holds ids of other stories, `subjects` IPTC Media Topic codes.
    """

    id: str = ""
    slug: str = ""
    language: str = "en"
    section: str = ""
    kicker: str = ""
    headline: str = ""
    key_points: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    dateline: Dateline = field(default_factory=Dateline)
    body: str = ""
    pictures: tuple[Picture, ...] = ()
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    embargo: str = ""
    publish_at: str = ""
    expires: str = ""
    related: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        for spec in fields(self):
            value = getattr(self, spec.name)
            if isinstance(value, str):
                object.__setattr__(self, spec.name, normal(value))
        for name in ("key_points", "bylines", "keywords", "subjects", "related"):
            object.__setattr__(self, name, tuple(normal(item) for item in getattr(self, name)))
        for name in ("embargo", "publish_at", "expires"):
            if instant := getattr(self, name):
                object.__setattr__(self, name, instant_text(parse_instant(instant)))

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes: what an approval is about."""
        return content_hash(self.to_json())

    @property
    def right_to_left(self) -> bool:
        """Whether the story's language is written from right to left."""
        return is_right_to_left(self.language)

    def canonical(self) -> bytes:
        """The story's canonical JSON."""
        return canonical_json(self.to_json())

    def to_json(self) -> dict[str, Json]:
        """The story as plain values, by field name."""
        value: dict[str, Json] = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        value["dateline"] = self.dateline.to_json()
        value["pictures"] = [picture.to_json() for picture in self.pictures]
        value["corrections"] = [correction.to_json() for correction in self.corrections]
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote; absent fields take their default, unknown ones go."""
        known = {spec.name: value[spec.name] for spec in fields(cls) if spec.name in value}
        for name in ("key_points", "bylines", "keywords", "subjects", "related"):
            if name in known:
                known[name] = tuple(known[name])
        if "dateline" in known:
            known["dateline"] = Dateline.from_json(known["dateline"])
        if "pictures" in known:
            known["pictures"] = tuple(Picture.from_json(item) for item in known["pictures"])
        if "corrections" in known:
            known["corrections"] = tuple(Correction(**item) for item in known["corrections"])
        return cls(**known)

    def withheld(self, at: datetime) -> str:
        """Why the story may not go out at an instant, in words; empty when it may."""
        for name, words in (("embargo", "under embargo"), ("publish_at", "not due")):
            if (until := getattr(self, name)) and parse_instant(until) > at:
                return f"{words} until {until}"
        if self.expires and parse_instant(self.expires) <= at:
            return f"expired since {self.expires}"
        return ""


def is_right_to_left(language: str) -> bool:
    """Whether a BCP 47 language is written from right to left (CLDR's scripts)."""
    primary, *rest = language.lower().split("-")
    if "latn" in rest:
        return False
    return primary in {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}


def check_slug(slug: str) -> None:
    """Raise BadValue, with the reason, for a slug that can't be part of an address."""
    if slug in RESERVED_SLUGS:
        raise BadValue(f"The slug “{slug}” is kept for page lists.", "Choose another word.")
    if len(slug) > _SLUG_LENGTH or not _SLUG.fullmatch(slug):
        raise BadValue(
            f"“{slug[:90]}” can't be a slug.",
            f"Use up to {_SLUG_LENGTH} small letters and digits, with single hyphens between.",
        )


def slug_from(text: str) -> str:
    """Make a slug of a headline; `story` when nothing in it can be transliterated."""
    slug = slugify(text[:400], max_length=60, word_boundary=True, save_order=True)
    return f"{slug or 'story'}-story" if slug in RESERVED_SLUGS else slug or "story"


def text_fields(story: Story) -> Iterator[tuple[str, str]]:
    """Each field that readers read, as (path, text); the paths serve `with_text`.

    Paths look like `headline`, `key_points/0`, `pictures/0/caption`, `body`.
    """
    yield "kicker", story.kicker
    yield "headline", story.headline
    for i, point in enumerate(story.key_points):
        yield f"key_points/{i}", point
    for i, name in enumerate(story.bylines):
        yield f"bylines/{i}", name
    for name in ("city", "state", "country", "agency"):
        yield f"dateline/{name}", getattr(story.dateline, name)
    yield "body", story.body
    for i, picture in enumerate(story.pictures):
        for name in ("caption", "credit", "alt"):
            yield f"pictures/{i}/{name}", getattr(picture, name)


def with_text(story: Story, path: str, text: str) -> Story:
    """The story with one of its `text_fields` replaced. Raises KeyError for no such path."""
    name, *rest = path.split("/")
    change: Any
    match name, rest:
        case ("kicker" | "headline" | "body", []):
            change = text
        case ("key_points" | "bylines", [index]) if int(index) < len(getattr(story, name)):
            change = _with_item(getattr(story, name), int(index), text)
        case "dateline", ["city" | "state" | "country" | "agency" as part]:
            place: dict[str, Any] = {part: text}
            change = replace(story.dateline, **place)
        case "pictures", [index, "caption" | "credit" | "alt" as part] if int(index) < len(
            story.pictures
        ):
            words: dict[str, Any] = {part: text}
            picture = replace(story.pictures[int(index)], **words)
            change = _with_item(story.pictures, int(index), picture)
        case _:
            raise KeyError(path)
    return replace(story, **{name: change})


def _with_item(items: tuple[Any, ...], index: int, item: Any) -> tuple[Any, ...]:
    return (*items[:index], item, *items[index + 1 :])
