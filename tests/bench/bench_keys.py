"""Real keys through X, from the key to the changed pixel, beside ghostwriter.

    python tests/bench/bench_keys.py [--bursts 8] [--words 1000 10000 30000] [--shots FOLDER]

Both programs have the same text open, each on a screen of its own, and are typed
into in turns, so that whatever else the machine does meets both. The preview,
the checks, the spelling and the journal are at work. Then both look for a word and go
from place to place. `CPU` is that of all a program's
processes, with the pause after each burst.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.core.commands import SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.files import write_json
from editor.store.desk import Desk
from tests.bench.own_places import use_own_places
from tests.bench.x_screen import HEIGHT, WIDTH, ProcessTree, Region, Screen

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000, 30_000)
BURSTS = 8
KEYS = 30
"""Keys of a burst; about five words."""
_INTERVAL, _PAUSE, _LONGEST = 0.12, 1.2, 10.0
AIM_CPU = 0.8
_LOOKED_FOR, _FINDS = "harbour", 20
_CHIEF = Person("Mara Quill", Role.CHIEF)
_WORDS = re.findall(
    r"\w+",
    "the harbour board said that two boats would sail again after winter repairs while "
    "ministers argued over money for the ferry council school road bridge and weather",
)


@dataclass
class Typed:
    """What came of the keys: milliseconds until a pixel changed, seconds of processor time."""

    latencies: list[float] = field(default_factory=list)
    cpu: float = 0.0
    keys: int = 0

    def at(self, share: float) -> float:
        """Return the latency that this share of the keys stayed within."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    def cpu_per_key(self) -> float:
        """Return milliseconds of processor time."""
        return 1000 * self.cpu / self.keys


@dataclass
class Program:
    """A program on its own screen, and where its text is."""

    name: str
    screen: Screen
    tree: ProcessTree
    text: Region
    typed: Typed = field(default_factory=Typed)
    found: list[float] = field(default_factory=list)
    """Milliseconds from each press of “find next” to what is seen of it."""

    def begin(self) -> None:
        """Put the caret at the end of a paragraph near the top of the text."""
        self.tree.settle()
        self.screen.fill_with_windows()
        self.tree.settle()
        self.screen.click(self.text.x + self.text.width // 2, self.text.y + self.text.height // 2)
        time.sleep(0.5)
        self.screen.press("Control_L", "Home")
        for _ in range(4):
            self.screen.press("Down")
            time.sleep(0.05)
        self.screen.press("End")
        self.tree.settle()

    def find(self, words: str, count: int) -> list[float]:
        """Look for words, and go on to the next place so many times; ms until each is seen."""
        self.screen.press("Control_L", "f")
        time.sleep(_PAUSE)
        for letter in words:
            self.screen.press(letter)
            time.sleep(_INTERVAL)
        self.tree.settle()
        latencies = [self._shown("Return") for _ in range(count)]
        self.screen.press("Escape")
        self.tree.settle()
        return latencies

    def _shown(self, key: str) -> float:
        """Press a key and return how many milliseconds pass until the text looks different."""
        seen, pressed = self.screen.pixels(self.text), time.perf_counter()
        self.screen.press(key)
        while self.screen.pixels(self.text) == seen:
            if time.perf_counter() > pressed + _LONGEST:
                raise SystemExit(f"{self.name} shows nothing of what is found.")
        shown = time.perf_counter()
        time.sleep(_INTERVAL)
        return (shown - pressed) * 1000

    def type(self, letters: str) -> None:
        """Type a burst, and wait as a person does who thinks."""
        before = self.tree.cpu()
        for letter in letters:
            seen = self.screen.pixels(self.text)
            pressed = time.perf_counter()
            self.screen.press(letter)
            # A space at the end of a line changes no pixel.
            while letter != " " and self.screen.pixels(self.text) == seen:
                if time.perf_counter() > pressed + _LONGEST:
                    raise SystemExit(f"{self.name} shows nothing of what is typed.")
            shown = time.perf_counter()
            if letter != " ":
                self.typed.latencies.append((shown - pressed) * 1000)
            time.sleep(max(0.0, pressed + _INTERVAL - shown))
        time.sleep(_PAUSE)
        self.typed.cpu += self.tree.cpu() - before
        self.typed.keys += len(letters)


def copy_of(words: int) -> str:
    """Make ordinary copy of about so many words."""
    chance = random.Random(words)
    paragraphs, count = list[str](), 0
    while count < words:
        many = [chance.choice(_WORDS) for _ in range(chance.randint(25, 70))]
        text = " ".join(many).capitalize() + "."
        if len(paragraphs) % 7 == 3:
            text += " “It will *not* be easy,” the mayor said in [a letter](old-letter)."
        paragraphs.append(f"## {' '.join(many[:5])}" if len(paragraphs) % 15 == 9 else text)
        count += len(many)
    return "\n\n".join(paragraphs)


@contextmanager
def ghostwriter(folder: Path, body: str) -> Iterator[Program]:
    """Run ghostwriter with its preview, as it is after installing it."""
    document = folder / "story.md"
    document.write_text(body, encoding="utf-8")
    home = folder / "ghost"
    home.mkdir()
    with _running(["ghostwriter", str(document)], {"HOME": str(home)}) as (screen, tree):
        yield Program("ghostwriter", screen, tree, Region(165, 40, 630, 800))


@contextmanager
def stonehand(folder: Path, body: str) -> Iterator[Program]:
    """Run Stonehand on a desk with the story in front, its preview beside it."""
    path = folder / "Harbour.desk"
    places = use_own_places(folder)
    with Desk.create(path, House("Harbour Post"), _CHIEF) as desk:
        points = ("One point is made here.", "Another point is made.")
        story = Story(slug="long", headline="A long story", key_points=points, body=body)
        [story_id] = desk.do(SaveStory(story), _CHIEF.name).ids("story")
    (folder / "config").mkdir(exist_ok=True)
    settings = {"last_desk": str(path), "person": _CHIEF.name, "appearance": "light"}
    write_json(folder / "config" / "settings.json", settings)
    state = {
        "geometry": [0, 0, WIDTH, HEIGHT],
        "desks": {str(path): {"story": story_id, "place": "drafts"}},
    }
    write_json(folder / "config" / "window.json", state)
    with _running([sys.executable, "-m", "editor"], places) as (screen, tree):
        yield Program("Stonehand", screen, tree, Region(505, 515, 410, 360))


@contextmanager
def _running(command: list[str], more: dict[str, str]) -> Iterator[tuple[Screen, ProcessTree]]:
    screen = Screen()
    environment = {**os.environ, **more, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"}
    if os.geteuid() == 0:
        environment["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        environment["QTWEBENGINE_CHROMIUM_FLAGS"] = "--no-sandbox"
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    tree = ProcessTree(process)
    try:
        yield screen, tree
    finally:
        tree.end()
        screen.close()


def save_picture(program: Program, path: Path) -> None:
    """Save what is on a program's screen, to see where the keys went."""
    from PySide6.QtGui import QImage

    seen = program.screen.pixels(Region(0, 0, WIDTH, HEIGHT))
    QImage(seen, WIDTH, HEIGHT, 4 * WIDTH, QImage.Format.Format_RGB32).save(str(path))


def measure(words: int, bursts: int, shots: Path | None) -> list[Program]:
    """Type into both programs in turns."""
    letters = "etaoin shrdl etaoin cmfwy etaoi "[:KEYS]
    with tempfile.TemporaryDirectory() as name:
        folder, body = Path(name), copy_of(words)
        with ghostwriter(folder, body) as other, stonehand(folder, body) as ours:
            programs = [ours, other]
            for program in programs:
                program.begin()
                program.type(letters)  # once unmeasured
                program.typed = Typed()
            for _ in range(bursts):
                for program in programs:
                    program.type(letters)
            for program in programs:
                program.found = program.find(_LOOKED_FOR, _FINDS)
            for program in programs:
                save_picture(program, (shots or folder) / f"{program.name}-{words}.png")
    return programs


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bursts", type=int, default=BURSTS)
    parser.add_argument("--words", type=int, nargs="+", default=SIZES)
    parser.add_argument("--shots", type=Path)
    options = parser.parse_args()
    keys = KEYS * options.bursts
    print(f"key to pixel in ms, processor time in ms a key; {keys} keys each, in turns")
    print(f"{'words':>7} {'':12}{'p50':>7}{'p95':>7}{'most':>7}{'CPU':>7}")
    for words in options.words:
        ours, other = measure(words, options.bursts, options.shots)
        for program in (ours, other):
            typed = program.typed
            print(
                f"{words:7,} {program.name:12}{typed.at(0.5):7.1f}{typed.at(0.95):7.1f}"
                f"{typed.at(1):7.1f}{typed.cpu_per_key():7.1f}"
            )
        slower = ours.typed.at(0.95) / other.typed.at(0.95)
        more = ours.typed.cpu_per_key() / max(0.1, other.typed.cpu_per_key())
        print(
            f"        p95 {slower:.2f} × ghostwriter's (aim: at most 1), "
            f"CPU {more:.2f} × (aim: at most {AIM_CPU}); load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        medians = [statistics.median(program.found) for program in (ours, other)]
        print(
            f"        find next: {medians[0]:.1f} ms, ghostwriter {medians[1]:.1f} ms, "
            f"{medians[0] / medians[1]:.2f} × (medians of {_FINDS})",
            flush=True,
        )


if __name__ == "__main__":
    main()
