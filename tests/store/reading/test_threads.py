"""Notes as threads."""

from __future__ import annotations

from editor.store.reading.rows import NoteRow
from editor.store.reading.threads import threads


def note(number: int, answers: int = 0, resolved_at: str = "") -> NoteRow:
    return NoteRow(
        number, "s", "Ines Vale", "2026-11-27T10:00:00Z", "Text", "", 1,
        answers=answers, resolved_at=resolved_at,
    )  # fmt: skip


def test_answers_are_with_their_note_and_open_notes_come_last() -> None:
    notes = [note(1), note(2, resolved_at="2026-11-27T11:00:00Z"), note(3, 1), note(4, 3)]
    found = [(first.id, [answer.id for answer in answers]) for first, answers in threads(notes)]
    assert found == [(2, []), (1, [3, 4])]


def test_answer_to_a_note_that_is_not_there_begins_a_thread() -> None:
    assert [(first.id, answers) for first, answers in threads([note(5, 9)])] == [(5, [])]
