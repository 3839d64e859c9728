"""What the API's documents are made of, declared once: their schemas follow from these.

Every address is relative to the document it is in. A field without a value is null or empty,
never missing; only crops of a picture are there where somebody chose them.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

Link: TypeAlias = Annotated[str, Meta(min_length=1, extra_json_schema={"format": "uri-reference"})]
Instant: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Day: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "date"})]
Id: TypeAlias = Annotated[str, Meta(min_length=1)]
Slug: TypeAlias = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
Count: TypeAlias = Annotated[int, Meta(ge=0)]
Number: TypeAlias = Annotated[int, Meta(ge=1)]
Fraction: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
Hash: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256.")]
ShortHash: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]
Language: TypeAlias = Annotated[str, Meta(description="A BCP 47 tag.")]


class Value(Struct, rename="camel"):
    """A part of a document. In JSON its names are in camel case."""


class StoryReference(Value):
    """A story's name and address."""

    id: Id
    slug: Slug
    headline: str
    url: Link


class SectionReference(Value):
    """A story's section."""

    slug: Slug
    title: str
    url: Link


class Rendition(Value):
    """A picture in one size."""

    url: Link
    width: Number
    height: Number
    type: Literal["image/jpeg"]


class MediaRendition(Rendition):
    """A picture in one size, with its hash."""

    bytes: Number
    sha256: Hash


class Focus(Value):
    """The point that a crop must show, as fractions from the top left."""

    x: Fraction
    y: Fraction


class Crop(Value):
    """A part of a picture, as fractions of its width and height."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction


class Crops(Value):
    """The parts of a picture that the paper chose for a shape: 16:9, 1:1 and 4:5."""

    lead: Crop | UnsetType = UNSET
    square: Crop | UnsetType = UNSET
    portrait: Crop | UnsetType = UNSET


class ImageFacts(Value, kw_only=True):
    """What is said of a picture, whatever its sizes."""

    id: ShortHash
    url: Link
    caption: str
    credit: str
    alt: str
    decorative: bool
    rights: str
    focus: Focus
    crops: Crops | UnsetType = UNSET


class Image(ImageFacts, kw_only=True):
    """A picture as a story shows it."""

    renditions: tuple[Rendition, ...]


class Media(ImageFacts, kw_only=True):
    """A picture."""

    renditions: tuple[MediaRendition, ...]
    stories: tuple[StoryReference, ...]


class StorySummary(StoryReference):
    """A story in a list."""

    version: Number
    language: Language
    direction: Literal["ltr", "rtl"]
    section: SectionReference | None
    kicker: str
    standfirst: str
    bullets: tuple[str, ...]
    image: Image | None
    published_at: Instant
    updated_at: Instant


class Dateline(Value):
    """Where and when a story was written."""

    city: str
    country: str
    state: str
    agency: str
    date: Annotated[str, Meta(description="YYYY-MM-DD, --MM-DD without a year, or empty.")]
    rendered: str


class Block(Value):
    """A block of the body."""

    type: Literal["paragraph", "heading", "quote", "list", "code", "rule", "table", "footnote"]
    html: str
    text: str


class Correction(Value):
    """What was wrong, as readers see it."""

    text: str
    at: Instant


class Story(StorySummary, tag_field="status", tag="usable"):
    """A story."""

    dateline: Dateline | None
    body: tuple[Block, ...]
    body_html: str
    bylines: tuple[str, ...]
    keywords: tuple[str, ...]
    subjects: tuple[str, ...]
    images: tuple[Image, ...]
    correction: Correction | None
    corrections: tuple[Correction, ...]
    related: tuple[StoryReference, ...]
    source: str
    embargoed_until: Instant | None
    word_count: Count
    reading_minutes: Number
    hash: Hash


class WithdrawnStory(Value, tag_field="status", tag="canceled"):
    """A withdrawn story, without its text."""

    id: Id
    updated_at: Instant


class ExpiredStory(Value, tag_field="status", tag="expired"):
    """A story that has expired, without its text."""

    id: Id
    updated_at: Instant


class StoryVersion(Value):
    """A version of a story, and what it was the first to say was wrong."""

    version: Number
    updated_at: Annotated[Instant, Meta(description="Since when readers could have it.")]
    correction: str | None


class Section(Value):
    """A section of the paper."""

    slug: Slug
    title: str
    titles: Annotated[
        dict[str, str], Meta(description="Its titles in other languages, by BCP 47 tag.")
    ]
    url: Link
    count: Count


class Author(Value):
    """Somebody whom bylines name."""

    slug: Slug
    name: str
    url: Link
    count: Count


class Subject(Value):
    """A subject of the IPTC's Media Topics."""

    id: Annotated[str, Meta(pattern="^medtop:[0-9]{8}$")]
    name: str
    names: Annotated[dict[str, str], Meta(description="Its names by BCP 47 tag.")]
    url: Link
    count: Count


class Brief(Value):
    """A brief of the trends banner."""

    id: str
    rank: Number
    title: str
    text: str
    story: StoryReference | None
    expires_at: Instant | None


ChangeKind: TypeAlias = Literal["created", "updated", "corrected", "withdrawn", "expired"]


class Change(Value):
    """The last change of a story. Read the story at its address; one that is gone says so there."""

    kind: ChangeKind
    at: Instant
    id: Id
    slug: Slug
    hash: Annotated[Hash | None, Meta(description="Of its text; null where the story is gone.")]
    url: Link


class ChangedDay(Value):
    """A day (UTC) with changes: its document is another one only where its hash is."""

    day: Day
    count: Number
    hash: Hash
    url: Link


class Site(Value):
    """The paper."""

    name: str
    language: Language
    timezone: str
    url: Link | None


class Counts(Value):
    """How many there are."""

    stories: Count
    sections: Count
    subjects: Count
    authors: Count
    trends: Count
    media: Count


class RightsStatement(Value):
    """What the paper says of its rights."""

    line: Annotated[str, Meta(description="As every page of the paper's site has it, or empty.")]
    licence: Annotated[Link | None, Meta(description="The page of the licence.")]
    ai_use: Annotated[
        Literal["allow", "no_training", "none"],
        Meta(
            description=(
                "What the makers and the services of AI may do: all that the licence allows, "
                "all but train models, or nothing."
            )
        ),
    ]


class Contents(Value):
    """What the API has."""

    site: Site
    rights: RightsStatement
    generated_at: Instant
    build: ShortHash
    counts: Counts


class Pagination(Value):
    """The position of a page in its list."""

    page: Number
    limit: Number
    pages: Number
    total: Count
    next: int | None
    prev: int | None


class PageMeta(Value):
    """About the page."""

    pagination: Pagination


class Links(Value):
    """Where a document is, and the service document."""

    self: Link
    index: Link


class IndexLinks(Value):
    """Where all is."""

    self: Link
    stories: Link
    sections: Link
    subjects: Link
    authors: Link
    trends: Link
    changes: Link
    search: Link
    openapi: Link


class PageLinks(Value):
    """The other pages of a list."""

    self: Link
    first: Link
    last: Link
    next: Link | None
    prev: Link | None


class StoryLinks(Value):
    """The addresses of a story."""

    self: Link
    slug: Link
    id: Link
    versions: Annotated[Link | None, Meta(description="Null where the story is gone.")]
    index: Link


class VersionsLinks(Value):
    """Where the versions are, and their story."""

    self: Link
    story: Link
    index: Link
