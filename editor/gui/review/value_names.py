"""What the values of a story are called where its versions are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from editor.core.diff import DiffSpan, FieldDiff, Passage
from editor.core.fields import Kind, field_at
from editor.core.story import Correction, Picture
from editor.i18n import _
from editor.media_topics import topic_name

_CODES = (Kind.STORY, Kind.SUBJECT)


@dataclass(frozen=True, slots=True)
class ValueNames:
    """Names values: stories by their slug, topics in the language of the story.

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
        return self.slugs.get(text, text) if kind is Kind.STORY else text

    def in_diff(self, diff: FieldDiff) -> FieldDiff:
        """Put names in the place of ids and codes; other fields stay as they are."""
        if not is_code(diff.field):
            return diff
        return replace(diff, passages=tuple(self._named(diff.field, p) for p in diff.passages))

    def _named(self, path: str, passage: Passage) -> Passage:
        spans = tuple(DiffSpan(span.kind, self.name(path, span.text)) for span in passage.spans)
        return replace(passage, spans=spans)


def is_code(path: str) -> bool:
    """Whether a field holds ids or codes, which nobody types or reads."""
    return field_at(path).kind in _CODES
