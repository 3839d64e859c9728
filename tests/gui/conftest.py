"""A real desk, a real session and the real look, for every test of the window."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import AddNote, ImportItems, SaveBanner, SaveStory, Spike, Submit
from editor.core.dateline import SEED_TEMPLATE, Dateline
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.jobs import Jobs
from editor.gui.page.engine import LockedPage
from editor.gui.page.page_view import PageView
from editor.gui.preview.pane import PreviewPane
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.theme import apply_theme
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.settings import Settings
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder
from tests.fonts import skip_without_fonts
from tests.gui.hands import Hands
from tests.gui.screens import Desks
from tests.people import approving, joining
from tests.reading import reading
from tests.templates import copy_template, make_template

Settle = Callable[[], None]
AnyDialog = TypeVar("AnyDialog", bound=QWidget)
Ask = Callable[[LockedPage, str], object]

CHIEF, EDITOR, WRITER = "Mara Quill", "Theo Marsh", "Ines Vale"


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty desk with a chief, an editor and a journalist."""
    folder = tmp_path_factory.mktemp("template")
    return make_template(folder, lambda: _make_desk(folder / "Harbour.desk"))


def _make_desk(path: Path) -> None:
    house = House("Harbour Post", dateline_template=SEED_TEMPLATE)
    with Desk.create(path, house, Person(CHIEF, Role.CHIEF)) as made:
        made.do(joining(EDITOR, Role.EDITOR), CHIEF)
        made.do(joining(WRITER, Role.JOURNALIST), CHIEF)


@pytest.fixture
def desk(tmp_path: Path, desk_template: Path) -> Iterator[Desk]:
    """A copy of the empty desk of the Harbour Post, open."""
    with Desk.open(copy_template(desk_template, "Harbour.desk", tmp_path)) as opened:
        yield opened


@pytest.fixture
def lina(desk: Desk, tmp_path: Path) -> str:
    """An editor whose key is on another computer."""
    name = "لينا حداد"
    desk.do(joining(name, Role.EDITOR, KeyFolder(tmp_path / "elsewhere", "x", cost=1)), CHIEF)
    return name


@pytest.fixture
def write(desk: Desk) -> Callable[..., str]:
    """Put a story on the desk at a stage, written there or imported; gives its id."""

    def put(
        slug: str,
        headline: str = "",
        *,
        stage: Stage = Stage.DRAFT,
        by: str = WRITER,
        imported: bool = False,
        **more: Any,
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
        command = ImportItems((story,)) if imported else SaveStory(story)
        [id] = desk.do(command, by).ids("story")
        if stage in (Stage.REVIEW, Stage.APPROVED):
            desk.do(Submit(id, 1), by)
        if stage is Stage.APPROVED:
            desk.do(approving(desk, id, reading(desk).stored(id).version), CHIEF)
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
def stories(desk: Desk, write: Callable[..., str], banner: Banner) -> Desks:
    draft = write("draft", body="The harbour opened on on Monday.\n\nBoats came in.")
    desk.do(AddNote(draft, "Ask the port."), EDITOR)
    review = write("review", stage=Stage.REVIEW)
    torn = write("torn")
    story = reading(desk).stored(torn).story
    for name, headline in ((WRITER, "One of them"), (EDITOR, "The other one")):
        desk.do(SaveStory(replace(story, headline=headline), 1), name)
    assert len(reading(desk).leaves(torn)) == 2
    return Desks(draft, review, torn)


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
    made = Session(desk, jobs, Settings(person=CHIEF, check_spelling=False))
    made.keys.read()
    return made


@pytest.fixture
def settle(qtbot: QtBot, jobs: Jobs) -> Callable[[], None]:
    """Wait until every job was done and delivered."""
    return lambda: qtbot.waitUntil(lambda: not jobs.busy, timeout=20_000)


ShowDialog = Callable[[AnyDialog], AnyDialog]


@pytest.fixture
def show_dialog(qtbot: QtBot, settle: Settle) -> ShowDialog[Any]:
    """Show a dialog, which is deleted with the test, not by being closed in it."""

    def show(dialog: AnyDialog) -> AnyDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        settle()
        return dialog

    return show


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, session: Session, settle: Callable[[], None]) -> Iterator[OpenWindow]:
    """Open the real window at the usual size and let it go to where there is work.

    The Checks tab is in front, so that the web engine is only started by tests
    that are about it.
    """
    opened: list[MainWindow] = []

    def show(person: str = CHIEF, state: WindowState | None = None, **known: Any) -> MainWindow:
        session.set_person(person)
        session.check_for_changes()
        settle()
        window = MainWindow(session, state or WindowState(tab="checks", **known))
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


@pytest.fixture
def draft(session: Session, settle: Settle) -> Iterator[Draft]:
    """A draft that is left safely at the end, as the window does."""
    made = Draft(session)
    yield made
    made.close()
    settle()


@pytest.fixture
def problems(session: Session) -> list[EditorError]:
    """Every problem the session told of."""
    told: list[EditorError] = []
    session.problem.connect(told.append)
    return told


@pytest.fixture
def form(session: Session, draft: Draft, qtbot: QtBot) -> StoryForm:
    """The form, shown."""
    made = StoryForm(session, draft)
    qtbot.addWidget(made)
    made.resize(460, 800)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def opened(form: StoryForm, write: Callable[..., str], hands: Hands) -> str:
    """A story that is open in the form; its id."""
    story = write("harbour-opens")
    hands.open(story)
    return story


@pytest.fixture
def hands(qtbot: QtBot, draft: Draft, settle: Settle) -> Hands:
    """Whoever sits at the keyboard."""
    return Hands(qtbot, draft, settle)


@pytest.fixture
def jpeg() -> bytes:
    """A small picture: a bright spot on grey."""
    image = Image.new("RGB", (640, 480), (70, 80, 90))
    ImageDraw.Draw(image).ellipse((40, 40, 120, 120), fill=(240, 200, 80))
    data = io.BytesIO()
    image.save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def pane(session: Session, draft: Draft, qtbot: QtBot, settle: Settle) -> Iterator[PreviewPane]:
    """The pane, shown and with its engine running."""
    made = PreviewPane(session, draft)
    made.resize(480, 800)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.view is not None, timeout=20_000)
    yield made
    settle()
    close(made, made.view, qtbot)


@pytest.fixture
def ask(qtbot: QtBot) -> Ask:
    """Run a script of ours in the page and give its value."""
    skip_without_fonts()

    def run(page: LockedPage, script: str) -> object:
        answers: list[object] = []
        page.run_script(script, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
        return answers[0]

    return run


@pytest.fixture
def open_story(
    session: Session, pane: PreviewPane, draft: Draft, qtbot: QtBot, settle: Settle
) -> Callable[[str], None]:
    """Open a story and wait until its page is there."""
    skip_without_fonts()

    def go(story_id: str) -> None:
        session.reload()
        settle()
        draft.open(story_id)
        qtbot.waitUntil(lambda: draft.open_story.key == story_id)
        shown(pane, draft, qtbot, settle)

    return go


@pytest.fixture
def follow(pane: PreviewPane, draft: Draft, qtbot: QtBot, settle: Settle) -> Callable[[], None]:
    """Wait until the page holds the draft as it is."""
    return lambda: shown(pane, draft, qtbot, settle)


def shown(pane: PreviewPane, draft: Draft, qtbot: QtBot, settle: Settle) -> None:
    """Wait until the engine's article is the renderer's, byte for byte."""
    settle()
    view = pane.view
    assert view is not None

    found: list[object] = []

    def same() -> bool:
        view.page.run_script("document.querySelector('article')?.outerHTML", found.append)
        rendered = view.rendered
        if view.loading or not found or rendered is None or rendered.article is None:
            return False
        return found[-1] == rendered.article.html

    qtbot.waitUntil(same, timeout=20_000)


def close(widget: QWidget, view: PageView | None, qtbot: QtBot) -> None:
    """Let the engine go in its order, and the widget after it."""
    if view is not None:
        with qtbot.waitSignal(view.page.destroyed, timeout=20_000):
            view.release()
    widget.close()
    widget.deleteLater()
