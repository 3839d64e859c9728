"""Notes inside the newsroom: on a story, a field or a passage; answered, resolved, reopened.

They never leave the desk: no exporter gets them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, update

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import AddNote, ResolveNote
from editor.core.events import NOTED, REOPENED, RESOLVED
from editor.errors import BadValue
from editor.i18n import _
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import notes, stories
from editor.store.reading.notes import note_hash, note_of, texts_of
from editor.store.reading.passages import context_of
from editor.store.reading.rows import StoryRow


def add_note(transaction: Transaction, command: AddNote) -> Changes:
    """Save a note about a story, whatever its state."""
    text = required_text(command.text, _("The note is empty."), _("Write something, or close it."))
    row = transaction.row(command.story)
    field, thread = normal(command.field), 0
    if command.answers:
        answered = note_of(transaction, row, command.answers)
        # A thread is one row of answers: who answers an answer, answers its note.
        thread, field = answered.answers or answered.id, answered.field
    passage = _passage(transaction, row, field, command)
    parents = (note_of(transaction, row, thread).event,) if thread else ()
    hash = note_hash(text, field, **passage)
    event = _append(transaction, row, NOTED, parents, hash)
    return _write_note(
        transaction, row, text, event=event, hash=hash, field=field, answers=thread, **passage
    )


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
    _append(transaction, row, RESOLVED if command.resolved else REOPENED, (note.event,))
    return Changes.of("notes", row.id)


def save_remark(transaction: Transaction, row: StoryRow, text: str, event: str) -> Changes:
    """Save the note that came with a decision, where there is one: the same event wrote it."""
    if not text:
        return Changes()
    hash = remark_hash(text)
    return _write_note(transaction, row, text, event=event, hash=hash, field="")


def remark_hash(text: str) -> str:
    """The hash of the note that comes with a decision, which names it; empty without one."""
    return note_hash(text, "") if text else ""


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
            _("The passage that the note marks is not in the latest version."),
            _("Save the text first, then mark the passage again."),
        )
    context = context_of(text, start, end)
    return {"start": start, "end": end, "quote": text[start:end], "context": context}


def _append(
    transaction: Transaction,
    row: StoryRow,
    action: str,
    parents: Sequence[str],
    subject: str = "",
) -> str:
    """Append an event about a note; the story's next event comes after it."""
    version = transaction.version_ids(row.id, (row.version,))[row.version]
    _place, event = transaction.append(
        action, row, version=version, parents=parents, subject=subject
    )
    tips = json.dumps([event])
    transaction.connection.execute(update(stories).where(stories.c.id == row.id).values(tips=tips))
    return event


def _write_note(transaction: Transaction, row: StoryRow, text: str, **values: Any) -> Changes:
    note = {"story": row.id, "version": row.version, "author": transaction.person.name}
    transaction.connection.execute(
        insert(notes).values(**note, at=transaction.at, text=text, **values)
    )
    return Changes.of("notes", row.id)
