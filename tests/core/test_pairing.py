"""Which passage became which: as people see it, and in time that grows with the text only."""

from __future__ import annotations

import random

import pytest

from editor.core import pairing
from editor.core.diff import compare_passages, redline
from editor.core.pairing import longest_run, pair_passages

VOCABULARY = [f"word{n}" for n in range(3000)]


def body(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(rng.choices(VOCABULARY, k=40)) for _ in range(count)]


def edited(passages: list[str], seed: int) -> list[str]:
    rng = random.Random(seed)
    return [
        " ".join(rng.choice(VOCABULARY) if rng.random() < 0.2 else word for word in text.split())
        for text in passages
    ]


@pytest.fixture
def comparisons(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets an entry for each comparison of two passages."""
    made: list[int] = []
    likeness = pairing._likeness

    def count(old: pairing.Bag, new: pairing.Bag) -> float:
        made.append(1)
        return likeness(old, new)

    monkeypatch.setattr(pairing, "_likeness", count)
    return made


@pytest.mark.parametrize("change", [lambda text: body(len(text), 2), lambda text: edited(text, 3)])
def test_rewritten_body_is_compared_in_linear_work(
    comparisons: list[int], change: pytest.FixtureRequest
) -> None:
    work = []
    for count in (500, 1000, 2000):
        comparisons.clear()
        before = body(count, 1)
        compare_passages(before, change(before))  # type: ignore[operator]
        work.append(len(comparisons) / count)
    assert max(work) < 20
    assert max(work) < 1.5 * min(work)


def test_edits_of_a_long_body_are_found_as_in_a_short_one() -> None:
    before = body(600, 1)
    after = edited(before, 2)
    assert sorted(pair_passages(before, after)) == [(n, n) for n in range(600)]
    places = list(range(600))
    random.Random(3).shuffle(places)
    moved = [after[place] for place in places]
    pairs = dict(pair_passages(before, moved))
    right = sum(places[new] == old for old, new in pairs.items())
    assert right >= 590, "a passage that was moved and edited is found by its rare words"


def test_equal_passages_beyond_the_limit_are_paired_one_by_one() -> None:
    before = body(1500, 1)
    before[700:700] = ["* * *"] * 3
    after = [*before[:100], "New.", *before[100:900], *before[950:]]
    found = compare_passages(before, after)
    kinds = [passage.kind for passage in found]
    assert kinds.count("added") == 1
    assert kinds.count("removed") == 50
    assert kinds.count("same") == len(after) - 1


def test_longest_run_keeps_the_order() -> None:
    assert longest_run({0: 2, 1: 0, 2: 1}) == {1, 2}
    assert longest_run({}) == set()


def test_long_paragraph_is_compared_sentence_by_sentence() -> None:
    before = ". ".join(f"The {text}" for text in body(300, 1)) + "."
    after = before.replace("The", "A", 40)
    spans = redline(before, after)
    assert "".join(span.text for span in spans if span.kind != "removed") == after
    assert "".join(span.text for span in spans if span.kind != "added") == before
    assert sum(span.text == "A" for span in spans if span.kind == "added") == 40


def test_space_between_other_words_is_not_what_stayed() -> None:
    kinds = [span.kind for span in redline("Rain fell all day.", "Markets closed early.")]
    assert kinds == ["removed", "added", "same"]


def test_endless_sentence_is_exchanged_whole() -> None:
    before, after = "word " * 9000, "Word " * 9000
    assert [span.kind for span in redline(before, after)] == ["removed", "added"]
