"""The notes on a story as threads: each note with what answers it."""

from __future__ import annotations

from collections.abc import Sequence

from editor.store.reading.rows import NoteRow


def threads(notes: Sequence[NoteRow]) -> list[tuple[NoteRow, list[NoteRow]]]:
    """Return notes with their answers, in order; open threads come last."""
    known = {note.id: note for note in notes}

    def root(note: NoteRow) -> NoteRow:
        while note.answers in known and note.answers != note.id:
            note = known[note.answers]
        return note

    found: dict[int, list[NoteRow]] = {}
    for note in notes:
        first = root(note)
        found.setdefault(first.id, [])
        if first.id != note.id:
            found[first.id].append(note)
    together = [(known[number], answers) for number, answers in found.items()]
    return sorted(together, key=lambda thread: not thread[0].resolved)
