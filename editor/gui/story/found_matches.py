"""What was found in the story of the form: in order, by place, and as ranges to mark."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

from editor.core import fields
from editor.core.findings import TextPlace
from editor.core.paths import text_at
from editor.core.story import Story
from editor.core.text_change import Splice
from editor.gui.story.names import NamesArea, line_start
from editor.gui.widgets.match_marks import MarkedText
from editor.gui.widgets.text_field import TextField
from editor.text.find import FindQuery, TextFinder, TextMatch, searched_texts

_Key: TypeAlias = tuple[tuple[int, int, int], int]
"""The place of a field in the form and an index in its text: matches are in this order."""


@dataclass(frozen=True, slots=True)
class SearchScope:
    """A range of a text that alone is searched, and the text it is in."""

    place: TextPlace
    text: str

    @classmethod
    def of(cls, story: Story, place: TextPlace) -> Self | None:
        """Return the scope of a selection; None where nothing is searched."""
        if place.path not in dict(searched_texts(story)):
            return None
        return cls(place, text_at(story, place.path))

    def after_edit(self, story: Story) -> SearchScope:
        """Return where the range is after an edit: it grows and moves with its text."""
        place, text = self.place, text_at(story, self.place.path)
        splice, by = Splice.between(self.text, text), len(text) - len(self.text)
        removed_to = splice.start + len(splice.removed)
        start = place.start
        if splice.start < start:
            start = start + by if removed_to <= start else splice.start
        end = place.end + by if splice.start <= place.end else place.end
        return SearchScope(TextPlace(place.path, start, max(start, end)), text)


@dataclass(frozen=True, slots=True)
class FoundMatches:
    """What a query found in a story."""

    story: Story
    query: FindQuery
    matches: list[TextMatch]
    keys: list[_Key]

    @classmethod
    def find(cls, query: FindQuery, story: Story, seconds: float) -> Self:
        """Find in a story, off the main thread. Raises BadValue as `TextFinder` does."""
        matches = TextFinder(query).find_in_story(story, seconds)
        places = {match.path: fields.place(match.path) for match in matches}
        return cls(story, query, matches, [(places[match.path], match.start) for match in matches])

    def within(self, scope: SearchScope | None) -> FoundMatches:
        """Return what is inside a scope, or all without one."""
        if scope is None:
            return self
        place, pairs = scope.place, zip(self.matches, self.keys, strict=True)
        kept = [
            (match, key)
            for match, key in pairs
            if match.path == place.path and place.start <= match.start and match.end <= place.end
        ]
        matches, keys = [match for match, _key in kept], [key for _match, key in kept]
        return replace(self, matches=matches, keys=keys)

    def number_at(self, place: TextPlace) -> int:
        """Return the number of the match that is exactly a place, or -1."""
        number = self.number_from(place)
        if number < len(self.matches):
            match = self.matches[number]
            if (match.path, match.start, match.end) == (place.path, place.start, place.end):
                return number
        return -1

    def number_from(self, place: TextPlace) -> int:
        """Return the number of the first match that begins at a place or after it."""
        return bisect_left(self.keys, (fields.place(place.path), place.start))

    def number_before(self, place: TextPlace) -> int:
        """Return the number of the last match that begins before a place; -1 for none."""
        return bisect_right(self.keys, (fields.place(place.path), place.start - 1)) - 1

    def marked_texts(
        self, form_fields: Iterable[tuple[str, TextField]], scope: SearchScope | None
    ) -> dict[TextField, MarkedText]:
        """Return what is to be marked in which of the form's fields."""
        ranges: dict[str, list[tuple[int, int]]] = {}
        for match in self.matches:
            ranges.setdefault(match.path, []).append((match.start, match.end))
        texts, marked = dict(searched_texts(self.story)), dict[TextField, MarkedText]()
        for path, field in form_fields:
            area = None
            if scope is not None and scope.place.path == path:
                area = (scope.place.start, scope.place.end)
            if isinstance(field, NamesArea):
                text, inside = _ranges_in_lines(path, texts, ranges)
            else:
                text, inside = texts.get(path, ""), ranges.get(path, [])
            if inside or area:
                marked[field] = MarkedText(text, inside, area)
        return marked


def _ranges_in_lines(
    path: str, texts: dict[str, str], ranges: dict[str, list[tuple[int, int]]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return what a field of lines holds, and the ranges of all its lines."""
    lines: list[str] = []
    inside: list[tuple[int, int]] = []
    while (line := f"{path}/{len(lines)}") in texts:
        before = line_start(line, texts)
        inside += [(start + before, end + before) for start, end in ranges.get(line, [])]
        lines.append(texts[line])
    return "\n".join(lines), inside
