"""Paths of the API's documents, and the links between them."""

from __future__ import annotations

from editor.core.rendition import Rendition

INDEX = "v1/index.json"
OPENAPI = "v1/openapi.json"
SECTIONS = "v1/sections.json"
TRENDS = "v1/trends.json"
SUBJECTS = "v1/subjects.json"
AUTHORS = "v1/authors.json"
CHANGES = "v1/changes.json"
SEARCH = "v1/search/manifest.json"

PAGE_STORIES = 20
"""How many stories a page of a list has."""


def schema(name: str) -> str:
    """Return the path of the JSON Schema of one kind of document."""
    return f"v1/schemas/{name}.schema.json"


def example(name: str) -> str:
    """Return the path of the example of one kind of document."""
    return f"v1/examples/{name}.json"


def stories_page(number: int) -> str:
    """Return the path of a page of the list of all stories; page 1 has the newest."""
    return f"v1/stories/page/{number}.json"


def section_page(section: str, number: int) -> str:
    """Return the path of a page of a section's list; page 1 has the newest."""
    return f"v1/sections/{section}/page/{number}.json"


def subject_page(code: str, number: int) -> str:
    """Return the path of a page of the stories about a subject (`medtop:20000002`)."""
    return f"v1/subjects/{code.rpartition(':')[2]}/page/{number}.json"


def author_page(slug: str, number: int) -> str:
    """Return the path of a page of an author's stories."""
    return f"v1/authors/{slug}/page/{number}.json"


def changes(day: str) -> str:
    """Return the path of the changes of a day (`2026-03-03`)."""
    return f"v1/changes/{day}.json"


def story(slug: str) -> str:
    """Return the path of a story by its slug."""
    return f"v1/stories/{slug}.json"


def story_by_id(id: str) -> str:
    """Return the path of a story by its id, which does not change with the slug."""
    return f"v1/stories/by-id/{id}.json"


def versions(slug: str) -> str:
    """Return the path of the versions of a story by its slug."""
    return f"v1/stories/{slug}/versions.json"


def media(id: str) -> str:
    """Return the path of a picture's document."""
    return f"v1/media/{id}.json"


def search_stories(block: str, number: int) -> str:
    """Return the path of the stories of a piece of a search's block, by its number from 0."""
    return f"v1/search/{block}/stories-{number}.json"


def search_words(block: str, number: int) -> str:
    """Return the path of a shard of the words of a search's block, by its number from 0."""
    return f"v1/search/{block}/shard-{number}.json"


def script(path: str) -> str:
    """Return the path of the script that has a document, for pages from file://."""
    return path.removesuffix("json") + "js"


def rendition(size: Rendition) -> str:
    """Return the path of a picture's file in one size."""
    return f"v1/{size.path}"


def link(target: str, document: str) -> str:
    """Return the address of one file relative to another (RFC 3986 §4.2)."""
    there, here = target.split("/"), document.split("/")
    shared = 0
    while shared < min(len(there), len(here)) - 1 and there[shared] == here[shared]:
        shared += 1
    return "../" * (len(here) - 1 - shared) + "/".join(there[shared:])
