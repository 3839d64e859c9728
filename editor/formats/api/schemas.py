"""JSON Schemas (2020-12) of the API's documents.

Fields may be added within v1, so unknown ones are allowed; those listed are
always present. A field without a value is null, never missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from editor.core.canonical import Json
from editor.core.fields import field_at
from editor.formats.api.documents import BLOCK_TYPES, STORY_TEXTS, SUMMARY_TEXTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_NUMBER: Json = {"type": "integer", "minimum": 1}
_LINK: Json = {"type": "string", "format": "uri-reference", "minLength": 1}
_MAYBE_LINK: Json = {"type": ["string", "null"], "format": "uri-reference"}
_INSTANT: Json = {"type": "string", "format": "date-time"}
_MAYBE_INSTANT: Json = {"type": ["string", "null"], "format": "date-time"}
_TEXTS: Json = {"type": "array", "items": _TEXT}
_SLUG: Json = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_HASH: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_SHORT_HASH: Json = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
_FRACTION: Json = {"type": "number", "minimum": 0, "maximum": 1}


def _object(title: str, /, **properties: Json) -> Json:
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _maybe(name: str) -> Json:
    return {"oneOf": [_ref(name), {"type": "null"}]}


def _list(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _texts(names: Mapping[str, str]) -> Mapping[str, Json]:
    """The shapes of plain texts and lists of texts, by their names in the API."""
    return {name: _TEXTS if field_at(field).many else _TEXT for name, field in names.items()}


_REFERENCE: Mapping[str, Json] = {
    "id": {"type": "string", "minLength": 1},
    "slug": _SLUG,
    "headline": _TEXT,
    "url": _LINK,
}
_SUMMARY: Mapping[str, Json] = {
    **_REFERENCE,
    "version": _NUMBER,
    "language": {"type": "string", "description": "A BCP 47 tag."},
    "direction": {"enum": ["ltr", "rtl"]},
    "section": _maybe("SectionReference"),
    **_texts(SUMMARY_TEXTS),
    "image": _maybe("Image"),
    "publishedAt": _INSTANT,
    "updatedAt": _INSTANT,
}
_RENDITION: Mapping[str, Json] = {
    "url": _LINK,
    "width": _NUMBER,
    "height": _NUMBER,
    "type": {"const": "image/jpeg"},
}
_IMAGE: Mapping[str, Json] = {
    "id": _SHORT_HASH,
    "url": _LINK,
    "caption": _TEXT,
    "credit": _TEXT,
    "alt": _TEXT,
    "decorative": {"type": "boolean"},
    "rights": _TEXT,
    "focus": _object(
        "The point a crop must show, as fractions from the top left", x=_FRACTION, y=_FRACTION
    ),
    "renditions": _list("Rendition"),
}
_LINKS = _object("Links", self=_LINK, index=_LINK)


def _block(kind: str) -> Json:
    return _object(f"A {kind}", type={"const": kind}, html=_TEXT, text=_TEXT)


_KINDS = sorted(set(BLOCK_TYPES.values()))

DEFINITIONS: Mapping[str, Json] = {
    "StoryReference": _object("A story's name and address", **_REFERENCE),
    "SectionReference": _object("A story's section", slug=_SLUG, title=_TEXT, url=_LINK),
    "Section": _object("A section", slug=_SLUG, title=_TEXT, url=_LINK, count=_COUNT),
    "StorySummary": _object("A story in a list", **_SUMMARY),
    "Dateline": _object(
        "Where and when a story was written",
        city=_TEXT,
        country=_TEXT,
        state=_TEXT,
        agency=_TEXT,
        rendered=_TEXT,
        date={"type": "string", "description": "YYYY-MM-DD, --MM-DD without a year, or empty."},
    ),
    "Block": {"title": "A block of the body", "oneOf": [_block(kind) for kind in _KINDS]},
    "Rendition": _object("A picture in one size", **_RENDITION),
    "MediaRendition": _object(
        "A picture in one size, with its hash", **_RENDITION, bytes=_NUMBER, sha256=_HASH
    ),
    "Image": _object("A picture as a story shows it", **_IMAGE),
    "Story": _object(
        "A story",
        **_SUMMARY,
        dateline=_maybe("Dateline"),
        body=_list("Block"),
        bodyHtml=_TEXT,
        images=_list("Image"),
        **_texts(STORY_TEXTS),
        correction=_maybe("Correction"),
        corrections=_list("Correction"),
        related=_list("StoryReference"),
        source=_TEXT,
        status={"const": "usable"},
        embargoedUntil=_MAYBE_INSTANT,
        wordCount=_COUNT,
        readingMinutes=_NUMBER,
        hash=_HASH,
    ),
    "WithdrawnStory": _object(
        "A withdrawn story, without its text",
        id={"type": "string", "minLength": 1},
        status={"const": "canceled"},
        updatedAt=_INSTANT,
    ),
    "Correction": _object("What was wrong, as readers see it", text=_TEXT, at=_INSTANT),
    "Brief": _object(
        "A brief of the trends banner",
        id=_TEXT,
        rank=_NUMBER,
        title=_TEXT,
        text=_TEXT,
        story=_maybe("StoryReference"),
        expiresAt=_MAYBE_INSTANT,
    ),
    "Media": _object(
        "A picture",
        **{**_IMAGE, "renditions": _list("MediaRendition")},
        stories=_list("StoryReference"),
    ),
    "Pagination": _object(
        "The position of a page in its list",
        page=_NUMBER,
        limit=_NUMBER,
        pages=_NUMBER,
        total=_COUNT,
        next={"type": ["integer", "null"]},
        prev={"type": ["integer", "null"]},
    ),
}

DOCUMENTS: Mapping[str, Json] = {
    "index": _object(
        "The service document",
        data=_object(
            "The contents",
            site=_object("The paper", name=_TEXT, language=_TEXT, timezone=_TEXT, url=_MAYBE_LINK),
            generatedAt=_INSTANT,
            build=_SHORT_HASH,
            counts=_object("Counts", stories=_COUNT, sections=_COUNT, trends=_COUNT, media=_COUNT),
        ),
        links=_object(
            "Links", self=_LINK, stories=_LINK, sections=_LINK, trends=_LINK, openapi=_LINK
        ),
    ),
    "stories": _object(
        "A page of stories, newest first",
        data=_list("StorySummary"),
        meta=_object("About the page", pagination=_ref("Pagination")),
        links=_object(
            "Links", self=_LINK, first=_LINK, last=_LINK, next=_MAYBE_LINK, prev=_MAYBE_LINK
        ),
    ),
    "story": _object(
        "One story",
        data={"oneOf": [_ref("Story"), _ref("WithdrawnStory")]},
        links=_object("Links", self=_LINK, slug=_LINK, id=_LINK, index=_LINK),
    ),
    "sections": _object("The sections", data=_list("Section"), links=_LINKS),
    "trends": _object("The trends banner", data=_list("Brief"), links=_LINKS),
    "media": _object("One picture", data=_ref("Media"), links=_LINKS),
}
"""Each kind of document by the name of its schema file."""


def standalone_schema(name: str) -> dict[str, Json]:
    """Return the schema of one kind of document, with every definition it refers to."""
    schema = DOCUMENTS[name]
    definitions: dict[str, Json] = {}
    pending = _references(schema)
    while pending:
        definition = pending.pop()
        if definition not in definitions:
            definitions[definition] = DEFINITIONS[definition]
            pending |= _references(DEFINITIONS[definition])
    header: dict[str, Json] = {"$schema": DIALECT, "$id": f"{name}.schema.json"}
    return {**header, **(schema if isinstance(schema, dict) else {}), "$defs": definitions}


def _references(schema: Json) -> set[str]:
    """Return the names of the definitions that a schema refers to."""
    if isinstance(schema, Mapping):
        names = set[str]().union(*map(_references, schema.values()))
        ref = schema.get("$ref")
        return names | {ref.rpartition("/")[2]} if isinstance(ref, str) else names
    if isinstance(schema, list):
        return set[str]().union(*map(_references, schema))
    return set()
