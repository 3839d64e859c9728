"""Programs search the API by its description alone, and few files change with one story."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from editor.core.brief import Banner
from editor.core.edition import Edition, Item
from editor.core.house import House
from editor.core.story import Story
from editor.formats.api.exporter import ApiExporter
from editor.formats.api.openapi import openapi
from editor.formats.planned import PlannedFile
from editor.progress import Progress
from editor.resources import resource
from editor.text.folding import fold
from tests.bench.fill import invented
from tests.editions import edition_of
from tests.formats.api.search_reader import Reader, rank
from tests.formats.api.test_exporter import Pictures, item
from tests.formats.site.test_search_files import rewritten

FIRST = datetime(2026, 1, 1, 6, tzinfo=UTC)
HOUSE = House("Harbour Post")
ARABIC = (
    ("المنارة تضيء الميناء", "قال الحارس إن المنارة مضاءة."),
    ("ميناء جديد للبحارة", "وصلت السفن وبالمنارة احتفل الناس."),
    ("بنك في المدينة", "والبنك مفتوح، ومنارة قديمة."),
)
OTHERS = (
    Story(headline="L’art d’O’Brien", body="C++ and the ferry’s Ørsted café"),
    Story(headline="渡轮恢复", body="渡轮 runs"),
)
READER = Path(__file__).with_name("search_reader.cjs")


def dated(story: Story, number: int) -> Item:
    at = f"{FIRST + timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}"
    return replace(item(story), published=at, updated=at)


def mixed(count: int) -> list[Story]:
    """English, Arabic and a few other stories; each body is a few sentences."""
    english = [replace(draft.story, body=draft.story.body[:300]) for draft in invented(count)]
    arabic = [
        Story(language="ar", headline=headline, body=body, id=f"ar-{n}", slug=f"ar-{n}")
        for n, (headline, body) in enumerate(ARABIC * 4)
    ]
    others = [replace(story, id=f"o-{n}", slug=f"o-{n}") for n, story in enumerate(OTHERS)]
    stories = [*english, *arabic, *others]
    random.Random(7).shuffle(stories)
    return stories


def edition(stories: Sequence[Story]) -> Edition:
    items = [dated(story, number) for number, story in enumerate(stories)]
    at = FIRST + timedelta(hours=len(stories))
    return edition_of(HOUSE, items[::-1], Banner(), Pictures(), at)


def planned(what: Edition) -> dict[str, PlannedFile]:
    files = ApiExporter().plan(what, Progress())
    return {file.path: file for file in files if file.path.startswith("v1/search/")}


def made(stories: Sequence[Story]) -> dict[str, bytes]:
    return {path: file.make() for path, file in planned(edition(stories)).items()}


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return mixed(520)


@pytest.fixture(scope="module")
def files(stories: list[Story]) -> dict[str, bytes]:
    return made(stories)


def found(files: dict[str, bytes], query: str) -> list[str]:
    return [story["id"] for story in Reader(files.__getitem__).search(query)]


def looked_through(stories: Sequence[Story], query: str) -> list[str]:
    """The ids of English stories with all words, ordered as the help says, without an index."""
    asked, ranked = fold(query).split(), []
    newest = {id for id, _place in reversed([*english_places(stories)])}
    for number, story in enumerate(stories):
        points = (story.standfirst, *story.key_points, *story.bylines, *story.keywords)
        place = story.dateline
        texts = (
            " ".join((story.headline, story.kicker)),
            "\n".join(points),
            "\n".join((story.body, place.city, place.state, place.country)),
        )
        words = [set(fold(text).split()) for text in texts]
        matches = [best_match(words, word) for word in asked]
        if story.language != "ar" and all(match is not None for match in matches):
            ranked.append((*rank([match for match in matches if match]), -number, story.id))
    assert newest
    return [id for *_rank, id in sorted(ranked)]


def english_places(stories: Sequence[Story]) -> Any:
    return ((story.id, n) for n, story in enumerate(stories) if story.language != "ar")


def best_match(lists: Sequence[set[str]], asked: str) -> tuple[int, bool] | None:
    matches = [
        (where, word != asked)
        for where, words in enumerate(lists)
        for word in words
        if word == asked or (len(asked) > 1 and word.startswith(asked))
    ]
    return min(matches, default=None)


QUERIES = (
    *("ferry", "harb", "minister said", "ha", "x", "egypt", "Lina", "mar wa", "zzz"),
    *("o'brien", "art", "cplusplus", "C++", "orsted", "cafe", "ferry’s"),
)


@pytest.mark.parametrize("query", QUERIES)
def test_program_finds_what_a_look_at_every_story_finds(
    query: str, stories: list[Story], files: dict[str, bytes]
) -> None:
    assert found(files, query) == looked_through(stories, query)


def test_queries_of_these_tests_find_something(files: dict[str, bytes]) -> None:
    assert [query for query in QUERIES if not found(files, query)] == ["x", "zzz"]


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("منارة", [ARABIC[0][0], ARABIC[1][0], ARABIC[2][0]]),
        ("المنارة", [ARABIC[0][0], ARABIC[1][0], ARABIC[2][0]]),
        ("بنك", [ARABIC[2][0]]),
        ("ميناء", [ARABIC[1][0], ARABIC[0][0]]),
        ("渡轮恢", ["渡轮恢复"]),
        ("轮渡", []),
    ],
)
def test_other_scripts_are_found_as_they_are_written(
    query: str, headlines: list[str], files: dict[str, bytes]
) -> None:
    results = Reader(files.__getitem__).search(query)
    assert {story["headline"] for story in results} == set(headlines)


def test_search_reads_the_shards_of_its_words_and_the_stories_it_shows(
    files: dict[str, bytes],
) -> None:
    reader = Reader(files.__getitem__)
    results = reader.search("ferry")
    shards = {path for path in reader.asked if "/shard-" in path}
    assert results
    assert len(shards) == len(reader.blocks) == 3
    assert len(files) > 2 * 3 * 4


def test_scripts_have_the_documents(files: dict[str, bytes]) -> None:
    documents = {path for path in files if path.endswith(".json")}
    assert {path.removesuffix("on") for path in documents} == files.keys() - documents
    for path in documents:
        name = path.removeprefix("v1/").removesuffix(".json")
        script = f'stonehandDocument("{name}",'.encode() + files[path].rstrip() + b");\n"
        assert files[path.removesuffix("on")] == script


def test_page_from_a_folder_finds_the_same_with_the_scripts(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not on this computer")
    for path, data in files.items():
        if path.endswith(".js"):  # nothing else can be read from file://
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    queries = [*QUERIES, "منارة", "المنارة", "بنك", "ميناء", "渡轮恢", "轮渡", "وال", "ل’art"]
    done = subprocess.run(
        [node, READER, tmp_path, *queries], capture_output=True, check=True, text=True,
        encoding="utf-8",
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers == [found(files, query) for query in queries]


def test_hash_of_the_manifest_is_another_one_only_where_the_file_is(stories: list[Story]) -> None:
    before = made(stories)
    edited = [*stories]
    edited[3] = replace(edited[3], body=f"{edited[3].body}\n\nA porpoise was seen.")
    edited[9] = replace(edited[9], headline="Porpoise returns")
    after = made(edited)
    changed = rewritten(before, after)
    hashes = [
        dict(re.findall(r'"url":"([^"]+)","script":"[^"]+","hash":"(\w+)"', text.decode()))
        for text in (before["v1/search/manifest.json"], after["v1/search/manifest.json"])
    ]
    others = {url for url in hashes[0] if hashes[0][url] != hashes[1][url]}
    assert {f"v1/search/{url}" for url in others} == {
        path for path in changed if path.endswith(".json") and "manifest" not in path
    }
    assert 4 <= len(changed) <= 20


def test_equal_keys_say_that_the_bytes_are_equal(stories: list[Story]) -> None:
    edited = [*stories]
    edited[3] = replace(edited[3], slug="another")
    before, after = planned(edition(stories)), planned(edition(edited))
    for path in before:
        same = before[path].make() == after[path].make()
        assert (before[path].key == after[path].key) == same, path


def test_what_is_no_edition_says_so_in_the_search_as_well(stories: list[Story]) -> None:
    what = replace(edition(stories[:3]), what_if=True)
    for path, file in planned(what).items():
        assert b'{"NOT_AN_EDITION":"2026-' in file.make(), path


def test_description_of_the_api_says_how_to_search() -> None:
    description = openapi(HOUSE)["info"]
    text = resource("help", "9-search.md").read_text(encoding="utf-8")
    for line in filter(None, text.splitlines()):
        assert line.lstrip("# ") in str(description["description"])  # type: ignore[index,call-overload]
