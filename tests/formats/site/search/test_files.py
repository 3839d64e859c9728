"""The files of the search, and how few of them one story changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from editor.core.house import House
from editor.core.listing import Listing
from editor.core.story import Story
from editor.formats.site.search.files import search_files, search_script
from editor.formats.site.search.terms import search_entry
from tests.bench.fill import invented
from tests.editions import listed
from tests.formats.site.edition import HOUSE, item

NOTHING = listed(item(Story()))
COPIED = ("id", "slug", "headline", "key_points", "section", "language")
FIRST = datetime(2026, 1, 1, 6, tzinfo=UTC)


def listing(story: Story, number: int) -> Listing:
    at = f"{FIRST + timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}"
    return replace(NOTHING, **{name: getattr(story, name) for name in COPIED}, hash=story.hash,
                   summary=story.standfirst, published=at,
                   stamp=f"{story.id} {story.hash} {at}")  # fmt: skip


class Paper:
    """Stories with their plain bodies, and the files of their search."""

    def __init__(self, count: int) -> None:
        drafts = list(invented(count))
        self.stories = [draft.story for draft in drafts]
        self.texts = {draft.story.id: draft.text.plain for draft in drafts}
        self.read: list[str] = []

    def entry(self, listing: Listing) -> bytes:
        self.read.append(listing.id)
        story = next(story for story in self.stories if story.id == listing.id)
        return search_entry(story, self.texts[story.id])

    def files(self, house: House = HOUSE) -> dict[str, Any]:
        return {file.path: file for file in search_files(self.listings(), self.entry, house)}

    def listings(self) -> list[Listing]:
        return [listing(story, number) for number, story in enumerate(self.stories)]

    def made(self) -> dict[str, bytes]:
        return {path: file.make() for path, file in self.files().items()}


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


def rewritten(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The paths that are new, gone or have other bytes."""
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


def test_site_without_stories_has_an_empty_list_of_blocks() -> None:
    (blocks,) = search_files([], lambda _listing: b"", HOUSE)
    assert blocks.path == "assets/search/blocks.js"
    assert blocks.make() == b'stonehandSearch("blocks",[]);\n'


def test_every_script_gives_its_data_under_its_name(paper: Paper) -> None:
    files = paper.made()
    for path, script in files.items():
        name, _data = data(script)
        assert path == f"assets/search/{name}.js"
    _name, blocks = data(files["assets/search/blocks.js"])
    assert sum(count for _name, count, _shards, _version in blocks) == 300
    newest = next(count for _name, count, _shards, _version in blocks)
    assert newest < 256, "the newest block comes first"


def test_texts_are_asked_for_only_when_a_shard_of_their_block_is_made(paper: Paper) -> None:
    files = paper.files()
    assert paper.read == []
    facts = next(file for path, file in files.items() if "facts" in path)
    facts.make()
    files["assets/search/blocks.js"].make()
    assert paper.read == []
    first, *others = [file for path, file in files.items() if "head" in path or "text" in path]
    first.make()
    one_block = len(paper.read)
    assert 0 < one_block < 300
    for file in others:
        file.make()
    assert len(paper.read) == 300, "once for all shards of a block"


def test_values_say_what_the_bytes_follow_from(paper: Paper) -> None:
    before, made = paper.files(), paper.made()
    story = paper.stories[5]
    paper.stories[5] = replace(story, body=f"{story.body} Porpoise.", headline="Porpoise seen")
    paper.texts[story.id] += " Porpoise."
    after, made_after = paper.files(), paper.made()
    for path in before.keys() & after.keys():
        if before[path].values == after[path].values:
            assert made[path] == made_after[path], path
    unchanged = [path for path in after if before[path].values == after[path].values]
    assert len(unchanged) > 25, "the other blocks, and facts of other stories"
    assert (
        paper.files(replace(HOUSE, timezone="Asia/Tokyo"))["assets/search/blocks.js"].values
        != after["assets/search/blocks.js"].values
    )


def test_edited_story_rewrites_a_handful_of_files() -> None:
    paper = Paper(1_000)
    before = paper.made()
    assert len(before) > 100
    for number in (3, 500, 999):
        story, text = paper.stories[number], paper.texts[paper.stories[number].id]
        paper.stories[number] = replace(story, body=f"{story.body}\n\nA porpoise was seen.")
        paper.texts[story.id] = f"{text}\n\nA porpoise was seen."
        after = paper.made()
        assert 2 <= len(rewritten(before, after)) <= 6
        paper.stories[number], paper.texts[story.id] = story, text


def test_new_story_rewrites_the_files_of_the_newest_block() -> None:
    paper = Paper(1_000)
    newest = paper.stories.pop()
    before = paper.made()
    paper.stories.append(newest)
    assert 3 <= len(rewritten(before, paper.made())) <= 10


def test_same_stories_in_any_order_give_the_same_bytes(paper: Paper) -> None:
    listings = paper.listings()
    first = [(file.path, file.make()) for file in search_files(listings, paper.entry, HOUSE)]
    listings.reverse()
    again = [(file.path, file.make()) for file in search_files(listings, paper.entry, HOUSE)]
    assert first == again


def test_script_ends_with_the_rules_of_the_desk() -> None:
    script = search_script().decode()
    assert script.count("window.") == script.count("window.stonehandSearch =") + script.count(
        "window.addEventListener"
    )
    assert script.splitlines()[-1].startswith('stonehandSearch("folding",{"removed":')
