"""The start on a real X screen, filmed: a picture first, the window in its place, never black."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from editor.gui.window.first_frame import first_frame_file
from editor.gui.window.window_state import WindowState, save_window_state
from editor.settings import load_settings, save_settings
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF
from tests.virtual_screen import (
    Film,
    Screen,
    differing,
    empty_share,
    is_installed,
    virtual_screen,
    wait_for,
)

ROOT = Path(__file__).resolve().parents[2]
Write = Callable[..., str]

_BODY = (600, 640)
"""A place in the body."""
_TEXTS = {"en-GB": "Boats came in. " * 40, "ar": "وصلت السفن مع المد. " * 40}

_WINDOW = """
import sys
from pathlib import Path
from editor.gui.start import start
app, stonehand = start(Path(sys.argv[1]))
from PySide6.QtCore import QTimer
def look():
    preview = stonehand.window.pane.preview if stonehand.window else None
    if preview is None or preview.view is None or preview.view.loading or not preview.view.rendered:
        return
    print("shown", flush=True)
    timer.stop()
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
sys.exit(app.exec())
"""

_OPEN = """
import sys
from pathlib import Path
from editor.gui import start as program
def look():
    window = stonehand.window
    if window and window.draft.open_story.is_open and not window.session.jobs.busy:
        timer.stop()
        print("open", flush=True)
        sys.stdin.readline()
app, stonehand = program.start(Path(sys.argv[1]))
from PySide6.QtCore import QTimer
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
sys.exit(program.run_until_closed(app, stonehand))
"""

_STEP_BY_STEP = """
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path

class Wait(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "editor.gui.app":
            say("pictured")

def say(word):
    print(word, flush=True)
    sys.stdin.readline()

def fill_and_say(window, *given):
    fill(window, *given)
    window.painted.connect(lambda: say("filled"))
    window.draft.changed.connect(lambda _path: say(window.draft.typed.body))

sys.meta_path.insert(0, Wait())
from editor.gui.window.main_window import MainWindow
fill, MainWindow.fill = MainWindow.fill, fill_and_say
from editor.gui.start import run
sys.exit(run(Path(sys.argv[1])))
"""
"""Waits for a line where the picture is shown, where the window is, and after what is typed."""


_LONG_MODE = pytest.mark.slow


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A screen in memory with a background that is not black."""
    if not is_installed():
        pytest.skip("Xvfb is not installed")
    with virtual_screen() as made:
        made.hands.point(1439, 899)  # out of the pictures
        yield made


class Start:
    """A start of the program that waits after its picture and before it opens the desk."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def next_word(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def wait_until(self, word: str) -> None:
        assert self.next_word() == word

    def go_on(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def wait_for_end(self) -> None:
        assert self._process.wait(120) == 0


@contextmanager
def starting(program: str, python: str, screen: Screen, desk: Path) -> Iterator[Start]:
    environment = {
        **os.environ,
        "DISPLAY": screen.display,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [python, "-c", program, str(desk)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        try:
            yield Start(process)
        finally:
            process.kill()


@pytest.fixture(
    params=[
        *(("light", "en-GB"), ("dark", "ar")),
        *(pytest.param(other, marks=_LONG_MODE) for other in (("light", "ar"), ("dark", "en-GB"))),
    ],
    ids="-".join,
)
def closed(
    request: pytest.FixtureRequest, screen: Screen, python: str, write: Write, desk: Desk
) -> Path:
    """A desk whose window was closed with a draft open in it, by a person, in one of the looks."""
    look, language = request.param
    save_settings(replace(load_settings()[0], appearance=look, person=CHIEF))
    story = write("harbour-opens", body=_TEXTS[language], language=language)
    desk.close()
    open_then = {str(desk.path): {"place": "drafts", "story": story}}
    save_window_state(WindowState(tab="checks", desks=open_then))
    with starting(_OPEN, python, screen, desk.path) as start:
        start.wait_until("open")
        start.go_on()
        screen.hands.close_windows()
        start.wait_for_end()
    assert first_frame_file(desk.path).exists()
    return desk.path


def test_window_is_first_its_picture_and_then_the_very_same(
    screen: Screen, python: str, closed: Path
) -> None:
    with starting(_STEP_BY_STEP, python, screen, closed) as start:
        start.wait_until("pictured")
        assert wait_for(lambda: empty_share(screen.small()) < 0.5, 60)
        before = screen.still_picture()
        film = Film(screen)
        film.start()
        start.go_on()
        start.wait_until("filled")
        after = screen.still_picture()
        frames = film.end()
    assert differing(before, after) == 0
    assert max(empty_share(frame.picture) for frame in frames) < 0.5


def test_what_is_typed_into_the_picture_is_in_the_text(
    screen: Screen, python: str, closed: Path
) -> None:
    with starting(_STEP_BY_STEP, python, screen, closed) as start:
        start.wait_until("pictured")
        screen.hands.click(*_BODY)
        screen.hands.press("Home")
        screen.hands.press("x")
        start.go_on()
        typed = start.next_word()
    # The very first thing that happens in the window, at the place that was clicked.
    assert typed.count("x") == 1
    assert typed.replace("x", "") in (_TEXTS["en-GB"].strip(), _TEXTS["ar"].strip())


def test_no_frame_is_black_or_without_the_window_while_the_engine_joins_it(
    screen: Screen, python: str, write: Write, desk: Desk
) -> None:
    write("harbour-opens", body="The harbour opened on Monday. " * 200)
    folder = desk.path
    desk.close()
    film = Film(screen)
    with starting(_WINDOW, python, screen, folder) as start:
        assert wait_for(lambda: screen.hands.windows() > 0, 120)
        assert wait_for(lambda: empty_share(screen.small()) < 0.5, 60), "the window is painted"
        film.start()
        start.wait_until("shown")
        assert wait_for(lambda: len(film.frames) > 1, 60)
        frames = film.end()
    assert frames
    assert max(empty_share(frame.picture) for frame in frames) < 0.5
