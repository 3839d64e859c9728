"""An example of each kind of document, from an invented paper; the same in every export.

The addresses are those that a document has in its place in the tree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from editor.formats.api import documents, search_values, values
from editor.formats.api.search import folding

_AT, _LATER = "2026-03-03T06:30:00Z", "2026-03-03T14:02:00Z"
_ID, _SLUG = "0f4b6c2d9a7e4d51b1c3e8a2f6d70912", "harbour-opens"
_GONE = "c2a1f0e4d8b94b7aa6e3d5f1907b4c28"
_HEADLINE = "Harbour opens after the long storm"
_SUMMARY = "Forty ships came in at dawn; the last one waited eleven days."
_TEXT = "Ships came in at dawn, after eleven days at anchor."
_SECOND = "“We had water for two more days,” a captain told Harbour Post."
_CORRECTION = values.Correction("Forty ships came in, not fourteen.", _LATER)


@cache
def examples() -> Mapping[str, values.Value]:
    """Return the examples by the names that `DOCUMENTS` has."""
    return {**_of_lists(), **_of_stories(), **_of_searches()}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


_PICTURE = _sha256("ships at dawn")[:16]


def _links(own: str, up: str = "") -> values.Links:
    return values.Links(own, f"{up}index.json")


def _reference(url: str) -> values.StoryReference:
    return values.StoryReference(_ID, _SLUG, _HEADLINE, url)


def _rendition(folder: str) -> values.Rendition:
    return values.Rendition(f"{folder}{_PICTURE}-800.jpg", 800, 533, "image/jpeg")


def _picture(url: str) -> values.ImageFacts:
    return values.ImageFacts(
        id=_PICTURE,
        url=url,
        caption="Ships at dawn in Port Ellery.",
        credit="Jo Mast",
        alt="Three cargo ships between two breakwaters.",
        decorative=False,
        rights="Harbour Post",
        focus=values.Focus(0.5, 0.4),
    )


def _fields(value: values.Value) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


def _of_lists() -> dict[str, values.Value]:
    page = values.PageMeta(values.Pagination(1, 20, 1, 1, None, None))
    pages = values.PageLinks("1.json", "1.json", "1.json", None, None)
    return {
        "index": _index(),
        "stories": documents.StoriesDocument((_summary("../"),), page, pages),
        "sections": documents.SectionsDocument(
            (values.Section("world", "World", {"ar": "العالم"}, "sections/world/page/1.json", 1),),
            _links("sections.json"),
        ),
        "subjects": documents.SubjectsDocument((_subject(),), _links("subjects.json")),
        "authors": documents.AuthorsDocument(
            (values.Author("mara-quay", "Mara Quay", "authors/mara-quay/page/1.json", 1),),
            _links("authors.json"),
        ),
        "trends": documents.TrendsDocument((_brief(),), _links("trends.json")),
        "changes": documents.ChangesDocument(
            (values.ChangedDay("2026-03-03", 2, _sha256("day"), "changes/2026-03-03.json"),),
            _links("changes.json"),
        ),
        "day": _day(),
    }


def _index() -> documents.IndexDocument:
    contents = values.Contents(
        values.Site("Harbour Post", "en", "Europe/Oslo", "https://post.example/"),
        values.RightsStatement(
            "© 2026 Harbour Post", "https://post.example/licence", "no_training"
        ),
        _LATER,
        _sha256("build")[:16],
        values.Counts(stories=1, sections=1, subjects=1, authors=1, trends=1, media=1),
    )
    links = values.IndexLinks(
        self="index.json",
        stories="stories/page/1.json",
        sections="sections.json",
        subjects="subjects.json",
        authors="authors.json",
        trends="trends.json",
        changes="changes.json",
        search="search/manifest.json",
        openapi="openapi.json",
    )
    return documents.IndexDocument(contents, links)


def _subject() -> values.Subject:
    names = {"en": "transport accident and incident", "ar": "حادث نقل"}
    url = "subjects/20000148/page/1.json"
    return values.Subject("medtop:20000148", names["en"], names, url, 1)


def _brief() -> values.Brief:
    story = _reference(f"stories/{_SLUG}.json")
    return values.Brief("t1", 1, "Harbour", "It is open again.", story, "2026-03-10T00:00:00Z")


def _day() -> documents.DayDocument:
    here = f"../stories/{_SLUG}.json"
    changes = (
        values.Change("corrected", _LATER, _ID, _SLUG, _sha256(_TEXT), here),
        values.Change("withdrawn", _AT, _GONE, "tide-tables", None, "../stories/tide-tables.json"),
    )
    return documents.DayDocument(changes, _links("2026-03-03.json", "../"))


def _summary(stories: str) -> values.StorySummary:
    """A story in a list; `stories` leads to the folder of stories."""
    top = f"{stories}../"
    return values.StorySummary(
        **_fields(_reference(f"{stories}{_SLUG}.json")),
        version=2,
        language="en",
        direction="ltr",
        section=values.SectionReference("world", "World", f"{top}sections/world/page/1.json"),
        kicker="Harbour",
        standfirst=_SUMMARY,
        bullets=("Forty ships came in at dawn", "The last one waited eleven days"),
        image=values.Image(
            **_fields(_picture(f"{top}media/{_PICTURE}.json")),
            renditions=(_rendition(f"{top}media/"),),
        ),
        published_at=_AT,
        updated_at=_LATER,
    )


def _of_stories() -> dict[str, values.Value]:
    summary = _summary("")
    story = values.Story(
        **_fields(summary),
        dateline=values.Dateline(
            "Port Ellery", "Norway", "", "HP", "2026-03-03", "PORT ELLERY, Norway (HP) — "
        ),
        body=tuple(values.Block("paragraph", f"<p>{text}</p>", text) for text in (_TEXT, _SECOND)),
        body_html=f"<p>{_TEXT}</p>\n<p>{_SECOND}</p>",
        bylines=("Mara Quay",),
        keywords=("ships", "storm"),
        subjects=("medtop:20000148",),
        images=(summary.image,) if summary.image else (),
        correction=_CORRECTION,
        corrections=(_CORRECTION,),
        related=(),
        source="HP",
        embargoed_until=None,
        word_count=20,
        reading_minutes=1,
        hash=_sha256(_TEXT),
    )
    own = f"{_SLUG}.json"
    links = values.StoryLinks(
        own, own, f"by-id/{_ID}.json", f"{_SLUG}/versions.json", "../index.json"
    )
    return {
        "story": documents.StoryDocument(story, links),
        "versions": _versions(),
        "media": _media(),
    }


def _versions() -> documents.VersionsDocument:
    versions = (
        values.StoryVersion(1, _AT, None),
        values.StoryVersion(2, _LATER, _CORRECTION.text),
    )
    links = values.VersionsLinks("versions.json", f"../{_SLUG}.json", "../../index.json")
    return documents.VersionsDocument(versions, links)


def _media() -> documents.MediaDocument:
    rendition = values.MediaRendition(
        **_fields(_rendition("")), bytes=61_204, sha256=_sha256("a picture in 800 pixels")
    )
    media = values.Media(
        **_fields(_picture(f"{_PICTURE}.json")),
        renditions=(rendition,),
        stories=(_reference(f"../stories/{_SLUG}.json"),),
    )
    return documents.MediaDocument(media, _links(f"{_PICTURE}.json", "../"))


def _of_searches() -> dict[str, values.Value]:
    return {
        "search": _search(),
        "search-stories": documents.SearchStoriesDocument(
            (
                search_values.SearchStory(
                    **_fields(_reference(f"../../stories/{_SLUG}.json")),
                    language="en",
                    section="world",
                    summary=_SUMMARY,
                    published_at=_AT,
                ),
            ),
            _links("stories-0.json", "../../"),
        ),
        "search-words": documents.SearchWordsDocument(
            search_values.SearchWords({"harbour": (0,)}, {"dawn": (0,)}, {"anchor": (0,)}),
            _links("shard-0.json", "../../"),
        ),
    }


def _search() -> documents.SearchDocument:
    stories = search_values.SearchStoriesFile(
        "new/stories-0.json", "new/stories-0.js", _sha256("stories")[:16], 1
    )
    shards = (
        search_values.SearchFile("new/shard-0.json", "new/shard-0.js", _sha256("words")[:16]),
    )
    block = search_values.SearchBlock("new", "en", (stories,), shards)
    search = search_values.Search(folding(), (block,))
    return documents.SearchDocument(search, _links("manifest.json", "../"))
