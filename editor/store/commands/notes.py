"""Notes inside the newsroom: on a story, a field or a passage; answered, resolved, reopened.

They never leave the desk: no exporter gets them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection, insert, select, update

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import AddNote, ResolveNote
from editor.core.paths import text_fields
from editor.errors import BadValue, DeskDamaged, NotFound
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import notes
from editor.store.reading import queries
from editor.store.reading.anchors import context_of, find
from editor.store.reading.rows import NoteRow, StoryRow

_COLUMNS = (
    notes.c.id,
    notes.c.story,
    notes.c.author,
    notes.c.at,
    notes.c.text,
    notes.c.field,
    notes.c.version,
    notes.c.start,
    notes.c.end,
    notes.c.quote,
    notes.c.context,
    notes.c.answers,
    notes.c.resolved_by,
    notes.c.resolved_at,
)


def notes_of(connection: Connection, story_id: str) -> list[NoteRow]:
    """The notes about a story, as they were written, each where its passage is now."""
    found = connection.execute(
        select(*_COLUMNS).where(notes.c.story == normal(story_id)).order_by(notes.c.id)
    )
    there = [NoteRow(*row) for row in found]
    if not any(note.quote for note in there):
        return there
    # Notes are read even where the text they are about is damaged.
    with suppress(DeskDamaged):
        fields = _fields(connection, story_id)
        return [_where_now(note, fields.get(note.field, "")) for note in there]
    return there


def add_note(turn: Transaction, command: AddNote) -> Changes:
    """Keep a note about a story, whatever its state."""
    text = said(command.text, "The note is empty.", "Write something, or close it.")
    row = turn.story(command.story)
    field, root = normal(command.field), 0
    if command.answers:
        first = _note(turn, row, command.answers)
        # A thread is one row of answers: whoever answers an answer, answers its note.
        root, field = first.answers or first.id, first.field
    quote, context = _passage(turn, row, replace(command, field=field))
    start, end = (command.start, command.end) if quote else (0, 0)
    turn.log("noted", row.id, row.version)
    turn.connection.execute(
        insert(notes).values(
            story=row.id,
            version=row.version,
            author=turn.person.name,
            at=turn.at,
            text=text,
            field=field,
            start=start,
            end=end,
            quote=quote,
            context=context,
            answers=root,
        )
    )
    return Changes.of("notes", row.id)


def resolve_note(turn: Transaction, command: ResolveNote) -> Changes:
    """Say that a note's thread is dealt with, or that it is not."""
    row = turn.story(command.story)
    note = _note(turn, row, command.note)
    if note.answers:
        note = _note(turn, row, note.answers)
    if note.resolved == command.resolved:
        return Changes()
    by, at = (turn.person.name, turn.at) if command.resolved else ("", "")
    turn.connection.execute(
        update(notes).where(notes.c.id == note.id).values(resolved_by=by, resolved_at=at)
    )
    action = "resolved" if command.resolved else "reopened"
    turn.log(action, row.id, row.version, f"note {note.id}")
    return Changes.of("notes", row.id)


def remark(turn: Transaction, story_id: str, text: str) -> Changes:
    """Keep the note that came with a decision, where there is one."""
    if not text:
        return Changes()
    row = turn.story(story_id)
    turn.connection.execute(
        insert(notes).values(
            story=row.id,
            version=row.version,
            author=turn.person.name,
            at=turn.at,
            text=text,
            field="",
        )
    )
    return Changes.of("notes", row.id)


def said(text: str, sentence: str, hint: str) -> str:
    """A text that must say something. Raises BadValue."""
    text = normal(text).strip()
    if not text:
        raise BadValue(sentence, hint)
    return text


def _passage(turn: Transaction, row: StoryRow, command: AddNote) -> tuple[str, str]:
    """The passage that a note marks and what is around it; nothing where it marks none."""
    if not (command.start or command.end):
        return "", ""
    text = _fields(turn.connection, row.id).get(command.field, "")
    if not 0 <= command.start < command.end <= len(text):
        raise BadValue(
            "The passage that the note marks is not in the newest version.",
            "Save the text first, then mark the passage again.",
        )
    quote = text[command.start : command.end]
    return quote, context_of(text, command.start, command.end)


def _note(turn: Transaction, row: StoryRow, number: int) -> NoteRow:
    found = turn.connection.execute(
        select(*_COLUMNS).where(notes.c.id == number, notes.c.story == row.id)
    ).first()
    if found is None:
        raise NotFound(
            f"“{row.headline or row.slug}” has no note {number}.", "Look at its notes again."
        )
    return NoteRow(*found)


def _where_now(note: NoteRow, text: str) -> NoteRow:
    if not note.quote:
        return note
    start, end = find(note.quote, note.context, text, note.start) or (0, 0)
    return replace(note, start=start, end=end)


def _fields(connection: Connection, story_id: str) -> dict[str, str]:
    return dict(text_fields(queries.stored(connection, story_id, None).story))
