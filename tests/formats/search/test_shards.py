"""Shards hold which stories have a word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editor.formats.search.shards import (
    _ALPHABET,
    PLACES,
    Shards,
    join_shards,
    make_shards,
    shard_of,
)
from editor.formats.search.terms import Terms
from tests.formats.search.test_blocks import document


def made(*entries: Terms, shards: int = 4) -> Shards:
    stories = tuple(document(number) for number in range(len(entries)))
    return make_shards(stories, entries, shards)


def joined(*pieces: tuple[str, ...]) -> dict[str, list[tuple[int, int]]]:
    """Join shards and read them as search.js does: words with pieces and their numbers."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, shard in enumerate(map(join_shards, zip(*pieces, strict=True))):
        word = ""
        for row in filter(None, shard.split("|")):
            letters, _, digits = row.partition(" ")
            word = word[: _ALPHABET.index(letters[0])] + letters[1:]
            assert shard_of(word, len(pieces[0])) == number
            assert word not in found
            found[word] = list(places(digits))
    return found


def places(digits: str) -> Iterator[tuple[int, int]]:
    for part in filter(None, digits.split("~")):
        numbers, step = [], 0
        for digit in map(_ALPHABET.index, part):
            if digit < 64:
                numbers.append(step * 64 + digit)
                step = 0
            else:
                step = step * 26 + digit - 64
        piece, *steps = numbers
        place = -1
        for step in steps:
            place += step
            yield piece, place


def read(shards: tuple[str, ...]) -> dict[str, list[int]]:
    return {word: [place for _piece, place in at] for word, at in joined(shards).items()}


def test_block_without_words_has_empty_shards() -> None:
    assert read(made(Terms((), (), ())).head) == {"#news": [0]}
    assert made(Terms((), (), ())).text == ("", "", "", "")


def test_words_of_headlines_have_their_places_and_those_of_key_points_none() -> None:
    shards = made(
        Terms((("ferry", 0), ("far", 13), ("farther", 14), ("farthest", 90)), ("sails",), ("a",)),
        Terms((), ("ferry",), ()),
        Terms((), (), ("ferry",)),
    )
    assert read(shards.head) == {
        "#news": [0, PLACES, 2 * PLACES],
        "ferry": [0, 2 * PLACES - 1],
        "far": [13],
        "farther": [14],
        "farthest": [14],
        "sails": [PLACES - 1],
    }
    assert read(shards.text) == {"a": [0], "ferry": [2]}


def test_joined_shards_have_the_words_of_all_pieces_once() -> None:
    first = made(Terms((), (), ("ferry", "wind")), Terms((), (), ("ferry",))).text
    second = made(Terms((), (), ("fern",)), Terms((), (), ("ferry",))).text
    nothing = made(Terms((), (), ())).text
    found = joined(first, nothing, *[nothing] * 80, second)
    assert found == {"ferry": [(0, 0), (0, 1), (82, 1)], "wind": [(0, 0)], "fern": [(82, 0)]}


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


ALONE = ("مناره", "بلد", "لبنان", "وزير", "وفد", "كتاب", "فريق", "حج", "لد")
TOGETHER = (
    *("ال", "وال", "فال", "بال", "كال", "وبال", "فكال", "لل", "ولل", "فلل"),
    *("و", "ب", "ل", "وب", "ول"),
)


@pytest.mark.parametrize("word", ALONE)
def test_arabic_word_is_in_one_shard_with_whatever_is_written_together_with_it(word: str) -> None:
    assert {shard_of(before + word, 4096) for before in TOGETHER} == {shard_of(word, 4096)}
    assert shard_of("ال", 4096) != shard_of("لا", 4096), "an article alone is a word"
