"""From a cold process to a window that works, beside ghostwriter and a bare PySide6 window.

    python tests/bench/bench_start.py [--runs 5] [--desk Paper.desk] [--built PROGRAM]

Everything is seen from outside, on a screen of its own (Xvfb), with the same thousand words
open in each: when a window is on the screen; when it shows what it shows in the end, of
Stonehand its list and the story; when a key typed into the text then shows; when nothing
changes any more; what all its processes used by then. Runs alternate, so that whatever else
the machine does meets all of them. A built program is measured beside the checkout, with places
of its own. A frame is empty where, after the window was there, the
screen shows black or what is under the window.

Needs Xvfb, libX11 and libXtst; ghostwriter is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.core.commands import SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.desk import Desk
from tests.bench.processes import cpu, pss, tree
from tests.virtual_screen import (
    STEP,
    Box,
    Film,
    Frame,
    Screen,
    differing,
    empty_share,
    virtual_screen,
    wait_for,
)

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
TEXT = "\n\n".join(
    f"Paragraph {number}: " + "the harbour opened on Monday and boats came in with the tide. " * 8
    for number in range(11)
)
ALIKE = 0.03
"""The share of pixels in which a painted window may differ from the settled one."""
QUIET_S = 3.0
"""Settled is the last change before so many seconds without another."""
BUSY_S = 0.2
"""A process that used more seconds of CPU than this meanwhile is not settled."""
CARET = 0.0002
"""The share of the screen that a blinking caret changes."""

_BARE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QPlainTextEdit(Path(sys.argv[1]).read_text(encoding="utf-8")))
window.resize(1440, 900)
window.show()
app.exec()
"""

AIMS = {"painted": 1.5, "takes keys": 2.0, "settled": 2.5, "PSS": 1.4}
"""Times ghostwriter's."""
UNITS = {
    "mapped": "s",
    "painted": "s",
    "takes keys": "s",
    "settled": "s",
    "CPU, painted": "s",
    "CPU, settled": "s",
    "PSS": "MB",
}


@dataclass
class Program:
    """A program, and where on the screen its text is."""

    name: str
    command: list[str]
    environment: dict[str, str]
    painted: Box
    """The part that has to be right for the window to count as painted."""
    click: tuple[int, int]
    """A place inside the text's first line."""
    settled: Frame | None = None
    figures: dict[str, list[float]] = field(default_factory=dict)
    empty: list[int] = field(default_factory=list)

    def note(self, name: str, value: float) -> None:
        """Add a figure of one run."""
        self.figures.setdefault(name, []).append(value)

    def median(self, name: str) -> float | None:
        """Return the median of a figure over all runs."""
        values = self.figures.get(name)
        return statistics.median(values) if values else None

    def shows_all(self, screen: Screen) -> bool:
        """Return whether the screen shows what it showed in the end, in the part that matters."""
        assert self.settled is not None
        left, top, right, bottom = (edge // STEP for edge in self.painted)
        box = (left, top, right, bottom)
        return differing(screen.small(), self.settled.picture, box) < ALIKE


@contextmanager
def running(program: Program, screen: Screen) -> Iterator[tuple[subprocess.Popen[bytes], Film]]:
    """Start a program with a film of it, and end both."""
    film = Film(screen)
    film.start()
    process = subprocess.Popen(
        program.command,
        env={**program.environment, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process, film
    finally:
        film.end()
        pids = tree(process.pid)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pid in pids[1:]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        wait_for(lambda: screen.hands.windows() == 0)


def restore(state: Path, kept: Path) -> None:
    """Put everything back as it was: what a run typed must not meet the next one.

    In place, for a file that is replaced is another one to who remembers its number.
    """
    for file in sorted(state.rglob("*"), reverse=True):
        if not (kept / file.relative_to(state)).exists():
            file.rmdir() if file.is_dir() and not file.is_symlink() else file.unlink()
    for file in sorted(kept.rglob("*")):
        place = state / file.relative_to(kept)
        if file.is_dir():
            place.mkdir(exist_ok=True)
        elif file.is_file():
            shutil.copyfile(file, place)


def first_run(program: Program, screen: Screen) -> None:
    """Run once unmeasured, for the files to be in memory and for what it shows in the end.

    The window is closed as a person does, so that the program remembers what it wants to.
    """
    with running(program, screen) as (process, film):
        seen(film, lambda: screen.hands.windows() > 0, program)
        wait_until_settled(film, process)
        program.settled = Frame(0.0, screen.small())
        if not wait_for(lambda: has_closed(process, screen), 60):
            raise SystemExit(f"{program.name} did not close.")


def has_closed(process: subprocess.Popen[bytes], screen: Screen) -> bool:
    """Ask a program to close, again if it was a page before its window that closed."""
    screen.hands.close_windows()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        return False
    return True


def quiet_run(program: Program, screen: Screen) -> None:
    """Measure a start that nobody disturbs."""
    with running(program, screen) as (process, film):
        mapped = seen(film, lambda: screen.hands.windows() > 0, program)
        program.note("mapped", mapped)
        program.note("painted", seen(film, lambda: program.shows_all(screen), program))
        program.note("CPU, painted", cpu(tree(process.pid)))
        program.note("settled", wait_until_settled(film, process))
        pids = tree(process.pid)
        program.note("CPU, settled", cpu(pids))
        program.note("PSS", pss(pids))
        base = empty_share(film.frames[-1].picture)
        after = [frame for frame in film.frames if frame.at > mapped + 0.1]
        program.empty.append(sum(empty_share(frame.picture) > base + 0.1 for frame in after))


def key_run(program: Program, screen: Screen) -> None:
    """Measure when a key that is typed as soon as the window is painted shows in the text."""
    x, y = program.click
    line = (x + 12, y - 8, x + 130, y + 8)
    with running(program, screen) as (_process, film):
        seen(film, lambda: program.shows_all(screen), program)
        before = screen.picture()
        screen.hands.click(x, y)
        screen.hands.press("w")
        shown = seen(film, lambda: differing(screen.picture(), before, line) > 0.05, program)
        program.note("takes keys", shown)


def seen(film: Film, is_so: Callable[[], bool], program: Program) -> float:
    """Wait until something is seen, and return when that was."""
    if not wait_for(is_so, 60):
        raise SystemExit(f"{program.name} did not come up; run it by hand to see why.")
    return time.perf_counter() - film.began


def wait_until_settled(film: Film, process: subprocess.Popen[bytes]) -> float:
    """Wait until nothing but a caret changes any more, and return when the last change was."""
    last, compared, used, changed = time.perf_counter(), 0, cpu(tree(process.pid)), 0.0
    while not changed or time.perf_counter() - last < QUIET_S:
        frames = film.frames
        for number in range(compared + 1, len(frames)):
            compared = number
            if differing(frames[number].picture, frames[number - 1].picture) > CARET:
                changed = frames[number].at
                last = film.began + changed
        if (
            time.perf_counter() - last >= QUIET_S
            and (now := cpu(tree(process.pid))) > used + BUSY_S
        ):
            # It works on something that is not on the screen yet; the machine may be slow.
            last, used = time.perf_counter(), now
        time.sleep(0.05)
    return changed


def make_desk(folder: Path) -> Path:
    """A desk with a few stories, as on the second day."""
    path = folder / "Harbour.desk"
    os.environ.setdefault("STONEHAND_PASSPHRASE", "bench")
    with Desk.create(path, House("Harbour Post"), Person("Mara Quill", Role.CHIEF)) as desk:
        for number in range(20):
            story = Story(slug=f"story-{number}", headline=f"Story {number}", body=TEXT)
            desk.do(SaveStory(story), "Mara Quill")
    return path


def programs(
    folder: Path, desk: Path, environment: Mapping[str, str], built: Path | None = None
) -> list[Program]:
    """Return what is measured, each with folders of its own."""
    text = folder / "words.md"
    text.write_text(TEXT, encoding="utf-8")
    base = {**environment, "HOME": str(folder)}
    base.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation has its modules compiled
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        base[f"XDG_{name}_HOME"] = str(folder / name.lower())
    bare = [sys.executable, "-c", _BARE, str(text)]
    ours = [sys.executable, "-m", "editor", str(desk)]
    found = [
        Program("bare window", bare, base, (0, 0, 700, 400), (300, 12)),
        Program("Stonehand", ours, base, (200, 90, 930, 840), (700, 600)),
    ]
    if built:
        places = {
            f"STONEHAND_{name}": str(folder / f"built-{name.lower()}")
            for name in ("DATA", "CONFIG")
        }
        copy = shutil.copytree(desk, folder / f"built-{desk.name}")
        command = [str(built.absolute()), str(copy)]
        found.append(Program("built", command, {**base, **places}, (200, 90, 930, 840), (700, 600)))
    if path := shutil.which("ghostwriter"):
        peer = Program("ghostwriter", [path, str(text)], base, (20, 20, 490, 480), (330, 87))
        found.insert(0, peer)
    return found


def print_table(found: list[Program]) -> None:
    """Print the medians, and how many times ghostwriter's each is."""
    names = {program.name: program for program in found}
    peer, ours = names.get("ghostwriter"), names["Stonehand"]
    print(f"{'':14}" + "".join(f"{program.name:>16}" for program in found) + "     ratio      aim")
    for name, unit in UNITS.items():
        line = f"{name:14}"
        for program in found:
            value = program.median(name)
            line += f"{value:13.2f} {unit:2}" if value is not None else f"{'-':>16}"
        other, value = peer.median(name) if peer else None, ours.median(name)
        if other and value:
            line += f"{value / other:10.2f}"
            line += f"{'≤ ' + str(AIMS[name]):>9}" if name in AIMS else ""
        if built := names.get("built"):
            line += _times(built.median(name), ours.median(name))
        print(line)
    print(
        f"{'empty frames':14}"
        + "".join(f"{sum(p.empty):>16}" for p in found)
        + "               none"
    )


def _times(value: float | None, other: float | None) -> str:
    """Return how many times the checkout's figure the built program's is."""
    return f"   built: {value / other:.2f} of the checkout's" if value and other else ""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--desk", type=Path)
    parser.add_argument("--built", type=Path, help="a built program to measure as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, virtual_screen() as screen:
        folder, kept = Path(name) / "state", Path(name) / "kept"
        folder.mkdir()
        for variable in ("DATA", "CONFIG", "KEYS"):
            os.environ.setdefault(f"STONEHAND_{variable}", str(folder / variable.lower()))
        desk = options.desk.absolute() if options.desk else make_desk(folder)
        found = programs(folder, desk, {**os.environ, "PYTHONPATH": str(ROOT)}, options.built)
        for program in found:
            first_run(program, screen)
            first_run(program, screen)  # as on the second day: with what it remembers
        shutil.copytree(folder, kept)
        for _run in range(max(1, options.runs)):
            for measure in (quiet_run, key_run):
                restore(folder, kept)
                for program in found:
                    measure(program, screen)
    print(f"\nstart on a screen in memory, 1,000 words, {options.runs} runs each, medians")
    print_table(found)


if __name__ == "__main__":
    main()
