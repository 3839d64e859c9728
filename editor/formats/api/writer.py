"""Writes an edition as a JSON API of static files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from editor.core.canonical import Json, canonical_json
from editor.core.edition import Edition, Item
from editor.core.story import Picture, check_slug
from editor.errors import BadValue
from editor.formats.api import paths
from editor.formats.api.documents import Documents, media_id
from editor.formats.api.openapi import openapi
from editor.formats.api.schemas import DOCUMENTS, standalone
from editor.formats.base import Output, Report
from editor.progress import Progress
from editor.proof.pictures import render, renditions

PAGE_STORIES = 20
"""How many stories one page of a list has."""

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class ApiExporter:
    """Index, stories, sections, trends and media, with an OpenAPI description and schemas."""

    name = "api"
    title = "JSON API"

    def write(self, edition: Edition, output: Output, progress: Progress) -> Report:
        """Write the whole tree. Raises Cancelled, BadValue for a slug or id that is no address."""
        for item in edition.items:
            _check(item.story.slug, item.story.id)
        for gone in edition.withdrawn:
            _check(gone.slug, gone.story_id)
        return _ApiWriter(edition, output, progress).write()


class _ApiWriter:
    """One export: the edition, where it goes, and how far it is."""

    def __init__(self, edition: Edition, output: Output, progress: Progress) -> None:
        self._edition = edition
        self._output = output
        self._progress = progress
        self._documents = Documents(edition)
        self._pictures = list(_pictures(edition))
        self._steps = len(edition.items) + len(self._pictures)
        self._done = 0
        self._files = 0

    def write(self) -> Report:
        self._descriptions()
        self._lists()
        self._stories()
        self._media()
        self._progress.report(self._steps, self._steps)
        return Report(
            files=self._files,
            start=paths.INDEX,
            counts={"stories": len(self._edition.items), "pictures": len(self._pictures)},
        )

    def _json(self, path: str, value: Json) -> None:
        self._add(path, canonical_json(value) + b"\n")

    def _add(self, path: str, data: bytes) -> None:
        self._output.write(path, data)
        self._files += 1

    def _step(self, what: str) -> None:
        self._progress.report(self._done, self._steps, what)
        self._done += 1

    def _descriptions(self) -> None:
        self._json(paths.INDEX, self._documents.index(len(self._pictures)))
        self._json(paths.OPENAPI, openapi(self._edition.house))
        for name in DOCUMENTS:
            self._json(paths.schema(name), standalone(name))

    def _lists(self) -> None:
        edition, documents = self._edition, self._documents
        for number in _numbers(edition.items):
            page = documents.page(edition.items, number, PAGE_STORIES, paths.stories_page)
            self._json(paths.stories_page(number), page)
        for section in edition.house.sections:
            self._section(section.slug)
        self._json(paths.SECTIONS, documents.sections())
        self._json(paths.TRENDS, documents.trends())

    def _section(self, slug: str) -> None:
        def path(number: int) -> str:
            return paths.section_page(slug, number)

        items = self._edition.in_section(slug)
        for number in _numbers(items):
            self._json(path(number), self._documents.page(items, number, PAGE_STORIES, path))

    def _stories(self) -> None:
        for item in self._edition.items:
            self._step(item.story.headline)
            for path in (paths.story(item.story.slug), paths.story_by_id(item.story.id)):
                self._json(path, self._documents.story(item, path))
        for gone in self._edition.withdrawn:
            for path in (paths.story(gone.slug), paths.story_by_id(gone.story_id)):
                self._json(path, self._documents.withdrawn(gone, path))

    def _media(self) -> None:
        for picture in self._pictures:
            self._step(picture.file)
            original = self._edition.pictures.read(picture.file)
            sums: dict[str, tuple[int, str]] = {}
            for size in renditions(picture):
                data = render(original, size.width)
                sums[size.path] = (len(data), hashlib.sha256(data).hexdigest())
                self._add(paths.rendition(size), data)
            self._json(paths.media(media_id(picture)), self._documents.media(picture, sums))


def _check(slug: str, id: str) -> None:
    check_slug(slug)
    if not _ID.fullmatch(id):
        raise BadValue(
            f"The story “{slug}” has the id “{id[:60]}”, which can't be part of an address.",
            "Take the story in again, so that the desk gives it an id.",
        )


def _numbers(items: tuple[Item, ...]) -> range:
    """The numbers of a list's pages; an empty list has one page."""
    return range(1, max(1, -(-len(items) // PAGE_STORIES)) + 1)


def _pictures(edition: Edition) -> Iterator[Picture]:
    """The pictures of all stories, each file once, as the newest story shows it."""
    seen: set[str] = set()
    for item in edition.items:
        for picture in item.story.pictures:
            if renditions(picture) and picture.file not in seen:
                seen.add(picture.file)
                yield picture
