"""What a backup costs beside a copy by SQLite and `zip -1` of the same files; and a restore.

Run: python tests/bench/bench_backup.py [STORIES…]. Desks of 1,000 and 10,000 stories are made
first, which takes a minute; 100,000 are for whoever asks. Each is backed up whole, then
one story is saved and the change is backed up. Ours and the peer take turns. Seconds of CPU, with
those of the peer's processes, except where the row says wall; the aims are for 100,000 stories.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.store.backup import restore_backup
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.bench.fill import WRITERS, fill, keep_beside

SIZES = (1_000, 10_000)
RUNS = 3

AIMS = {
    "whole backup, CPU": "",
    "  SQLite's copy and zip -1, CPU": "",
    "  ours to the peer's": "1.5",
    "whole backup, wall": "30",
    "  its size, MB": "",
    "  the peer's size, MB": "",
    "backup of one change, CPU": "less than whole",
    "backup of one change, wall": "less than whole",
    "  size of the change, MB": "",
    "  the whole one to it": "",
    "restore of a whole one, wall": "20",
    "restore of changes, wall": "20",
}
"""The rows of the table, and what each is to be at most."""

Took = tuple[float, float]
"""Seconds of CPU, with the processes that were started, and of the clock."""


def took(doing: Callable[[], object]) -> Took:
    """Measure how long something takes."""
    before, start = cpu(), perf_counter()
    doing()
    return cpu() - before, perf_counter() - start


def cpu() -> float:
    """The CPU seconds of this process, and of those it waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def copy_and_zip(desk: Path, file: Path) -> None:
    """Do what a script would: SQLite's online copy, then `zip -1` of it and the pictures."""
    with tempfile.TemporaryDirectory(dir=file.parent) as name:
        source, target = sqlite.connect(desk / DATABASE), sqlite.connect(Path(name) / DATABASE)
        source.backup(target)
        source.close()
        target.close()
        if (desk / "pictures").is_dir():
            (Path(name) / "pictures").symlink_to(desk / "pictures")
        file.unlink(missing_ok=True)
        subprocess.run(["zip", "-1", "-q", "-r", str(file), "."], cwd=name, check=True)


def measure(path: Path, folder: Path) -> dict[str, float]:
    """Measure one desk; values by the name of their row."""
    peer = folder / "peer.zip"
    ours, theirs = list[Took](), list[Took]()
    with Desk.open(path) as desk:
        for number in range(RUNS):
            series = folder / f"series {number}"
            series.mkdir()
            ours.append(took(partial(desk.backup, series)))
            theirs.append(took(partial(copy_and_zip, path, peer)))
        desk.do(SaveStory(Story(headline="Ferry", body="Boats. " * 400)), WRITERS[0].name)
        changed = [took(partial(desk.backup, series)) for _ in range(RUNS)]
    whole = next(file for file in series.iterdir() if "changes" not in file.name)
    changes = next(file for file in series.iterdir() if "changes" in file.name)
    whole_size, size = (file.stat().st_size / 1e6 for file in (whole, changes))
    own, other = (median(cpu for cpu, _wall in runs) for runs in (ours, theirs))
    return {
        "whole backup, CPU": own,
        "  SQLite's copy and zip -1, CPU": other,
        "  ours to the peer's": own / other,
        "whole backup, wall": median(wall for _cpu, wall in ours),
        "  its size, MB": whole_size,
        "  the peer's size, MB": peer.stat().st_size / 1e6,
        "backup of one change, CPU": median(cpu for cpu, _wall in changed),
        "backup of one change, wall": median(wall for _cpu, wall in changed),
        "  size of the change, MB": size,
        "  the whole one to it": whole_size / size,
        "restore of a whole one, wall": restore(whole, folder),
        "restore of changes, wall": restore(changes, folder),
    }


def restore(file: Path, folder: Path) -> float:
    """The median of the seconds that a restore takes."""

    def once() -> float:
        _cpu, wall = took(lambda: restore_backup(file, folder / "again.desk", undo=True))
        shutil.rmtree(folder / "again.desk")
        return wall

    return median(once() for _ in range(RUNS))


def main() -> None:
    """Measure the sizes asked for, and print a table with the aims beside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="*", type=int, default=SIZES)
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        keep_beside(Path(name) / "any.desk")
        for count in parser.parse_args().stories:
            folder = Path(name) / str(count)
            folder.mkdir()
            path = folder / "Paper.desk"
            fill(path, count)
            found[count] = measure(path, folder)
            shutil.rmtree(folder)
    print(f"{'':34}", *(f"{count:>10,}" for count in found), "  aim at 100,000")
    for row, aim in AIMS.items():
        print(f"{row:34}", *(f"{values[row]:>10.2f}" for values in found.values()), f"  {aim}")


if __name__ == "__main__":
    main()
