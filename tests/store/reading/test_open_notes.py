"""Open notes of a page of stories are one statement, whatever the desk holds beside them."""

from __future__ import annotations

from editor.core.commands import AddNote
from editor.store.desk import Desk
from editor.store.reading.open_notes import count_open_notes
from tests.store.conftest import TOM, new
from tests.store.test_sql_counts import counting


def test_notes_of_a_page_are_one_statement(desk: Desk) -> None:
    stories = [new(desk, f"Story {number}") for number in range(4)]
    desk.do(AddNote(stories[0], "Who says so?"), TOM)
    desk.do(AddNote(stories[0], "And when?"), TOM)
    desk.do(AddNote(stories[3], "Which ferry?"), TOM)
    with desk.read() as snapshot:
        rows = snapshot.rows()
        with counting(desk, snapshot) as counted:
            numbers = {row.id: row.open_notes for row in snapshot.with_open_notes(rows)}
        assert numbers == dict(zip(stories, (2, 0, 0, 1), strict=True))
        assert len(counted.statements) == 1
        with counting(desk, snapshot) as counted:
            assert count_open_notes(snapshot.connection, []) == {}
            assert count_open_notes(snapshot.connection, stories[1:3]) == {}
        assert len(counted.statements) == 1
