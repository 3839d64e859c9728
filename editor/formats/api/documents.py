"""The API's documents, declared once: JSON Schemas and the OpenAPI description follow from them.

Approvals and the newsroom's notes are not part of any.
"""

from __future__ import annotations

from editor.formats.api.search_values import Search, SearchStory, SearchWords
from editor.formats.api.values import (
    Author,
    Brief,
    Change,
    ChangedDay,
    Contents,
    ExpiredStory,
    IndexLinks,
    Links,
    Media,
    PageLinks,
    PageMeta,
    Section,
    Story,
    StoryLinks,
    StorySummary,
    StoryVersion,
    Subject,
    Value,
    VersionsLinks,
    WithdrawnStory,
)


class IndexDocument(Value):
    """The service document."""

    data: Contents
    links: IndexLinks


class StoriesDocument(Value):
    """A page of stories, newest first."""

    data: tuple[StorySummary, ...]
    meta: PageMeta
    links: PageLinks


class StoryDocument(Value):
    """One story."""

    data: Story | WithdrawnStory | ExpiredStory
    links: StoryLinks


class VersionsDocument(Value):
    """The versions of a story that readers could have, the oldest first; the last one is there."""

    data: tuple[StoryVersion, ...]
    links: VersionsLinks


class SectionsDocument(Value):
    """The sections, in the paper's order."""

    data: tuple[Section, ...]
    links: Links


class SubjectsDocument(Value):
    """The subjects that stories have, by their ids."""

    data: tuple[Subject, ...]
    links: Links


class AuthorsDocument(Value):
    """The authors that bylines name, by their slugs."""

    data: tuple[Author, ...]
    links: Links


class TrendsDocument(Value):
    """The trends banner."""

    data: tuple[Brief, ...]
    links: Links


class ChangesDocument(Value):
    """The days on which stories changed, the latest first: read those whose hash is another."""

    data: tuple[ChangedDay, ...]
    links: Links


class DayDocument(Value):
    """The stories whose last change is of one day (UTC), the latest first."""

    data: tuple[Change, ...]
    links: Links


class MediaDocument(Value):
    """One picture."""

    data: Media
    links: Links


class SearchDocument(Value):
    """What a search needs first: how words are compared, and the files that have them."""

    data: Search
    links: Links


class SearchStoriesDocument(Value):
    """Stories of a block of the search, the oldest first."""

    data: tuple[SearchStory, ...]
    links: Links


class SearchWordsDocument(Value):
    """Words of a block of the search, each with the stories that have it."""

    data: SearchWords
    links: Links


DOCUMENTS: dict[str, type[Value]] = {
    "index": IndexDocument,
    "stories": StoriesDocument,
    "story": StoryDocument,
    "versions": VersionsDocument,
    "sections": SectionsDocument,
    "subjects": SubjectsDocument,
    "authors": AuthorsDocument,
    "trends": TrendsDocument,
    "changes": ChangesDocument,
    "day": DayDocument,
    "media": MediaDocument,
    "search": SearchDocument,
    "search-stories": SearchStoriesDocument,
    "search-words": SearchWordsDocument,
}
"""Each kind of document by the name of its schema file."""
