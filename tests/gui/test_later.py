"""A window that is shown before its desk is open, with what was remembered of it."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.gui import app as app_module
from editor.gui import later
from editor.gui.app import Application
from editor.gui.window.first_frame import remembered_file
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState, load_window_state, save_window_state
from editor.settings import load_settings, save_settings
from editor.store.desk import Desk
from editor.store.journal import Journal
from tests.gui.conftest import CHIEF, WRITER
from tests.reading import reading

Write = Callable[..., str]
ROOT = Path(__file__).resolve().parents[2]


class Stonehand:
    """Starts the application, and opens a desk only once it may be."""

    def __init__(self, qtbot: QtBot, qapp: QApplication) -> None:
        self.qtbot, self._qapp = qtbot, qapp
        self.may_open = threading.Event()
        self.meanwhile: Callable[[Path], object] = lambda _path: None
        self.application: Application | None = None

    @property
    def window(self) -> MainWindow:
        assert self.application is not None
        assert self.application.window is not None
        return self.application.window

    def open(self, path: Path) -> later.Opened:
        """Open a desk as the application does, once it may be."""
        assert self.may_open.wait(30)
        self.meanwhile(path)
        return _open_desk(path)

    def start(self, path: Path) -> None:
        application = self.application = Application(self._qapp)
        state = load_window_state()
        application.window_state = replace(WindowState(tab="checks"), desks=state.desks)
        application.start(path)

    def start_and_open(self, path: Path) -> None:
        self.may_open.set()
        self.start(path)
        self.wait(lambda: self.application is not None and self.application.window is not None)
        self.settle()

    def wait(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def settle(self) -> None:
        self.wait(lambda: self.window.session.is_open and not self.window.session.jobs.busy)

    def let_open(self) -> None:
        self.may_open.set()
        self.settle()

    def leave(self) -> None:
        application = self.application
        if application is None:
            return
        self.may_open.set()
        if application.window is not None:
            jobs = application.window.session.jobs
            self.wait(lambda: not jobs.busy)
            application.window.close()
            self.wait(lambda: application.window is None)
        if application.start_window is not None:
            application.start_window.close()
        application.deleteLater()
        self.application = None
        self.may_open.clear()


_open_desk = later.open_desk


@pytest.fixture
def stonehand(
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,  # is removed after the test, and after the window that saves into it closed
) -> Iterator[Stonehand]:
    assert tmp_path.is_dir()
    made = Stonehand(qtbot, qapp)
    monkeypatch.setattr(later, "open_desk", made.open)
    monkeypatch.setattr(app_module, "open_desk", made.open)
    yield made
    made.leave()


@pytest.fixture
def path(desk: Desk) -> Path:
    """The desk's folder; the desk is closed before a window opens it."""
    return desk.path


@pytest.fixture
def story(stonehand: Stonehand, desk: Desk, path: Path, write: Write) -> str:
    """A draft that was open when the window of the desk was closed."""
    write("quay-opens")
    made = write("harbour-opens", "Harbour opens")
    desk.close()
    settings = replace(load_settings()[0], person=CHIEF)
    save_settings(settings)
    state = WindowState(tab="checks", desks={str(path): {"place": "drafts", "story": made}})
    save_window_state(state)
    stonehand.start_and_open(path)
    stonehand.leave()
    assert remembered_file(path).exists()
    return made


def rows(window: MainWindow) -> list[str]:
    model = window.list.view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def geometry(window: MainWindow) -> list[tuple[str, QRect]]:
    """Where each part that is seen of the list and the form is."""
    return [
        (
            part.text() if isinstance(part, QLabel) else type(part).__name__,
            QRect(part.mapTo(window, part.rect().topLeft()), part.size()),
        )
        for top in (window.places, window.list, window.centre)
        for part in (top, *top.findChildren(QWidget))
        if part.isVisible()
    ]


def texts(window: MainWindow) -> set[str]:
    return {part.text() for part in window.centre.findChildren(QLabel) if part.isVisible()}


def test_list_and_story_are_shown_before_the_desk_is_open(
    stonehand: Stonehand, path: Path, story: str
) -> None:
    save_settings(replace(load_settings()[0], last_desk="", recent_desks=()))
    other = remembered_file(path.with_name("Deleted.desk"))
    other.write_bytes(b"{}")
    stonehand.start(path)
    window = stonehand.window
    assert not window.session.is_open
    assert load_settings()[0].last_desk == ""
    assert window.isVisible()
    assert rows(window) == ["Harbour opens", "Headline of quay-opens"]
    assert window.list.current_id() == story
    assert window.draft.typed.headline == "Harbour opens"
    assert window.centre.page() is window.centre.form
    stonehand.let_open()
    assert rows(window) == ["Harbour opens", "Headline of quay-opens"]
    assert window.draft.open_story.stored == reading(window.session.desk).stored(story)
    window.session.change_settings(text_size=1)
    stonehand.settle()
    assert load_settings()[0].recent_desks == (str(path),)
    assert not other.exists(), "its desk is not on the list"


def test_nothing_moves_and_nothing_else_is_shown_when_the_desk_opens(
    stonehand: Stonehand, path: Path, story: str
) -> None:
    assert story
    stonehand.start(path)
    window = stonehand.window
    shown: list[set[str]] = []
    pages: list[QWidget] = []
    window.centre.page_changed.connect(lambda: pages.append(window.centre.page()))
    stonehand.wait(lambda: any("min read" in text for text in texts(window)))
    QApplication.processEvents()  # the layout makes room for it
    shown.append(texts(window))
    before, titles = geometry(window), rows(window)

    def is_settled() -> bool:
        shown.append(texts(window))
        return window.session.is_open and not window.session.jobs.busy

    stonehand.may_open.set()
    stonehand.wait(is_settled)
    assert geometry(window) == before
    assert rows(window) == titles
    assert pages == []
    assert not any("Choose a story" in text for texts_then in shown for text in texts_then)


def test_first_window_of_a_desk_shows_its_story_and_never_what_to_start_with(
    stonehand: Stonehand, path: Path, story: str
) -> None:
    remembered_file(path).unlink()
    pages: list[QWidget] = []
    stonehand.may_open.set()
    stonehand.start(path)
    stonehand.wait(lambda: stonehand.application.window is not None)
    window = stonehand.window
    pages.append(window.centre.page())
    window.centre.page_changed.connect(lambda: pages.append(window.centre.page()))
    stonehand.settle()
    assert window.draft.open_story.key == story
    assert window.centre.welcome not in pages


def test_what_is_typed_before_the_desk_is_open_reaches_draft_and_disk(
    stonehand: Stonehand, path: Path, story: str
) -> None:
    stonehand.start(path)
    window = stonehand.window
    window.draft.set_value("headline", "Harbour opens at last")
    stonehand.qtbot.wait(900)  # longer than the pause after which it would be written
    assert not Journal(path / "drafts").has("story:"), "another window may have the desk"
    stonehand.let_open()
    stonehand.wait(lambda: Journal(path / "drafts").read(f"story:{story}") is not None)
    assert window.draft.typed.headline == "Harbour opens at last"
    assert window.draft.open_story.notice is None
    saved: list[bool] = []
    window.draft.save(lambda: saved.append(True))
    stonehand.wait(lambda: bool(saved))
    stored = reading(window.session.desk).stored(story)
    assert (stored.version, stored.story.headline) == (2, "Harbour opens at last")


def write_meanwhile(story: Story, base: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with Desk.open(path) as other:
            other.do(SaveStory(story, base), WRITER)

    return write


def test_story_that_somebody_changed_meanwhile_is_shown_as_it_is_now(
    stonehand: Stonehand, path: Path, story: str
) -> None:
    stonehand.meanwhile = write_meanwhile(Story(id=story, headline="Harbour shut"), 1)
    stonehand.start(path)
    assert stonehand.window.draft.typed.headline == "Harbour opens"
    stonehand.let_open()
    assert stonehand.window.draft.typed.headline == "Harbour shut"
    assert rows(stonehand.window)[0] == "Harbour shut"


def test_typed_text_stays_where_somebody_changed_the_story_meanwhile(
    stonehand: Stonehand, path: Path, story: str
) -> None:
    stonehand.meanwhile = write_meanwhile(Story(id=story, headline="Harbour shut"), 1)
    stonehand.start(path)
    stonehand.window.draft.set_value("headline", "Harbour opens at last")
    stonehand.let_open()
    draft = stonehand.window.draft
    assert draft.typed.headline == "Harbour opens at last"
    assert draft.open_story.base == 1
    assert draft.open_story.notice is not None


def test_text_typed_into_a_story_that_is_gone_is_kept(
    stonehand: Stonehand, path: Path, desk_template: Path, story: str
) -> None:
    def restore(path: Path) -> None:
        # The same file with what another desk has, as after a copy over it.
        database = path / "desk.sqlite3"
        for rest in path.glob("desk.sqlite3-*"):
            rest.unlink()
        database.write_bytes((desk_template / "Harbour.desk" / "desk.sqlite3").read_bytes())

    stonehand.meanwhile = restore
    stonehand.start(path)
    stonehand.window.draft.set_value("headline", "Harbour opens at last")
    stonehand.let_open()
    assert stonehand.window.draft.open_story.key != story
    entry = Journal(path / "drafts").read(f"story:{story}")
    assert entry is not None
    assert entry["story"]["headline"] == "Harbour opens at last"


def test_story_somebody_goes_to_before_the_desk_is_open_is_opened(
    stonehand: Stonehand, path: Path, story: str
) -> None:
    stonehand.start(path)
    window = stonehand.window
    window.list.step(1)
    assert window.draft.open_story.key == story
    stonehand.let_open()
    assert window.draft.typed.slug == "quay-opens"
    assert window.list.current_id() == window.draft.open_story.key


def test_window_closed_before_the_desk_is_open_saves_what_was_typed(
    stonehand: Stonehand, path: Path, story: str
) -> None:
    stonehand.start(path)
    application = stonehand.application
    assert application is not None
    stonehand.window.draft.set_value("headline", "Harbour opens at last")
    stonehand.window.close()
    stonehand.may_open.set()
    stonehand.wait(lambda: application.window is None)
    with Desk.open(path) as again:
        assert reading(again).stored(story).story.headline == "Harbour opens at last"


@pytest.mark.parametrize("kind", ["another person", "damaged", "unsaved text"])
def test_what_is_remembered_is_not_shown_where_it_may_be_wrong(
    stonehand: Stonehand, path: Path, story: str, kind: str
) -> None:
    if kind == "another person":
        save_settings(replace(load_settings()[0], person=WRITER))
    elif kind == "damaged":
        remembered_file(path).write_bytes(b"{}")
    else:
        typed = Story(id=story, headline="Typed before the crash")
        Journal(path / "drafts").write(f"story:{story}", {"story": typed.to_json(), "base": 1})
    stonehand.start(path)
    assert stonehand.application is not None
    assert stonehand.application.window is None
    stonehand.may_open.set()
    stonehand.wait(lambda: stonehand.application.window is not None)
    stonehand.settle()


_START = """
import json, sys
from pathlib import Path
from editor.gui import later
from editor.gui.start import start
app, stonehand = start(Path(sys.argv[1]))
window, open_desk, modules = stonehand.window, later.open_desk, []
def note(path):
    modules.extend(sorted(sys.modules))
    return open_desk(path)
later.open_desk = note
def painted():
    shown.append((window.list.view.model().rowCount(), window.draft.typed.headline))
def opened():
    print(json.dumps([*shown[0], modules]), flush=True)
    stonehand.end(0)
shown = []
window.painted.connect(painted)
window.session.opened.connect(opened)
sys.exit(app.exec())
"""
_LATER = (
    *("sqlalchemy", "alembic", "sqlite3", "cryptography", "joserfc", "PIL", "babel"),
    *("jinja2", "nh3", "lxml", "markdown", "langdetect", "PySide6.QtWebEngineWidgets"),
    *("PySide6.QtWebEngineCore", "editor.store.db", "editor.store.desk", "editor.checks"),
    *("editor.gui.preview", "editor.gui.page.page_view", "editor.gui.widgets.redline"),
)


def test_list_and_story_are_painted_before_the_database_is_imported(
    path: Path, story: str, python: str
) -> None:
    assert story
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        [python, "-c", _START, str(path)],
        env=environment, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    count, headline, modules = json.loads(process.stdout)
    assert (count, headline) == (2, "Harbour opens")
    later_ones = tuple(f"{name}." for name in _LATER)
    assert not [module for module in modules if f"{module}.".startswith(later_ones)]
