"""An import names everything that came in, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import ImportItems, SaveBanner
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.gui.incoming.imports import (
    Imported,
    import_items,
    imported_message,
    tell_imported,
)
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.reading import reading

Settle = Callable[[], None]

STORY = Story(headline="Ferry to Saint Orla sails again", body="It sailed on Monday.")
BRIEFS = (
    Brief(title="Ferry back on Monday", summary="The line said the repairs were done."),
    Brief(title="Market hall to open early", summary="Stalls begin at six."),
)

Message = tuple[str, Callable[[], object] | None]


@pytest.fixture
def messages(session: Session) -> list[Message]:
    seen: list[Message] = []
    session.message.connect(lambda text, undo: seen.append((text, undo)))
    return seen


def imported(session: Session, settle: Settle, briefs: tuple[Brief, ...] = BRIEFS) -> Imported:
    found: list[Imported] = []
    command = ImportItems((STORY,), briefs, "pasted text")
    import_items(session, command, owner=session, done=found.append)
    settle()
    [added] = found
    return added


def test_message_names_the_story_and_each_brief(
    session: Session, messages: list[Message], settle: Settle
) -> None:
    tell_imported(session, imported(session, settle), session)
    settle()
    [(text, undo)] = messages
    assert text == (
        "Imported 1 story, 2 briefs: “Ferry to Saint Orla sails again”, “Ferry back on Monday”, "
        "“Market hall to open early”. The trends banner waits for an editor."
    )
    assert undo is not None


def test_undo_spikes_the_story_and_removes_only_the_briefs_that_came_with_it(
    session: Session, desk: Desk, messages: list[Message], settle: Settle
) -> None:
    other = Brief(title="Fog closes airport", summary="Flights resumed at noon.")
    empty = reading(desk).banner()
    desk.do(SaveBanner(Banner((other, BRIEFS[0])), empty.hash), session.person.name)
    before = reading(desk).banner()
    added = imported(session, settle)
    assert [brief.title for brief in added.briefs] == ["Market hall to open early"]
    tell_imported(session, added, session)
    settle()
    undo = messages[-1][1]
    assert undo is not None
    undo()
    settle()
    assert reading(desk).banner() == before
    assert reading(desk).stored(added.stories[0]).state.stage is Stage.SPIKED
    assert messages[-1] == ("Spiked 1 imported story. Removed 1 imported brief.", None)


def test_briefs_that_were_there_are_not_counted_again(
    session: Session, messages: list[Message], settle: Settle
) -> None:
    imported(session, settle)
    again = imported(session, settle, tuple(replace(brief, id="") for brief in BRIEFS))
    assert again.briefs == ()
    tell_imported(session, again, session)
    settle()
    assert messages[-1][0] == "Imported 1 story: “Ferry to Saint Orla sails again”."


def test_imported_message_counts_with_the_right_nouns() -> None:
    assert imported_message(1, 5) == (
        "Imported 1 story, 5 briefs. The trends banner waits for an editor."
    )
    assert imported_message(2, 0) == "Imported 2 stories."
    assert imported_message(0, 1) == ("Imported 1 brief. The trends banner waits for an editor.")
    assert imported_message(0, 0) == "Nothing new was imported: the desk has it all."


def test_imported_message_stays_short_for_many() -> None:
    names = [f"Story {n}" for n in range(1, 13)]
    assert imported_message(12, 0, names).endswith("“Story 7”, “Story 8” and 4 more.")
