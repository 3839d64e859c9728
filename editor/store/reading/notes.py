"""Reading notes, placed where their passages are now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace

from sqlalchemy import select

from editor.core.canonical import Json, content_hash, normal
from editor.core.paths import text_fields
from editor.errors import DeskDamaged, NotFound
from editor.i18n import _
from editor.store.db.schema import notes
from editor.store.reading.passages import find_passage
from editor.store.reading.queries import Queries
from editor.store.reading.rows import NoteRow, StoryRow

_COLUMNS = tuple(notes.c[spec.name] for spec in fields(NoteRow))


def notes_of(queries: Queries, story_id: str) -> list[NoteRow]:
    """The notes about a story in the order of writing, placed where their passages are now."""
    story = normal(story_id)
    query = select(*_COLUMNS).where(notes.c.story == story).order_by(notes.c.id)
    found = [_checked(NoteRow(*row)) for row in queries.connection.execute(query)]
    # Notes are read even where the text they are about is damaged.
    with suppress(DeskDamaged):
        if any(note.quote for note in found):
            texts = texts_of(queries, story)
            return [_place_now(note, texts.get(note.field, "")) for note in found]
    return found


def note_of(queries: Queries, row: StoryRow, number: int) -> NoteRow:
    """A note of a story by its id, placed where it was written. Raises NotFound."""
    query = select(*_COLUMNS).where(notes.c.id == number, notes.c.story == row.id)
    found = queries.connection.execute(query).first()
    if found is None:
        raise NotFound(
            _("“{name}” has no note {number}.").format(name=row.name, number=number),
            _("Look at its notes again."),
        )
    return _checked(NoteRow(*found))


def note_hash(  # noqa: PLR0913, PLR0917  all but two have a default
    text: str, field: str, start: int = 0, end: int = 0, quote: str = "", context: str = ""
) -> str:
    """The hash of a note's text and place, which the event that wrote it names."""
    value: dict[str, Json] = {"text": text, "field": field}
    if quote:
        value |= {"start": start, "end": end, "quote": quote, "context": context}
    return content_hash(value)


def _checked(note: NoteRow) -> NoteRow:
    """A note as it was written. Raises DeskDamaged."""
    if note_hash(note.text, note.field, note.start, note.end, note.quote, note.context) != (
        note.hash
    ):
        raise DeskDamaged(
            _("A note by {author} was changed outside Stonehand.").format(author=note.author),
            _("Look at `stonehand audit`, and restore a backup from before."),
        )
    return note


def texts_of(queries: Queries, story_id: str) -> dict[str, str]:
    """The texts of a story's latest version by their paths. Raises NotFound, DeskDamaged."""
    return dict(text_fields(queries.stored(story_id).story))


def _place_now(note: NoteRow, text: str) -> NoteRow:
    if not note.quote:
        return note
    start, end = find_passage(note.quote, note.context, text, note.start) or (0, 0)
    return replace(note, start=start, end=end)
