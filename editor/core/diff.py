"""What changed between two versions of a story: field by field, in words.

Text is compared passage by passage (a key point, a paragraph of the body), and
a passage that changed word by word. A passage that is only elsewhere now is
`moved`, not removed and added.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeAlias

from editor.core.fields import CENTRE, Field, Kind, place
from editor.core.pairing import longest_run, pair_passages
from editor.core.paths import leaf_values
from editor.core.story import Story

SpanKind: TypeAlias = Literal["same", "added", "removed"]
PassageKind: TypeAlias = Literal["same", "changed", "added", "removed", "moved"]

_SENTENCE = re.compile(r".+?(?:[.!?…。！？؟۔\n]+\s*|\Z)", re.DOTALL)
_SHORT = 8000
"""Two texts of so many characters together are compared word by word at once."""
_MOST_WORDS = 4000
"""Two sentences that are both longer than this are shown as exchanged."""
_WORD = re.compile(r"(\w+(?:['’]\w+)*|[^\w\s]|)(\s*)")
"""A word or a mark, and the space after it."""


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
    partner = {new: old for old, new in pair_passages(before, after)}
    in_order = longest_run(partner)
    kept = set(partner.values())
    removed = deque(old for old in range(len(before)) if old not in kept)
    following = _following(partner, in_order, len(before), len(after))
    passages: list[Passage] = []
    for new, text in enumerate(after):
        while removed and removed[0] < following[new]:
            passages.append(_removed(before, removed.popleft()))
        if new in partner:
            old = partner[new]
            passages.append(_paired_passage(before[old], text, old, new, new in in_order))
        else:
            passages.append(Passage("added", (DiffSpan("added", text),), None, new))
    return (*passages, *(_removed(before, old) for old in removed))


def redline(before: str, after: str) -> tuple[DiffSpan, ...]:
    """Compare two texts word by word; the spans without `removed` give `after` again.

    Long texts are first compared sentence by sentence, so that the time grows with
    their length only.
    """
    spans: list[DiffSpan] = []
    for kind, text in _runs(before, after):
        if text and spans and spans[-1].kind == kind:
            spans[-1] = DiffSpan(kind, spans[-1].text + text)
        elif text:
            spans.append(DiffSpan(kind, text))
    return tuple(spans)


def _runs(before: str, after: str) -> Iterator[tuple[SpanKind, str]]:
    if len(before) + len(after) <= _SHORT:
        yield from _changed_words(before, after)
        return
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    partner = {at: was for was, at in pair_passages(old, new)}
    was_next = at_next = 0
    for at in sorted(longest_run(partner)):
        was = partner[at]
        yield "removed", "".join(old[was_next:was])
        yield "added", "".join(new[at_next:at])
        yield from _changed_words(old[was], new[at])
        was_next, at_next = was + 1, at + 1
    yield "removed", "".join(old[was_next:])
    yield "added", "".join(new[at_next:])


def _changed_words(before: str, after: str) -> Iterator[tuple[SpanKind, str]]:
    """Compare words; the spaces between them follow, so that no space alone is what stayed."""
    if before == after:
        yield "same", before
        return
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST_WORDS**2:
        yield from (("removed", before), ("added", after))
        return
    was, now = [word for word, _ in old], [word for word, _ in new]
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _changed_spaces(old[i:j], new[k:m])
        else:
            removed, added = _joined(old[i:j]), _joined(new[k:m])
            in_both = removed and added and old[j - 1][1] == new[m - 1][1]
            space = old[j - 1][1] if in_both else ""
            yield "removed", removed.removesuffix(space)
            yield "added", added.removesuffix(space)
            yield "same", space


def _changed_spaces(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> Iterator[tuple[SpanKind, str]]:
    """Compare the spaces after words that stayed."""
    for (word, was), (_, now) in zip(old, new, strict=True):
        if was == now:
            yield "same", word + was
        else:
            yield from (("same", word), ("removed", was), ("added", now))


def _joined(words: Sequence[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in words)


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
    if field.kind in (Kind.POINT, Kind.PART):
        return (", ".join(map(str, value)),) if value not in (CENTRE, ()) else ()
    if field.kind is Kind.DEGREES:
        return (f"{value}°",) if value else ()
    return field.pieces(value)


def _paired_passage(old_text: str, text: str, old: int, new: int, in_place: bool) -> Passage:
    same = old_text == text
    spans = (DiffSpan("same", text),) if same else redline(old_text, text)
    if not in_place:
        return Passage("moved", spans, old, new)
    return Passage("same" if same else "changed", spans, old, new)


def _removed(before: Sequence[str], old: int) -> Passage:
    return Passage("removed", (DiffSpan("removed", before[old]),), old, None)


def _following(partner: dict[int, int], in_order: set[int], before: int, after: int) -> list[int]:
    """For each new place, the old place of the next passage that keeps its order."""
    following = [before] * after
    ahead = before
    for new in reversed(range(after)):
        ahead = partner[new] if new in in_order else ahead
        following[new] = ahead
    return following
