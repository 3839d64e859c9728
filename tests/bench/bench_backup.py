"""What a backup costs beside a copy by SQLite and `zip -1` of the same files; and a restore.

Run: python tests/bench/bench_backup.py [STORIES…] [--desk DESK] [--runs N]. Desks of 1,000 and
10,000 stories are made first, which takes a minute; 100,000 are for whoever asks. A desk that
`fill.py` made is copied instead, with its keys beside it. Each is backed up whole, then one story
is saved and the change is backed up. Ours and the peer take turns. Seconds of CPU, with those of
all processes, except where the row says wall; the aims are for 100,000 stories. What signatures
alone take is the floor of a restore: each approval has one (Ed25519), which is verified.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import select

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.store.backup import restore_backup
from editor.store.db.engine import DATABASE, Database, sqlite
from editor.store.db.schema import approvals
from editor.store.desk import Desk
from editor.store.reading.mastheads import read_chain
from editor.trust.compact import SignedDocument
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
    "restore of a whole one, CPU": "",
    "  to verify its signatures, CPU": "",
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


def signatures(path: Path) -> float:
    """The CPU seconds that the signatures of a desk's approvals take to verify, and only they."""
    database = Database(path, read_only=True)
    with closing(database), database.read() as connection:
        chain = read_chain(connection)
        signers = {key.fingerprint: key for one in chain.latest.members for key in one.keys}
        tokens = connection.scalars(select(approvals.c.token)).all()
    documents = [SignedDocument.of(token) for token in tokens]
    given = [(signers[found.key_id], found.signed, found.signature) for found in documents]
    cpu, _wall = took(lambda: [key.verify_bytes(data, made) for key, data, made in given])
    return cpu


def measure(path: Path, folder: Path, times: int) -> dict[str, float]:
    """Measure one desk so many times; values by the name of their row."""
    peer = folder / "peer.zip"
    ours, theirs = list[Took](), list[Took]()
    with Desk.open(path) as desk:
        for number in range(times):
            series = folder / f"series {number}"
            series.mkdir()
            ours.append(took(partial(desk.backup, series)))
            theirs.append(took(partial(copy_and_zip, path, peer)))
        desk.do(SaveStory(Story(headline="Ferry", body="Boats. " * 400)), WRITERS[0].name)
        changed = [took(partial(desk.backup, series)) for _ in range(times)]
    whole = next(file for file in series.iterdir() if "changes" not in file.name)
    changes = next(file for file in series.iterdir() if "changes" in file.name)
    whole_size, size = (file.stat().st_size / 1e6 for file in (whole, changes))
    restored = restore(whole, folder, times)
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
        "restore of a whole one, CPU": restored[0],
        "  to verify its signatures, CPU": signatures(path),
        "restore of a whole one, wall": restored[1],
        "restore of changes, wall": restore(changes, folder, times)[1],
    }


def restore(file: Path, folder: Path, times: int) -> Took:
    """The medians of what a restore takes."""

    def once() -> Took:
        found = took(lambda: restore_backup(file, folder / "again.desk", undo=True))
        shutil.rmtree(folder / "again.desk")
        return found

    runs = [once() for _ in range(times)]
    return median(cpu for cpu, _wall in runs), median(wall for _cpu, wall in runs)


def stories_of(path: Path) -> int:
    """How many stories a desk has."""
    with Desk.open(path) as desk, desk.read() as snapshot:
        return sum(snapshot.counts().stages.values())


def main() -> None:
    """Measure the sizes asked for, and print a table with the aims beside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="*", type=int)
    parser.add_argument("--desk", type=Path, help="a desk that fill.py made")
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        keep_beside(asked.desk or Path(name) / "any.desk")
        for count in asked.stories or (() if asked.desk else SIZES):
            folder = Path(name) / str(count)
            folder.mkdir()
            fill(folder / "Paper.desk", count)
            found[count] = measure(folder / "Paper.desk", folder, asked.runs)
            shutil.rmtree(folder)
        if asked.desk:
            path = Path(name) / "Paper.desk"
            shutil.copytree(asked.desk, path)
            count = stories_of(path)
            found[count] = measure(path, Path(name), asked.runs)
    print(f"{'':34}", *(f"{count:>10,}" for count in found), "  aim at 100,000")
    for row, aim in AIMS.items():
        print(f"{row:34}", *(f"{values[row]:>10.2f}" for values in found.values()), f"  {aim}")


if __name__ == "__main__":
    main()
