"""What the list says of a story: in the small line, in the tool tip and aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from editor.core.commands import AddNote, Publish, ResolveNote, Return
from editor.core.house import House
from editor.core.workflow import Stage
from editor.gui.library.places import Place
from editor.gui.library.row_details import describe_aloud, describe_row, describe_tip
from editor.gui.library.rows import Query
from editor.gui.session import Session
from editor.store.desk import Desk
from editor.store.reading.rows import Filter, StoryRow
from tests.gui.conftest import CHIEF, EDITOR, WRITER

Write = Callable[..., str]
ALL = Place("all", "All stories", Filter())
WORLD = Place("section:world", "World", Filter(section="world"))
QUEUE = Place("review", "In review", Filter(stage=Stage.REVIEW))
MINE = Place("mine", "My drafts", Filter(stage=Stage.DRAFT, writer=WRITER))


def row_of(desk: Desk, story: str) -> StoryRow:
    """The row of a story as the list reads it."""
    with desk.read() as snapshot:
        _total, rows = Query(Filter()).read(snapshot, (), 50)
    return next(row for row in rows if row.id == story)


def test_small_line_says_state_author_time_and_length(
    desk: Desk, session: Session, write: Write
) -> None:
    row = row_of(desk, write("ferry"))
    details = describe_row(row, ALL, session)
    assert details.parts == ("Draft", WRITER, "World")
    assert details.always == ("just now", "8 words")
    assert (details.is_live, details.notes, details.language) == (False, 0, "")
    assert describe_row(row, WORLD, session).parts == ("Draft", WRITER, "World")


def test_own_places_leave_out_the_person_at_work(
    desk: Desk, session: Session, write: Write
) -> None:
    session.set_person(WRITER)
    row = row_of(desk, write("ferry"))
    assert describe_row(row, MINE, session).parts == ("World",)
    assert WRITER in describe_row(row, ALL, session).parts


def test_live_story_has_a_mark_in_words(desk: Desk, session: Session, write: Write) -> None:
    story = write("ferry", stage=Stage.APPROVED)
    desk.do(Publish(story, 1), CHIEF)
    row = row_of(desk, story)
    details = describe_row(row, ALL, session)
    assert details.is_live
    assert "Approved" not in details.parts
    assert "Live: version 1" in describe_tip(row, session.house)
    assert "Live: version 1" in describe_aloud(row, session.house)


def test_open_notes_are_counted_until_they_are_resolved(
    desk: Desk, session: Session, write: Write
) -> None:
    story = write("ferry")
    desk.do(AddNote(story, "Who says so?", "body", 4, 11), EDITOR)
    desk.do(AddNote(story, "And when?"), EDITOR)
    with desk.read() as snapshot:
        first, _second = snapshot.notes(story)
    desk.do(AddNote(story, "The line does.", answers=first.id), WRITER)
    assert describe_row(row_of(desk, story), ALL, session).notes == 2
    assert "2 open notes" in describe_aloud(row_of(desk, story), session.house)
    desk.do(ResolveNote(story, first.id), WRITER)
    assert describe_row(row_of(desk, story), ALL, session).notes == 1
    assert "1 open note" in describe_tip(row_of(desk, story), session.house)


def test_returned_story_says_by_whom(desk: Desk, session: Session, write: Write) -> None:
    story = write("ferry", stage=Stage.REVIEW)
    desk.do(Return(story, 1, "Which ferry?"), EDITOR)
    details = describe_row(row_of(desk, story), ALL, session)
    assert details.parts[0] == f"Returned by {EDITOR}"
    assert details.notes == 1


def test_waiting_story_says_how_long(desk: Desk, session: Session, write: Write) -> None:
    row = row_of(desk, write("ferry", stage=Stage.REVIEW))
    details = describe_row(row, QUEUE, session)
    assert details.parts == (WRITER, "World")
    assert details.always == ("waiting a moment", "8 words")


@pytest.mark.parametrize(("paper", "code"), [("en", "ar"), ("ar", "")])
def test_language_is_said_where_it_is_not_the_paper_s(
    desk: Desk, session: Session, write: Write, paper: str, code: str
) -> None:
    row = row_of(desk, write("ferry", language="ar"))
    house = replace(session.house, language=paper)
    assert ("العربية" in describe_tip(row, house)) == bool(code)
    assert ("العربية" in describe_aloud(row, house)) == bool(code)


def test_tool_tip_has_the_exact_time_and_the_slug(desk: Desk, write: Write) -> None:
    row = replace(row_of(desk, write("ferry")), updated="2026-03-03T09:05:00Z")
    first, *_others, last = describe_tip(row, House("Harbour Post")).splitlines()
    assert first.startswith("Changed ")
    assert "2026" in first
    assert first.endswith(f" by {WRITER}")
    assert last == "ferry"


def test_story_that_was_never_saved_has_no_time(session: Session, desk: Desk, write: Write) -> None:
    row = replace(row_of(desk, write("ferry")), version=0, updated="", slug="")
    assert describe_row(row, MINE, session).parts[0] == "Not saved yet"
    assert describe_row(row, MINE, session).always == ("8 words",)
    assert describe_tip(row, session.house) == "Not saved yet"
