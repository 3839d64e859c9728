"""Which stories share a block, and how little a change moves."""

from __future__ import annotations

import random
from dataclasses import replace

from editor.core.listing import Listing
from editor.core.story import Story
from editor.formats.site.search.blocks import Block, cut_blocks
from tests.editions import listed
from tests.formats.site.edition import item

PLAIN = listed(item(Story(section="news")))


def documents(count: int) -> list[Listing]:
    return [document(number) for number in range(count)]


def document(number: int) -> Listing:
    at = f"2026-01-01T00:{number // 60:06}:{number % 60:02}Z"
    return replace(PLAIN, id=f"id{number}", slug=f"s{number}", published=at)


def cut(made: list[Listing]) -> list[Block]:
    random.Random(5).shuffle(made)
    return list(cut_blocks(made))


def ids(blocks: list[Block]) -> list[tuple[str, ...]]:
    return [tuple(story.id for story in block.stories) for block in blocks]


def test_site_without_stories_has_no_block() -> None:
    assert cut([]) == []


def test_stories_are_in_the_order_of_their_publication() -> None:
    for count in (1, 255, 256, 3_000):
        blocks = ids(cut(documents(count)))
        assert [story for block in blocks for story in block] == [f"id{n}" for n in range(count)]
    assert len(ids(cut(documents(255)))) == 1


def test_blocks_are_few_and_the_newest_are_small() -> None:
    for count in (1_000, 10_000, 10_100, 12_345):
        blocks = cut(documents(count))
        sizes = [len(block.stories) for block in blocks]
        assert len(sizes) <= count / 1024 + 6
        assert max(sizes) < 2_048
        assert sizes[-1] < 256
        assert blocks[-1].shards == 4
        assert len({block.name for block in blocks}) == len(blocks)


def test_new_story_changes_the_newest_block_only() -> None:
    changed = []
    for count in range(3_000, 3_200):
        before, after = ids(cut(documents(count))), ids(cut(documents(count + 1)))
        changed.append(len({*after} - {*before}))
    # Now and then a block is full, and the blocks before it may become a larger one.
    assert changed.count(1) >= 195
    assert max(changed) <= 3


def test_story_that_is_gone_changes_the_blocks_around_it() -> None:
    made = documents(10_000)
    before = {*ids(cut(list(made)))}
    chance = random.Random(1)
    changed = []
    for gone in chance.sample(range(10_000), 30):
        after = ids(cut([story for story in made if story.id != f"id{gone}"]))
        changed.append(len({*after} - before))
    assert sorted(changed)[15] == 1
    assert sum(changed) <= 2 * len(changed)
