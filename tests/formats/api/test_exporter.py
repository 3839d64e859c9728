"""The API tree: every document fits its schema, every address leads to a file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from PIL import Image

from editor.core.brief import Banner, Brief
from editor.core.dateline import AP_TEMPLATE, Dateline
from editor.core.edition import Edition, Item
from editor.core.house import House
from editor.core.listing import Approval
from editor.core.picture_reference import picture_reference
from editor.core.publisher import AiUse
from editor.core.rendition import Rendition
from editor.core.story import Picture, Story
from editor.errors import BadValue, Cancelled, NotFound
from editor.formats.api import paths
from editor.formats.api.documents import DOCUMENTS
from editor.formats.api.exporter import ApiExporter
from editor.formats.api.paths import PAGE_STORIES
from editor.formats.export import write_files
from editor.formats.output import MemoryOutput
from editor.formats.report import Report
from editor.progress import Progress
from editor.proof.pictures import render
from tests.editions import edition_of, with_items

APPROVER = "Ingrid Secretkeeper"


class Pictures:
    """The originals, in memory."""

    def __init__(self) -> None:
        out = BytesIO()
        Image.effect_mandelbrot((1200, 800), (-2, -1, 1, 1), 20).save(out, "PNG")
        self.data = out.getvalue()
        self.file = f"{hashlib.sha256(self.data).hexdigest()}.png"

    def read(self, file: str) -> bytes:
        if file != self.file:
            raise NotFound("There is no such picture.")
        return self.data

    def encoded(self, file: str, wanted: Rendition, _siblings: tuple[Rendition, ...] = ()) -> bytes:
        return render(self.read(file), (wanted,))[0]


def item(story: Story, day: int = 3) -> Item:
    at = f"2026-03-{day:02}T14:02:00Z"
    return Item(story, 2, story.hash, at, at, Approval(story.id, story.hash, APPROVER, at))


def edition(count: int = 3) -> Edition:
    pictures = Pictures()
    harbour = Story(
        subjects=("medtop:20000002", "medtop:99999999"),
        id="a1",
        slug="harbour-opens",
        section="world",
        kicker="Harbour",
        headline="Harbour opens <b>again</b>",
        key_points=("Ships came in at dawn", "The “long wait” is over"),
        bylines=("Mara Quay",),
        dateline=Dateline(city="Port Ellery", country="Norway", agency="HP"),
        body=(
            "Ships *came*[^1] in. [More](tide-tables), [gone](never-published), "
            "<script>alert(1)</script>\n\n> “At last”\n\n- one\n- two\n\n    code\n\n---\n\n"
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n## After\n\n[^1]: At dawn.\n\n"
            # It is among the images: no block of v1 is a picture.
            + picture_reference(pictures.file)
        ),
        pictures=(
            Picture(
                file=pictures.file,
                caption="Ships at dawn",
                credit="Jo Mast",
                alt="Three ships",
                width=1200,
                height=800,
            ),
        ),
        keywords=("ships",),
        related=("a2", "nobody", "a1"),
    )
    arabic = Story(id="a2", slug="tide-tables", section="sport", language="ar", headline="المد")
    rest = (
        Story(id=f"b-{i}", slug=f"story-{i}", section="world", headline=f"Story {i}")
        for i in range(count - 2)
    )
    briefs = (
        Brief("t1", "Harbour", "It is open.", "a1"),
        Brief("t2", "Gone", "Never shown.", expires="2026-03-04T00:00:00Z"),
        Brief("t3", "Draft", "Its story stays here.", "draft"),
    )
    return edition_of(
        House("Harbour Post", url="https://post.example/", dateline_template=AP_TEMPLATE),
        tuple(item(story) for story in (harbour, arabic, *rest)),
        Banner(briefs),
        pictures,
        datetime(2026, 3, 5, 9, tzinfo=UTC),
    )


def export(what: Edition) -> tuple[dict[str, bytes], Report]:
    with MemoryOutput() as output:
        report = write_files(what, ApiExporter(), output, Progress())
    return output.files, report


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return export(edition(45))[0]


def document(files: dict[str, bytes], path: str) -> Any:
    return json.loads(files[path])


def schema_of(path: str) -> str:
    """Which schema a document of the tree is promised to fit."""
    if "/examples/" in path:
        return path.rpartition("/")[2].removesuffix(".json")
    if "/page/" in path:
        return "stories"
    if "/changes/" in path:
        return "day"
    if path.endswith("/versions.json"):
        return "versions"
    if "/search/" in path:
        kinds = {"manifest": "search", "stories": "search-stories", "shard": "search-words"}
        return kinds[path.rpartition("/")[2].removesuffix(".json").partition("-")[0]]
    folder = path.split("/")[1]
    return {"stories": "story", "media": "media"}.get(folder, folder.removesuffix(".json"))


def closed(schema: Any) -> Any:
    """A schema that allows no field it does not name."""
    if isinstance(schema, dict):
        inner = {key: closed(value) for key, value in schema.items()}
        return {**inner, "additionalProperties": False} if "properties" in schema else inner
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


def documents(files: Collection[str]) -> list[str]:
    """The documents of the tree, without the examples."""
    return [
        path
        for path in files
        if path.endswith(".json")
        and path.split("/")[1] not in {"schemas", "examples", "openapi.json"}
    ]


@pytest.mark.parametrize(("slug", "id"), [("page", "a"), ("Ünsafe", "a"), ("fine", "../x")])
def test_slug_or_id_that_cannot_be_an_address_is_refused(slug: str, id: str) -> None:
    bad = edition_of(
        House("Harbour Post"),
        (item(Story(id=id, slug=slug)),),
        Banner(),
        Pictures(),
        datetime(2026, 3, 5, tzinfo=UTC),
    )
    with pytest.raises(BadValue):
        export(bad)


def test_cancelled_export_stops() -> None:
    progress = Progress()
    progress.cancel()
    output = MemoryOutput()
    with pytest.raises(Cancelled), output:
        write_files(edition(), ApiExporter(), output, progress)
    assert output.files == {}


def test_empty_edition_has_every_list() -> None:
    nothing = edition_of(
        House("Harbour Post"), (), Banner(), Pictures(), datetime(2026, 3, 5, tzinfo=UTC)
    )
    files, report = export(nothing)
    assert document(files, "v1/stories/page/1.json")["data"] == []
    assert document(files, "v1/sections/world/page/1.json")["data"] == []
    assert report.edition.stories == ()


def test_every_document_fits_its_schema_and_has_no_other_field(files: dict[str, bytes]) -> None:
    validators: dict[str, Draft202012Validator] = {}
    for path in [*documents(files), *map(paths.example, DOCUMENTS)]:
        kind = schema_of(path)
        if kind not in validators:
            schema = closed(document(files, f"v1/schemas/{kind}.schema.json"))
            Draft202012Validator.check_schema(schema)
            validators[kind] = Draft202012Validator(schema)
        errors = list(validators[kind].iter_errors(document(files, path)))
        assert errors == [], path


def test_openapi_description_is_valid_and_covers_every_file(files: dict[str, bytes]) -> None:
    description = document(files, "v1/openapi.json")
    validate(description)
    templates = [
        re.sub(r"\\{\w+\\}", "[^/]+", re.escape(f"v1{path}")) for path in description["paths"]
    ]
    described = [*documents(files), *(path for path in files if path.endswith((".jpg", ".js")))]
    for path in described:
        assert any(re.fullmatch(template, path) for template in templates), path
    for template in templates:
        assert any(re.fullmatch(template, path) for path in described), template


def test_every_link_leads_to_a_file(files: dict[str, bytes]) -> None:
    def addresses(value: Any) -> list[str]:
        if isinstance(value, list):
            return [link for item in value for link in addresses(item)]
        if not isinstance(value, dict):
            return []
        own = [value["url"]] if "url" in value and "language" not in value else []
        own += [value["url"]] if "slug" in value else []
        own += [link for link in value.get("links", {}).values() if link]
        inner = [item for key, item in value.items() if key != "links"]
        return own + [link for item in inner for link in addresses(item)]

    for path in documents(files):
        for address in addresses(document(files, path)):
            assert normpath(join(dirname(path), address)) in files, (path, address)


def test_description_leads_to_an_example_of_each_document(files: dict[str, bytes]) -> None:
    described = document(files, paths.OPENAPI)["paths"].values()
    answers = [path["get"]["responses"]["200"]["content"] for path in described]
    examples = {
        example["externalValue"]
        for answer in answers
        for example in answer.get("application/json", {}).get("examples", {}).values()
    }
    assert {f"v1/{address}" for address in examples} == set(map(paths.example, DOCUMENTS))
    assert examples <= {path.removeprefix("v1/") for path in files}


def test_index_states_the_rights() -> None:
    what = edition()
    house = replace(
        what.house,
        rights="© {year} Harbour Post",
        licence="https://post.example/licence",
        ai_use=AiUse.NO_TRAINING,
    )
    files, _report = export(replace(what, house=house))
    assert document(files, paths.INDEX)["data"]["rights"] == {
        "line": "© 2026 Harbour Post",
        "licence": "https://post.example/licence",
        "aiUse": "no_training",
    }


def test_list_pages_have_all_stories_newest_first(
    files: dict[str, bytes],
) -> None:
    seen: list[str] = []
    path: str | None = "v1/stories/page/1.json"
    while path:
        page = document(files, path)
        assert len(page["data"]) <= PAGE_STORIES
        seen += [story["slug"] for story in page["data"]]
        following = page["links"]["next"]
        path = normpath(join(dirname(path), following)) if following else None
    assert seen == [item.story.slug for item in edition(45).items]


def test_story_body_is_written_as_html_blocks_and_word_count(files: dict[str, bytes]) -> None:
    story = document(files, "v1/stories/harbour-opens.json")["data"]
    kinds = [block["type"] for block in story["body"]]
    assert kinds == ["paragraph", "quote", "list", "rule", "table", "heading", "footnote"]
    assert story["bodyHtml"] == "\n".join(block["html"] for block in story["body"])
    assert '<a href="tide-tables.json">More</a>, gone, &lt;script&gt;' in story["bodyHtml"]
    assert story["body"][0]["text"].startswith("Ships came in.")
    assert story["body"][-1]["text"] == "At dawn."
    assert 'href="#fn-harbour-opens-1" id="fnref-harbour-opens-1"' in story["bodyHtml"]
    assert 'id="fn-harbour-opens-1"' in story["bodyHtml"]
    assert story["dateline"]["rendered"] == "PORT ELLERY, Norway (HP) — "
    assert [related["slug"] for related in story["related"]] == ["tide-tables"]
    assert story["wordCount"] > 8
    assert document(files, "v1/stories/tide-tables.json")["data"]["direction"] == "rtl"


def test_story_by_id_has_the_same_data(files: dict[str, bytes]) -> None:
    by_slug = document(files, "v1/stories/harbour-opens.json")["data"]
    by_id = document(files, "v1/stories/by-id/a1.json")["data"]
    assert by_id["hash"] == by_slug["hash"]
    assert '<a href="../tide-tables.json">More</a>' in by_id["bodyHtml"]


def test_trends_are_current_and_link_only_exported_stories(
    files: dict[str, bytes],
) -> None:
    trends = document(files, "v1/trends.json")["data"]
    assert [brief["id"] for brief in trends] == ["t1", "t3"]
    assert trends[0]["story"]["slug"] == "harbour-opens"
    assert trends[1]["story"] is None


def test_renditions_have_the_stated_size_and_hash(files: dict[str, bytes]) -> None:
    (path,) = (path for path in documents(files) if "/media/" in path)
    media = document(files, path)["data"]
    assert [rendition["width"] for rendition in media["renditions"]] == [480, 800, 1200]
    for size in media["renditions"]:
        data = files[normpath(join(dirname(path), size["url"]))]
        assert hashlib.sha256(data).hexdigest() == size["sha256"]
        assert len(data) == size["bytes"]
        with Image.open(BytesIO(data)) as image:
            assert image.size == (size["width"], size["height"])


def test_approvers_are_not_named(files: dict[str, bytes]) -> None:
    assert not any(APPROVER.encode() in data for data in files.values())


def test_each_body_is_parsed_once(parsed: list[str]) -> None:
    what = edition(90)
    items = (replace(old, story=replace(old.story, body=old.story.id)) for old in what.items)
    chosen = with_items(what, items)
    parsed.clear()  # each was read once for its listing
    export(chosen)
    assert sorted(parsed) == sorted(old.story.id for old in what.items)


def test_same_edition_gives_the_same_bytes() -> None:
    assert export(edition())[0] == export(edition())[0]
