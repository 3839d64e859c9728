"""The open desk and the person at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.changes import Changes
from editor.core.commands import AddNote, SaveBanner, SaveHouse, SaveStory
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.errors import NotAllowed
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.settings import Settings, load_settings
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, WRITER
from tests.people import approving, joining
from tests.reading import every_slug
from tests.store.test_sql_counts import counting

Write = Callable[..., str]
Settle = Callable[[], None]


def test_refused_command_is_a_problem_and_changes_nothing(
    qtbot: QtBot, session: Session, write: Write, settle: Settle
) -> None:
    story = write("harbour-opens")
    changes: list[Changes] = []
    session.changed.connect(changes.append)
    with qtbot.waitSignal(session.problem) as problem:
        session.run(approving(session.desk, story, 1), owner=session)
    settle()
    assert isinstance(problem.args[0], NotAllowed)
    assert changes == []


def test_problem_given_to_failed_is_not_emitted(
    session: Session, write: Write, settle: Settle
) -> None:
    story = write("harbour-opens")
    shown: list[object] = []
    problems: list[object] = []
    session.problem.connect(shown.append)
    session.run(approving(session.desk, story, 1), owner=session, failed=problems.append)
    settle()
    assert len(problems) == 1
    assert shown == []


def test_values_are_new_before_changes_are_emitted(session: Session, settle: Settle) -> None:
    seen: list[tuple[str, bool, int]] = []

    def note(changes: Changes) -> None:
        [id] = changes.ids("story")
        drafts = session.counts.stages.get(Stage.DRAFT, 0)
        seen.append(("changed", bool(id), drafts))

    session.changed.connect(note)
    session.run(
        SaveStory(Story(slug="harbour-opens", headline="Harbour opens")),
        owner=session,
        done=lambda _changes: seen.append(("done", True, session.counts.stages[Stage.DRAFT])),
    )
    settle()
    assert seen == [("done", True, 1), ("changed", True, 1)]


def test_two_commands_given_at_once_are_both_shown(session: Session, settle: Settle) -> None:
    banner = Banner((Brief("b1", "Ferry back", "The line said so."),))
    session.run(SaveBanner(banner, session.banner.hash), owner=session)
    session.run(SaveStory(Story(slug="harbour-opens")), owner=session)
    settle()
    assert session.banner == banner
    assert list(every_slug(session.desk).values()) == ["harbour-opens"]


def test_check_for_changes_finds_what_another_process_wrote(
    session: Session, desk: Desk, settle: Settle
) -> None:
    changes: list[Changes] = []
    session.changed.connect(changes.append)
    session.check_for_changes()
    settle()
    assert changes == []
    with Desk.open(desk.path) as other:
        [id] = other.do(SaveStory(Story(slug="from-outside")), WRITER).ids("story")
    session.check_for_changes()
    settle()
    assert every_slug(session.desk)[id] == "from-outside"
    assert changes[0].touches("story", id)


def test_only_what_another_process_touched_is_read_again(
    session: Session, desk: Desk, write: Write, settle: Settle
) -> None:
    write("harbour-opens")
    story = write("quay-opens")
    session.check_for_changes()
    settle()
    changes: list[Changes] = []
    session.changed.connect(changes.append)
    with Desk.open(desk.path) as other:
        other.do(SaveStory(Story(id=story, headline="Quay opens"), 1), WRITER)
    session.check_for_changes()
    settle()
    assert changes == [Changes.of("story", story)]


def test_looks_at_a_burst_of_foreign_writes_are_few(
    session: Session, desk: Desk, settle: Settle
) -> None:
    settle()
    changes: list[Changes] = []
    session.changed.connect(changes.append)
    with Desk.open(desk.path) as other, counting(desk) as counted:
        for number in range(20):
            other.do(SaveStory(Story(slug=f"story-{number}")), WRITER)
            session.check_for_changes()
        settle()
    assert counted.transactions <= 2
    assert len({id for change in changes for id in change.ids("story")}) == 20


def test_after_a_reload_everything_may_be_another(
    session: Session, write: Write, settle: Settle
) -> None:
    story = write("harbour-opens")
    changes: list[Changes] = []
    session.changed.connect(changes.append)
    session.reload()
    settle()
    assert changes[0].touches("story", story)
    assert changes[0].touches("notes", "any")
    assert changes[0].touches("house")


def test_person_of_the_settings_works_here_or_else_the_chief(
    desk: Desk, jobs: Jobs, settle: Settle
) -> None:
    assert Session(desk, jobs, Settings(person=WRITER)).person.role is Role.JOURNALIST
    assert Session(desk, jobs, Settings(person="Nobody Known")).person.name == CHIEF
    session = Session(desk, jobs)
    session.set_person("Nobody Known")
    assert session.person.name == CHIEF
    session.set_person(WRITER)
    settle()
    assert load_settings()[0].person == WRITER


def test_role_changed_by_another_process_is_used(
    qtbot: QtBot, session: Session, desk: Desk, settle: Settle
) -> None:
    session.set_person(WRITER)
    with Desk.open(desk.path) as other:
        other.do(joining(WRITER, Role.EDITOR), CHIEF)
    with qtbot.waitSignal(session.person_changed):
        session.check_for_changes()
    settle()
    assert session.person == Person(WRITER, Role.EDITOR)


def test_own_commands_are_not_taken_for_those_of_another_process(
    session: Session, write: Write, settle: Settle
) -> None:
    story = write("harbour-opens")
    session.reload()
    settle()
    changes: list[Changes] = []
    session.changed.connect(changes.append)
    for number in range(3):
        session.run(AddNote(story, f"Note {number}", ""), owner=session)
    settle()
    session.check_for_changes()
    settle()
    assert [change.touched for change in changes] == [(("notes", story),)] * 3


def test_what_another_process_wrote_comes_with_the_next_own_command(
    session: Session, desk: Desk, write: Write, settle: Settle
) -> None:
    story = write("harbour-opens")
    session.reload()
    settle()
    with Desk.open(desk.path) as other:
        other.do(SaveHouse(replace(session.house, name="River Post"), session.house.hash), CHIEF)
    own: list[Changes] = []
    seen: list[Changes] = []
    session.changed.connect(seen.append)
    session.run(AddNote(story, "Who says so?", ""), owner=session, done=own.append)
    settle()
    assert session.house.name == "River Post"
    assert [change.touched for change in own] == [(("notes", story),)]
    assert seen[0].touches("house")
    assert seen[0].touches("notes", story)


def test_settings_changed_twice_in_a_row_are_saved_as_they_were_last(
    session: Session, settle: Settle
) -> None:
    for size in range(40):
        session.change_settings(text_size=size % 5)
    settle()
    assert load_settings()[0].text_size == session.settings.text_size == 4
