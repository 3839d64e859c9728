"""Full-text search over the latest versions (SQLite FTS5).

What a person types is never FTS5 syntax: each word is quoted as a string.
Snippets are made here; FTS5's own `snippet()` takes minutes on a short prefix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, get_args

from sqlalchemy import Connection, bindparam, select, text

from editor.core.canonical import normal
from editor.core.fields import Field, Kind, SearchColumn
from editor.core.paths import leaf_values
from editor.core.story import Story
from editor.store.db.schema import stories
from editor.store.reading.rows import Hit
from editor.store.reading.values import STORY_COLUMNS, read_story_row

MARK, UNMARK = "\x02", "\x03"
"""Around each found word of a snippet."""

_AMONG = 1_000
"""How many of the newest stories are ranked: to rank all takes a second at a million stories."""

_WORDS_AT_MOST = 12
_LETTERS_AT_MOST = 60
_SNIPPET = 160
_BEFORE = 50

_FIND = text(
    """
    SELECT id FROM (
        SELECT rowid AS id, bm25(search, 10.0, 5.0, 1.0, 2.0) AS rank
        FROM search WHERE search MATCH :words ORDER BY rowid DESC LIMIT :among
    )
    ORDER BY rank, id DESC LIMIT :limit
    """
)
_TEXTS = text(
    "SELECT rowid, headline, points, body, rest FROM search WHERE rowid IN :ids"
).bindparams(bindparam("ids", expanding=True))
_REMOVE = text("DELETE FROM search WHERE rowid = (SELECT indexed FROM stories WHERE id = :story)")
_ADD = text(
    "INSERT INTO search (rowid, headline, points, body, rest) "
    "VALUES (:row, :headline, :points, :body, :rest)"
)

# Han, kana, Hangul: written without spaces, so each letter counts as a word.
_SPACELESS = re.compile("([\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_SEPARATOR = "\u200b"
_PIECE = re.compile(r'"([^"]*)"|(\S+)')


def add_to_index(connection: Connection, row: int, story: Story, body: str) -> None:
    """Index a story's latest text under a row number. `body` is its plain text."""
    texts = _indexed_texts(story, body)
    connection.execute(_ADD, {"row": row} | {str(name): words for name, words in texts.items()})


def remove_from_index(connection: Connection, story_id: str) -> None:
    """Remove the text that is indexed for a story."""
    connection.execute(_REMOVE, {"story": story_id})


def find_words(connection: Connection, words: str, limit: int) -> list[Hit]:
    """The best `limit` of the newest 1,000 stories that hold all the words, newest first.

    The last word may be unfinished, from its second letter on. Words between
    double quotes must follow each other. Any text may be given; without a letter
    or digit it finds nothing.
    """
    pieces = _pieces(words)
    if not pieces or limit < 1:
        return []
    query = " ".join(f'"{piece}"' for piece in pieces)
    if len(pieces[-1]) > 1 and not words.rstrip().endswith('"'):
        query += "*"
    found = connection.execute(
        _FIND, {"words": query, "among": _AMONG, "limit": min(limit, _AMONG)}
    )
    ids = [id for (id,) in found]
    rows = {
        row[-1]: read_story_row(row[:-1])
        for row in connection.execute(
            select(*STORY_COLUMNS, stories.c.indexed).where(stories.c.indexed.in_(ids))
        )
    }
    wanted = _pattern(pieces)
    snippets = {
        id: _snippet([str(part) for part in parts], wanted)
        for id, *parts in connection.execute(_TEXTS, {"ids": ids})
    }
    return [Hit(rows[id], snippets[id]) for id in sorted(rows, reverse=True)]


def is_indexed_as(connection: Connection, story: Story, body: str) -> bool:
    """Whether the index holds exactly a story's text. `body` is its plain text."""
    indexed = select(stories.c.indexed).where(stories.c.id == story.id)
    row = connection.execute(_TEXTS, {"ids": [connection.scalar(indexed)]}).first()
    return row is not None and tuple(row[1:]) == tuple(_indexed_texts(story, body).values())


def _indexed_texts(story: Story, body: str) -> dict[SearchColumn, str]:
    texts: dict[SearchColumn, list[str]] = {column: [] for column in get_args(SearchColumn)}
    for _path, field, value in leaf_values(story):
        if field.search is not None:
            texts[field.search] += _searched(field, value, body)
    return {column: _spaced(_unmarked("\n".join(texts[column]))) for column in texts}


def _searched(field: Field, value: Any, body: str) -> list[str]:
    """The words of a field's value."""
    if field.kind is Kind.MARKDOWN:
        return [body]
    if field.kind is Kind.SLUG:
        return [value.replace("-", " ")]
    return [text for text in (value if field.many else (value,)) if text]


def _pieces(words: str) -> list[str]:
    pieces = []
    for quoted, bare in _PIECE.findall(normal(words)[:1_000]):
        piece = _spaced(_unmarked(quoted or bare)).replace('"', " ").strip()[:_LETTERS_AT_MOST]
        if any(letter.isalnum() for letter in piece):
            pieces.append(piece)
    return pieces[:_WORDS_AT_MOST]


def _spaced(text: str) -> str:
    return _SPACELESS.sub(rf"\1{_SEPARATOR}", text)


def _unmarked(text: str) -> str:
    return text.translate({2: None, 3: None, 0x200B: None})


class _Folds(dict[int, str]):
    """Each letter without accents and case, one for one, so that positions stay the same."""

    def __missing__(self, code: int) -> str:
        # Hangul would fall apart into its letters; nothing from there on has accents.
        letter = unicodedata.normalize("NFD", chr(code))[0].lower() if code < 0x2E80 else ""
        self[code] = letter if len(letter) == 1 else chr(code)
        return self[code]


_FOLDS = _Folds()


def _pattern(pieces: Iterable[str]) -> re.Pattern[str]:
    parts = [part for piece in pieces for part in re.findall(r"\w+", piece.translate(_FOLDS))]
    longest_first = sorted(set(parts), key=lambda part: (-len(part), part))
    return re.compile("|".join(map(_word_pattern, longest_first)) or r"(?!)")


def _word_pattern(part: str) -> str:
    if _SPACELESS.match(part):
        return re.escape(part)
    return rf"(?<!\w){re.escape(part)}\w*"


def _snippet(texts: list[str], wanted: re.Pattern[str]) -> str:
    headline, points, body, rest = (part.replace(_SEPARATOR, "") for part in texts)
    for part in (body, points, headline, rest):
        found = wanted.search(part.translate(_FOLDS))
        if found and part is not headline:
            return _cut(part, found.start(), wanted)
        if found:
            break  # the headline is shown anyway, so show the start of the story
    return _cut(body or points or headline, 0, wanted)


def _cut(text: str, at: int, wanted: re.Pattern[str]) -> str:
    start = max(0, at - _BEFORE)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + _SNIPPET)
    if end < len(text):
        space = text.rfind(" ", at + 1, end)
        end = space if space > at else end
    part = text[start:end]
    pieces, last = [], 0
    for found in wanted.finditer(part.translate(_FOLDS)):
        pieces += [part[last : found.start()], MARK, part[found.start() : found.end()], UNMARK]
        last = found.end()
    pieces.append(part[last:])
    line = " ".join("".join(pieces).split())
    return ("… " if start else "") + line + (" …" if end < len(text) else "")
