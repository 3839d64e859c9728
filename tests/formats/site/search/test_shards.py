"""Shards hold which stories have a word."""

from __future__ import annotations

import pytest

from editor.formats.site.search.blocks import Block
from editor.formats.site.search.shards import _ALPHABET, Shards, make_shards, shard_of
from editor.formats.site.search.terms import Terms
from tests.formats.site.search.test_blocks import document


def made(*entries: Terms) -> Shards:
    stories = tuple(document(number) for number in range(len(entries)))
    return make_shards(Block("b", stories), entries)


def read(shards: tuple[str, ...]) -> dict[str, list[int]]:
    """Read shards as search.js does."""
    found: dict[str, list[int]] = {}
    for number, shard in enumerate(shards):
        word = ""
        for row in filter(None, shard.split("|")):
            letters, _, digits = row.partition(" ")
            word = word[: _ALPHABET.index(letters[0])] + letters[1:]
            assert shard_of(word, len(shards)) == number
            place, step, places = -1, 0, []
            for digit in map(_ALPHABET.index, digits):
                if digit < 64:
                    place += step * 64 + digit
                    step = 0
                    places.append(place)
                else:
                    step = step * 26 + digit - 64
            assert found.setdefault(word, places) is places
    return found


def test_block_without_words_has_empty_shards() -> None:
    assert read(made(Terms((), (), ())).head) == {"#news": [0]}
    assert made(Terms((), (), ())).text == ("", "", "", "")


def test_words_of_headlines_and_key_points_are_told_apart() -> None:
    shards = made(
        Terms(("ferry",), ("sails",), ("wind",)),
        Terms((), ("ferry",), ()),
        Terms((), (), ("ferry",)),
    )
    assert read(shards.head) == {"#news": [0, 2, 4], "ferry": [0, 3], "sails": [1]}
    assert read(shards.text) == {"wind": [0], "ferry": [2]}


def test_numbers_of_any_size_come_back() -> None:
    places = [0, 1, 64, 65, 130, 1_900, 1_999]
    entries = [Terms((), (), ("ferry",) * (place in places)) for place in range(2_000)]
    assert read(made(*entries).text) == {"ferry": places}


def test_words_of_any_script_and_length_come_back() -> None:
    words = (
        "a",
        "ab",
        "x" * 300,
        "x" * 301,
        "渡轮",
        "𠀀𠀁",
        "𠀀𠀂",
        "منارة",
        "المنارة",
        "ال",
        "cplusplus",
    )
    shards = made(Terms((), (), tuple(sorted(words))))
    assert read(shards.text) == {word: [0] for word in words}
    assert '"' not in "".join(shards.text)
    assert "\\" not in "".join(shards.text)


@pytest.mark.parametrize("shards", [4, 16, 96])
def test_words_that_begin_alike_are_in_four_neighbouring_shards(shards: int) -> None:
    first = shard_of("fe", shards)
    near = {(first + step) % shards for step in range(4)}
    assert {shard_of(word, shards) for word in ("fer", "fest", "feud", "fez", "fe渡")} <= near
    assert len({shard_of(word, shards) for word in ("ferry", "fern", "ferment")}) == 1


def test_arabic_words_are_not_all_where_their_article_is() -> None:
    words = ("المنارة", "الميناء", "البحر", "الخبر", "السفينة", "العبارة", "الرياح", "القمر")
    assert len({shard_of(word, 96) for word in words}) > 4
    assert shard_of("المنارة", 96) == shard_of("منارة", 96)
