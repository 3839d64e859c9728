"""What the values of a story are called where its versions are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from editor.core.dateline import day_text
from editor.core.diff import DiffSpan, FieldDiff, Passage
from editor.core.fields import Kind, field_at
from editor.core.story import Correction, Picture
from editor.i18n import _
from editor.media_topics import topic_name

_DAY = re.compile(r"--\d\d-\d\d")
"""A day without a year, as a story stores it."""
_CODES = (Kind.STORY, Kind.SUBJECT, Kind.DAY)


@dataclass(frozen=True, slots=True)
class ValueNames:
    """Names values: stories by their slug, topics and days without a year in the story's language.

    `slugs` has the slug of each story on the desk, by its id.
    """

    slugs: Mapping[str, str]
    language: str

    def name(self, path: str, value: object) -> str:
        """Name one value of the field at a path."""
        match value:
            case Picture():
                return value.caption or value.alt or value.file
            case Correction():
                return value.text
        kind, text = field_at(path).kind, str(value)
        if kind is Kind.FLAG:
            return _("yes")
        if kind is Kind.SUBJECT:
            return topic_name(text, self.language)
        if kind is Kind.DAY and _DAY.fullmatch(text):
            return day_text(text, self.language)
        return self.slugs.get(text, text) if kind is Kind.STORY else text

    def in_diff(self, diff: FieldDiff) -> FieldDiff:
        """Put names in the place of ids and codes; other fields stay as they are."""
        if not is_code(diff.field):
            return diff
        return replace(diff, passages=tuple(self._named(diff.field, p) for p in diff.passages))

    def _named(self, path: str, passage: Passage) -> Passage:
        kinds = {span.kind for span in passage.spans}
        if len(kinds) == 1:  # one whole value, which was compared word by word
            whole = "".join(span.text for span in passage.spans)
            return replace(passage, spans=(DiffSpan(kinds.pop(), self.name(path, whole)),))
        spans = tuple(DiffSpan(span.kind, self.name(path, span.text)) for span in passage.spans)
        return replace(passage, spans=spans)


def is_code(path: str) -> bool:
    """Whether a field holds ids, codes or days, which are not compared word by word."""
    return field_at(path).kind in _CODES
