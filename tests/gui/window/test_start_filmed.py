"""The window's start on a real X screen, filmed: it is never gone, and never black."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.store.desk import Desk
from tests.virtual_screen import Film, Screen, empty_share, is_installed, virtual_screen, wait_for

ROOT = Path(__file__).resolve().parents[3]

_WINDOW = """
import sys
from pathlib import Path
from editor.gui.app import start
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


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A screen in memory with a background that is not black."""
    if not is_installed():
        pytest.skip("Xvfb is not installed")
    with virtual_screen() as made:
        _ = made.hands
        yield made


def test_no_frame_is_black_or_without_the_window_while_the_engine_joins_it(
    screen: Screen, python: str, write: Callable[..., str], desk: Desk
) -> None:
    write("harbour-opens", body="The harbour opened on Monday. " * 200)
    folder = desk.path
    desk.close()
    environment = {
        **os.environ,
        "DISPLAY": screen.display,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
    }
    film = Film(screen)
    with subprocess.Popen(
        [python, "-c", _WINDOW, str(folder)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        try:
            assert wait_for(lambda: screen.hands.windows() > 0, 120)
            assert wait_for(lambda: empty_share(film.look()) < 0.5, 60), "the window is painted"
            film.start()
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "shown"
            assert wait_for(lambda: len(film.frames) > 1, 60)
            frames = film.end()
        finally:
            process.send_signal(signal.SIGTERM)
    assert frames
    assert max(map(empty_share, frames)) < 0.5
