"""Replace what was found in the texts of a story: a list of changes first, then the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

import regex

from editor.core.canonical import normal
from editor.core.fields import field_at
from editor.core.limits import require_room
from editor.core.paths import text_at, with_value
from editor.core.story import Story
from editor.errors import BadValue
from editor.i18n import _
from editor.text.find import SECONDS, FindQuery, TextFinder, TextMatch, searched_texts

_PARTS = regex.compile(
    r"\$(?P<dollar>\$)|\\(?P<escaped>\\|\$)|\\(?P<control>[nt])"
    r"|\$(?P<number>\d{1,2})|\\(?P<number>\d{1,2})"
    r"|\$\{(?P<name>\w+)\}|\\g<(?P<name>\w+)>|(?P<wrong>\\g<|\$\{)"
)
_CONTROL = {"n": "\n", "t": "\t"}
_Piece: TypeAlias = str | int
"""Words as they are, or the number of a group."""


class TextChange(NamedTuple):
    """In the text at a path, `new` is to replace `old` at `start` (Python indexes)."""

    path: str
    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """Where the old text ends."""
        return self.start + len(self.old)


class Replacement:
    """What replaces a match; `$1` or `\\1` in it is a group of a regular expression.

    `$0` is all that was found, `${name}` a group by its name, `\\n` a line end, `$$` a dollar.
    """

    def __init__(self, words: str, finder: TextFinder) -> None:
        """Raises BadValue for a group that the expression does not have."""
        self._pieces: list[_Piece] = [normal(words)]
        if finder.query.regular_expression:
            self._pieces = list(_read(normal(words), finder))

    def of(self, match: TextMatch) -> str:
        """Return what replaces a match."""
        return "".join(
            match.groups[piece] if isinstance(piece, int) else piece for piece in self._pieces
        )


class Replacing:
    """One query and its replacement, for any number of stories."""

    def __init__(self, query: FindQuery, words: str) -> None:
        """Raises BadValue as `TextFinder` and `Replacement` do."""
        self.finder = TextFinder(query)
        self._replacement = Replacement(words, self.finder)

    def changes(self, story: Story, seconds: float = SECONDS) -> list[TextChange]:
        """List what would change in a story, in the order of the form.

        What would be replaced by itself is no change. Raises BadValue where finding takes too long.
        """
        texts = dict(searched_texts(story))
        return self.changes_at(texts, self.finder.find_in_texts(texts.items(), seconds))

    def changes_at(self, texts: dict[str, str], matches: Iterable[TextMatch]) -> list[TextChange]:
        """List what would change at some matches in texts by their paths."""
        made = []
        for path, of_path in groupby(matches, lambda match: match.path):
            text, is_line = texts[path], not field_at(path).paragraphed
            for match in of_path:
                old, new = text[match.start : match.end], self._replacement.of(match)
                new = new.replace("\n", " ") if is_line else new
                if new != old:
                    made.append(TextChange(path, match.start, old, new))
        return made


def apply_changes(story: Story, changes: Sequence[TextChange]) -> Story:
    """Return the story after changes that are in the order of `Replacing.changes`.

    A name or a keyword of which nothing is left is removed. Raises BadValue where the story would
    be too long.
    """
    grown = sum(len(change.new) - len(change.old) for change in changes)
    require_room("", grown + sum(len(text) for _path, text in searched_texts(story)))
    lists: set[str] = set()
    for path, of_path in groupby(changes, lambda change: change.path):
        story = with_value(story, path, _after(text_at(story, path), of_path))
        lists.add(path.partition("/")[0])
    for name in lists & {"bylines", "keywords"}:
        kept = (" ".join(text.split()) for text in getattr(story, name))
        story = with_value(story, name, tuple(text for text in kept if text))
    return story


def _after(text: str, changes: Iterable[TextChange]) -> str:
    parts, at = [], 0
    for change in changes:
        parts += [text[at : change.start], change.new]
        at = change.end
    return "".join([*parts, text[at:]])


def _read(words: str, finder: TextFinder) -> Iterator[_Piece]:
    at = 0
    for found in _PARTS.finditer(words):
        yield words[at : found.start()]
        at = found.end()
        if plain := found["dollar"] or found["escaped"]:
            yield plain
        elif control := found["control"]:
            yield _CONTROL[control]
        else:
            yield _group_number(found, finder)
    yield words[at:]


def _group_number(found: regex.Match[str], finder: TextFinder) -> int:
    """Return the group that a part names; Raises BadValue where there is none."""
    name = found["number"] or found["name"] or ""
    number = int(name) if name.isdecimal() else finder.names.get(name, -1)
    if 0 <= number <= finder.group_count:
        return number
    count = finder.group_count
    raise BadValue(
        _("The replacement names the group “{group}” at character {n}.").format(
            group=name or found[0], n=found.start() + 1
        ),
        _("The expression has no group: put brackets around what is to come back.")
        if not count
        else _("The expression has the groups 1 to {n}; write $$ for a dollar.").format(n=count),
    )
