"""The exporter that writes an edition as a JSON API of static files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial

from editor.core.canonical import Json, canonical_json
from editor.core.edition import Edition, Item
from editor.core.story import check_slug
from editor.core.times import instant_text
from editor.errors import BadValue
from editor.formats.api import paths
from editor.formats.api.documents import NOT_AN_EDITION, Documents, Value, media_id
from editor.formats.api.openapi import openapi
from editor.formats.api.schemas import DOCUMENTS, standalone_schema
from editor.formats.base import Output, Report
from editor.formats.edition_writer import EditionWriter, list_pages
from editor.progress import Progress
from editor.proof.pictures import Rendition

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class ApiExporter:
    """Index, stories, sections, trends and media, with an OpenAPI description and schemas."""

    name = "api"
    title = "JSON API"

    def write(self, edition: Edition, output: Output, progress: Progress) -> Report:
        """Write every file. Raises Cancelled, BadValue for a slug or id that is no address."""
        for listing in edition.listings:
            _check_address(listing.slug, listing.id)
        for story in edition.withdrawn:
            _check_address(story.slug, story.story_id)
        return _ApiWriter(edition, output, progress).write()

    def story_path(self, slug: str) -> str:
        """Return the path of a story's document."""
        return paths.story(slug)

    def redirect_path(self, _slug: str) -> str:
        """Return no path: programs find a story that was renamed by its id."""
        return ""

    def picture_path(self, rendition: Rendition) -> str:
        """Return the path of a picture in one size."""
        return paths.rendition(rendition)


class _ApiWriter(EditionWriter):
    """One export of the API."""

    def __init__(self, edition: Edition, output: Output, progress: Progress) -> None:
        super().__init__(edition, output, progress)
        self._stories = edition.items
        self._documents = Documents(edition, self._stories)

    def write(self) -> Report:
        self._write_descriptions()
        self._write_lists()
        self._write_stories()
        self._write_media()
        return self._report(paths.INDEX)

    def _add_json(self, path: str, value: Json) -> None:
        self._add(path, canonical_json(value) + b"\n")

    def _add_document(self, path: str, value: Value) -> None:
        """Write a document; where this is no edition, its first member says so."""
        if self._edition.what_if:
            value = {NOT_AN_EDITION: instant_text(self._edition.generated_at), **value}
        self._add_json(path, value)

    def _write_descriptions(self) -> None:
        self._add_document(paths.INDEX, self._documents.index(len(self._pictures)))
        self._add_json(paths.OPENAPI, openapi(self._edition.house))
        for name in DOCUMENTS:
            self._add_json(paths.schema(name), standalone_schema(name))

    def _write_lists(self) -> None:
        self._write_list(self._stories, paths.stories_page)
        for section in self._edition.house.sections:
            items = tuple(item for item in self._stories if item.story.section == section.slug)
            self._write_list(items, partial(paths.section_page, section.slug))
        self._add_document(paths.SECTIONS, self._documents.sections())
        self._add_document(paths.TRENDS, self._documents.trends())

    def _write_list(self, items: tuple[Item, ...], path: Callable[[int], str]) -> None:
        pages = list_pages(items)
        for number in range(1, len(pages) + 1):
            self._add_document(path(number), self._documents.page(pages, number, path))

    def _write_stories(self) -> None:
        for item in self._items():
            for path in (paths.story(item.story.slug), paths.story_by_id(item.story.id)):
                self._add_document(path, self._documents.story(item, path))
        for story in self._edition.withdrawn:
            for path in (paths.story(story.slug), paths.story_by_id(story.story_id)):
                self._add_document(path, self._documents.withdrawn(story, path))

    def _write_media(self) -> None:
        for picture, files in self._rendered_pictures():
            hashes = {}
            for rendition, data in files.items():
                hashes[rendition.path] = (len(data), hashlib.sha256(data).hexdigest())
                self._add(paths.rendition(rendition), data)
            self._add_document(
                paths.media(media_id(picture)), self._documents.media(picture, hashes)
            )


def _check_address(slug: str, id: str) -> None:
    check_slug(slug)
    if not _ID.fullmatch(id):
        raise BadValue(
            f"The story “{slug}” has the id “{id[:60]}”, which can't be part of an address.",
            "Import the story again, so that the desk gives it an id.",
        )
