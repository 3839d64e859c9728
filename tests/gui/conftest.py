"""A real desk, a real session and the real look, for every test of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import AddPerson, Approve, SaveBanner, SaveStory, Spike, Submit
from editor.core.dateline import SEED_TEMPLATE, Dateline
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.window.main_window import MainWindow
from editor.gui.window.prepare import prepare
from editor.gui.window.window_state import Memory
from editor.settings import Settings
from editor.store.desk import Desk
from tests.reading import reading

CHIEF, EDITOR, WRITER = "Mara Quill", "Theo Marsh", "Ines Vale"


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What WebEngine wants to be told before there is an application."""
    prepare()
    return ["stonehand"]


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk of the Harbour Post with a chief, an editor and a journalist."""
    house = House("Harbour Post", dateline_template=SEED_TEMPLATE)
    with Desk.create(tmp_path / "Harbour.desk", house, Person(CHIEF, Role.CHIEF)) as made:
        made.do(AddPerson(Person(EDITOR, Role.EDITOR)), CHIEF)
        made.do(AddPerson(Person(WRITER, Role.JOURNALIST)), CHIEF)
        yield made


@pytest.fixture
def write(desk: Desk) -> Callable[..., str]:
    """Put a story on the desk at a stage; gives its id."""

    def put(
        slug: str, headline: str = "", *, stage: Stage = Stage.DRAFT, by: str = WRITER, **more: str
    ) -> str:
        story = replace(
            Story(
                slug=slug,
                section="world",
                headline=headline or f"Headline of {slug}",
                key_points=("The first key point of it.", "The second key point of it."),
                bylines=(by,),
                dateline=Dateline(city="Port Ellery", country="Norland"),
                body="The harbour opened on Monday.\n\nBoats came in.",
            ),
            **more,
        )
        [id] = desk.do(SaveStory(story), by).ids("story")
        if stage in (Stage.REVIEW, Stage.APPROVED):
            desk.do(Submit(id, 1), by)
        if stage is Stage.APPROVED:
            desk.do(Approve(id, reading(desk).stored(id).version), CHIEF)
        if stage is Stage.SPIKED:
            desk.do(Spike(id, 1), by)
        return id

    return put


@pytest.fixture
def banner(desk: Desk) -> Banner:
    """Two briefs on the desk's banner."""
    briefs = Banner(
        (
            Brief("b1", "Ferry back on Monday", "The line said repairs were done."),
            Brief("b2", "Market hall to open early", "Stalls begin at six."),
        )
    )
    desk.do(SaveBanner(briefs, reading(desk).banner().hash), CHIEF)
    return reading(desk).banner()


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """Workers that have ended when the test has; a bug in a job fails the test."""
    workers, crashes = Jobs(), list[str]()
    workers.crashed.connect(crashes.append)
    yield workers
    workers.close()
    assert not crashes, Path(crashes[0]).read_text(encoding="utf-8") if crashes[0] else crashes


@pytest.fixture
def session(desk: Desk, jobs: Jobs) -> Session:
    """The chief at work on the desk."""
    return Session(desk, jobs, Settings(person=CHIEF))


@pytest.fixture
def settle(qtbot: QtBot, jobs: Jobs) -> Callable[[], None]:
    """Wait until every job was done and delivered."""
    return lambda: qtbot.waitUntil(lambda: not jobs.busy, timeout=20_000)


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, session: Session, settle: Callable[[], None]) -> Iterator[OpenWindow]:
    """Open the real window at the usual size and let it go to where there is work.

    The Checks tab is in front, so that the web engine is only started by tests
    that are about it.
    """
    opened: list[MainWindow] = []

    def show(person: str = CHIEF, memory: Memory | None = None, **known: object) -> MainWindow:
        session.work_as(person)
        session.look_around()
        settle()
        window = MainWindow(session, memory or Memory(tab="checks", **known))
        opened.append(window)
        window.resize(1440, 900)
        window.show()
        window.start()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        settle()
        return window

    yield show
    for window in opened:
        window.close()
        settle()
        window.release()
        window.deleteLater()
