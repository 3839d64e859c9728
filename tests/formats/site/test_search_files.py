"""The files of the search, and how few of them one story changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from editor.core.export_memory import MemoryParts
from editor.core.house import House
from editor.core.listing import Listing
from editor.core.story import Story
from editor.formats.planned import PlannedFile
from editor.formats.search.terms import search_entry
from editor.formats.search.words import SearchSource
from editor.formats.site.search_files import search_files, search_script
from tests.bench.fill import invented
from tests.bench.filler import Draft
from tests.editions import listed
from tests.formats.site.edition import HOUSE, item

NOTHING = listed(item(Story()))
COPIED = ("id", "slug", "headline", "key_points", "section", "language")
FIRST = datetime(2026, 1, 1, 6, tzinfo=UTC)


def listing(story: Story, number: int) -> Listing:
    at = f"{FIRST + timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}"
    return replace(NOTHING, **{name: getattr(story, name) for name in COPIED}, hash=story.hash,
                   summary=story.standfirst, published=at)  # fmt: skip


@cache
def _drafts(count: int) -> list[Draft]:
    return list(invented(count))


class Paper:
    """Stories with their plain bodies, and the files of their search."""

    def __init__(self, count: int, parts: MemoryParts | None = None) -> None:
        drafts = _drafts(count)
        self.stories = [draft.story for draft in drafts]
        self.texts = {draft.story.id: draft.text.plain for draft in drafts}
        self.read: list[str] = []
        self.parts = parts or MemoryParts()

    def entry(self, listing: Listing) -> bytes:
        self.read.append(listing.id)
        story = next(story for story in self.stories if story.id == listing.id)
        return search_entry(story, self.texts[story.id])

    def files(self, house: House = HOUSE) -> dict[str, PlannedFile]:
        return planned(self.listings(), self, house)

    def listings(self) -> list[Listing]:
        return [listing(story, number) for number, story in enumerate(self.stories)]

    def made(self) -> dict[str, bytes]:
        return {path: file.make() for path, file in self.files().items()}

    def edit(self, number: int, **fields: str) -> None:
        story = replace(self.stories[number], **fields)  # type: ignore[arg-type]
        self.texts[story.id] = self.texts[story.id] + story.body[len(self.stories[number].body) :]
        self.stories[number] = story


def planned(listings: Iterable[Listing], paper: Paper, house: House) -> dict[str, PlannedFile]:
    source = SearchSource(tuple(listings), house, paper.entry, paper.parts)
    return {file.path: file for file in search_files(source)}


def data(script: bytes) -> tuple[str, Any]:
    """The name and the data that a script calls the page's function with."""
    text = script.decode()
    assert text.startswith("stonehandSearch(")
    assert text.endswith(");\n")
    name, found = json.loads(f"[{text.removeprefix('stonehandSearch(')[:-3]}]")
    return name, found


@pytest.fixture
def paper() -> Paper:
    return Paper(300)


@pytest.fixture(scope="module")
def thousand() -> tuple[MemoryParts, dict[str, bytes]]:
    """What is remembered of a search of a thousand stories, and its files."""
    paper = Paper(1_000)
    return paper.parts, paper.made()


def rewritten(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The paths that are new, gone or have other bytes."""
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


def test_site_without_stories_has_an_empty_list_of_blocks() -> None:
    ((path, blocks),) = planned([], Paper(0), HOUSE).items()
    assert path == "assets/search/blocks.js"
    assert blocks.make() == b'stonehandSearch("blocks",[]);\n'


def test_every_script_gives_its_data_under_its_name(paper: Paper) -> None:
    files = paper.made()
    for path, script in files.items():
        name, _data = data(script)
        assert path == f"assets/search/{name}.js"
    _name, blocks = data(files["assets/search/blocks.js"])
    shards = 0
    for tree, name, pieces, count, versions, groups in blocks:
        assert (tree, name) in {("", "new"), ("", "old")}
        assert len(versions) == 8 * 2 * count
        shards += 2 * count
        names = [groups[at : at + 13] for at in range(0, len(groups), 13)]
        assert sum(ord(name[12]) - ord("`") for name in names) == sum(pieces)
        assert all(f"assets/search/facts-{name[:12]}.js" in files for name in names)
    assert sum(sum(block[2]) for block in blocks) == 300
    assert len([path for path in files if "-head" in path or "-text" in path]) == shards


def test_texts_are_asked_for_once_and_what_is_kept_of_them_is_used(paper: Paper) -> None:
    paper.files()
    assert sorted(paper.read) == sorted(story.id for story in paper.stories)
    paper.made()
    assert len(paper.read) == 300
    paper.edit(5, body=f"{paper.stories[5].body} Porpoise.")
    paper.made()
    assert len({*paper.read[300:]}) == len(paper.read[300:]) < 300, "of the piece that it is in"


def test_equal_keys_say_that_the_bytes_are_equal(paper: Paper) -> None:
    before, made = paper.files(), paper.made()
    paper.edit(5, body=f"{paper.stories[5].body} Porpoise.", headline="Porpoise seen")
    after, made_after = paper.files(), paper.made()
    for path in before.keys() & after.keys():
        assert (before[path].key == after[path].key) == (made[path] == made_after[path]), path
    tokyo = paper.files(replace(HOUSE, timezone="Asia/Tokyo"))["assets/search/blocks.js"]
    assert tokyo.key != after["assets/search/blocks.js"].key


@pytest.mark.parametrize("number", [3, 999])
def test_edited_story_rewrites_a_handful_of_files(
    number: int, thousand: tuple[MemoryParts, dict[str, bytes]]
) -> None:
    parts, before = thousand
    paper = Paper(1_000, parts)
    paper.edit(number, body=f"{paper.stories[number].body}\n\nA porpoise was seen.")
    assert 2 <= len(rewritten(before, paper.made())) <= 6


@pytest.mark.parametrize("number", [3, 999])
def test_other_slug_rewrites_what_is_shown_of_the_story(
    number: int, thousand: tuple[MemoryParts, dict[str, bytes]]
) -> None:
    parts, before = thousand
    paper = Paper(1_000, parts)
    paper.edit(number, slug="another")
    changed = rewritten(before, paper.made())
    assert len(changed) == 3, "the group under another name, and the list of blocks"
    assert "assets/search/blocks.js" in changed


def test_new_story_rewrites_the_files_of_the_newest_block(
    thousand: tuple[MemoryParts, dict[str, bytes]],
) -> None:
    parts, after = thousand
    paper = Paper(1_000, parts)
    paper.stories.pop()
    changed = rewritten(paper.made(), after)
    assert 3 <= len(changed) <= 12
    assert not any("old" in path for path in changed)


def test_story_that_is_gone_leaves_the_other_block_as_it_was(
    thousand: tuple[MemoryParts, dict[str, bytes]],
) -> None:
    parts, before = thousand
    paper = Paper(1_000, parts)
    gone = paper.stories.pop(990)
    after = paper.made()
    assert len(rewritten(before, after)) <= 12
    assert not any(gone.headline.encode() in data for data in after.values())


def test_same_stories_in_any_order_give_the_same_bytes(paper: Paper) -> None:
    first = paper.made()
    files = planned(reversed(paper.listings()), Paper(300), HOUSE)
    assert first == {path: file.make() for path, file in files.items()}


def test_script_ends_with_the_rules_of_the_desk() -> None:
    script = search_script().decode()
    assert script.count("window.") == script.count("window.stonehandSearch =") + script.count(
        "window.addEventListener"
    )
    assert script.splitlines()[-1].startswith('stonehandSearch("folding",{"removed":')
