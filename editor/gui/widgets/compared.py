"""Two texts that were compared: what a redline shows of them, and each change in words."""

from __future__ import annotations

from dataclasses import dataclass

from editor.core.diff import DiffSpan, FieldDiff, Passage
from editor.core.fields import field_at, full_label, noun
from editor.core.revise import MOVE, Spot, runs
from editor.i18n import _, listed


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
        changes = listed(span_text(span) for span in passage.spans[start:end])
        return f"{full_label(spot.field)}: {changes}"

    def lasting_additions(self) -> str:
        """Name what was added that no edit takes back, such as a correction; else nothing."""
        names = {
            diff.field.partition("/")[0]
            for diff in self.parts
            if diff.changes and field_at(diff.field.partition("/")[0]).lasting
        }
        return _("New: {fields}").format(fields=listed(map(noun, names))) if names else ""

    def key(self, spot: Spot) -> tuple[str, str]:
        """Return what identifies a change while others appear and disappear around it."""
        return spot.field, self.describe(spot)


def moved_from(passage: Passage) -> str:
    """Return where a moved passage was, counted from 1."""
    return _("moved from paragraph {n}").format(n=(passage.before or 0) + 1)


def span_text(span: DiffSpan) -> str:
    """Say what happened to a run of text: `added “again”`."""
    words = span.text.strip() or _("space")
    if span.kind == "removed":
        return _("removed “{words}”").format(words=words)
    return _("added “{words}”").format(words=words)
