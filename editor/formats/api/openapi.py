"""The API's description for people and code generators (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Mapping

from editor.core.canonical import Json
from editor.core.house import House
from editor.formats.api.documents import DOCUMENTS
from editor.formats.api.paths import OPENAPI, link
from editor.formats.api.paths import example as example_path
from editor.formats.api.schemas import DIALECT, components
from editor.resources import resource

_SLUG, _ID = "^[a-z0-9]+(-[a-z0-9]+)*$", "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"

_PARAMETERS: Mapping[str, Json] = {
    "slug": {
        "type": "string",
        "pattern": _SLUG,
        "description": "A story's, section's or author's slug.",
    },
    "id": {"type": "string", "pattern": _ID, "description": "A story's or picture's id."},
    "code": {
        "type": "string",
        "pattern": "^[0-9]{8}$",
        "description": "The digits of a subject's id.",
    },
    "day": {"type": "string", "format": "date", "description": "A day in UTC."},
    "page": {"type": "integer", "minimum": 1, "description": "From 1, which has the newest."},
    "block": {
        "type": "string",
        "pattern": _SLUG,
        "description": "The name of a block of the search.",
    },
    "number": {"type": "integer", "minimum": 0, "description": "From 0, as listed."},
    "width": {"type": "integer", "minimum": 1, "description": "In pixels, as listed."},
}

# path, operation, summary, schema
_OPERATIONS = (
    ("/index.json", "getIndex", "The service document", "index"),
    ("/stories/page/{page}.json", "listStories", "All stories, newest first", "stories"),
    ("/stories/{slug}.json", "getStory", "A story by its slug", "story"),
    ("/stories/by-id/{id}.json", "getStoryById", "A story by its lasting id", "story"),
    ("/stories/{slug}/versions.json", "getVersions", "The versions of a story", "versions"),
    ("/sections.json", "listSections", "The sections", "sections"),
    ("/sections/{slug}/page/{page}.json", "listSectionStories", "A section's stories", "stories"),
    ("/subjects.json", "listSubjects", "The subjects that stories have", "subjects"),
    ("/subjects/{code}/page/{page}.json", "listSubjectStories", "A subject's stories", "stories"),
    ("/authors.json", "listAuthors", "The authors", "authors"),
    ("/authors/{slug}/page/{page}.json", "listAuthorStories", "An author's stories", "stories"),
    ("/changes.json", "listChanges", "The days with changes", "changes"),
    ("/changes/{day}.json", "getChanges", "The changes of a day", "day"),
    ("/trends.json", "listTrends", "The trends banner", "trends"),
    ("/media/{id}.json", "getMedia", "A picture and its sizes", "media"),
    ("/search/manifest.json", "getSearch", "What a search begins with", "search"),
    (
        "/search/{block}/stories-{number}.json",
        "getSearchStories",
        "Stories of a block of the search",
        "search-stories",
    ),
    (
        "/search/{block}/shard-{number}.json",
        "getSearchWords",
        "Words of a block of the search",
        "search-words",
    ),
)


def openapi(house: House) -> dict[str, Json]:
    """Describe every file of the tree; addresses are relative to the description itself."""
    paths: dict[str, Json] = {}
    for path, name, summary, kind in _OPERATIONS:
        paths[path] = {"get": _operation(path, name, summary, _json(kind))}
        if path.startswith("/search/"):
            script = path.removesuffix("json") + "js"
            about = f"{summary}, as a script for pages from file://"
            operation = _operation(script, f"{name}Script", about, {"text/javascript": {}})
            paths[script] = {"get": operation}
    picture = "/media/{id}-{width}.jpg"
    jpeg: Json = {"image/jpeg": {}}
    paths[picture] = {"get": _operation(picture, "getRendition", "A picture in one size", jpeg)}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": house.name,
            "version": "1",
            "description": (
                "Files of JSON, made with Stonehand. Every address in a document is relative to "
                "that document. Fields may be added within v1; none is removed.\n\n" + _searching()
            ),
        },
        "servers": [{"url": "."}],
        "paths": paths,
        "components": {"schemas": components("#/components/schemas/{name}")},
    }


def _operation(path: str, name: str, summary: str, content: Json) -> Json:
    parameters: list[Json] = [
        {"name": parameter, "in": "path", "required": True, "schema": schema}
        for parameter, schema in _PARAMETERS.items()
        if f"{{{parameter}}}" in path
    ]
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": summary, "content": content},
            "404": {"description": "No such file; the host's own page, which is not JSON."},
        },
    }


def _searching() -> str:
    """How programs search, as the help has it: whoever gets an API may not have Stonehand."""
    text = resource("help", "9-search.md").read_text(encoding="utf-8")
    return text.replace("\n#", "\n##").replace("# ", "## ", 1)


def _json(kind: str) -> Json:
    name = DOCUMENTS[kind].__name__
    example: Json = {"externalValue": link(example_path(kind), OPENAPI)}
    schema: Json = {"$ref": f"#/components/schemas/{name}"}
    return {"application/json": {"schema": schema, "examples": {kind: example}}}
