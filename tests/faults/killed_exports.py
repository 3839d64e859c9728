"""Exports two editions of a desk over one another, in processes that are killed or collide.

Usage: python -m tests.faults.killed_exports (kill|race) DESK FOLDER TIMES. It prints what was
found in FOLDER/site each time: the edition that is there, whole, or what it is instead.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from itertools import cycle
from pathlib import Path
from random import Random

from editor.errors import OutputError
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.output import output_for
from editor.progress import Progress
from editor.store.desk import Desk
from tests.faults.canaries import tree
from tests.faults.newsroom import TODAY, TOM

EDITIONS = {"all": None, "ferry": ["ferry"]}
"""By their names, the stories that they have."""

_MIXTURE = 3


class Exporting:
    """One process that exports from a desk to a folder."""

    def __init__(self, desk: Path, folder: Path) -> None:
        self.site = folder / "site"
        self._path = desk
        self._whole: dict[str, dict[str, bytes]] = {}

    def learn(self) -> None:
        """Export both editions to empty folders."""
        with Desk.open(self._path, clock=lambda: TODAY) as desk:
            for name in EDITIONS:
                folder = self.site.with_name(f"whole-{name}")
                self.write(desk, name, folder)
                self._whole[name] = tree(folder)
                shutil.rmtree(folder)

    def write(self, desk: Desk, name: str, to: Path | None = None) -> None:
        with desk.read() as snapshot:
            edition = snapshot.edition(EDITIONS[name], TODAY)
        key = desk.signing_key(TOM)
        with output_for(to or self.site, targets=desk.exports.targets) as output:
            write_edition(edition, find_exporter("site"), output, Progress(), key, TOM)

    def is_there(self) -> str:
        """The edition that is in the folder."""
        files = tree(self.site)
        return next((name for name, whole in self._whole.items() if files == whole), "a mixture")

    def until_killed(self, ready: int) -> None:
        """Export once, check what is there then, say so, and go on."""
        with Desk.open(self._path, clock=lambda: TODAY) as desk:
            self.write(desk, "all")
            is_alone = [path.name for path in self.site.parent.iterdir()] == ["site"]
            if self.is_there() != "all" or not is_alone:
                os._exit(_MIXTURE)
            os.write(ready, b".")
            for name in cycle(("ferry", "all")):
                self.write(desk, name)

    def collide(self, times: int) -> None:
        """Export over and over where another process does; one of them may have to wait."""
        with Desk.open(self._path, clock=lambda: TODAY) as desk:
            for name in [*EDITIONS] * times:
                try:
                    self.write(desk, name)
                except OutputError as problem:
                    print(problem.sentence, flush=True)


def kill(exporting: Exporting, times: int) -> None:
    """Kill a process that exports, at a random moment each time."""
    chance = Random(times)
    for _ in range(times):
        heard, ready = os.pipe()
        child = os.fork()
        if not child:
            exporting.until_killed(ready)
        os.close(ready)
        if os.read(heard, 1):
            time.sleep(chance.uniform(0, 0.12))
        os.close(heard)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        print(exporting.is_there() if ended == -signal.SIGKILL else f"ended with {ended}")


def race(exporting: Exporting, times: int) -> None:
    """Let two processes export to one folder at once."""
    children = []
    for _ in range(2):
        child = os.fork()
        if not child:
            exporting.collide(times)
            os._exit(0)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    print(exporting.is_there(), *codes, *os.listdir(exporting.site.parent))


if __name__ == "__main__":
    MODE, DESK, FOLDER, TIMES = sys.argv[1:]
    made = Exporting(Path(DESK), Path(FOLDER))
    made.learn()
    {"kill": kill, "race": race}[MODE](made, int(TIMES))
