"""What changed between two versions of a story: field by field, in words.

Text is compared passage by passage (a key point, a paragraph of the body), and
a passage that changed word by word. A passage that only went elsewhere is
`moved`, not removed and added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from editor.core.story import Picture, Story

SpanKind: TypeAlias = Literal["same", "added", "removed"]
PassageKind: TypeAlias = Literal["same", "changed", "added", "removed", "moved"]

_WORD = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_ALIKE = 0.5
"""The share of common words from which two passages are one that was changed."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that stayed, came or went."""

    kind: SpanKind
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One key point, paragraph or short field, and what happened to it.

    `before` and `after` are its places in the two versions, counted from 0;
    None where it has none. A moved passage stands where it is now.
    """

    kind: PassageKind
    spans: tuple[Span, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field that differs; `field` is the story's field, or like `pictures/0/caption`."""

    field: str
    passages: tuple[Passage, ...]

    @property
    def changes(self) -> int:
        """How many passages are not the same."""
        return sum(passage.kind != "same" for passage in self.passages)


def compare(before: Story, after: Story) -> tuple[FieldDiff, ...]:
    """The fields that differ, in the order of the form."""
    return tuple(
        FieldDiff(field, passages)
        for field, old, new in _fields(before, after)
        if old != new
        for passages in (compare_passages(old, new),)
    )


def compare_passages(before: Sequence[str], after: Sequence[str]) -> tuple[Passage, ...]:
    """Pair up two lists of passages; what went stands where it was, the rest as it is now."""
    pairs = _paired(before, after)
    partner = {new: old for old, new in pairs}
    kept = _in_order(partner)
    gone = [old for old in range(len(before)) if old not in set(partner.values())]
    following = _following(partner, kept, len(before), len(after))
    passages: list[Passage] = []
    for new, text in enumerate(after):
        while gone and gone[0] < following[new]:
            passages.append(_removed(before, gone.pop(0)))
        if new in partner:
            old = partner[new]
            passages.append(_kept(before[old], text, old, new, new in kept))
        else:
            passages.append(Passage("added", (Span("added", text),), None, new))
    return (*passages, *(_removed(before, old) for old in gone))


def redline(before: str, after: str) -> tuple[Span, ...]:
    """Compare two texts word by word; the spans without `removed` give `after` again."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    spans: list[Span] = []

    def add(kind: SpanKind, words: list[str]) -> None:
        text = "".join(words)
        if text and spans and spans[-1].kind == kind:
            spans[-1] = Span(kind, spans[-1].text + text)
        elif text:
            spans.append(Span(kind, text))

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            add("same", old[i:j])
        else:
            add("removed", old[i:j])
            add("added", new[k:m])
    return tuple(spans)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a Markdown body: what blank lines part."""
    return [part for part in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")) if part.strip()]


def word_count_change(before: str, after: str) -> int:
    """How many words longer `after` is; negative when it is shorter."""
    return len(re.findall(r"\w+", after)) - len(re.findall(r"\w+", before))


def _fields(before: Story, after: Story) -> Iterator[tuple[str, list[str], list[str]]]:
    for spec in fields(Story):
        old, new = getattr(before, spec.name), getattr(after, spec.name)
        match spec.name:
            case "id" | "pictures":
                continue
            case "body":
                yield "body", paragraphs(old), paragraphs(new)
            case "dateline":
                for part in fields(old):
                    yield (
                        f"dateline/{part.name}",
                        _one(getattr(old, part.name)),
                        _one(getattr(new, part.name)),
                    )
            case "corrections":
                yield "corrections", [each.text for each in old], [each.text for each in new]
            case _ if isinstance(old, tuple):
                yield spec.name, list(old), list(new)
            case _:
                yield spec.name, _one(old), _one(new)
    yield from _picture_fields(before.pictures, after.pictures)


def _picture_fields(
    before: tuple[Picture, ...], after: tuple[Picture, ...]
) -> Iterator[tuple[str, list[str], list[str]]]:
    for index in range(max(len(before), len(after))):
        old = before[index] if index < len(before) else Picture()
        new = after[index] if index < len(after) else Picture()
        for name in ("file", "caption", "credit", "alt", "rights"):
            yield f"pictures/{index}/{name}", _one(getattr(old, name)), _one(getattr(new, name))
        for name in ("decorative", "focus"):
            yield (
                f"pictures/{index}/{name}",
                [str(getattr(old, name))],
                [str(getattr(new, name))],
            )


def _one(text: str) -> list[str]:
    return [text] if text else []


def _kept(old_text: str, text: str, old: int, new: int, in_place: bool) -> Passage:
    same = old_text == text
    spans = (Span("same", text),) if same else redline(old_text, text)
    if not in_place:
        return Passage("moved", spans, old, new)
    return Passage("same" if same else "changed", spans, old, new)


def _removed(before: Sequence[str], old: int) -> Passage:
    return Passage("removed", (Span("removed", before[old]),), old, None)


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
    """A text's words, the second of a kind told from the first: sets compare quickest."""
    seen: Counter[str] = Counter()
    bag = []
    for word in re.findall(r"\w+", text.casefold()):
        seen[word] += 1
        bag.append((word, seen[word]))
    return frozenset(bag)


def _likeness(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0


def _following(partner: dict[int, int], kept: set[int], before: int, after: int) -> list[int]:
    """For each new place, the old place of the next passage that keeps its order."""
    following = [before] * after
    ahead = before
    for new in reversed(range(after)):
        ahead = partner[new] if new in kept else ahead
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
    kept: set[int] = set()
    here = ends[-1] if ends else None
    while here is not None:
        kept.add(here)
        here = previous[here]
    return kept
