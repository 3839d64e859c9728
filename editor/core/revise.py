"""Taking a change apart: what a reader of a redline may refuse, one change at a time.

A spot is one such change: a run of words within a passage, a passage that came
or went, or the move of one. Refusing every spot gives the earlier text again,
refusing none the later one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from editor.core.diff import FieldDiff, Passage, Span, compare, word_count_change
from editor.core.story import Picture, Story
from editor.i18n import _, plural

MOVE = -1
"""The run of a spot that is a passage's move, not its words."""

_PROSE = frozenset({"kicker", "headline", "key_points", "body", "caption", "alt"})
_LISTS = frozenset({"key_points", "bylines", "keywords", "subjects", "related"})
_STANDS = frozenset({"corrections"})
_REWRITTEN = 0.25
"""With less than this share of words in common a passage reads better as exchanged whole."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One change: `run` counts the runs of changed words in a passage of a field's diff."""

    field: str
    passage: int
    run: int = 0


def differences(before: Story, after: Story) -> tuple[FieldDiff, ...]:
    """Compare two versions for a reader: words where there are words, else whole values."""
    return tuple(
        FieldDiff(diff.field, tuple(readable(diff.field, each) for each in diff.passages))
        for diff in compare(before, after)
    )


def readable(field: str, passage: Passage) -> Passage:
    """Join runs with nothing but a space between; exchange whole what shares hardly a word."""
    if field.rsplit("/", maxsplit=1)[-1] not in _PROSE:
        return replace(passage, spans=_exchanged(passage.spans))
    spans: list[Span] = []
    gone, come, between = "", "", ""
    for span in (*passage.spans, Span("same", "")):
        if span.kind == "removed":
            gone, come, between = gone + between + span.text, come + between, ""
        elif span.kind == "added":
            come, gone, between = come + between + span.text, gone + between, ""
        elif span.text and not span.text.strip() and (gone or come):
            between = span.text
        else:
            spans += _run(gone, come)
            spans += [Span("same", between + span.text)] if between + span.text else []
            gone, come, between = "", "", ""
    same = sum(len(span.text.split()) for span in spans if span.kind == "same")
    every = sum(len(span.text.split()) for span in spans)
    changed = passage.kind in ("changed", "moved")
    if changed and same < every and same < _REWRITTEN * every / 2:
        return replace(passage, spans=_exchanged(passage.spans))
    return replace(passage, spans=tuple(spans))


def runs(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Where the runs of changed words are among a passage's spans: start, and end exclusive."""
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
    """Every change in the order it is read. What readers were told of can't be refused."""
    found: list[Spot] = []
    for diff in diffs:
        if diff.field in _STANDS:
            continue
        for index, passage in enumerate(diff.passages):
            if passage.kind == "moved":
                found.append(Spot(diff.field, index, MOVE))
            found += [Spot(diff.field, index, run) for run in range(len(runs(passage)))]
    return tuple(found)


def texts_without(diff: FieldDiff, refused: Collection[Spot]) -> tuple[str, ...]:
    """A field's passages with the refused changes undone, in order."""
    placed: list[tuple[int | None, str]] = []
    back: list[tuple[int, str]] = []
    for index, passage in enumerate(diff.passages):
        text = _text(diff.field, index, passage, refused)
        if text is None:
            continue
        if passage.kind != "moved":
            placed.append((passage.before, text))
        elif Spot(diff.field, index, MOVE) in refused and passage.before is not None:
            back.append((passage.before, text))
        else:
            placed.append((None, text))
    for before, text in sorted(back):
        placed.insert(_place(placed, before), (before, text))
    return tuple(text for _before, text in placed)


def without(before: Story, after: Story, refused: Collection[Spot]) -> Story:
    """The later story with some of its changes undone; spots are those of `differences`."""
    story = after
    for diff in differences(before, after):
        mine = {spot for spot in refused if spot.field == diff.field}
        if mine and diff.field not in _STANDS and not diff.field.startswith("pictures/"):
            story = _with_field(story, diff.field, texts_without(diff, mine))
    return replace(story, pictures=_pictures(before, after, refused))


def summary(before: Story, after: Story) -> str:
    """What changed in words: `headline, 2 key points, +34 words`; empty when nothing did."""
    parts = [
        words
        for spec in fields(Story)
        if spec.name not in ("id", "body")
        and (words := _changed(spec.name, getattr(before, spec.name), getattr(after, spec.name)))
    ]
    if before.body != after.body:
        number = word_count_change(before.body, after.body)
        sign = "+" if number > 0 else "−"
        parts.append(
            sign + plural("{n} word", "{n} words", abs(number)) if number else _("body reworded")
        )
    return ", ".join(parts)


def _run(gone: str, come: str) -> list[Span]:
    found = []
    if gone:
        found.append(Span("removed", gone))
    if come:
        found.append(Span("added", come))
    return found


def _exchanged(spans: Sequence[Span]) -> tuple[Span, ...]:
    if all(span.kind == "same" for span in spans):
        return tuple(spans)
    gone = "".join(span.text for span in spans if span.kind != "added")
    come = "".join(span.text for span in spans if span.kind != "removed")
    return tuple(_run(gone, come))


def _text(field: str, index: int, passage: Passage, refused: Collection[Spot]) -> str | None:
    """A passage's text with its refused runs undone; None where there is no passage then."""
    spans = list(passage.spans)
    for run, (start, end) in reversed(list(enumerate(runs(passage)))):
        keep = "removed" if Spot(field, index, run) in refused else "added"
        spans[start:end] = [span for span in spans[start:end] if span.kind == keep]
    if not spans and passage.kind in ("added", "removed"):
        return None
    return "".join(span.text for span in spans)


def _place(placed: Sequence[tuple[int | None, str]], before: int) -> int:
    """Where a passage goes back to among those that kept their order."""
    for at, (other, _text) in enumerate(placed):
        if other is not None and other > before:
            return at
    return len(placed)


def _with_field(story: Story, field: str, texts: tuple[str, ...]) -> Story:
    name, _slash, part = field.partition("/")
    if part:
        place: dict[str, Any] = {part: "".join(texts)}
        return replace(story, dateline=replace(story.dateline, **place))
    value: Any = texts if name in _LISTS else "\n\n".join(texts)
    change: dict[str, Any] = {name: value}
    return replace(story, **change)


def _pictures(before: Story, after: Story, refused: Collection[Spot]) -> tuple[Picture, ...]:
    """The pictures with refused changes undone: words in runs, anything else whole."""
    kept: list[Picture] = []
    diffs = {each.field: each for each in differences(before, after)}
    for index in range(max(len(before.pictures), len(after.pictures))):
        mine = [spot for spot in refused if spot.field.startswith(f"pictures/{index}/")]
        if index >= len(after.pictures):
            kept += [before.pictures[index]] if mine else []
            continue
        picture = after.pictures[index]
        old = before.pictures[index] if index < len(before.pictures) else None
        if old is None and any(spot.field.endswith("/file") for spot in mine):
            continue
        for field in dict.fromkeys(spot.field for spot in mine):
            picture = _with_part(picture, old or Picture(), diffs[field], mine)
        kept.append(picture)
    return tuple(kept)


def _with_part(
    picture: Picture, old: Picture, diff: FieldDiff, refused: Collection[Spot]
) -> Picture:
    name = diff.field.split("/")[-1]
    if name == "file":
        return replace(picture, file=old.file, width=old.width, height=old.height)
    change: dict[str, Any] = {name: getattr(old, name)}
    if name in _PROSE:
        change = {name: "".join(texts_without(diff, refused))}
    return replace(picture, **change)


def _changed(name: str, before: Any, after: Any) -> str:
    """A field that changed, in words; empty when it did not."""
    if before == after:
        return ""
    if name == "key_points":
        return _counted_points(before, after)
    names = {
        "slug": _("address"),
        "language": _("language"),
        "section": _("section"),
        "kicker": _("kicker"),
        "headline": _("headline"),
        "bylines": _("byline"),
        "dateline": _("dateline"),
        "pictures": _("picture") if max(len(before), len(after)) < 2 else _("pictures"),
        "keywords": _("keywords"),
        "subjects": _("subjects"),
        "embargo": _("embargo"),
        "publish_at": _("publishing time"),
        "expires": _("expiry"),
        "related": _("related stories"),
        "corrections": _("correction"),
    }
    return names[name]


def _counted_points(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    number = max(len(set(after) - set(before)), len(set(before) - set(after)))
    if not number:
        return _("key points in another order")
    return plural("{n} key point", "{n} key points", number)
