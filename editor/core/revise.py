"""Single changes between two versions: listed, described, and refused one at a time.

A spot is one such change: a run of words within a passage, a passage that was
added or removed, or the move of one. Refusing every spot gives the earlier text
again, refusing none the later one.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from editor.core.diff import DiffSpan, FieldDiff, Passage, compare, word_count_change
from editor.core.fields import FIELDS, Field, Kind, field_at
from editor.core.paths import with_value
from editor.core.story import Picture, Story
from editor.i18n import _, listed, plural

MOVE = -1
"""The run of a spot that is a passage's move, not its words."""

_REWRITTEN = 0.25
"""With less than this share of words in common a passage reads better as exchanged whole."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One change: the `run`th run of changed words in a passage of the diff of a field's path."""

    field: str
    passage: int
    run: int = 0


def differences(before: Story, after: Story) -> tuple[FieldDiff, ...]:
    """Compare two versions for a reader: words where there are words, else whole values."""
    return tuple(
        FieldDiff(diff.field, tuple(readable(diff.field, passage) for passage in diff.passages))
        for diff in compare(before, after)
    )


def readable(path: str, passage: Passage) -> Passage:
    """Join runs with only a space between; exchange as a whole what shares hardly a word."""
    if not field_at(path).prose:
        return replace(passage, spans=_exchanged(passage.spans))
    spans = _joined_runs(passage.spans)
    same = sum(len(span.text.split()) for span in spans if span.kind == "same")
    total = sum(len(span.text.split()) for span in spans)
    changed = passage.kind in ("changed", "moved")
    if changed and same < total and same < _REWRITTEN * total / 2:
        return replace(passage, spans=_exchanged(passage.spans))
    return replace(passage, spans=tuple(spans))


def runs(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return the runs of changed words as ranges of a passage's spans, ends exclusive."""
    found: list[tuple[int, int]] = []
    for index, span in enumerate(passage.spans):
        if span.kind == "same":
            continue
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return tuple(found)


def spots(diffs: Sequence[FieldDiff]) -> tuple[Spot, ...]:
    """Return every change in the order it is read, but what readers were told for good."""
    return tuple(
        spot for diff in diffs if not _lasting(diff.field) for spot in spots_of_field(diff)
    )


def spots_of_field(diff: FieldDiff) -> Iterator[Spot]:
    """Yield every change of one field in the order it is read."""
    for index, passage in enumerate(diff.passages):
        if passage.kind == "moved":
            yield Spot(diff.field, index, MOVE)
        yield from (Spot(diff.field, index, run) for run in range(len(runs(passage))))


def texts_without(diff: FieldDiff, refused: Collection[Spot]) -> tuple[str, ...]:
    """Return a field's passages with the refused changes undone, in order."""
    placed: list[tuple[int | None, str]] = []
    moved_back: list[tuple[int, str]] = []
    for index, passage in enumerate(diff.passages):
        text = _text(diff.field, index, passage, refused)
        if text is None:
            continue
        if passage.kind != "moved":
            placed.append((passage.before, text))
        elif Spot(diff.field, index, MOVE) in refused and passage.before is not None:
            moved_back.append((passage.before, text))
        else:
            placed.append((None, text))
    for before, text in sorted(moved_back):
        placed.insert(_place(placed, before), (before, text))
    return tuple(text for _before, text in placed)


def without(before: Story, after: Story, refused: Collection[Spot]) -> Story:
    """Undo some changes in the later story; spots are those of `differences`."""
    story = after
    diffs = differences(before, after)
    for diff in diffs:
        mine = {spot for spot in refused if spot.field == diff.field}
        if mine and not _lasting(diff.field) and not diff.field.startswith("pictures/"):
            texts = texts_without(diff, mine)
            story = with_value(story, diff.field, field_at(diff.field).whole(texts))
    pictures = _pictures(before, after, refused, {diff.field: diff for diff in diffs})
    return replace(story, pictures=pictures)


def summary(before: Story, after: Story) -> str:
    """Say what changed: `headline, 2 key points, +34 words`; empty when nothing did."""
    return listed(
        _change_in_words(field, old, new)
        for field in FIELDS
        if field.compared
        and (old := getattr(before, field.name)) != (new := getattr(after, field.name))
    )


def _lasting(path: str) -> bool:
    return field_at(path.partition("/")[0]).lasting


def _joined_runs(passage: Sequence[DiffSpan]) -> list[DiffSpan]:
    """The spans with runs that have only white space between joined into one run."""
    spans: list[DiffSpan] = []
    removed, added, between = "", "", ""
    for span in (*passage, DiffSpan("same", "")):
        if span.kind == "removed":
            removed, added, between = removed + between + span.text, added + between, ""
        elif span.kind == "added":
            added, removed, between = added + between + span.text, removed + between, ""
        elif span.text and not span.text.strip() and (removed or added):
            between = span.text
        else:
            spans += _run(removed, added)
            spans += [DiffSpan("same", between + span.text)] if between + span.text else []
            removed, added, between = "", "", ""
    return spans


def _run(removed: str, added: str) -> list[DiffSpan]:
    found = []
    if removed:
        found.append(DiffSpan("removed", removed))
    if added:
        found.append(DiffSpan("added", added))
    return found


def _exchanged(spans: Sequence[DiffSpan]) -> tuple[DiffSpan, ...]:
    if all(span.kind == "same" for span in spans):
        return tuple(spans)
    removed = "".join(span.text for span in spans if span.kind != "added")
    added = "".join(span.text for span in spans if span.kind != "removed")
    return tuple(_run(removed, added))


def _text(field: str, index: int, passage: Passage, refused: Collection[Spot]) -> str | None:
    """A passage's text with its refused runs undone; None where there is no passage then."""
    spans = list(passage.spans)
    for run, (start, end) in reversed(list(enumerate(runs(passage)))):
        wanted = "removed" if Spot(field, index, run) in refused else "added"
        spans[start:end] = [span for span in spans[start:end] if span.kind == wanted]
    if not spans and passage.kind in ("added", "removed"):
        return None
    return "".join(span.text for span in spans)


def _place(placed: Sequence[tuple[int | None, str]], before: int) -> int:
    """Where to put a passage back among those that are in order."""
    for at, (other, _text) in enumerate(placed):
        if other is not None and other > before:
            return at
    return len(placed)


def _pictures(
    before: Story, after: Story, refused: Collection[Spot], diffs: Mapping[str, FieldDiff]
) -> tuple[Picture, ...]:
    """The pictures with refused changes undone: words in runs, anything else whole."""
    pictures: list[Picture] = []
    for index in range(max(len(before.pictures), len(after.pictures))):
        mine = [spot for spot in refused if spot.field.startswith(f"pictures/{index}/")]
        if index >= len(after.pictures):
            pictures += [before.pictures[index]] if mine else []
            continue
        picture = after.pictures[index]
        old = before.pictures[index] if index < len(before.pictures) else None
        if old is None and any(spot.field.endswith("/file") for spot in mine):
            continue
        for path in dict.fromkeys(spot.field for spot in mine):
            picture = _with_part(picture, old or Picture(), diffs[path], mine)
        pictures.append(picture)
    return tuple(pictures)


def _with_part(
    picture: Picture, old: Picture, diff: FieldDiff, refused: Collection[Spot]
) -> Picture:
    part = field_at(diff.field)
    if part.kind is Kind.FILE:
        return replace(picture, file=old.file, width=old.width, height=old.height)
    change: dict[str, Any] = {part.name: getattr(old, part.name)}
    if part.prose:
        change = {part.name: "".join(texts_without(diff, refused))}
    return replace(picture, **change)


def _change_in_words(field: Field, before: Any, after: Any) -> str:
    """A field that changed, in words."""
    if field.counted is not None:
        return _counted_items(field, before, after)
    if field.kind is not Kind.MARKDOWN:
        return _(field.noun)
    number = word_count_change(before, after)
    if not number:
        return _("{field} reworded").format(field=_(field.noun))
    return ("+" if number > 0 else "−") + plural("{n} word", "{n} words", abs(number))


def _counted_items(field: Field, before: tuple[Hashable, ...], after: tuple[Hashable, ...]) -> str:
    number = max(len(set(after) - set(before)), len(set(before) - set(after)))
    if number and field.counted is not None:
        return plural(*field.counted, number)
    return _("{field} in another order").format(field=_(field.noun))
