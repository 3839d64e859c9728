"""The exporter that plans an edition as a JSON API of static files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial

import msgspec

from editor.core.edition import Edition
from editor.core.listing import Listing
from editor.core.story import check_slug
from editor.core.times import instant_text, year_end
from editor.core.zones import zone
from editor.errors import BadValue
from editor.formats.api import paths
from editor.formats.api.documents import DOCUMENTS
from editor.formats.api.examples import examples
from editor.formats.api.index import index_document
from editor.formats.api.lists import ApiLists, PathOf, story_pages
from editor.formats.api.media import MediaDocuments
from editor.formats.api.openapi import openapi
from editor.formats.api.schemas import standalone_schema
from editor.formats.api.search import search_documents
from editor.formats.api.stories import StoryDocuments
from editor.formats.api.summaries import media_id
from editor.formats.api.values import Value
from editor.formats.planned import PlannedFile, input_key
from editor.formats.search.words import SearchSource
from editor.formats.sums import Sums
from editor.i18n import N_, _
from editor.progress import Progress
from editor.proof.picture_files import PublishedPicture
from editor.proof.site import Site, edition_year

NOT_AN_EDITION = "NOT_AN_EDITION"
"""First in every document of an API that is no edition: the instant it is made for (RFC 3339)."""

SCRIPT_FUNCTION = "stonehandDocument"
"""What the scripts of the search call, with a document's name and the document."""

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class ApiExporter:
    """Stories and the lists of them, changes, trends and media, with OpenAPI and schemas."""

    name = "api"
    title = N_("JSON API")
    start = paths.INDEX
    remembered_as = "api"
    in_one_folder = False

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file. Raises Cancelled, BadValue for a slug or id that is no address."""
        for listing in edition.listings:
            _check_address(listing.slug, listing.id)
        for story in edition.gone():
            _check_address(story.slug, story.story_id)
        progress.report(0, 1)
        return list(_ApiPlan(edition).files())

    def notices(self, _edition: Edition) -> tuple[str, ...]:
        """Return nothing: an API leaves nothing out."""
        return ()

    def other_inputs(self, edition: Edition) -> tuple[str, ...]:
        """Return the line of rights, which may name the year; else only the index has a time."""
        return (edition.house.rights_of(edition_year(edition)),)

    def next_change(self, edition: Edition) -> datetime | None:
        """Return when the year ends."""
        return year_end(edition.generated_at, zone(edition.house.timezone))

    def story_path(self, slug: str) -> str:
        """Return the path of a story's document."""
        return paths.story(slug)

    def expired_path(self, slug: str) -> str:
        """Return the path of the document that says that a story has expired."""
        return paths.story(slug)

    def redirect_path(self, _slug: str) -> str:
        """Return no path: programs find a story that was renamed by its id."""
        return ""

    def picture_paths(self, shown: PublishedPicture) -> tuple[str, ...]:
        """Return the paths of a picture's files."""
        return tuple(map(paths.rendition, shown.for_api))

    def closing_files(self, _edition: Edition, _sums: Sums) -> tuple[tuple[str, bytes], ...]:
        """Return nothing: every export has a list of its files."""
        return ()


class _ApiPlan:
    """The files of one export of the API."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._lists = ApiLists(edition)
        self._stories = StoryDocuments(edition, Site.of(edition))
        self._media = MediaDocuments(edition)
        self._mark = instant_text(edition.generated_at) if edition.what_if else ""
        self._last_searched: tuple[str, bytes] | None = None
        self._house = input_key("house", edition.house.canonical(), self._mark)

    def files(self) -> Iterator[PlannedFile]:
        yield from self._descriptions()
        yield from self._all_lists()
        yield from self._all_stories()
        yield from self._search()
        for shown in self._media.shown:
            yield from self._media.files(shown)
            make = partial(self._media.document, shown)
            path = paths.media(media_id(shown.picture))
            yield self._document(path, self._media.inputs(shown), make)

    def _document(
        self, path: str, inputs: Iterable[str], make: Callable[[], Value], title: str = ""
    ) -> PlannedFile:
        """Plan a document; where this is no edition, its first member says so."""
        return PlannedFile(
            path, input_key(path, self._house, *inputs), lambda: self._json(make()), title
        )

    def _json(self, document: Value) -> bytes:
        data = msgspec.json.encode(document)
        if self._mark:
            data = f'{{"{NOT_AN_EDITION}":"{self._mark}",'.encode() + data[1:]
        return data + b"\n"

    def _descriptions(self) -> Iterator[PlannedFile]:
        edition, lists = self._edition, self._lists
        index = index_document(edition, lists, len(self._media.shown))
        yield self._document(paths.INDEX, [repr(index)], lambda: index)
        yield _plain(paths.OPENAPI, openapi(edition.house))
        yield from _schemas_and_examples()

    def _all_lists(self) -> Iterator[PlannedFile]:
        lists = self._lists
        yield from self._pages(self._edition.listings, paths.stories_page)
        for slug, stories in lists.by_section.items():
            yield from self._pages(stories, partial(paths.section_page, slug))
        for code, stories in lists.by_subject.items():
            yield from self._pages(stories, partial(paths.subject_page, code))
        for slug, (_name, stories) in lists.by_author.items():
            yield from self._pages(stories, partial(paths.author_page, slug))
        for path, document in (
            (paths.SECTIONS, lists.sections()),
            (paths.SUBJECTS, lists.subjects()),
            (paths.AUTHORS, lists.authors()),
            (paths.TRENDS, lists.trends()),
            (paths.CHANGES, lists.changes()),
        ):
            yield self._document(path, [repr(document)], partial(_same, document))
        for day, changes in lists.by_day.items():
            yield self._document(paths.changes(day), map(repr, changes), partial(lists.day, day))

    def _search(self) -> Iterator[PlannedFile]:
        """Plan each document of the search twice: as JSON, and as a script for file://."""
        for file in search_documents(SearchSource.of(self._edition, self._stories.bodies)):
            document = self._document(file.path, [file.input], file.make)
            # It is asked for twice, one time right after the other.
            document = document._replace(make=partial(self._searched, file.path, document.make))
            path = paths.script(file.path)
            make = partial(_script, file.path, document.make)
            yield document
            yield PlannedFile(path, input_key(path, document.key), make)

    def _searched(self, path: str, make: Callable[[], bytes]) -> bytes:
        """Return a document of the search; the last one that was made is still there."""
        if self._last_searched is None or self._last_searched[0] != path:
            self._last_searched = path, make()
        return self._last_searched[1]

    def _pages(self, stories: Sequence[Listing], path: PathOf) -> Iterator[PlannedFile]:
        for part in story_pages(stories):
            make = partial(self._lists.page, part, path)
            yield self._document(path(part.number), part.inputs, make)

    def _all_stories(self) -> Iterator[PlannedFile]:
        stories = self._stories
        for listing in self._edition.listings:
            inputs = tuple(stories.inputs(listing))
            for path in (paths.story(listing.slug), paths.story_by_id(listing.id)):
                make = partial(stories.whole, listing, path)
                yield self._document(path, inputs, make, listing.headline)
            path, make_versions = paths.versions(listing.slug), partial(stories.versions, listing)
            yield self._document(path, map(repr, listing.versions), make_versions)
        for story in self._edition.gone():
            for path in (paths.story(story.slug), paths.story_by_id(story.story_id)):
                make_gone = partial(stories.gone, story, path)
                yield self._document(path, [repr(story)], make_gone)


def _same(document: Value) -> Value:
    return document


def _script(path: str, make: Callable[[], bytes]) -> bytes:
    """Return a document as a classic script: nothing else can be read from file://."""
    name = path.removeprefix("v1/").removesuffix(".json")
    return f'{SCRIPT_FUNCTION}("{name}",'.encode() + make().removesuffix(b"\n") + b");\n"


@cache
def _schemas_and_examples() -> tuple[PlannedFile, ...]:
    """Plan what says how each kind of document is made; it takes longer than a small edition."""
    return tuple(
        file
        for name in DOCUMENTS
        for file in (
            _plain(paths.schema(name), standalone_schema(name)),
            _plain(paths.example(name), examples()[name]),
        )
    )


def _plain(path: str, value: object) -> PlannedFile:
    """Plan a description, which is the same whatever the stories are."""
    data = msgspec.json.encode(value) + b"\n"
    return PlannedFile(path, input_key(data), lambda: data)


def _check_address(slug: str, id: str) -> None:
    check_slug(slug)
    if not _ID.fullmatch(id):
        raise BadValue(
            _("The story “{slug}” has the id “{value}”, which can't be part of an address.").format(
                slug=slug, value=id[:60]
            ),
            _("Import the story again, so that the desk gives it an id."),
        )
