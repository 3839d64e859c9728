"""The one table of a story's fields: whatever reads, compares, merges or shows a story asks it.

To add a field, add its row here and its attribute to `Story`; tests then say what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Literal, TypeAlias

from editor.core.canonical import Json
from editor.i18n import N_, N_plural, _

SearchColumn: TypeAlias = Literal["headline", "points", "body", "rest"]
"""Where the desk's search keeps a text; a hit in the headline counts most."""


CENTRE = (0.5, 0.5)
"""The focus of a picture that nobody set."""


class Kind(Enum):
    """What one value of a field is."""

    LINE = auto()
    """Words in one paragraph."""
    TEXT = auto()
    """Words in paragraphs."""
    MARKDOWN = auto()
    SLUG = auto()
    LANGUAGE = auto()
    """A BCP 47 tag."""
    INSTANT = auto()
    """RFC 3339, or empty."""
    DAY = auto()
    """`YYYY-MM-DD`, `--MM-DD`, or empty."""
    STORY = auto()
    """The id of another story."""
    SUBJECT = auto()
    """The code of an IPTC Media Topic."""
    FILE = auto()
    """The name of a picture file, by its hash."""
    FLAG = auto()
    """A bool."""
    POINT = auto()
    """Two fractions: of the width from the left, of the height from the top."""
    PART = auto()
    """Four fractions of a picture: left, top, width and height; or nothing."""
    DEGREES = auto()
    """A quarter, a half or three quarters of a turn clockwise, or 0."""
    PIXELS = auto()
    """An int."""
    PARTS = auto()
    """A record with fields of its own."""


_DEFAULTS: Mapping[Kind, Json] = {
    Kind.LANGUAGE: "en",
    Kind.FLAG: False,
    Kind.POINT: list(CENTRE),
    Kind.PART: [],
    Kind.DEGREES: 0,
    Kind.PIXELS: 0,
    Kind.PARTS: {},
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a story, or one part of a field.

    - `name`: the attribute, the key in JSON and the path.
    - `noun`: what it is called within a sentence, to be translated.
    - `many`: a tuple of values; `item` is what one of them is called, with `{n}`.
      `counted` are the forms in which a summary of changes counts them, if it does.
    - `parts`: the fields of each value, where the kind is PARTS.
    - `reader`: readers read it. It goes out with the site and the API, checks read it,
      and a note can be about a passage of it.
    - `announces`: it says what the body says at length, so the body must bear out what it quotes.
    - `prose`: changes are shown word by word; else the value is exchanged whole.
    - `search`: where the desk's search looks for it; None where it does not.
    - `limit`: how many characters a house allows unless it says otherwise; 0 for any number.
    - `private`: it never leaves the desk.
    - `lasting`: readers were told it, so no edit takes it back.
    - `compared`: False for what is not edited by itself: the id, and parts that follow from others.
    """

    name: str
    kind: Kind
    noun: str
    many: bool = False
    item: str = ""
    counted: tuple[str, str] | None = None
    parts: tuple[Field, ...] = ()
    reader: bool = False
    announces: bool = False
    prose: bool = False
    search: SearchColumn | None = None
    limit: int = 0
    private: bool = False
    lasting: bool = False
    compared: bool = True

    @property
    def default(self) -> Json:
        """What JSON leaves out. It is part of the format, so it never changes."""
        return [] if self.many else _DEFAULTS.get(self.kind, "")

    @property
    def paragraphed(self) -> bool:
        """Whether a value is text in paragraphs, which are compared and merged one by one."""
        return self.kind in (Kind.TEXT, Kind.MARKDOWN)

    @property
    def several(self) -> bool:
        """Whether the field can hold two answers to one question, one after the other."""
        return self.many or self.paragraphed

    def pieces(self, value: Any) -> tuple[Any, ...]:
        """Cut a value into what is merged: its items, its paragraphs, or itself unless empty."""
        if self.many:
            return tuple(value)
        if self.paragraphed:
            return tuple(paragraphs(value))
        return (value,) if value else ()

    def whole(self, pieces: Sequence[Any]) -> Any:
        """Make a value of its pieces."""
        if self.many:
            return tuple(pieces)
        if self.paragraphed:
            return "\n\n".join(pieces)
        if self.kind is Kind.FLAG:
            return bool(pieces)
        return pieces[0] if pieces else ""


DATELINE = (
    Field("city", Kind.LINE, N_("city"), reader=True, search="rest"),
    Field("country", Kind.LINE, N_("country"), reader=True, search="rest"),
    Field("state", Kind.LINE, N_("state or region"), reader=True, search="rest"),
    Field("date", Kind.DAY, N_("date")),
    Field("agency", Kind.LINE, N_("agency"), reader=True, search="rest"),
)
"""The parts of a dateline."""

PICTURE = (
    Field("file", Kind.FILE, N_("file")),
    Field(
        "caption", Kind.LINE, N_("caption"), reader=True, announces=True, prose=True, search="rest"
    ),
    Field("credit", Kind.LINE, N_("credit"), reader=True, search="rest"),
    Field("alt", Kind.LINE, N_("description"), reader=True, prose=True, search="rest"),
    Field("decorative", Kind.FLAG, N_("only decoration")),
    Field("rights", Kind.LINE, N_("rights"), reader=True),
    Field("usage", Kind.LINE, N_("usage"), private=True),
    Field("focus", Kind.POINT, N_("focus")),
    Field("rotation", Kind.DEGREES, N_("rotation")),
    Field("lead_crop", Kind.PART, N_("lead crop")),
    Field("square_crop", Kind.PART, N_("square crop")),
    Field("portrait_crop", Kind.PART, N_("portrait crop")),
    Field("width", Kind.PIXELS, N_("width"), compared=False),
    Field("height", Kind.PIXELS, N_("height"), compared=False),
)
"""The parts of a picture."""

CORRECTION = (
    Field("text", Kind.TEXT, N_("text"), reader=True, prose=True, search="rest"),
    Field("at", Kind.INSTANT, N_("time"), compared=False),
)
"""The parts of a correction."""

FIELDS = (
    Field("id", Kind.LINE, N_("id"), compared=False),
    Field("kicker", Kind.LINE, N_("kicker"), reader=True, prose=True, search="rest"),
    Field(
        "headline",
        Kind.LINE,
        N_("headline"),
        reader=True,
        announces=True,
        prose=True,
        search="headline",
        limit=90,
    ),
    Field(
        "standfirst",
        Kind.LINE,
        N_("standfirst"),
        reader=True,
        announces=True,
        prose=True,
        search="points",
        limit=200,
    ),
    Field(
        "key_points",
        Kind.LINE,
        N_("key points"),
        many=True,
        item=N_("key point {n}"),
        counted=N_plural("{n} key point", "{n} key points"),
        reader=True,
        announces=True,
        prose=True,
        search="points",
        limit=140,
    ),
    Field("dateline", Kind.PARTS, N_("dateline"), parts=DATELINE),
    Field("body", Kind.MARKDOWN, N_("body"), reader=True, prose=True, search="body"),
    Field(
        "pictures",
        Kind.PARTS,
        N_("pictures"),
        many=True,
        item=N_("picture {n}"),
        counted=N_plural("{n} picture", "{n} pictures"),
        parts=PICTURE,
    ),
    Field("picture_story", Kind.FLAG, N_("picture story"), private=True),
    Field("slug", Kind.SLUG, N_("slug"), search="rest"),
    Field("section", Kind.LINE, N_("section")),
    Field(
        "bylines",
        Kind.LINE,
        N_("bylines"),
        many=True,
        item=N_("byline {n}"),
        reader=True,
        search="rest",
    ),
    Field("language", Kind.LANGUAGE, N_("language")),
    Field(
        "keywords",
        Kind.LINE,
        N_("keywords"),
        many=True,
        item=N_("keyword {n}"),
        reader=True,
        search="rest",
    ),
    Field("subjects", Kind.SUBJECT, N_("subjects"), many=True, item=N_("subject {n}")),
    Field("related", Kind.STORY, N_("related stories"), many=True, item=N_("related story {n}")),
    Field("embargo", Kind.INSTANT, N_("embargo")),
    Field("publish_at", Kind.INSTANT, N_("publishing time")),
    Field("expires", Kind.INSTANT, N_("expiry")),
    Field("ed_note", Kind.TEXT, N_("editor’s note"), prose=True, search="rest", private=True),
    Field(
        "ignored",
        Kind.LINE,
        N_("ignored issues"),
        many=True,
        item=N_("ignored issue {n}"),
        private=True,
    ),
    Field(
        "corrections",
        Kind.PARTS,
        N_("corrections"),
        many=True,
        item=N_("correction {n}"),
        counted=N_plural("{n} correction", "{n} corrections"),
        parts=CORRECTION,
        lasting=True,
    ),
)
"""Every field of a story, in the order of the form."""

_BY_NAME = {field.name: field for field in FIELDS}
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def field_at(path: str) -> Field:
    """Find the field or part at a path: `headline`, `key_points/0`, `pictures/0/alt`.

    Raises KeyError for no such path.
    """
    _top, _index, field = _resolved(path)
    return field


def noun(path: str) -> str:
    """Name what a path leads to, within a sentence: `headline`, `key point 1`, `caption`."""
    _top, index, field = _resolved(path)
    if field.many and index is not None:
        return _(field.item).format(n=index + 1)
    return _(field.noun)


def label(path: str) -> str:
    """Name what a path leads to, above a field: `Headline`, `Key point 1`, `Caption`."""
    return _capitalised(noun(path))


def full_label(path: str) -> str:
    """Name a path with all it is in: `Headline`, `Picture 1: caption`, `Dateline: city`.

    A path of a later version is shown as it is.
    """
    top, _slash, part = path.rpartition("/")
    try:
        if top and not part.isdecimal():
            return _("{field}: {part}").format(field=label(top), part=noun(path))
        return label(path)
    except KeyError:
        return path


def place(path: str) -> tuple[int, int, int]:
    """Return the place of a path in the order of the form, for sorting."""
    top, index, field = _resolved(path)
    part = top.parts.index(field) if field in top.parts else -1
    return FIELDS.index(top), -1 if index is None else index, part


def fields_with_limit() -> Iterator[Field]:
    """Yield the fields whose length a house limits, in the order of the form."""
    return (field for field in FIELDS if field.limit)


def paragraphs(text: str) -> list[str]:
    """Split text on blank lines; empty paragraphs are left out."""
    return [part for part in _BLANK_LINES.split(text.strip("\n")) if part.strip()]


def _resolved(path: str) -> tuple[Field, int | None, Field]:
    """The story's field, the index among its values, and the field or part a path ends at."""
    name, *rest = path.split("/")
    top = _BY_NAME[name]
    index = int(rest.pop(0)) if top.many and rest and rest[0].isdecimal() else None
    if not rest:
        return top, index, top
    for part in top.parts:
        if [part.name] == rest and (index is not None or not top.many):
            return top, index, part
    raise KeyError(path)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
