"""Notes inside the newsroom: on a story, a field or a passage; answered, resolved, reopened.

They never leave the desk: no exporter gets them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, update

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import AddNote, ResolveNote
from editor.errors import BadValue
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import notes
from editor.store.reading.notes import note_of, texts_of
from editor.store.reading.passages import context_of
from editor.store.reading.rows import StoryRow


def add_note(transaction: Transaction, command: AddNote) -> Changes:
    """Save a note about a story, whatever its state."""
    text = required_text(command.text, "The note is empty.", "Write something, or close it.")
    row = transaction.row(command.story)
    field, thread = normal(command.field), 0
    if command.answers:
        answered = note_of(transaction, row, command.answers)
        # A thread is one row of answers: who answers an answer, answers its note.
        thread, field = answered.answers or answered.id, answered.field
    passage = _passage(transaction, row, field, command)
    transaction.write_log("noted", row.id, row.version)
    return _write_note(transaction, row, text, field=field, answers=thread, **passage)


def resolve_note(transaction: Transaction, command: ResolveNote) -> Changes:
    """Say that a note's thread is dealt with, or that it is not."""
    row = transaction.row(command.story)
    note = note_of(transaction, row, command.note)
    if note.answers:
        note = note_of(transaction, row, note.answers)
    if note.resolved == command.resolved:
        return Changes()
    by, at = (transaction.person.name, transaction.at) if command.resolved else ("", "")
    transaction.connection.execute(
        update(notes).where(notes.c.id == note.id).values(resolved_by=by, resolved_at=at)
    )
    action = "resolved" if command.resolved else "reopened"
    transaction.write_log(action, row.id, row.version, f"note {note.id}")
    return Changes.of("notes", row.id)


def save_remark(transaction: Transaction, row: StoryRow, text: str) -> Changes:
    """Save the note that came with a decision, where there is one."""
    return _write_note(transaction, row, text, field="") if text else Changes()


def required_text(text: str, sentence: str, hint: str) -> str:
    """A text that must not be empty. Raises BadValue."""
    text = normal(text).strip()
    if not text:
        raise BadValue(sentence, hint)
    return text


def _passage(
    transaction: Transaction, row: StoryRow, field: str, command: AddNote
) -> dict[str, Any]:
    """The passage that a note marks and what is around it; nothing where it marks none."""
    start, end = command.start, command.end
    if not (start or end):
        return {}
    text = texts_of(transaction, row.id).get(field, "")
    if not 0 <= start < end <= len(text):
        raise BadValue(
            "The passage that the note marks is not in the latest version.",
            "Save the text first, then mark the passage again.",
        )
    context = context_of(text, start, end)
    return {"start": start, "end": end, "quote": text[start:end], "context": context}


def _write_note(transaction: Transaction, row: StoryRow, text: str, **values: Any) -> Changes:
    note = {"story": row.id, "version": row.version, "author": transaction.person.name}
    transaction.connection.execute(
        insert(notes).values(**note, at=transaction.at, text=text, **values)
    )
    return Changes.of("notes", row.id)
