"""The exporter that plans an edition as a JSON API of static files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
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
from editor.formats.edition_pictures import EditionPictures
from editor.formats.planned import PlannedFile
from editor.progress import Progress
from editor.proof.picture_files import PublishedPicture

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class ApiExporter:
    """Index, stories, sections, trends and media, with an OpenAPI description and schemas."""

    name = "api"
    title = "JSON API"
    start = paths.INDEX

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file. Raises Cancelled, BadValue for a slug or id that is no address."""
        for listing in edition.listings:
            _check_address(listing.slug, listing.id)
        for story in edition.withdrawn:
            _check_address(story.slug, story.story_id)
        progress.report(0, 1)
        return list(_ApiPlan(edition).files(self))

    def notices(self, _edition: Edition) -> tuple[str, ...]:
        """Return nothing: an API leaves nothing out."""
        return ()

    def other_inputs(self, _edition: Edition) -> tuple[str, ...]:
        """Return nothing: only the index names the instant."""
        return ()

    def next_change(self, _edition: Edition) -> None:
        """Return nothing, as above."""

    def story_path(self, slug: str) -> str:
        """Return the path of a story's document."""
        return paths.story(slug)

    def redirect_path(self, _slug: str) -> str:
        """Return no path: programs find a story that was renamed by its id."""
        return ""

    def picture_paths(self, shown: PublishedPicture) -> tuple[str, ...]:
        """Return the paths of a picture's files."""
        return tuple(map(paths.rendition, shown.for_api))


class _ApiPlan:
    """The files of one export of the API. Their documents are always made."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._items = edition.items
        self._pictures = EditionPictures(edition)
        self._documents = Documents(edition, self._items)

    def files(self, exporter: ApiExporter) -> Iterator[PlannedFile]:
        yield from self._descriptions()
        yield from self._lists()
        yield from self._stories()
        for shown in self._pictures.shown:
            own = exporter.picture_paths(shown)
            yield from self._pictures.planned(shown, shown.for_api, own)
            path = paths.media(media_id(shown.picture))
            yield self._document(path, partial(self._media, shown))

    def _document(self, path: str, make: Callable[[], Value], title: str = "") -> PlannedFile:
        """Plan a document; where this is no edition, its first member says so."""
        edition = self._edition

        def data() -> bytes:
            value = make()
            if edition.what_if:
                value = {NOT_AN_EDITION: instant_text(edition.generated_at), **value}
            return _json(value)

        return PlannedFile(path, b"", data, title)

    def _descriptions(self) -> Iterator[PlannedFile]:
        index = partial(self._documents.index, len(self._pictures.shown))
        yield self._document(paths.INDEX, index)
        yield PlannedFile(paths.OPENAPI, b"", lambda: _json(openapi(self._edition.house)))
        for name in DOCUMENTS:
            yield PlannedFile(paths.schema(name), b"", partial(_schema, name))

    def _lists(self) -> Iterator[PlannedFile]:
        yield from self._list(self._items, paths.stories_page)
        for section in self._edition.house.sections:
            items = tuple(item for item in self._items if item.story.section == section.slug)
            yield from self._list(items, partial(paths.section_page, section.slug))
        yield self._document(paths.SECTIONS, self._documents.sections)
        yield self._document(paths.TRENDS, self._documents.trends)

    def _list(self, items: tuple[Item, ...], path: Callable[[int], str]) -> Iterator[PlannedFile]:
        pages = list_pages(items)
        for number in range(1, len(pages) + 1):
            make = partial(self._documents.page, pages, number, path)
            yield self._document(path(number), make)

    def _stories(self) -> Iterator[PlannedFile]:
        for item in self._items:
            for path in (paths.story(item.story.slug), paths.story_by_id(item.story.id)):
                make = partial(self._documents.story, item, path)
                yield self._document(path, make, item.story.headline)
        for story in self._edition.withdrawn:
            for path in (paths.story(story.slug), paths.story_by_id(story.story_id)):
                yield self._document(path, partial(self._documents.withdrawn, story, path))

    def _media(self, shown: PublishedPicture) -> Value:
        hashes = {}
        for file in self._pictures.files(shown, shown.for_api):
            data = self._pictures.make(file)
            hashes[file.rendition.path] = (len(data), hashlib.sha256(data).hexdigest())
        return self._documents.media(shown.picture, hashes)


def list_pages(items: tuple[Item, ...]) -> list[tuple[Item, ...]]:
    """Cut a list into pages, the first one first; an empty list has one empty page."""
    starts = range(0, max(1, len(items)), paths.PAGE_STORIES)
    return [items[start : start + paths.PAGE_STORIES] for start in starts]


def _schema(name: str) -> bytes:
    return _json(standalone_schema(name))


def _json(value: Json) -> bytes:
    return canonical_json(value) + b"\n"


def _check_address(slug: str, id: str) -> None:
    check_slug(slug)
    if not _ID.fullmatch(id):
        raise BadValue(
            f"The story “{slug}” has the id “{id[:60]}”, which can't be part of an address.",
            "Import the story again, so that the desk gives it an id.",
        )
