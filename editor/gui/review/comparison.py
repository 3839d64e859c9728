"""What two versions differ in: the fields that differ, and if wanted the others around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from editor.core.diff import DiffSpan, FieldDiff, Passage, compare
from editor.core.fields import Kind, field_at, place
from editor.core.revise import differences, spots
from editor.core.story import Story
from editor.gui.review.value_names import ValueNames
from editor.gui.widgets.compared import Compared

_ALWAYS = ("headline",)
_SEEN_ELSEWHERE = (
    Kind.FILE,
    Kind.POINT,
    Kind.PART,
    Kind.DEGREES,
    Kind.FLAG,
    Kind.LANGUAGE,
    Kind.SLUG,
)


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
