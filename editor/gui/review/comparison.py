"""What a redline shows: the fields that differ, and if wanted the others around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from editor.core.diff import FieldDiff, Passage, Span, compare
from editor.core.fields import Kind, field_at, full_label, place
from editor.core.revise import MOVE, Spot, differences, runs, spots
from editor.core.story import Story
from editor.gui.review.value_names import ValueNames
from editor.i18n import _

_ALWAYS = ("headline",)
_SEEN_ELSEWHERE = (Kind.FILE, Kind.POINT, Kind.FLAG, Kind.LANGUAGE, Kind.SLUG)
_BEFORE, _AFTER = "removed", "added"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions side by side: what to show, what is left out, and every single change."""

    parts: tuple[FieldDiff, ...]
    left_out: tuple[str, ...]
    spots: tuple[Spot, ...]

    def diff(self, field: str) -> FieldDiff:
        """The part of a field that is shown."""
        return next(each for each in self.parts if each.field == field)

    def described(self, spot: Spot) -> str:
        """A change in words, for those who hear it: nothing is left to colour."""
        passage = self.diff(spot.field).passages[spot.passage]
        if spot.run == MOVE:
            return moved_words(passage)
        start, end = runs(passage)[spot.run]
        said = [_said(span) for span in passage.spans[start:end]]
        return f"{full_label(spot.field)}: {', '.join(said)}"

    def key(self, spot: Spot) -> tuple[str, ...]:
        """What a change is known by while others come and go around it."""
        return spot.field, self.described(spot)


def compared(before: Story | None, after: Story, whole: bool, slugs: Mapping[str, str]) -> Compared:
    """Compare two versions; without an earlier one everything is shown as it is.

    `whole` shows the fields that did not change as well; `slugs` names stories
    by their id. Slow for long texts: not for the main thread.
    """
    diffs = differences(before, after) if before is not None else ()
    changed = {each.field for each in diffs}
    same = [_unmarked(each) for each in _filled(after) if each.field not in changed]
    shown = [each for each in same if whole or before is None or each.field in _ALWAYS]
    left_out = [each.field for each in same if each not in shown]
    parts = sorted((*diffs, *shown), key=lambda each: place(each.field))
    names = ValueNames(slugs, after.language)
    return Compared(
        tuple(map(names.in_diff, parts)),
        _groups(left_out),
        spots([part for part in parts if part in diffs]),
    )


def moved_words(passage: Passage) -> str:
    """Where a moved passage came from, counted as people count."""
    return _("moved from paragraph {n}").format(n=(passage.before or 0) + 1)


def _said(span: Span) -> str:
    words = span.text.strip() or _("space")
    if span.kind == _BEFORE:
        return _("removed “{words}”").format(words=words)
    return _("added “{words}”").format(words=words)


def _filled(story: Story) -> tuple[FieldDiff, ...]:
    """Every field with something in it that a reader of changes would look for."""
    return tuple(
        each
        for each in compare(Story(language=""), story)
        if field_at(each.field).kind not in _SEEN_ELSEWHERE
    )


def _unmarked(diff: FieldDiff) -> FieldDiff:
    passages = tuple(
        Passage(
            "same", (Span("same", "".join(s.text for s in p.spans if s.kind != _BEFORE)),), i, i
        )
        for i, p in enumerate(p for p in diff.passages if p.kind != "removed")
    )
    return replace(diff, passages=passages)


def _groups(fields: list[str]) -> tuple[str, ...]:
    """Field names without their parts, each once, in the order of the form."""
    names = dict.fromkeys(field.split("/")[0] for field in fields)
    return tuple(sorted(names, key=place))
