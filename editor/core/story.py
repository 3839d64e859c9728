"""A story: everything a journalist fills in, as one immutable value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from editor.core.canonical import canonical_json, content_hash
from editor.core.crops import CUT_BY_HAND, Part, Shape
from editor.core.dateline import Dateline
from editor.core.fields import CENTRE, CORRECTION, FIELDS, PICTURE, Field
from editor.core.languages import is_right_to_left
from editor.core.record import Record
from editor.core.times import instant_text, parse_instant
from editor.errors import BadValue, NotAllowed
from editor.i18n import _, listed, quoted

KEY_POINTS = range(2, 6)
"""How many key points a story has: 2 to 5."""

_PAGE_SLUGS = frozenset({"page", "by-id", "index"})
"""Slugs that would collide with the page trees of the site and the API."""
_DEVICE_SLUGS = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names of devices on Windows, where no file can be called so, whatever it ends in."""
RESERVED_SLUGS = _PAGE_SLUGS | _DEVICE_SLUGS

_BRACKETED = re.compile(r"[(（](?P<inside>[^()（）]*|[(（][^()（）]*[)）])[)）]")
_PICTURE_FILE = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_LENGTH = 80
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Picture(Record):
    """A picture as a story shows it. The desk has the file itself, named by its hash.

    `rotation` turns it clockwise, in degrees, before all else. `focus` is the point that must
    stay visible in any crop, as fractions from the top left of the turned picture. The crops
    are its parts that somebody chose by hand: left, top, width and height as fractions; empty
    where the focal point decides. `width` and `height` are in pixels, those of the file as its
    EXIF turns it; `size` is as readers see it.
    `decorative` says on purpose that there is nothing to describe, so `alt` may
    be empty. `usage` are its terms of use, for colleagues alone: it never leaves the desk.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = PICTURE

    file: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    decorative: bool = False
    rights: str = ""
    usage: str = ""
    focus: tuple[float, float] = CENTRE
    rotation: int = 0
    lead_crop: Part = ()
    square_crop: Part = ()
    portrait_crop: Part = ()
    width: int = 0
    height: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as readers see it."""
        size = self.width, self.height
        return size[::-1] if self.rotation % 180 else size

    @property
    def hand_crops(self) -> dict[Shape, Part]:
        """The crops that somebody chose, by their shapes."""
        crops = {shape: getattr(self, shape.part) for shape in CUT_BY_HAND}
        return {shape: part for shape, part in crops.items() if part}

    def turned(self, quarters: int) -> Picture:
        """Return it turned clockwise; the focal point turns with it, crops by hand go."""
        x, y = self.focus
        for _quarter in range(quarters % 4):
            x, y = round(1 - y, 3), x
        rotation = (self.rotation + 90 * quarters) % 360
        return replace(
            self, rotation=rotation, focus=(x, y), lead_crop=(), square_crop=(), portrait_crop=()
        )

    def cropped(self, shape: Shape, part: Part) -> Picture:
        """Return it with a crop by hand to one of those shapes; with none where it is empty."""
        change: dict[str, Any] = {shape.part: part}
        return replace(self, **change)

    @property
    def bare_credit(self) -> str:
        """The credit without the brackets that somebody typed around all of it."""
        credit = self.credit.strip()
        while (found := _BRACKETED.fullmatch(credit)) and found["inside"].strip():
            credit = found["inside"].strip()
        return credit

    @property
    def title(self) -> str:
        """What sentences call it (`picture_title`)."""
        return picture_title(self.caption, self.alt)


@dataclass(frozen=True, slots=True)
class Correction(Record):
    """What readers are told was wrong, and when (RFC 3339). It stays on the page for good."""

    FIELDS: ClassVar[tuple[Field, ...]] = CORRECTION

    text: str
    at: str

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        object.__setattr__(self, "text", self.text.strip())
        object.__setattr__(self, "at", instant_text(parse_instant(self.at)))
        if not self.text:
            raise BadValue(
                _("A correction needs a note for readers."),
                _("Say what was wrong and what is right."),
            )


@dataclass(frozen=True, slots=True)
class Story(Record):
    """One story, whole. Equal stories have equal canonical bytes, so one hash.

    `id` is given by the desk and never changes; it is part of the content, so
    an approval of one story says nothing about another. `standfirst` is a
    sentence or two under the headline. `body` is Markdown.
    `language` is a BCP 47 tag, empty where an importer can't tell it. `embargo` and
    `publish_at` (not before) and `expires` (not after) are RFC 3339 instants or empty.
    `picture_story` says on purpose that the pictures tell it, so `body` may be empty.
    `related` holds ids of other stories, `subjects` IPTC Media Topic codes.
    `ed_note` is for colleagues and never leaves the desk; neither does `ignored`,
    the issues of the checks that somebody left as they are, each with its reason.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = FIELDS
    RECORDS: ClassVar[Mapping[str, type[Record]]] = {
        "dateline": Dateline,
        "pictures": Picture,
        "corrections": Correction,
    }

    id: str = ""
    slug: str = ""
    language: str = "en"
    section: str = ""
    kicker: str = ""
    headline: str = ""
    standfirst: str = ""
    key_points: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    dateline: Dateline = field(default_factory=Dateline)
    body: str = ""
    pictures: tuple[Picture, ...] = ()
    picture_story: bool = False
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    embargo: str = ""
    publish_at: str = ""
    expires: str = ""
    related: tuple[str, ...] = ()
    ed_note: str = ""
    ignored: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

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

    def copied(self) -> Story:
        """Return a new story with this text, which the desk gives an id and a slug of its own.

        What was decided about this one stays with it: its corrections, its ignored issues.
        """
        return replace(self, id="", slug="", corrections=(), ignored=())

    def require_known(self) -> None:
        """Raise NotAllowed for a story with fields of a later version.

        An edit might lose them, and nobody here can read what an approval would cover.
        """
        if self.has_unknown:
            raise NotAllowed(
                _(
                    "This story has fields that this version of Stonehand does not know, "
                    "so it can’t be changed or approved here."
                ),
                _("Update Stonehand, then open the story again."),
            )


def picture_title(caption: str, alt: str) -> str:
    """Return what sentences call a picture: the start of its caption, else of its description."""
    text = " ".join(caption.split()) or " ".join(alt.split())
    return text if len(text) <= _TITLE_LENGTH else f"{text[: _TITLE_LENGTH - 1].rstrip()}…"


def picture_place(slugs: Iterable[str], title: str) -> str:
    """Say which picture a sentence is about, by the stories that have it: `ferry, “A boat.”`."""
    return listed((*slugs, quoted(title)) if title else slugs)


def is_picture_name(file: str) -> bool:
    """Whether a desk could have given a picture this name; none leads out of the folder."""
    return bool(_PICTURE_FILE.fullmatch(file))


def check_slug(slug: str) -> None:
    """Raise BadValue, with the reason, for a slug that can't be part of an address."""
    if slug in RESERVED_SLUGS:
        what = _("page lists") if slug in _PAGE_SLUGS else _("a device, and no file can have it")
        raise BadValue(
            _("The slug “{slug}” is reserved for {what}.").format(slug=slug, what=what),
            _("Choose another word."),
        )
    if len(slug) > _SLUG_LENGTH or not _SLUG.fullmatch(slug):
        raise BadValue(
            _("“{value}” can't be a slug.").format(value=slug[:90]),
            _(
                "Use up to {slug_length} small letters and digits, with single hyphens between."
            ).format(slug_length=_SLUG_LENGTH),
        )


def slug_from(text: str, kind: str = "story") -> str:
    """Make a slug of a headline or a name; `kind` when nothing in it can be transliterated."""
    from slugify import slugify  # noqa: PLC0415 - only a story without a slug needs it

    slug = slugify(text[:400], max_length=60, word_boundary=True, save_order=True)
    return f"{slug}-{kind}" if slug in RESERVED_SLUGS else slug or kind
