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

PAIRS = 2000


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
