"""The API's documents: stories, lists, sections, trends and pictures as JSON.

Every address is relative to the document it is in. Approvals and the newsroom's
notes are not part of any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from editor.core.canonical import Json, content_hash
from editor.core.dateline import Dateline, render_dateline
from editor.core.edition import Edition, Item, Withdrawn
from editor.core.fields import DATELINE
from editor.core.rendition import Rendition
from editor.core.story import Correction, Picture, Story
from editor.core.times import instant_text
from editor.formats.api import paths
from editor.proof.renditions import renditions
from editor.proof.site import Site
from editor.text.cache import DocumentCache
from editor.text.document import Document
from editor.text.html import html_blocks
from editor.text.metrics import count_words, reading_minutes
from editor.text.nodes import (
    Block,
    BulletList,
    CodeBlock,
    Footnote,
    Heading,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from editor.text.plain import block_plain, to_plain

Value: TypeAlias = dict[str, Json]

NOT_AN_EDITION = "NOT_AN_EDITION"
"""In every document of an API that is no edition: the instant it is made for (RFC 3339).

In capital letters, so that sorted it comes first.
"""

BLOCK_TYPES: Mapping[type[Block], str] = {
    Paragraph: "paragraph",
    Heading: "heading",
    Quote: "quote",
    BulletList: "list",
    NumberedList: "list",
    CodeBlock: "code",
    Rule: "rule",
    Table: "table",
    Footnote: "footnote",
}


SUMMARY_TEXTS: Mapping[str, str] = {
    "kicker": "kicker",
    "standfirst": "standfirst",
    "bullets": "key_points",
}
"""A summary's plain texts and lists of texts: the name in the API, and the story's field."""

STORY_TEXTS: Mapping[str, str] = {
    "bylines": "bylines",
    "keywords": "keywords",
    "subjects": "subjects",
}
"""What a whole story has besides, in the same way."""


def media_id(picture: Picture) -> str:
    """Return a picture's id in the API: the first 16 digits of its file's hash."""
    return picture.file[:16]


class Documents:
    """Makes the documents of one edition; `items` are all its stories."""

    def __init__(self, edition: Edition, items: Sequence[Item]) -> None:
        self._edition = edition
        self._by_id = {item.story.id: item for item in items}
        self._site = Site.of(edition)
        self._sections = {section.slug: section.title for section in edition.house.sections}
        self._picture_items: dict[str, dict[str, Item]] = {}
        for item in items:
            for picture in item.story.pictures:
                self._picture_items.setdefault(picture.file, {})[item.story.id] = item
        self._documents = DocumentCache()

    def index(self, pictures: int) -> Value:
        """Return the service document, which links to all others."""
        edition, here = self._edition, paths.INDEX
        house = edition.house
        return {
            "data": {
                "site": {
                    "name": house.name,
                    "language": house.language,
                    "timezone": house.timezone,
                    "url": house.url or None,
                },
                "generatedAt": instant_text(edition.generated_at),
                "build": self._build_id(),
                "counts": {
                    "stories": len(edition.listings),
                    "sections": len(house.sections),
                    "trends": len(edition.briefs()),
                    "media": pictures,
                },
            },
            "links": {
                "self": paths.link(here, here),
                "stories": paths.link(paths.stories_page(1), here),
                "sections": paths.link(paths.SECTIONS, here),
                "trends": paths.link(paths.TRENDS, here),
                "openapi": paths.link(paths.OPENAPI, here),
            },
        }

    def story(self, item: Item, here: str) -> Value:
        """Return a whole story."""
        story = item.story.without_blanks()
        document = self._documents.of(story.body)
        text = to_plain(document)
        blocks = html_blocks(document, self._link_resolver(here), story.slug)
        images: list[Json] = [self._image(picture, here) for picture in _shown(item)]
        data: Value = {
            **self._summary(item, here),
            "dateline": self._dateline(story.dateline, story.language),
            "body": _body(document, blocks),
            "bodyHtml": "\n".join(blocks),
            **_texts(story, STORY_TEXTS),
            "images": images,
            "correction": _correction(story.corrections[-1]) if story.corrections else None,
            "corrections": [_correction(correction) for correction in story.corrections],
            "related": [
                self._reference(self._by_id[id], here)
                for id in story.related
                if id in self._by_id and id != story.id
            ],
            "source": story.dateline.agency or self._edition.house.name,
            "status": "usable",
            "embargoedUntil": story.embargo or None,
            "wordCount": count_words(text),
            "readingMinutes": reading_minutes(count_words(text)),
            "hash": item.hash,
        }
        return {"data": data, "links": _story_links(story.slug, story.id, here)}

    def withdrawn(self, story: Withdrawn, here: str) -> Value:
        """Return the document of a killed story: its id, its status, and when that changed."""
        data: Value = {"id": story.story_id, "status": "canceled", "updatedAt": story.at}
        return {"data": data, "links": _story_links(story.slug, story.story_id, here)}

    def page(
        self, pages: Sequence[Sequence[Item]], number: int, path: Callable[[int], str]
    ) -> Value:
        """Return page `number` of a list, from 1; `path` gives the path of a page by its number."""
        here = path(number)

        def link(page: int | None) -> str | None:
            return paths.link(path(page), here) if page else None

        following = number + 1 if number < len(pages) else None
        previous = number - 1 if number > 1 else None
        return {
            "data": [self._summary(item, here) for item in pages[number - 1]],
            "meta": {
                "pagination": {
                    "page": number,
                    "limit": paths.PAGE_STORIES,
                    "pages": len(pages),
                    "total": sum(map(len, pages)),
                    "next": following,
                    "prev": previous,
                }
            },
            "links": {
                "self": link(number),
                "first": link(1),
                "last": link(len(pages)),
                "next": link(following),
                "prev": link(previous),
            },
        }

    def sections(self) -> Value:
        """Return the sections in the paper's order."""
        here = paths.SECTIONS
        data: list[Json] = [
            {
                "slug": section.slug,
                "title": section.title,
                "count": len(self._edition.in_section(section.slug)),
                "url": paths.link(paths.section_page(section.slug, 1), here),
            }
            for section in self._edition.house.sections
        ]
        return {"data": data, "links": _list_links(here)}

    def trends(self) -> Value:
        """Return the briefs of the banner that have not expired, in its order."""
        here = paths.TRENDS
        data: list[Json] = [
            {
                "id": brief.id,
                "rank": rank,
                "title": brief.title,
                "text": brief.summary,
                "story": self._reference(self._by_id[brief.story], here) if brief.story else None,
                "expiresAt": brief.expires or None,
            }
            for rank, brief in enumerate(self._edition.briefs(), start=1)
        ]
        return {"data": data, "links": _list_links(here)}

    def media(self, picture: Picture, hashes: Mapping[str, tuple[int, str]]) -> Value:
        """Return a picture; `hashes` has the bytes and SHA-256 of each rendition by its path."""
        here = paths.media(media_id(picture))
        data = self._image(picture, here)
        data["renditions"] = [
            {**_rendition(size, here), "bytes": count, "sha256": sha256}
            for size in renditions(picture)
            for count, sha256 in (hashes[size.path],)
        ]
        stories: list[Json] = [
            self._reference(item, here)
            for item in self._picture_items.get(picture.file, {}).values()
        ]
        return {"data": {**data, "stories": stories}, "links": _list_links(here)}

    def _summary(self, item: Item, here: str) -> Value:
        story = item.story.without_blanks()
        shown = _shown(item)
        return {
            **self._reference(item, here),
            "version": item.version,
            "language": story.language,
            "direction": "rtl" if story.right_to_left else "ltr",
            "section": self._section(story.section, here),
            **_texts(story, SUMMARY_TEXTS),
            "image": self._image(shown[0], here) if shown else None,
            "publishedAt": item.published,
            "updatedAt": item.updated,
        }

    def _reference(self, item: Item, here: str) -> Value:
        story = item.story
        url = paths.link(paths.story(story.slug), here)
        return {"id": story.id, "slug": story.slug, "headline": story.headline, "url": url}

    def _section(self, slug: str, here: str) -> Json:
        if slug not in self._sections:
            return None
        url = paths.link(paths.section_page(slug, 1), here)
        return {"slug": slug, "title": self._sections[slug], "url": url}

    def _dateline(self, dateline: Dateline, language: str) -> Json:
        if dateline.is_empty:
            return None
        rendered = render_dateline(dateline, self._edition.house.dateline_template, language)
        parts = {part.name: getattr(dateline, part.name) for part in DATELINE}
        return {**parts, "rendered": rendered}

    def _image(self, picture: Picture, here: str) -> Value:
        return {
            "id": media_id(picture),
            "url": paths.link(paths.media(media_id(picture)), here),
            "caption": picture.caption,
            "credit": picture.bare_credit,
            "alt": "" if picture.decorative else picture.alt,
            "decorative": picture.decorative,
            "rights": picture.rights,
            "focus": {"x": picture.focus[0], "y": picture.focus[1]},
            "renditions": [_rendition(size, here) for size in renditions(picture)],
        }

    def _link_resolver(self, here: str) -> Callable[[str], str | None]:
        def resolve(slug: str) -> str | None:
            now = self._site.current_slug(slug)
            return paths.link(paths.story(now), here) if now else None

        return resolve

    def _build_id(self) -> str:
        """Return a hash of this edition, the same on every computer."""
        edition = self._edition
        return content_hash(
            {
                "house": edition.house.hash,
                "banner": edition.banner.hash,
                "items": [[story.hash, story.version, story.updated] for story in edition.listings],
                "withdrawn": [
                    [story.story_id, story.slug, story.at] for story in edition.withdrawn
                ],
                "generatedAt": instant_text(edition.generated_at),
            }
        )[:16]


def _texts(story: Story, names: Mapping[str, str]) -> Value:
    return {name: getattr(story, field) for name, field in names.items()}


def _shown(item: Item) -> list[Picture]:
    return [picture for picture in item.story.without_blanks().pictures if renditions(picture)]


def _body(document: Document, blocks: Iterable[str]) -> list[Json]:
    notes = document.footnote_numbers()
    return [
        {"type": BLOCK_TYPES[type(block)], "html": html, "text": block_plain(block, notes)}
        for block, html in zip(document.blocks, blocks, strict=True)
    ]


def _rendition(size: Rendition, here: str) -> Value:
    return {
        "url": paths.link(paths.rendition(size), here),
        "width": size.width,
        "height": size.height,
        "type": size.type,
    }


def _correction(correction: Correction) -> Value:
    return {"text": correction.text, "at": correction.at}


def _story_links(slug: str, id: str, here: str) -> Value:
    return {
        "self": paths.link(here, here),
        "slug": paths.link(paths.story(slug), here),
        "id": paths.link(paths.story_by_id(id), here),
        "index": paths.link(paths.INDEX, here),
    }


def _list_links(here: str) -> Value:
    return {"self": paths.link(here, here), "index": paths.link(paths.INDEX, here)}
