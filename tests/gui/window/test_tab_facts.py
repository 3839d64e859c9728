"""What tabs show is read for all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from editor.core.story import Story
from editor.core.workflow import Publication, Stage, State
from editor.gui.window.tab_facts import (
    MOST_TABS,
    TabFacts,
    read_tab_facts,
    tabs_from_text,
    tabs_to_text,
)
from editor.i18n import isolated
from editor.store.db.engine import plain
from editor.store.desk import Desk
from tests.reading import reading

Write = Callable[..., str]


def test_one_query_reads_a_hundred_tabs(desk: Desk, write: Write) -> None:
    stories = [write(f"story-{number}") for number in range(12)]
    asked = [*stories, *(f"gone-{number}" for number in range(88))]
    with desk.read() as snapshot:
        statements = list[str]()
        plain(snapshot.connection).set_trace_callback(statements.append)
        found = read_tab_facts(snapshot, desk.journal, asked)
        plain(snapshot.connection).set_trace_callback(None)
    assert list(found) == stories
    assert len(statements) == 1


def test_text_in_the_journal_is_what_a_tab_shows(desk: Desk, write: Write) -> None:
    typed, saved, torn = write("typed"), write("saved"), write("torn")
    for id, headline in ((typed, "Typed since"), (saved, "Headline of saved")):
        story = replace(reading(desk).stored(id).story, headline=headline)
        desk.journal.write(f"story:{id}", {"story": story.to_json(), "base": 1})
    desk.journal.write("story:new-1", {"story": Story(headline="Begun").to_json(), "base": 0})
    desk.journal.write(f"story:{torn}", {"story": 7, "base": "x"})
    with desk.read() as snapshot:
        found = read_tab_facts(snapshot, desk.journal, [typed, saved, "1", torn])
    assert [(facts.key, facts.caption) for facts in found.values()] == [
        (typed, f"● {isolated('Typed since')}"),
        (saved, isolated("Headline of saved")),
        ("new-1", f"● {isolated('Begun')}"),
        (torn, isolated("Headline of torn")),
    ]
    assert found[typed].parts() == ("Typed since", "Not saved as a version")
    assert found["1"].story == "1"


def test_a_story_that_was_spiked_or_killed_says_so() -> None:
    spiked = TabFacts("a", "Ferry", State(Stage.SPIKED))
    killed = TabFacts("a", "Ferry", State(Stage.APPROVED, Publication.KILLED))
    live = TabFacts("a", "Ferry", State(Stage.APPROVED, Publication.LIVE))
    assert spiked.parts() == ("Ferry", "Spiked")
    assert killed.parts() == ("Ferry", "Killed")
    assert live.parts() == ("Ferry",)
    assert TabFacts("a", " \n ").title == "No headline yet"


def test_what_is_remembered_is_read_again_and_nothing_else() -> None:
    facts = TabFacts("a", "Ferry", State(Stage.SPIKED, Publication.KILLED))
    assert TabFacts.from_json(facts.to_json()) == facts
    for broken in ([], ["a", "b", "no stage", "never"], ["a"], 7):
        with pytest.raises((TypeError, ValueError)):
            TabFacts.from_json(broken)  # type: ignore[arg-type]


def test_tabs_are_one_text_and_broken_texts_are_what_can_be_read_of_them() -> None:
    assert tabs_from_text(tabs_to_text(["a", "b"])) == ("a", "b")
    assert tabs_from_text("  a \n b a ") == ("a", "b")
    assert tabs_from_text("") == ()
    assert len(tabs_from_text(" ".join(map(str, range(5000))))) == MOST_TABS
