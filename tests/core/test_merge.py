"""The laws of merging: nothing lost, order does not matter, overlaps always flagged."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.dateline import Dateline
from editor.core.merge import Chunk, chunks, common_ancestor, leaves, merge
from editor.core.story import Picture, Story
from editor.errors import BadValue

PAIRS = 400


class Writer:
    """Edits a body the way people do, with tokens that can be traced afterwards."""

    def __init__(self, name: str, rng: random.Random) -> None:
        self.name, self.rng, self.tokens = name, rng, set[str]()
        self.touched: set[int] = set()

    def token(self) -> str:
        token = f"{self.name}{len(self.tokens)}"
        self.tokens.add(token)
        return token

    def edit(self, base: list[str]) -> list[str]:
        out: list[str] = []
        for index, paragraph in enumerate(base):
            match self.rng.randrange(8):
                case 0:
                    self.touched.add(index)
                    out.append(f"{paragraph} {self.token()}")
                case 1:
                    out += [self.token(), paragraph]
                case _:
                    out.append(paragraph)
        return out


def text_of(found: tuple[Chunk, ...]) -> str:
    return " ".join(
        " ".join(
            chunk.settled
            if chunk.settled is not None
            else (*chunk.base, *chunk.ours, *chunk.theirs)
        )
        for chunk in found
    )


@settings(max_examples=PAIRS, deadline=None)
@given(st.integers(0, 2**32))
def test_no_word_is_lost_and_edits_of_one_paragraph_wait(seed: int) -> None:
    rng = random.Random(seed)
    base = [f"P{index}" for index in range(rng.randrange(1, 12))]
    ours, theirs = Writer("a", rng), Writer("b", rng)
    found = chunks(base, ours.edit(base), theirs.edit(base))
    words = set(text_of(found).split())
    assert ours.tokens | theirs.tokens | set(base) <= words
    for index in ours.touched & theirs.touched:
        assert any(c.settled is None and f"P{index}" in c.base for c in found)


texts = st.lists(st.sampled_from("abcdef"), max_size=8)


@settings(max_examples=PAIRS, deadline=None)
@given(texts, texts, texts)
def test_swapped_sides_merge_to_the_same(base: list[str], one: list[str], other: list[str]) -> None:
    forth, back = chunks(base, one, other), chunks(base, other, one)
    assert [chunk.settled for chunk in forth] == [chunk.settled for chunk in back]
    assert [(c.ours, c.theirs) for c in forth] == [(c.theirs, c.ours) for c in back]


@given(texts, texts, texts)
def test_the_three_versions_can_be_read_back(
    base: list[str], one: list[str], other: list[str]
) -> None:
    found = chunks(base, one, other)
    assert [item for chunk in found for item in chunk.base] == base
    assert [item for chunk in found for item in chunk.ours] == one
    assert [item for chunk in found for item in chunk.theirs] == other


@given(texts, texts)
def test_a_side_without_changes_takes_the_other_text(base: list[str], one: list[str]) -> None:
    for found in (chunks(base, one, base), chunks(base, base, one), chunks(base, one, one)):
        assert all(chunk.settled is not None for chunk in found)
        assert [item for chunk in found for item in chunk.settled or ()] == one


BASE = Story(
    id="s",
    slug="ferry",
    headline="Ferry returns",
    key_points=("One", "Two"),
    dateline=Dateline(city="Lisbon"),
    body="First.\n\nSecond.\n\nThird.",
    pictures=(Picture(file="a", caption="Dawn"),),
)


def test_edits_of_different_fields_and_paragraphs_are_merged() -> None:
    ours = replace(BASE, headline="Night ferry returns", body="First!\n\nSecond.\n\nThird.")
    theirs = replace(
        BASE,
        dateline=Dateline(city="Porto"),
        key_points=("One", "Two", "Three"),
        body="First.\n\nSecond.\n\nThird!",
    )
    joined = merge(BASE, ours, theirs)
    assert joined.undecided == ()
    assert joined.story() == replace(
        ours,
        dateline=Dateline(city="Porto"),
        key_points=("One", "Two", "Three"),
        body="First!\n\nSecond.\n\nThird!",
    )
    assert merge(BASE, theirs, ours).story().hash == joined.story().hash


def test_a_person_decides_what_overlaps() -> None:
    ours = replace(BASE, headline="Ferry sails", body="First.\n\nSecond, ours.\n\nThird.")
    theirs = replace(BASE, headline="Ferry stays", body="First.\n\nSecond, theirs.\n\nThird.")
    joined = merge(BASE, ours, theirs)
    assert joined.undecided == (("headline", 0), ("body", 1))
    with pytest.raises(BadValue, match="2 places"):
        joined.story()
    decided = joined.story(
        {("headline", 0): ["Ferry stays"], ("body", 1): ["Second, ours.", "Second, theirs."]}
    )
    assert decided.headline == "Ferry stays"
    assert decided.body == "First.\n\nSecond, ours.\n\nSecond, theirs.\n\nThird."


def test_ancestors_and_leaves_follow_parents() -> None:
    parents = {1: (), 2: (1,), 3: (2,), 4: (2,), 5: (4,)}
    assert leaves(parents) == (3, 5)
    assert common_ancestor(parents, 3, 5) == 2
    assert common_ancestor(parents, 1, 5) == 1
    assert leaves({**parents, 6: (3, 5)}) == (6,)
    assert common_ancestor({1: (), 2: ()}, 1, 2) == 0


def test_paragraph_that_both_moved_elsewhere_waits_for_a_decision() -> None:
    base = [f"Paragraph {n}." for n in range(8)]
    moved, rest = base[0], base[1:]
    ours, theirs = [*rest[:3], moved, *rest[3:]], [*rest[:6], moved, *rest[6:]]
    one, other = (Story(id="s", body="\n\n".join(body)) for body in (ours, theirs))
    merged = merge(Story(id="s", body="\n\n".join(base)), one, other)
    [(field, index)] = merged.undecided
    chunk = next(found for found in merged.fields if found.field == field).chunks[index]
    assert (chunk.ours.count(moved), chunk.theirs.count(moved)) == (1, 1)
    for choice, wanted in ((chunk.ours, ours), (chunk.theirs, theirs)):
        assert merged.story({(field, index): choice}).body == "\n\n".join(wanted)


def test_paragraph_that_both_moved_to_the_same_place_is_there_once() -> None:
    base = [f"Paragraph {n}." for n in range(8)]
    moved = [*base[1:5], base[0], *base[5:]]
    found = chunks(base, moved, moved)
    assert [item for chunk in found for item in chunk.settled or ()] == moved


def test_paragraph_that_one_moved_and_the_other_left_moves() -> None:
    base = [f"Paragraph {n}." for n in range(8)]
    ours = [*base[1:5], base[0], *base[5:]]
    theirs = [*base[:7], "Paragraph 7, longer."]
    found = chunks(base, ours, theirs)
    assert [item for chunk in found for item in chunk.settled or ()] == [
        *base[1:5],
        base[0],
        *base[5:7],
        "Paragraph 7, longer.",
    ]


def test_paragraph_moved_beside_an_edit_of_its_neighbour_is_never_there_twice() -> None:
    base = ["One.", "Two.", "Three.", "Four.", "Five."]
    ours = ["Two.", "Three.", "Four.", "One.", "Five."]
    theirs = ["One.", "Two, changed.", "Three.", "Four.", "Five."]
    for found in (chunks(base, ours, theirs), chunks(base, theirs, ours)):
        for choose in ("ours", "theirs"):
            merged = [
                item
                for chunk in found
                for item in (getattr(chunk, choose) if chunk.settled is None else chunk.settled)
            ]
            assert merged.count("One.") == 1


@pytest.mark.parametrize("words", [("", " She smiled."), (" She smiled.", " She left.")])
def test_paragraph_that_both_moved_and_somebody_changed_waits(words: tuple[str, str]) -> None:
    base = [f"Paragraph {n} says something of its own." for n in range(8)]
    ours, theirs = (
        [*base[1:at], base[0] + more, *base[at:]] for at, more in zip((3, 6), words, strict=True)
    )
    for found in (chunks(base, ours, theirs), chunks(base, theirs, ours)):
        for choose in ("ours", "theirs"):
            merged = [
                item
                for chunk in found
                for item in (getattr(chunk, choose) if chunk.settled is None else chunk.settled)
            ]
            assert sum(item.startswith(base[0]) for item in merged) == 1


@given(st.permutations(range(7)), st.permutations(range(7)))
def test_no_order_of_moves_doubles_an_item(ours: list[int], theirs: list[int]) -> None:
    found = chunks(list(range(7)), ours, theirs)
    for choose in ("ours", "theirs"):
        merged = [
            item
            for chunk in found
            for item in (getattr(chunk, choose) if chunk.settled is None else chunk.settled)
        ]
        assert sorted(set(merged)) == sorted(merged)
        assert set(merged) == set(range(7))


@pytest.mark.parametrize("field", ["keywords", "bylines"])
def test_name_that_both_added_is_never_there_twice(field: str) -> None:
    texts = ("a", "b"), ("new", "a", "b"), ("a", "b", "new")
    base, ours, theirs = (Story.from_json({"id": "s", field: names}) for names in texts)
    assert merge(base, ours, theirs).undecided == ((field, 0),)
