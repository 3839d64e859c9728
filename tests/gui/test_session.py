"""The open desk and the person at it."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.changes import Changes
from editor.core.commands import AddPerson, Approve, SaveBanner, SaveStory
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.errors import NotAllowed
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.settings import Settings, load_settings
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, WRITER

Write = Callable[..., str]
Settle = Callable[[], None]


def test_a_refused_command_is_a_problem_and_changes_nothing(
    qtbot: QtBot, session: Session, write: Write, settle: Settle
) -> None:
    story = write("harbour-opens")
    changes: list[Changes] = []
    session.changed.connect(changes.append)
    with qtbot.waitSignal(session.problem) as problem:
        session.run(Approve(story, 1), owner=session)
    settle()
    assert isinstance(problem.args[0], NotAllowed)
    assert changes == []


def test_failed_takes_the_problem_off_everyone_elses_hands(
    session: Session, write: Write, settle: Settle
) -> None:
    story = write("harbour-opens")
    shown: list[object] = []
    heard: list[object] = []
    session.problem.connect(shown.append)
    session.run(Approve(story, 1), owner=session, failed=heard.append)
    settle()
    assert len(heard) == 1
    assert shown == []


def test_values_are_fresh_before_anyone_hears_of_a_change(session: Session, settle: Settle) -> None:
    seen: list[tuple[str, bool, int]] = []

    def hear(changes: Changes) -> None:
        [id] = changes.ids("story")
        drafts = session.counts.stages.get(Stage.DRAFT, 0)
        seen.append(("changed", session.slugs.get(id) == "harbour-opens", drafts))

    session.changed.connect(hear)
    session.run(
        SaveStory(Story(slug="harbour-opens", headline="Harbour opens")),
        owner=session,
        done=lambda _changes: seen.append(("done", True, session.counts.stages[Stage.DRAFT])),
    )
    settle()
    assert seen == [("done", True, 1), ("changed", True, 1)]


def test_two_commands_given_at_once_both_show(session: Session, settle: Settle) -> None:
    banner = Banner((Brief("b1", "Ferry back", "The line said so."),))
    session.run(SaveBanner(banner, session.banner.hash), owner=session)
    session.run(SaveStory(Story(slug="harbour-opens")), owner=session)
    settle()
    assert session.banner == banner
    assert list(session.slugs.values()) == ["harbour-opens"]


def test_what_another_process_wrote_is_seen_when_asked(
    session: Session, desk: Desk, settle: Settle
) -> None:
    heard: list[Changes] = []
    session.changed.connect(heard.append)
    session.check_for_changes()
    settle()
    assert heard == []
    with Desk.open(desk.path) as other:
        [id] = other.do(SaveStory(Story(slug="from-outside")), WRITER).ids("story")
    session.check_for_changes()
    settle()
    assert session.slugs[id] == "from-outside"
    assert heard[0].touches("story", id)


def test_who_works_here(desk: Desk, jobs: Jobs, settle: Settle) -> None:
    assert Session(desk, jobs, Settings(person=WRITER)).person.role is Role.JOURNALIST
    assert Session(desk, jobs, Settings(person="Nobody Known")).person.name == CHIEF
    session = Session(desk, jobs)
    session.set_person("Nobody Known")
    assert session.person.name == CHIEF
    session.set_person(WRITER)
    settle()
    assert load_settings()[0].person == WRITER


def test_a_role_that_changed_elsewhere_counts_here(
    qtbot: QtBot, session: Session, desk: Desk, settle: Settle
) -> None:
    session.set_person(WRITER)
    with Desk.open(desk.path) as other:
        other.do(AddPerson(Person(WRITER, Role.EDITOR)), CHIEF)
    with qtbot.waitSignal(session.person_changed):
        session.check_for_changes()
    settle()
    assert session.person == Person(WRITER, Role.EDITOR)
