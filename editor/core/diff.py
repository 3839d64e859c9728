"""What changed between two versions of a story: field by field, in words.

Text is compared passage by passage (a key point, a paragraph of the body), and
a passage that changed word by word. A passage that is only elsewhere now is
`moved`, not removed and added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeAlias

from editor.core.fields import CENTRE, Field, Kind, place
from editor.core.paths import leaf_values
from editor.core.story import Story

SpanKind: TypeAlias = Literal["same", "added", "removed"]
PassageKind: TypeAlias = Literal["same", "changed", "added", "removed", "moved"]

_WORD = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_ALIKE = 0.5
"""The share of common words from which two passages are one that was changed."""


@dataclass(frozen=True, slots=True)
class DiffSpan:
    """A run of text that is the same, added or removed."""

    kind: SpanKind
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One key point, paragraph or short field, and what happened to it.

    `before` and `after` are its places in the two versions, counted from 0;
    None where it has none. A moved passage is listed where it is now.
    """

    kind: PassageKind
    spans: tuple[DiffSpan, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field that differs, by its path: `headline`, `key_points`, `pictures/0/caption`."""

    field: str
    passages: tuple[Passage, ...]

    @property
    def changes(self) -> int:
        """How many passages are not the same."""
        return sum(passage.kind != "same" for passage in self.passages)


def compare(before: Story, after: Story) -> tuple[FieldDiff, ...]:
    """Return the fields that differ, in the order of the form."""
    old, new = _passages(before), _passages(after)
    return tuple(
        FieldDiff(path, compare_passages(old.get(path, ()), new.get(path, ())))
        for path in sorted({**old, **new}, key=place)
        if old.get(path, ()) != new.get(path, ())
    )


def compare_passages(before: Sequence[str], after: Sequence[str]) -> tuple[Passage, ...]:
    """Pair up two lists of passages, in the order of the later one.

    A removed passage is listed before the first one that followed it.
    """
    pairs = _paired(before, after)
    partner = {new: old for old, new in pairs}
    in_order = _in_order(partner)
    removed = [old for old in range(len(before)) if old not in set(partner.values())]
    following = _following(partner, in_order, len(before), len(after))
    passages: list[Passage] = []
    for new, text in enumerate(after):
        while removed and removed[0] < following[new]:
            passages.append(_removed(before, removed.pop(0)))
        if new in partner:
            old = partner[new]
            passages.append(_paired_passage(before[old], text, old, new, new in in_order))
        else:
            passages.append(Passage("added", (DiffSpan("added", text),), None, new))
    return (*passages, *(_removed(before, old) for old in removed))


def redline(before: str, after: str) -> tuple[DiffSpan, ...]:
    """Compare two texts word by word; the spans without `removed` give `after` again."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    spans: list[DiffSpan] = []

    def add(kind: SpanKind, words: list[str]) -> None:
        text = "".join(words)
        if text and spans and spans[-1].kind == kind:
            spans[-1] = DiffSpan(kind, spans[-1].text + text)
        elif text:
            spans.append(DiffSpan(kind, text))

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            add("same", old[i:j])
        else:
            add("removed", old[i:j])
            add("added", new[k:m])
    return tuple(spans)


def word_count_change(before: str, after: str) -> int:
    """Return by how many words `after` is longer; negative when it is shorter."""
    return len(re.findall(r"\w+", after)) - len(re.findall(r"\w+", before))


def _passages(story: Story) -> dict[str, tuple[str, ...]]:
    """The passages of each field that has any, by its path."""
    return {
        path: passages
        for path, field, value in leaf_values(story)
        if field.compared and (passages := _in_words(field, value))
    }


def _in_words(field: Field, value: Any) -> tuple[str, ...]:
    if field.kind is Kind.FLAG:
        return ("yes",) if value else ()
    if field.kind is Kind.POINT:
        return (", ".join(map(str, value)),) if value != CENTRE else ()
    return field.pieces(value)


def _paired_passage(old_text: str, text: str, old: int, new: int, in_place: bool) -> Passage:
    same = old_text == text
    spans = (DiffSpan("same", text),) if same else redline(old_text, text)
    if not in_place:
        return Passage("moved", spans, old, new)
    return Passage("same" if same else "changed", spans, old, new)


def _removed(before: Sequence[str], old: int) -> Passage:
    return Passage("removed", (DiffSpan("removed", before[old]),), old, None)


def _paired(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Which passage became which: equal ones first, then the most alike of the rest."""
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for block in matcher.get_matching_blocks():
        pairs += [(block.a + i, block.b + i) for i in range(block.size)]
    pairs += _equal_elsewhere(before, after, pairs)
    return pairs + _alike(before, after, pairs)


def _equal_elsewhere(
    before: Sequence[str], after: Sequence[str], pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    taken_old, taken_new = {old for old, _ in pairs}, {new for _, new in pairs}
    where: dict[str, list[int]] = {}
    for old in reversed(range(len(before))):
        if old not in taken_old:
            where.setdefault(before[old], []).append(old)
    return [
        (where[text].pop(), new)
        for new, text in enumerate(after)
        if new not in taken_new and where.get(text)
    ]


def _alike(
    before: Sequence[str], after: Sequence[str], pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    taken_old, taken_new = {old for old, _ in pairs}, {new for _, new in pairs}
    old_words = {i: _bag(text) for i, text in enumerate(before) if i not in taken_old}
    new_words = {i: _bag(text) for i, text in enumerate(after) if i not in taken_new}
    if len(before) == len(after) == 1 and old_words:
        return [(0, 0)]
    scored = sorted(
        (
            (-_likeness(old_bag, new_bag), abs(old - new), old, new)
            for old, old_bag in old_words.items()
            for new, new_bag in new_words.items()
        ),
    )
    found: list[tuple[int, int]] = []
    for score, _, old, new in scored:
        if -score < _ALIKE:
            break
        if old in old_words and new in new_words:
            del old_words[old], new_words[new]
            found.append((old, new))
    return found


def _bag(text: str) -> frozenset[tuple[str, int]]:
    """A text's words, each numbered among its equals, as a set: sets compare fastest."""
    seen: Counter[str] = Counter()
    bag = []
    for word in re.findall(r"\w+", text.casefold()):
        seen[word] += 1
        bag.append((word, seen[word]))
    return frozenset(bag)


def _likeness(old: frozenset[tuple[str, int]], new: frozenset[tuple[str, int]]) -> float:
    total = len(old) + len(new)
    return 2 * len(old & new) / total if total else 1.0


def _following(partner: dict[int, int], in_order: set[int], before: int, after: int) -> list[int]:
    """For each new place, the old place of the next passage that keeps its order."""
    following = [before] * after
    ahead = before
    for new in reversed(range(after)):
        ahead = partner[new] if new in in_order else ahead
        following[new] = ahead
    return following


def _in_order(partner: dict[int, int]) -> set[int]:
    """The places in the new version of the longest run of pairs that keep their order."""
    best: list[int] = []  # the last old place of the best run of each length
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for new in sorted(partner):
        old = partner[new]
        at = next((i for i, last in enumerate(best) if last > old), len(best))
        best[at : at + 1] = [old]
        ends[at : at + 1] = [new]
        previous[new] = ends[at - 1] if at else None
    run: set[int] = set()
    here = ends[-1] if ends else None
    while here is not None:
        run.add(here)
        here = previous[here]
    return run
