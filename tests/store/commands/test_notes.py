"""Notes: refused when empty or beside the text; threads; resolved; following their passage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.commands import (
    AddNote,
    ResolveNote,
    SaveStory,
)
from editor.core.paths import text_fields
from editor.errors import BadValue, NotFound
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    TOM,
    Clock,
    change_database,
    new,
    refused,
)

BODY = "The ferry sails again on Monday.\n\nThe pilot said the sea is calm."


@pytest.mark.parametrize(
    ("field", "start", "end"),
    [
        ("body", 5, 5),
        ("body", 9, 4),
        ("body", -3, 4),
        ("body", 0, 10_000),
        ("", 0, 5),
        ("key_points/7", 0, 5),
        ("nonsense", 0, 5),
    ],
)
def test_unknown_passage_is_refused(desk: Desk, field: str, start: int, end: int) -> None:
    story = new(desk, body=BODY)
    with pytest.raises(BadValue, match="passage") as caught:
        desk.do(AddNote(story, "Hm.", field, start, end), LINA)
    assert caught.value.hint
    assert reading(desk).notes(story) == []


def test_answer_and_resolution_need_a_note_of_the_same_story(desk: Desk) -> None:
    story, other = new(desk), new(desk, "Other")
    desk.do(AddNote(other, "Elsewhere."), LINA)
    number = reading(desk).notes(other)[0].id
    for wrong in (number, 99, -1):
        with pytest.raises(NotFound, match="no note"):
            desk.do(AddNote(story, "Yes.", answers=wrong), LINA)
        with pytest.raises(NotFound, match="no note"):
            desk.do(ResolveNote(story, wrong), LINA)
    with pytest.raises(BadValue, match="empty"):
        desk.do(AddNote(other, " ", answers=number), LINA)


def test_thread_is_a_note_and_its_answers(desk: Desk) -> None:
    story = new(desk, body=BODY)
    desk.do(AddNote(story, "Who says so?", "body", 4, 9), TOM)
    first = reading(desk).notes(story)[0]
    desk.do(AddNote(story, "The pilot.", answers=first.id), LINA)
    desk.do(AddNote(story, "Name them.", answers=reading(desk).notes(story)[1].id), TOM)
    assert [(note.answers, note.field) for note in reading(desk).notes(story)] == [
        (0, "body"),
        (first.id, "body"),
        (first.id, "body"),
    ]


def test_note_is_resolved_and_reopened(desk: Desk, clock: Clock) -> None:
    story = new(desk)
    desk.do(AddNote(story, "Who says so?"), TOM)
    first = reading(desk).notes(story)[0]
    desk.do(AddNote(story, "The pilot.", answers=first.id), LINA)
    answer = reading(desk).notes(story)[1]
    clock.go(minutes=5)
    assert desk.do(ResolveNote(story, answer.id), LINA).touched == (("notes", story),)
    first, answer = reading(desk).notes(story)
    assert (first.resolved, first.resolved_by, first.resolved_at) == (
        True,
        LINA,
        "2026-03-03T14:07:00Z",
    )
    assert not answer.resolved, "a thread is resolved at its first note"
    assert not desk.do(ResolveNote(story, first.id), TOM).touched
    desk.do(ResolveNote(story, first.id, resolved=False), TOM)
    assert not reading(desk).notes(story)[0].resolved
    assert [row.action for row in reading(desk).log(story, 2)] == ["reopened", "resolved"]
    assert reading(desk).verify_audit().reason == ""


def test_note_follows_its_passage_and_stays_when_it_is_removed(desk: Desk) -> None:
    story = new(desk, body=BODY)
    start = BODY.index("the sea is calm")
    desk.do(AddNote(story, "Which sea?", "body", start, len(BODY) - 1), TOM)
    for number, body in enumerate(
        (
            "New first paragraph.\n\n" + BODY,
            "New first paragraph.\n\n" + BODY.replace("the sea is calm", "the sea is quite calm"),
        ),
        start=1,
    ):
        desk.do(SaveStory(replace(reading(desk).stored(story).story, body=body), number), LINA)
        note = reading(desk).notes(story)[0]
        text = dict(text_fields(reading(desk).stored(story).story))["body"]
        assert text[note.start : note.end].startswith("the sea is")
        assert text[note.start : note.end].endswith("calm")
        assert not note.gone
    desk.do(SaveStory(replace(reading(desk).stored(story).story, body="Other words."), 3), LINA)
    note = reading(desk).notes(story)[0]
    assert note.gone
    assert (note.quote, note.text) == ("the sea is calm", "Which sea?")
    desk.do(SaveStory(replace(reading(desk).stored(story).story, body=BODY), 4), LINA)
    assert not reading(desk).notes(story)[0].gone, "it comes back with the text"


def test_notes_of_a_damaged_text_are_read(desk: Desk) -> None:
    story = new(desk, body=BODY)
    desk.do(AddNote(story, "Hm.", "body", 0, 9), TOM)
    change_database(desk, "UPDATE versions SET content = packed('{')")
    assert reading(desk).notes(story)[0].text == "Hm."


def test_note_needs_text_and_may_be_about_a_field(desk: Desk) -> None:
    story = new(desk)
    refused(desk, AddNote(story, "  "), LINA, BadValue)
    assert desk.do(AddNote(story, "Check the name", "key_points/0"), LINA).touched == (
        ("notes", story),
    )
    desk.do(AddNote(story, "Did so"), TOM)
    assert [(note.text, note.field) for note in reading(desk).notes(story)] == [
        ("Check the name", "key_points/0"),
        ("Did so", ""),
    ]
