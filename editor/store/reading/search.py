"""Full-text search over the latest versions (SQLite FTS5).

The index holds words as `text/folding.py` folds them, and what is typed is folded in the
same way; it is never FTS5 syntax. Snippets are made here from the texts as they are;
FTS5's own `snippet()` takes minutes on a short prefix.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple, get_args

from sqlalchemy import Connection, text

from editor.core.canonical import normal
from editor.core.fields import Field, Kind, SearchColumn
from editor.core.paths import leaf_values
from editor.core.story import Story
from editor.store.db.engine import plain
from editor.store.reading.list_rows import COLUMNS, read_story_row
from editor.store.reading.rows import StoryRow
from editor.text.folding import WordFinder, fold
from editor.text.plain import plain_text, section_words
from editor.text.sections import cut

MARK, UNMARK = "\x02", "\x03"
"""Around each found word of a snippet."""

_AMONG = 1_000
"""How many of the newest stories are looked at for the words in their headlines."""
_LAST = 1 << 62
"""More than any number in the index."""

_WORDS_AT_MOST = 12
_LETTERS_AT_MOST = 1_000
_SNIPPET = 160
_BEFORE = 50

_NEWEST = (
    "SELECT rowid FROM search WHERE search MATCH :words AND rowid >= :first "
    "ORDER BY rowid DESC LIMIT :limit"
)
_SHOWN = f"SELECT {', '.join(f'stories.{name}' for name in (*COLUMNS, 'indexed'))} FROM"
_THESE = (
    f"{_SHOWN} stories WHERE indexed IN (SELECT value FROM json_each(?)) "  # noqa: S608  ours
    "ORDER BY indexed DESC"
)
_IN_HEADLINES = (
    f"{_SHOWN} search CROSS JOIN stories ON stories.indexed = search.rowid "
    "WHERE search MATCH :words AND search.rowid < :before "
    "ORDER BY search.rowid DESC LIMIT :limit"
)
_REMOVE = text("DELETE FROM search WHERE rowid = (SELECT indexed FROM stories WHERE id = :story)")
_ADD = text(
    "INSERT INTO search (rowid, headline, points, body, rest) "
    "VALUES (:row, :headline, :points, :body, :rest)"
)

_PIECE = re.compile(r'"([^"]*)"|(\S+)')


class _Piece(NamedTuple):
    """Words that follow each other; the last may be unfinished where `is_open`."""

    words: tuple[str, ...]
    is_open: bool


def add_to_index(connection: Connection, row: int, story: Story, body: str) -> None:
    """Index a story's latest text under a row number. `body` is its plain text."""
    connection.execute(_ADD, {"row": row, **indexed_texts(story, body)})


def remove_from_index(connection: Connection, story_id: str) -> None:
    """Remove the text that is indexed for a story."""
    connection.execute(_REMOVE, {"story": story_id})


def find_words(connection: Connection, words: str, limit: int) -> list[StoryRow]:
    """The stories that hold all the words, newest text first, and at most `limit`.

    Where there are more, those of the newest 1,000 that have the words in their headline
    go before other ones. The last word may be unfinished, from its second letter on. Words
    between double quotes must follow each other. Any text may be given; without a letter
    or digit it finds nothing.
    """
    pieces = _pieces(words)
    if not pieces or limit < 1:
        return []
    raw, wanted = plain(connection), _match(pieces)
    asked = {"words": wanted, "first": -_LAST, "limit": max(limit, _AMONG)}
    found = [place for (place,) in raw.execute(_NEWEST, asked)]
    if len(found) > limit:
        # FTS5's own ranking counts every story there is that holds one of the words.
        asked = {"words": f"headline : ({wanted})", "first": found[-1], "limit": limit}
        best = [place for (place,) in raw.execute(_NEWEST, asked)]
        found = [*dict.fromkeys((*best, *found))][:limit]
    return [read_story_row(row[:-1]) for row in raw.execute(_THESE, (json.dumps(found),))]


def find_headlines(
    connection: Connection, words: str, before: int, limit: int
) -> list[tuple[int, StoryRow]]:
    """The stories with all the words in their headline, each with its number in the index.

    Newest text first, and only those with a lower number than `before`; the words are
    as in `find_words`.
    """
    pieces = _pieces(words)
    if not pieces:
        return []
    asked = {"words": f"headline : ({_match(pieces)})", "before": before, "limit": limit}
    found = plain(connection).execute(_IN_HEADLINES, asked)
    return [(row[-1], read_story_row(row[:-1])) for row in found]


def snippets(stories: Sequence[Story], words: str) -> list[str]:
    """What a search for words shows of each story: `_snippet`."""
    wanted = _Wanted(_pieces(words))
    return [_snippet(story, wanted) for story in stories]


def holds_words(story: Story, words: str) -> bool:
    """Whether a story holds what a search for words finds, as the index would say."""
    texts = [f" {text} " for text in indexed_texts(story, plain_text(story.body)).values()]
    pieces = [f" {' '.join(words)}{' ' * (not is_open)}" for words, is_open in _pieces(words)]
    return all(any(piece in text for text in texts) for piece in pieces)


def indexed_texts(story: Story, body: str) -> dict[str, str]:
    """The words of a story as the index holds them, by column. `body` is its plain text."""
    return {str(column): fold(words) for column, words in _texts(story, body).items()}


def _texts(story: Story, body: str) -> dict[SearchColumn, str]:
    """What is searched of a story, by column."""
    texts: dict[SearchColumn, list[str]] = {column: [] for column in get_args(SearchColumn)}
    for _path, field, value in leaf_values(story):
        if field.search is not None:
            texts[field.search] += _searched(field, value, body)
    return {column: _unmarked("\n".join(texts[column])) for column in texts}


def _searched(field: Field, value: Any, body: str) -> list[str]:
    """The words of a field's value."""
    if field.kind is Kind.MARKDOWN:
        return [body]
    if field.kind is Kind.SLUG:
        return [value.replace("-", " ")]
    return [text for text in (value if field.many else (value,)) if text]


def _match(pieces: list[_Piece]) -> str:
    """What FTS5 is asked: all the pieces."""
    return " ".join(f'"{" ".join(piece.words)}"{"*" * piece.is_open}' for piece in pieces)


def _pieces(words: str) -> list[_Piece]:
    """Read what was typed; the rules of search.js are the same."""
    typed = normal(words)[:_LETTERS_AT_MOST]
    found = [
        tuple(fold(quoted or bare).split()[:_WORDS_AT_MOST])
        for quoted, bare in _PIECE.findall(typed)
    ]
    pieces = [_Piece(piece, is_open=False) for piece in found if piece][:_WORDS_AT_MOST]
    if pieces and not typed.rstrip().endswith('"') and len(pieces[-1].words[-1]) > 1:
        pieces[-1] = pieces[-1]._replace(is_open=True)
    return pieces


def _unmarked(text: str) -> str:
    return text.translate({2: None, 3: None})


class _Wanted(WordFinder):
    """Finds the words that were searched for."""

    def __init__(self, pieces: list[_Piece]) -> None:
        whole = {word for piece in pieces for word in piece.words}
        start = pieces[-1].words[-1] if pieces and pieces[-1].is_open else None
        super().__init__(lambda word: word in whole or bool(start and word.startswith(start)))
        self._letters = re.compile("|".join(map(re.escape, whole)), re.IGNORECASE)

    def likely_place(self, text: str) -> int:
        """Where the letters of a word are first written as they are compared, else 0."""
        found = self._letters.search(text)
        return found.start() if found else 0


def _snippet(story: Story, wanted: _Wanted) -> str:
    """The words around the first one that was found, else the start of the story.

    The words that were found are between `MARK` and `UNMARK`.
    """
    if place := _place_in_body(story.body, wanted):
        return _cut(*place, wanted)
    texts = _texts(story, plain_text(story.body))
    for part in (texts["body"], texts["points"], texts["headline"], texts["rest"]):
        found = next(wanted.find(part), None)
        if found and part is not texts["headline"]:
            return _cut(part, found.start, wanted)
        if found:
            break  # the headline is shown anyway, so show the start of the story
    return _cut(texts["body"] or texts["points"] or texts["headline"], 0, wanted)


def _place_in_body(body: str, wanted: _Wanted) -> tuple[str, int] | None:
    """Plain text around the first word that is found in a body, and its place in that text.

    Only the sections around it are read. None where only the whole text can tell: a mark may
    be in the middle of a word, and a word may be in an address only.
    """
    sections = [] if "[^" in body else cut(body)
    likely, end = wanted.likely_place(body), 0
    for number, section in enumerate(sections):
        end += len(section)
        if end <= likely or next(wanted.find(section), None) is None:
            continue
        text = _unmarked(section_words(section))
        found = next(wanted.find(text), None)
        if found is None:
            continue
        at = found.start
        if number and at <= _BEFORE:
            before = _unmarked(section_words(sections[number - 1]))
            text, at = f"{before}\n\n{text}", len(before) + 2 + at
        for after in sections[number + 1 :]:
            if len(text) > at + _SNIPPET:
                break
            text = f"{text}\n\n{_unmarked(section_words(after))}"
        return text, at
    return None


def _cut(text: str, at: int, wanted: WordFinder) -> str:
    start = max(0, at - _BEFORE)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + _SNIPPET)
    if end < len(text):
        space = text.rfind(" ", at + 1, end)
        end = space if space > at else end
    part = text[start:end]
    pieces: list[str] = []
    last = 0
    for found in wanted.find(part):
        if pieces and found.start == last:
            pieces[-1] = ""  # one mark around words that touch
        else:
            pieces += [part[last : found.start], MARK]
        pieces += [part[found.start : found.end], UNMARK]
        last = found.end
    pieces.append(part[last:])
    line = " ".join("".join(pieces).split())
    return ("… " if start else "") + line + (" …" if end < len(text) else "")
