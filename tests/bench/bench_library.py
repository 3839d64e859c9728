"""What a large library costs: opening, searching, listing, saving, exporting, backing up.

Run: python tests/bench/bench_library.py [STORIES…] [--desks FOLDER] [--without PART].
Desks of 1,000, 10,000 and 100,000 stories are made first, which takes minutes, unless FOLDER
has them already (`1k.desk`, with `keys`, `data` and `config` beside them); they are copied.
Each size is measured in a process of its own. Times are CPU, save where the row says wall.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from editor.core import times
from editor.core.commands import ImportItems, Publish, SaveStory, Submit
from editor.core.findings import Finding
from editor.core.story import Story
from editor.core.workflow import Publication, Stage
from editor.gui.draft.unsaved import read_open_story
from editor.gui.exporting.dialog import ExportDialog
from editor.gui.facts import Facts
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.settings import Settings
from editor.store.backup import restore_backup
from editor.store.db.engine import Database
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from tests.bench import processes
from tests.bench.fill import CHIEF, EDITOR, WRITERS, fill, keep_beside
from tests.people import approving
from tests.reading import reading

SIZES = (1_000, 10_000, 100_000)
WRITER = WRITERS[0].name
RUNS = 11
ROOT = Path(__file__).resolve().parents[2]
SCREEN = {"name": "large", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96}
QUIET_S, BUSY_S = 5, 0.1
"""A program rests when it used no more CPU a second than this for so many seconds."""

Values = dict[str, float]

AIMS: dict[str, str] = {
    "open the first approved story, ms": "10",
    "  memory for it, MB": "",
    "open after a foreign write, ms": "10",
    "open another, ms": "",
    "look around after a foreign write, ms": "20",
    "save, wall ms": "120, flat",
    "save, CPU ms": "flat",
    "approve, CPU ms": "flat",
    "import of one file, ms": "15",
    "search, 50 hits, ms": "15",
    "search, a short prefix, ms": "0.6 to 17",
    "search, a rare word, ms": "0.6 to 17",
    "list of published, first page, ms": "flat",
    "list of published, deep, ms": "flat",
    "my drafts, first page, ms": "flat",
    "approved, deep, ms": "flat",
    "counts of the sidebar, ms": "flat",
    "export dialog, wall ms": "flat",
    "  memory of the dialog, MB": "",
    "  a tick, ms": "5",
    "edition of all, s": "",
    "edition of one story, s": "",
    "a chosen subset of 90 %, s": "1",
    "audit of all, s": "",
    "backup, wall s": "30",
    "restore, wall s": "20",
    "database, KB a story": "12",
    "memory of the window (PSS), MB": "450",
}

LONG = ("editions", "audit", "backup")
"""The parts that take minutes on a desk of 100,000 stories."""


class Bench:
    """Measures one desk, a copy that it may write to."""

    def __init__(self, path: Path, without: Collection[str] = ()) -> None:
        self.path = path
        self.values: Values = {}
        self._without = without

    def run(self) -> Values:
        """Measure everything; values by the name of their row."""
        self._size()
        self._window()
        self._opening()
        with Desk.open(self.path, checker=no_findings) as desk:
            desk.signing_key(WRITER)
            self._reading(desk)
            self._writing(desk)
            self._dialog(desk)
            self._subset(desk)
            if "editions" not in self._without:
                self._editions(desk)
            if "audit" not in self._without:
                self.values["audit of all, s"] = cpu(reading(desk).verify_audit)
        if "backup" not in self._without:
            self._backup()
        return self.values

    def measure(self, name: str, doing: Callable[[], object], runs: int = RUNS) -> None:
        """Note the median CPU time of several runs, in milliseconds."""
        took = [cpu(doing) for _ in range(runs)]
        self.values[name] = median(took) * 1000

    def _size(self) -> None:
        database = Database(self.path)
        with database.read() as connection:
            self.count = int(
                connection.exec_driver_sql("SELECT count(*) FROM stories").scalar_one()
            )
            size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            held = int(connection.exec_driver_sql(size).scalar_one())
        database.close()
        self.values["database, KB a story"] = held / 1024 / self.count

    def _window(self) -> None:
        """The memory of the whole program once it rests, its preview in sight."""
        screen = self.path.with_name("screen.json")
        screen.write_text(json.dumps({"screens": [SCREEN]}))
        environment = {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}", "PYTHONPATH": str(ROOT)}
        for _time in range(2):  # as on the second day: with what it remembers
            process = subprocess.Popen(
                [sys.executable, "-m", "editor", str(self.path)],
                env={**os.environ, **environment},
                stderr=subprocess.DEVNULL,
            )
            used, quiet = -1.0, 0
            while quiet < QUIET_S:
                sleep(1)
                now = processes.cpu(processes.tree(process.pid))
                quiet, used = (quiet + 1 if now < used + BUSY_S else 0), now
            self.values["memory of the window (PSS), MB"] = processes.pss(
                processes.tree(process.pid)
            )
            process.terminate()
            process.wait()

    def _opening(self) -> None:
        with Desk.open(self.path) as desk, Desk.open(self.path) as other:
            facts = read_facts(desk)  # the window has read them when a story can be chosen
            with desk.read() as snapshot:
                rows = snapshot.rows(Filter(stage=Stage.APPROVED), limit=40)
            before = memory()
            took = cpu(lambda: read_one(desk, rows[0].id))
            self.values["open the first approved story, ms"] = took * 1000
            self.values["  memory for it, MB"] = memory() - before
            again = []
            for row in rows[1:6]:
                foreign_write(other)
                again.append(cpu(partial(read_one, desk, row.id)))
            self.values["open after a foreign write, ms"] = median(again) * 1000
            ids = iter([row.id for row in rows[6:]])
            self.measure("open another, ms", lambda: read_one(desk, next(ids)))
            around = []
            for _ in range(5):
                foreign_write(other)
                around.append(cpu(lambda: look_around(desk, facts)))
            self.values["look around after a foreign write, ms"] = median(around) * 1000

    def _reading(self, desk: Desk) -> None:
        for name, words in (
            ("search, 50 hits, ms", "government trade"),
            ("search, a short prefix, ms", "mi"),
            ("search, a rare word, ms", "stobourlaven"),
        ):
            self.measure(name, partial(search_words, desk, words))
        live, own = Filter(publication=Publication.LIVE), Filter(stage=Stage.DRAFT, writer=WRITER)
        self.measure("list of published, first page, ms", lambda: reading(desk).rows(live))
        self.measure("my drafts, first page, ms", lambda: reading(desk).rows(own))
        self.measure("list of published, deep, ms", deep(desk, live, self.count * 2 // 5))
        approved = Filter(stage=Stage.APPROVED)
        self.measure("approved, deep, ms", deep(desk, approved, self.count * 4 // 5))
        self.measure("counts of the sidebar, ms", reading(desk).counts)

    def _writing(self, desk: Desk) -> None:
        facts = read_facts(desk)
        row = reading(desk).rows(Filter(stage=Stage.DRAFT, writer=WRITER), limit=1)[0]
        story, base = reading(desk).stored(row.id).story, row.version
        walls, cpus = [], []
        for number in range(RUNS):
            story = replace(story, kicker=f"Again {number}")
            wall, start = perf_counter(), process_time()
            changes = desk.do(SaveStory(story, base), WRITER)
            with desk.read() as snapshot:
                facts, _changes = facts.after(snapshot)
            cpus.append(process_time() - start)
            walls.append(perf_counter() - wall)
            base = changes.version
        self.values["save, wall ms"] = median(walls) * 1000
        self.values["save, CPU ms"] = median(cpus) * 1000
        imported = []
        for number in range(RUNS):
            item = Story(slug=f"wire-{number}", headline="From the wire", body=story.body)
            imported.append(cpu(partial(import_one, desk, item)))
        self.values["import of one file, ms"] = median(imported) * 1000
        approved = []
        for number in range(RUNS):
            new = Story(headline=f"New {number}", body=story.body)
            [id] = desk.do(SaveStory(new), WRITER).ids("story")
            desk.do(Submit(id, 1), WRITER)
            command = approving(desk, id, 1)
            approved.append(cpu(partial(desk.do, command, EDITOR.name)))
        self.values["approve, CPU ms"] = median(approved) * 1000
        desk.do(Publish(id, 1), EDITOR.name)

    def _subset(self, desk: Desk) -> None:
        """What it takes to find the stories that were chosen, before they are verified."""
        slugs = [row.slug for row in reading(desk).rows(limit=self.count * 9 // 10)]
        self.values["a chosen subset of 90 %, s"] = cpu(partial(reading(desk).find_all, slugs))

    def _editions(self, desk: Desk) -> None:
        [row] = reading(desk).rows(Filter(publication=Publication.LIVE), limit=1)
        self.values["edition of all, s"] = cpu(partial(edition, desk, None))
        took = [cpu(partial(edition, desk, [row.id])) for _ in range(3)]
        self.values["edition of one story, s"] = median(took)

    def _dialog(self, desk: Desk) -> None:
        app = QApplication.instance() or QApplication([])
        jobs = Jobs()
        session = Session(desk, jobs, Settings(person=CHIEF.name))
        before, start = memory(), perf_counter()
        dialog = ExportDialog(session)
        dialog.show()
        while jobs.busy or not dialog.chosen.list.model().rowCount():
            app.processEvents()
        app.processEvents()
        self.values["export dialog, wall ms"] = (perf_counter() - start) * 1000
        self.values["  memory of the dialog, MB"] = memory() - before
        model, states = (
            dialog.chosen.list.model(),
            [Qt.CheckState.Unchecked, Qt.CheckState.Checked] * 10,
        )

        def tick() -> None:
            model.setData(model.index(0, 0), states.pop(), Qt.ItemDataRole.CheckStateRole)
            app.processEvents()

        self.measure("  a tick, ms", tick)
        dialog.close()
        jobs.close()

    def _backup(self) -> None:
        file, restored = (
            self.path.with_name("saved.stonehand-backup"),
            self.path.with_name("r.desk"),
        )
        start = perf_counter()
        with Desk.open(self.path) as desk:
            desk.backup(file)
        self.values["backup, wall s"] = perf_counter() - start
        start = perf_counter()
        restore_backup(file, restored)
        self.values["restore, wall s"] = perf_counter() - start
        shutil.rmtree(restored)
        file.unlink()


def cpu(doing: Callable[[], object]) -> float:
    """The CPU seconds of the process that something takes."""
    start = process_time()
    doing()
    return process_time() - start


def memory() -> float:
    """The memory of the process, in megabytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def no_findings(*_given: object) -> tuple[Finding, ...]:
    """Say that no check finds anything: the checks are measured elsewhere."""
    return ()


def read_one(desk: Desk, story: str) -> None:
    """Open a story as the window does."""
    with desk.read() as snapshot:
        read_open_story(snapshot, desk.journal, story)


def read_facts(desk: Desk) -> Facts:
    """What the window shows around a story."""
    with desk.read() as snapshot:
        return Facts.read(snapshot)


def foreign_write(other: Desk) -> None:
    """Save a new story in another window."""
    other.do(SaveStory(Story(headline="From elsewhere", body="A word.")), WRITER)


def look_around(desk: Desk, facts: Facts) -> None:
    """Read what the window does when somebody else wrote, and the first page of its list."""
    with desk.read() as snapshot:
        facts.after(snapshot)
        snapshot.with_review_states(snapshot.rows(Filter()))


def import_one(desk: Desk, item: Story) -> None:
    """Import a story, and read what the command line prints of it."""
    changes = desk.do(ImportItems((item,), (), "wire.txt"), WRITER)
    with desk.read() as snapshot:
        snapshot.stored(changes.ids("story")[0])


def search_words(desk: Desk, words: str) -> None:
    """Search as the window does."""
    with desk.read() as snapshot:
        snapshot.search(words)


def edition(desk: Desk, ids: list[str] | None) -> None:
    """What an export of these stories reads."""
    with desk.read() as snapshot:
        snapshot.edition(ids, times.now())


def deep(desk: Desk, wanted: Filter, place: int) -> Callable[[], object]:
    """A page from far down a list."""
    row = reading(desk).rows(wanted, limit=place)[-1]
    return lambda: reading(desk).rows(wanted, after=row.touched)


def measure_size(count: int, folder: Path, desks: Path | None, without: Collection[str]) -> Values:
    """Measure a desk of a size in a process of its own."""
    path = folder / f"{count // 1000}k.desk"
    for name in ("KEYS", "DATA", "CONFIG"):
        os.environ.pop(f"STONEHAND_{name}", None)
    if desks is None:
        keep_beside(path)
        fill(path, count)
    else:
        for name in (path.name, "keys", "data", "config"):
            shutil.copytree(desks / name, folder / name)
    keep_beside(path)
    command = [sys.executable, __file__, "--one", str(path)]
    command += [f"--without={part}" for part in without]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    values: Values = json.loads(done.stdout)
    return values


def show(found: dict[int, Values]) -> None:
    """Print a table with the aim beside."""
    print(f"{'':42}", *(f"{count:>10,}" for count in found), "  aim")
    for name, aim in AIMS.items():
        cells = (
            f"{values[name]:>10.1f}" if name in values else " " * 10 for values in found.values()
        )
        print(f"{name:42}", *cells, f"  {aim}")


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="*", type=int, default=SIZES)
    parser.add_argument("--desks", type=Path)
    parser.add_argument("--without", action="append", choices=LONG, default=[])
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(Bench(given.one, given.without).run()))
        return
    found = {}
    for count in given.stories:
        with tempfile.TemporaryDirectory() as folder:
            found[count] = measure_size(count, Path(folder), given.desks, given.without)
    show(found)


if __name__ == "__main__":
    main()
