"""One action on several stories: what can't be done is named, and the others are done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from editor.core.changes import Changes
from editor.core.commands import Kill, Publish, SaveHouse, SaveStory, Spike, Submit
from editor.core.house import Section
from editor.core.workflow import Action, Publication, Stage
from editor.errors import BadValue, EditorError
from editor.gui.draft.bad_text import BadText
from editor.gui.draft.draft import Draft
from editor.gui.library.chosen_actions import ChosenActions
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from editor.store.reading.rows import StoryRow
from tests.gui.conftest import CHIEF, WRITER
from tests.gui.hands import Hands
from tests.reading import reading

Settle = Callable[[], None]
Write = Callable[..., str]


@pytest.fixture
def actions(session: Session, draft: Draft) -> ChosenActions:
    return ChosenActions(session, draft, session)


@pytest.fixture
def messages(session: Session) -> list[tuple[str, Any]]:
    """What was said was done, with its undo."""
    told: list[tuple[str, Any]] = []
    session.message.connect(lambda text, undo: told.append((text, undo)))
    return told


@pytest.fixture
def sections(desk: Desk) -> None:
    house = reading(desk).house()
    sport, world = Section("sport", "Sport"), Section("world", "World")
    desk.do(SaveHouse(replace(house, sections=(world, sport)), house.hash), CHIEF)


def rows(desk: Desk, *ids: str) -> list[StoryRow]:
    return [reading(desk).row(id) for id in ids]


def stages(desk: Desk, *ids: str) -> list[Stage]:
    return [row.stage for row in rows(desk, *ids)]


def test_what_can_be_submitted_is_and_the_rest_is_named(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle, session: Session,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    late, spiked, empty = (
        write("late"),
        write("spiked", stage=Stage.SPIKED),
        write("empty", body=""),
    )
    typed, fine, also = write("typed"), write("fine"), write("also")
    listed = rows(desk, late, spiked, empty, typed, fine, also)
    story = reading(desk).stored(late).story
    desk.do(SaveStory(replace(story, kicker="Late"), 1), WRITER)
    session.journal.write(f"story:{typed}", {"story": {}, "base": 1})
    actions.do(Action.SUBMIT, listed)
    settle()
    assert stages(desk, fine, also) == [Stage.REVIEW] * 2
    assert stages(desk, late, spiked, empty, typed) == [
        Stage.DRAFT, Stage.SPIKED, Stage.DRAFT, Stage.DRAFT,
    ]  # fmt: skip
    assert messages == [("Submitted 2 stories.", None)]
    [problem] = problems
    assert problem.sentence == "Not done: 4 of 6 stories."
    lines = problem.hint.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("“Headline of late”: “Headline of late” has changed since version 1")
    assert lines[1].startswith("“Headline of spiked”: A story that is spiked can't be submitted.")
    assert lines[2].startswith("“Headline of empty”: ")
    assert lines[3].startswith("“Headline of typed”: Somebody is editing it here")


def test_what_readers_have_is_not_published_again(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    live, ready = (write(slug, stage=Stage.APPROVED) for slug in ("live", "ready"))
    desk.do(Publish(live, 1), CHIEF)
    assert not actions.can(Action.PUBLISH, rows(desk, live))
    assert actions.can(Action.PUBLISH, rows(desk, live, ready))
    events = len(reading(desk).log(live))
    actions.do(Action.PUBLISH, rows(desk, live, ready))
    settle()
    assert messages == [("Published 1 story.", None)]
    assert problems[0].hint.startswith("“Headline of live”: Readers have this version already.")
    assert len(reading(desk).log(live)) == events


def test_a_killed_story_and_one_that_was_removed_from_approval_are_not_published(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    ready, killed, draft = (write(slug, stage=Stage.APPROVED) for slug in ("a", "b", "c"))
    desk.do(Publish(killed, 1), CHIEF)
    listed = rows(desk, ready, killed, draft)
    desk.do(Kill(killed, 1, "Never true"), CHIEF)
    story = reading(desk).stored(draft).story
    desk.do(SaveStory(replace(story, kicker="Late"), 1), WRITER)
    actions.do(Action.PUBLISH, listed)
    settle()
    assert [row.publication for row in rows(desk, ready, killed, draft)] == [
        Publication.LIVE, Publication.KILLED, Publication.NEVER,
    ]  # fmt: skip
    assert messages == [("Published 1 story.", None)]
    assert problems[0].sentence == "Not done: 2 of 3 stories."
    assert "“Headline of b”: A story that is killed can't be published." in problems[0].hint


def test_all_can_be_refused_and_one_alone_says_why_in_its_own_words(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    ids = [write(slug) for slug in "abcdefg"]
    actions.do(Action.PUBLISH, rows(desk, *ids))
    settle()
    assert problems[-1].sentence == "Not done: 7 of 7 stories."
    assert problems[-1].hint.startswith(
        "“Headline of a”, “Headline of b”, “Headline of c”, “Headline of d”, “Headline of e” "
        "and 2 more: A story that is a draft can't be published."
    )
    actions.do(Action.PUBLISH, rows(desk, ids[0]))
    settle()
    assert problems[-1].sentence == "A story that is a draft can't be published."
    assert messages == []


def test_undo_of_spiking_brings_each_back_to_where_it_was(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    ids = [write("draft"), write("waiting", stage=Stage.REVIEW)]
    actions.do(Action.SPIKE, rows(desk, *ids))
    settle()
    assert stages(desk, *ids) == [Stage.SPIKED] * 2
    [(message, undo)] = messages
    assert message == "Spiked 2 stories."
    undo()
    settle()
    assert stages(desk, *ids) == [Stage.DRAFT, Stage.REVIEW]
    assert messages[-1] == ("Unspiked 2 stories.", None)
    assert problems == []


def test_undo_is_offered_again_while_something_else_is_under_way(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle,
    messages: list[tuple[str, Any]],
) -> None:  # fmt: skip
    ids = [write("one"), write("two")]
    actions.do(Action.SPIKE, rows(desk, *ids))
    settle()
    other = write("other")
    actions.do(Action.SUBMIT, rows(desk, other))
    messages[0][1]()
    assert messages[-1][0] == "Spiked 2 stories."
    settle()
    messages[1][1]()
    settle()
    assert stages(desk, *ids, other) == [Stage.DRAFT, Stage.DRAFT, Stage.REVIEW]


@pytest.mark.usefixtures("sections")
def test_stories_are_put_into_a_section_and_back_to_the_exact_text(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    ids = [write("one"), write("two", section="sport"), write("done", stage=Stage.APPROVED)]
    hashes = [reading(desk).stored(id).hash for id in ids]
    assert actions.can_move(rows(desk, *ids))
    assert not actions.can_move(rows(desk, ids[2]))
    actions.move("sport", rows(desk, *ids))
    settle()
    assert [(row.section, row.version) for row in rows(desk, *ids)] == [
        ("sport", 2), ("sport", 1), ("world", 1),
    ]  # fmt: skip
    assert stages(desk, ids[2]) == [Stage.APPROVED], "nobody read what would lose its approval"
    [(message, undo)] = messages
    assert message == "Put 2 stories into Sport."
    assert "“Headline of done”: It is approved" in problems[0].hint
    undo()
    settle()
    assert [reading(desk).stored(id).hash for id in ids] == hashes
    assert messages[-1][0] == "Section restored: 2 stories."


def test_what_is_typed_in_the_open_story_is_saved_before(
    actions: ChosenActions, draft: Draft, desk: Desk, write: Write, hands: Hands, settle: Settle,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    ids = [write("open"), write("other")]
    hands.open(ids[0])
    listed = rows(desk, *ids)
    draft.edit(replace(draft.typed, headline="Typed a moment ago"), "headline")
    actions.do(Action.SUBMIT, listed)
    settle()
    assert problems == []
    assert stages(desk, *ids) == [Stage.REVIEW] * 2
    assert reading(desk).row(ids[0]).headline == "Typed a moment ago"
    assert draft.open_story.key == ids[0]
    assert draft.open_story.state.stage is Stage.REVIEW
    assert messages[-1][0] == "Submitted 2 stories."


def test_what_is_begun_while_the_open_text_is_saved_is_done_as_well(
    actions: ChosenActions, draft: Draft, desk: Desk, write: Write, hands: Hands, settle: Settle,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    ids = [write("open"), write("other")]
    hands.open(ids[0])
    draft.edit(replace(draft.typed, headline="Typed a moment ago"), "headline")
    actions.do(Action.SUBMIT, rows(desk, ids[0]))
    actions.do(Action.SPIKE, rows(desk, ids[1]))
    assert actions.is_busy
    assert not actions.can(Action.SUBMIT, rows(desk, *ids)), "one after the other"
    settle()
    assert stages(desk, *ids) == [Stage.REVIEW, Stage.SPIKED]
    assert problems == []


def test_only_the_text_that_is_open_is_submitted_as_one_that_was_shown(
    actions: ChosenActions, desk: Desk, write: Write, hands: Hands, settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    ids = [write("open"), write("unseen")]
    hands.open(ids[0])
    given, do = list[Any](), desk.do

    def note(command: Any, by: str) -> Changes:
        given.append(command)
        return do(command, by)

    monkeypatch.setattr(desk, "do", note)
    actions.do(Action.SUBMIT, rows(desk, *ids))
    settle()
    assert given == [Submit(ids[0], 1, reading(desk).stored(ids[0]).hash), Submit(ids[1], 1)]
    assert stages(desk, *ids) == [Stage.REVIEW] * 2


def test_what_can_not_be_read_in_the_open_form_goes_nowhere(
    actions: ChosenActions, draft: Draft, desk: Desk, write: Write, hands: Hands, settle: Settle,
    problems: list[EditorError],
) -> None:  # fmt: skip
    ids = [write("open"), write("other")]
    hands.open(ids[0])
    draft.set_bad_text("embargo", BadText("soon", BadValue("“soon” is not a time.")))
    actions.do(Action.SUBMIT, rows(desk, *ids))
    settle()
    assert stages(desk, *ids) == [Stage.DRAFT, Stage.REVIEW]
    assert problems[0].hint == "“Headline of open”: Embargo: “soon” is not a time."
    draft.set_bad_text("embargo", None)


def test_a_story_that_was_never_saved_is_named(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle, problems: list[EditorError],
) -> None:  # fmt: skip
    [row] = rows(desk, write("one"))
    new = replace(row, id="new-1", version=0, headline="Never saved")
    assert not actions.can(Action.SUBMIT, [new])
    actions.do(Action.SUBMIT, [new, row])
    settle()
    assert problems[0].sentence == "Not done: 1 of 2 stories."
    assert problems[0].hint == (
        "“Never saved”: It was never saved as a version. Open it and save it first."
    )
    assert stages(desk, row.id) == [Stage.REVIEW]


def test_a_locked_key_is_asked_for_once_and_who_does_not_sign_is_told_nothing(
    actions: ChosenActions, desk: Desk, session: Session, open_window: Callable[..., MainWindow],
    write: Write, settle: Settle, problems: list[EditorError],
) -> None:  # fmt: skip
    window = open_window()
    ids = [write("one"), write("two")]
    session.lock_keys()
    settle()
    actions.do(Action.SUBMIT, rows(desk, *ids))
    settle()
    bar = window.centre.passphrase
    assert bar.text() == f"Your passphrase, to sign as {CHIEF}"
    bar.close_bar()
    settle()
    assert stages(desk, *ids) == [Stage.DRAFT] * 2
    assert window.centre.problem.text() == ""
    actions.do(Action.SUBMIT, rows(desk, *ids))
    settle()
    bar.field.first.setText("test")
    bar.unlock()
    settle()
    assert stages(desk, *ids) == [Stage.REVIEW] * 2


def test_it_can_be_stopped_between_two_stories(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle,
    messages: list[tuple[str, Any]], problems: list[EditorError],
) -> None:  # fmt: skip
    ids = [write(slug) for slug in "abc"]
    actions.story_done.connect(lambda _id, _error: actions.cancel())
    actions.do(Action.SUBMIT, rows(desk, *ids))
    settle()
    assert stages(desk, *ids) == [Stage.REVIEW, Stage.DRAFT, Stage.DRAFT]
    assert messages == [("Submitted 1 story. Stopped before the other 2 stories.", None)]
    assert problems == []


def test_the_cost_of_each_story_does_not_grow_with_the_desk(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle
) -> None:
    counts = list[int]()
    for turn, size in enumerate((0, 0, 30)):  # the first also reads what is remembered then
        ids = [write(f"one-{turn}"), write(f"two-{turn}")]
        for number in range(size):
            write(f"other-{number}")
        listed, statements = rows(desk, *ids), list[str]()

        def note(*given: object, into: list[str] = statements) -> None:
            into.append(str(given[2]))

        engine = desk._database._engine
        event.listen(engine, "before_cursor_execute", note)
        actions.do(Action.SUBMIT, listed)
        settle()
        event.remove(engine, "before_cursor_execute", note)
        assert stages(desk, *ids) == [Stage.REVIEW] * 2
        counts.append(len(statements))
    assert counts[1] == counts[2] > 0


def test_a_spiked_story_can_be_unspiked_beside_one_that_is_not(
    actions: ChosenActions, desk: Desk, write: Write, settle: Settle, problems: list[EditorError],
) -> None:  # fmt: skip
    ids = [write("one", stage=Stage.SPIKED), write("two")]
    desk.do(Spike(ids[1], 1), WRITER)
    actions.do(Action.UNSPIKE, rows(desk, *ids))
    settle()
    assert stages(desk, *ids) == [Stage.DRAFT] * 2
    assert problems == []
