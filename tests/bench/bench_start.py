"""From a cold process to a painted window, beside a bare PySide6 window.

    python tests/bench/bench_start.py [--runs 9]

Both are timed from outside, from the start of the process to the line that the
window prints after its first paint. Runs alternate, so that whatever else the
machine does meets both. The desk has a story open and the Preview tab in front.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.core.commands import SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
RUNS = 9
AIM = 1.3
"""Times the bare window."""

_READY = """
from PySide6.QtCore import QEvent, QObject, QTimer
import os
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and watched.isWidgetType() and wanted(watched):
            app.removeEventFilter(self)
            QTimer.singleShot(0, ready)
        return False
def ready():
    print("ready", flush=True)
    os._exit(0)
"""
_BARE = f"""
from PySide6.QtWidgets import QApplication, QMainWindow
{_READY}
def wanted(widget): return widget is window
app = QApplication([])
window = QMainWindow()
first = FirstPaint()
app.installEventFilter(first)
window.resize(1440, 900)
window.show()
app.exec()
"""
_STONEHAND = f"""
import sys
from pathlib import Path
from editor.gui.window.web_setup import prepare_web_engine
prepare_web_engine()
from PySide6.QtWidgets import QApplication
from editor.gui.app import Application
{_READY}
def wanted(widget): return stonehand.window is not None and widget is stonehand.window
app = QApplication([])
first = FirstPaint()
stonehand = Application(app)
app.installEventFilter(first)
stonehand.start(Path(sys.argv[1]))
app.exec()
"""


def make_desk(folder: Path) -> Path:
    """A desk with a few stories, as on the second day."""
    path = folder / "Harbour.desk"
    with Desk.create(path, House("Harbour Post"), Person("Mara Quill", Role.CHIEF)) as desk:
        for number in range(20):
            story = Story(slug=f"story-{number}", headline=f"Story {number}", body="Words. " * 200)
            desk.do(SaveStory(story), "Mara Quill")
    return path


def seconds(code: str, environment: dict[str, str], *arguments: str) -> float:
    """How long a new process takes until it says that it is ready."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
        text=True,
    ) as process:
        line = process.stdout.readline() if process.stdout else ""
        took = time.perf_counter() - start
    if line.strip() != "ready":
        raise SystemExit("A window did not come up; run it by hand to see why.")
    return took


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = max(1, parser.parse_args().runs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "STONEHAND_DATA": str(folder / "data"),
            "STONEHAND_CONFIG": str(folder / "config"),
            "PYTHONPATH": str(ROOT),
        }
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            environment["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        desk = str(make_desk(folder))
        bare, ours = [], []
        seconds(_BARE, environment)  # both once unmeasured: the files are in memory then
        seconds(_STONEHAND, environment, desk)
        for _ in range(runs):
            bare.append(seconds(_BARE, environment))
            ours.append(seconds(_STONEHAND, environment, desk))
    small, large = statistics.median(bare), statistics.median(ours)
    print(f"start to painted window, {runs} runs each, medians")
    print(f"{'bare PySide6 window':24}{small:8.2f} s")
    print(f"{'Stonehand':24}{large:8.2f} s")
    print(f"{'ratio':24}{large / small:8.2f}   (aim: at most {AIM})")


if __name__ == "__main__":
    main()
