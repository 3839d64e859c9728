"""What two versions differ in: the fields that differ, and if wanted the others around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from editor.core.diff import DiffSpan, FieldDiff, Passage, compare
from editor.core.fields import Kind, field_at, full_label, noun, place
from editor.core.revise import MOVE, Spot, differences, runs, spots
from editor.core.story import Story
from editor.gui.review.value_names import ValueNames
from editor.i18n import _

_ALWAYS = ("headline",)
_SEEN_ELSEWHERE = (Kind.FILE, Kind.POINT, Kind.FLAG, Kind.LANGUAGE, Kind.SLUG)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions side by side: the fields to show, the names of the others, every change."""

    parts: tuple[FieldDiff, ...]
    left_out: tuple[str, ...]
    spots: tuple[Spot, ...]

    def describe(self, spot: Spot) -> str:
        """Return a change in words, which need no colours: `Body: added “again”`."""
        diff = next(part for part in self.parts if part.field == spot.field)
        passage = diff.passages[spot.passage]
        if spot.run == MOVE:
            return moved_from(passage)
        start, end = runs(passage)[spot.run]
        changes = ", ".join(_span_text(span) for span in passage.spans[start:end])
        return f"{full_label(spot.field)}: {changes}"

    def lasting_additions(self) -> str:
        """Name what was added that no edit takes back, such as a correction; else nothing."""
        names = {
            diff.field.partition("/")[0]
            for diff in self.parts
            if diff.changes and field_at(diff.field.partition("/")[0]).lasting
        }
        return _("New: {fields}").format(fields=", ".join(map(noun, names))) if names else ""

    def key(self, spot: Spot) -> tuple[str, str]:
        """Return what identifies a change while others appear and disappear around it."""
        return spot.field, self.describe(spot)


def compared(before: Story | None, after: Story, slugs: Mapping[str, str], whole: bool) -> Compared:
    """Compare two versions; without an earlier one everything is shown as it is.

    `slugs` names stories by their id. `whole` also shows the fields that did not
    change. Slow for long texts: not for the main thread.
    """
    changed = differences(before, after) if before is not None else ()
    fields = {diff.field for diff in changed}
    same = [_unmarked(diff) for diff in _filled(after) if diff.field not in fields]
    shown = [diff for diff in same if whole or before is None or diff.field in _ALWAYS]
    parts = sorted((*changed, *shown), key=lambda diff: place(diff.field))
    left_out = _names(diff.field for diff in same if diff not in shown)
    names = ValueNames(slugs, after.language)
    return Compared(
        tuple(map(names.in_diff, parts)),
        left_out,
        spots([part for part in parts if part in changed]),
    )


def moved_from(passage: Passage) -> str:
    """Return where a moved passage was, counted from 1."""
    return _("moved from paragraph {n}").format(n=(passage.before or 0) + 1)


def _span_text(span: DiffSpan) -> str:
    words = span.text.strip() or _("space")
    if span.kind == "removed":
        return _("removed “{words}”").format(words=words)
    return _("added “{words}”").format(words=words)


def _filled(story: Story) -> list[FieldDiff]:
    """Return every field that is not empty and that a reader of changes would look for."""
    diffs = compare(Story(language=""), story)
    return [diff for diff in diffs if field_at(diff.field).kind not in _SEEN_ELSEWHERE]


def _unmarked(diff: FieldDiff) -> FieldDiff:
    texts = [
        "".join(span.text for span in passage.spans if span.kind != "removed")
        for passage in diff.passages
        if passage.kind != "removed"
    ]
    passages = (Passage("same", (DiffSpan("same", text),), i, i) for i, text in enumerate(texts))
    return replace(diff, passages=tuple(passages))


def _names(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the names of fields without their parts, each once, in the order of the form."""
    return tuple(sorted({field.split("/")[0] for field in fields}, key=place))
