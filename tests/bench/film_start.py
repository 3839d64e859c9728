"""Film starts of the window, and count the frames in which it is gone or black: there are none.

    python tests/bench/film_start.py [--starts 10]

On a screen in memory (Xvfb), seen from outside; and on Qt's offscreen platform, where the
process itself looks at what its screen shows. Each start has a desk that was open before, with
the picture of its window and without one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.bench_start import (
    Program,
    first_run,
    make_desk,
    programs,
    restore,
    running,
    seen,
    wait_until_settled,
)
from tests.virtual_screen import Screen, empty_share, virtual_screen

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 0.1
"""The share of the screen that may be empty beside the window, above what is so in the end."""

_OFFSCREEN = """
import json, sys
from pathlib import Path
from editor.gui import start as program
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

frames, still = [], 0
def look():
    global still
    window = next(iter(QGuiApplication.topLevelWindows()), None)
    if window is None or not window.isVisible():
        return
    box = window.geometry()
    shown = QGuiApplication.primaryScreen().grabWindow(
        0, box.x(), box.y(), box.width(), box.height()
    ).toImage().scaled(90, 56)
    dark = [max(shown.pixelColor(x, y).getRgb()[:3]) < 8 for x in range(90) for y in range(56)]
    share = sum(dark) / len(dark)
    if frames or share < 0.1:  # once it is painted
        frames.append(share)
    opened = application.window is not None and application.window.session.is_open
    still = still + 1 if opened and not application.window.session.jobs.busy else 0
    if still > 100:
        print(json.dumps([len(frames), max(frames)]))
        app.exit(1)

timer = QTimer()
timer.timeout.connect(look)
app, application = program.start(Path(sys.argv[1]))
timer.start(10)
app.exec()
"""


def film_on_screen(program: Program, screen: Screen) -> tuple[int, float]:
    """Start on the screen in memory; give how many frames there were, and the emptiest."""
    with running(program, screen) as (process, film):
        seen(film, lambda: screen.hands.windows() > 0, program)
        wait_until_settled(film, process)
        shares = [empty_share(frame.picture) for frame in film.frames]
    # Until the window is painted the screen shows what is under it.
    beside = shares[-1]
    first = next(number for number, share in enumerate(shares) if share < beside + LARGEST)
    return len(shares) - first, max(shares[first:]) - beside


def film_offscreen(program: Program) -> tuple[int, float]:
    """Start without any screen; give how many frames were looked at, and the emptiest."""
    process = subprocess.run(
        [sys.executable, "-c", _OFFSCREEN, program.command[-1]],
        env={**program.environment, "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    number, emptiest = process.stdout.strip("[]\n").split(",")
    return int(number), float(emptiest)


def main() -> None:
    """Film the starts and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--starts", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, virtual_screen() as screen:
        folder, kept = Path(name) / "state", Path(name) / "kept"
        folder.mkdir()
        for variable in ("DATA", "CONFIG", "KEYS"):
            os.environ.setdefault(f"STONEHAND_{variable}", str(folder / variable.lower()))
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        found = programs(folder, make_desk(folder), environment)
        program = next(program for program in found if program.name == "Stonehand")
        for _time in range(2):
            first_run(program, screen)
        shutil.copytree(folder, kept)
        kinds: dict[str, Callable[[], tuple[int, float]]] = {
            "X11": lambda: film_on_screen(program, screen),
            "offscreen": lambda: film_offscreen(program),
        }
        print(f"{'':24}{'starts':>8}{'frames':>8}{'emptiest':>10}{'aim':>8}")
        for kind, film in kinds.items():
            for picture in (True, False):
                shown = []
                for _start in range(options.starts):
                    restore(folder, kept)
                    if not picture:
                        for file in (folder / "data" / "windows").glob("*.png"):
                            file.unlink()
                    shown.append(film())
                title = f"{kind}, {'with' if picture else 'without'} picture"
                frames, emptiest = sum(row[0] for row in shown), max(row[1] for row in shown)
                print(f"{title:24}{len(shown):8}{frames:8}{emptiest:9.1%}{f'< {LARGEST:.0%}':>9}")


if __name__ == "__main__":
    main()
