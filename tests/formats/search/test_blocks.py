"""Which stories share a block and a piece of it, and how little a change moves."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

from editor.core.listing import Listing
from editor.core.story import Story
from editor.formats.search.blocks import Block, cut_blocks
from tests.editions import listed
from tests.formats.site.edition import item

PLAIN = listed(item(Story(section="news")))


def documents(count: int) -> list[Listing]:
    return [document(number) for number in range(count)]


def document(number: int, language: str = "en") -> Listing:
    at = f"2026-01-01T00:{number // 60:06}:{number % 60:02}Z"
    return replace(PLAIN, id=f"id{number}", slug=f"s{number}", published=at, language=language)


def cut(made: list[Listing]) -> list[Block]:
    random.Random(5).shuffle(made)
    return list(cut_blocks(made, "en"))


def ids(stories: tuple[Listing, ...]) -> tuple[str, ...]:
    return tuple(story.id for story in stories)


def pieces(made: list[Listing]) -> set[tuple[str, ...]]:
    return {ids(piece) for block in cut(made) for piece in block.pieces}


def groups(made: list[Listing]) -> set[tuple[str, ...]]:
    return {ids(group) for block in cut(made) for group in block.groups}


def test_site_without_stories_has_no_block() -> None:
    assert cut([]) == []


def test_stories_are_in_the_order_of_their_publication() -> None:
    for count in (1, 255, 256, 3_000):
        blocks = cut(documents(count))
        found = [id for block in reversed(blocks) for id in ids(block.stories)]
        assert found == [f"id{number}" for number in range(count)]
        for block in blocks:
            assert tuple(story for group in block.groups for story in group) == block.stories


def test_tree_has_a_block_of_its_newest_stories_and_one_of_all_others() -> None:
    assert [block.name for block in cut(documents(255))] == ["new"]
    for count in (1_000, 10_000, 10_100, 12_345):
        newest, older = cut(documents(count))
        assert (newest.name, older.name) == ("new", "old")
        assert len(newest.pieces) == 1
        assert len(newest.stories) < 256
        assert newest.shards == 4
        assert max(map(len, older.pieces)) < 256
        assert max(map(len, older.groups)) < 24
        assert 64 <= len(older.stories) / older.shards < 128


def test_each_tree_has_its_own_blocks() -> None:
    made = [document(number, ("en", "ar", "en-GB", "")[number % 4]) for number in range(2_000)]
    assert [(block.tree, block.name) for block in cut(made)] == [
        ("", "new"),
        ("", "old"),
        ("ar/", "ar-new"),
        ("ar/", "ar-old"),
    ]


def test_new_story_changes_one_piece_and_one_group() -> None:
    all_of_them = documents(3_100)
    made = [all_of_them[:count] for count in range(3_000, 3_101)]
    for look in (pieces, groups):
        changed = [len(after - before) for before, after in pairwise(map(look, made))]
        # Now and then a piece is full.
        assert sorted(changed)[90] <= 2
        assert max(changed) <= 3


def test_story_that_is_gone_changes_what_is_around_it() -> None:
    made = documents(10_000)
    chance = random.Random(1)
    for look in (pieces, groups):
        before, changed = look(list(made)), []
        for gone in chance.sample(range(10_000), 20):
            after = look([story for story in made if story.id != f"id{gone}"])
            changed.append(len(after - before))
        assert sorted(changed)[10] == 1
        assert sum(changed) <= 2 * len(changed)
