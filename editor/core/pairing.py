"""Which passage of one version became which of another: equal ones, then the most alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]
"""A passage's place before and after."""
Word: TypeAlias = tuple[str, int]
"""A word, and which of its equals in the passage it is."""
Bag: TypeAlias = frozenset[Word]

_ALIKE = 0.5
"""The share of common words from which two passages are one that was changed."""
_ALIGNED_MOST = 2000
"""With more passages than this on both sides together, equal ones are paired one by one."""
_COMPARED_MOST = 10_000
"""How many comparisons of all with all are made; with more, each is compared with a few."""
_NEAR, _RARE, _LOOKED_UP = 4, 8, 120
"""Each is then compared with so many neighbours on each side of where it was, and with so many
that share most of its rarest words, of which so many places are looked up."""


def pair_passages(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return which passage became which, each at most once.

    The time grows with the number of passages, not with its square.
    """
    pairs = list(_equal_in_order(before, after))
    pairs += _equal_elsewhere(before, after, pairs)
    return pairs + _alike(before, after, pairs)


def longest_run(partner: Mapping[int, int]) -> set[int]:
    """Return the places after of the longest run of pairs that keep their order.

    `partner` gives the place before of each place after.
    """
    best: list[int] = []  # the last place before of the best run of each length
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for new in sorted(partner):
        old = partner[new]
        at = bisect_left(best, old)
        best[at : at + 1] = [old]
        ends[at : at + 1] = [new]
        previous[new] = ends[at - 1] if at else None
    run: set[int] = set()
    here = ends[-1] if ends else None
    while here is not None:
        run.add(here)
        here = previous[here]
    return run


def _equal_in_order(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Pair the equal passages that keep their order: those at both ends, and in between."""
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    yield from ((i, i) for i in range(start))
    yield from ((len(before) - 1 - i, len(after) - 1 - i) for i in range(end))
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) <= _ALIGNED_MOST:
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            for i in range(block.size):
                yield start + block.a + i, start + block.b + i


def _equal_elsewhere(
    before: Sequence[str], after: Sequence[str], pairs: Sequence[Pair]
) -> list[Pair]:
    olds, news = _left(before, after, pairs)
    where: dict[str, list[int]] = {}
    for old in reversed(olds):
        where.setdefault(before[old], []).append(old)
    return [(where[after[new]].pop(), new) for new in news if where.get(after[new])]


def _alike(before: Sequence[str], after: Sequence[str], pairs: Sequence[Pair]) -> list[Pair]:
    olds, news = _left(before, after, pairs)
    if len(before) == len(after) == 1 and olds:
        return [(0, 0)]
    old_bags, new_bags = (
        {i: _bag(texts[i]) for i in places} for texts, places in ((before, olds), (after, news))
    )
    scored = sorted(
        (-likeness, abs(old - new), old, new)
        for old, new in _candidates(old_bags, new_bags, pairs)
        if (likeness := _likeness(old_bags[old], new_bags[new])) >= _ALIKE
    )
    found: list[Pair] = []
    for _score, _distance, old, new in scored:
        if old in old_bags and new in new_bags:
            del old_bags[old], new_bags[new]
            found.append((old, new))
    return found


def _left(
    before: Sequence[str], after: Sequence[str], pairs: Sequence[Pair]
) -> tuple[list[int], list[int]]:
    """The places on both sides that no pair has yet."""
    taken_old, taken_new = {old for old, _ in pairs}, {new for _, new in pairs}
    olds = [old for old in range(len(before)) if old not in taken_old]
    return olds, [new for new in range(len(after)) if new not in taken_new]


def _candidates(
    old_bags: Mapping[int, Bag], new_bags: Mapping[int, Bag], pairs: Sequence[Pair]
) -> Iterator[Pair]:
    """The pairs worth comparing: all of them, or for each passage a few."""
    if len(old_bags) * len(new_bags) <= _COMPARED_MOST:
        yield from ((old, new) for old in old_bags for new in new_bags)
        return
    olds, where = list(old_bags), _places_of_words(old_bags)
    expected = dict(zip(new_bags, _expected_places(new_bags, pairs), strict=True))
    for new, bag in new_bags.items():
        at = bisect_left(olds, expected[new])
        near = olds[max(0, at - _NEAR) : at + _NEAR + 1]
        yield from ((old, new) for old in {*near, *_with_rare_words(bag, where)})


def _places_of_words(bags: Mapping[int, Bag]) -> dict[Word, list[int]]:
    where: dict[Word, list[int]] = {}
    for place, bag in bags.items():
        for word in bag:
            where.setdefault(word, []).append(place)
    return where


def _with_rare_words(bag: Bag, where: Mapping[Word, list[int]]) -> list[int]:
    """The passages that share most of a passage's rarest words."""
    shared: Counter[int] = Counter()
    for word in sorted((word for word in bag if word in where), key=lambda word: len(where[word])):
        if shared.total() + len(where[word]) > _LOOKED_UP:
            break
        shared.update(where[word])
    return [place for place, _count in shared.most_common(_RARE)]


def _expected_places(news: Mapping[int, Bag], pairs: Sequence[Pair]) -> Iterator[int]:
    """Where each passage was, if as far after the last pair before it as it is now."""
    partner = {new: old for old, new in pairs}
    run = sorted(longest_run(partner))
    for new in news:
        at = bisect_left(run, new)
        anchor = run[at - 1] if at else -1
        yield partner.get(anchor, -1) + new - anchor


def _bag(text: str) -> Bag:
    """A text's words, each numbered among its equals, as a set: sets compare fastest."""
    seen: Counter[str] = Counter()
    bag = []
    for word in re.findall(r"\w+", text.casefold()):
        seen[word] += 1
        bag.append((word, seen[word]))
    return frozenset(bag)


def _likeness(old: Bag, new: Bag) -> float:
    total = len(old) + len(new)
    return 2 * len(old & new) / total if total else 1.0
