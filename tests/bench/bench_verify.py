"""How long an edition takes to verify, the first time and again, beside `sha256sum -c`.

    python tests/bench/bench_verify.py [--stories 10000]

A site of so many stories is exported by keys made for it, with an approval for each
story. All are measured on the same files, in this order: what the export costs with
and without its proof, `sha256sum -c`, a first verification, a second one. Files are
in the page cache. A second verification reads what changed in the two seconds before the
first, so the bench waits for that.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.core.edition import Edition
from editor.core.story import Story
from editor.formats.export import write_files
from editor.formats.exporters import find_exporter
from editor.formats.folder_output import FolderOutput
from editor.formats.paths import EDITION, SUMS
from editor.formats.verify.before import VerifiedBefore
from editor.formats.verify.verifier import verify_edition
from editor.progress import Progress
from tests.formats.proven import EDITOR, ProvenDesk

PARAGRAPH = "The harbour opened on Monday, and boats came in with the tide, said its master. " * 4


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000)
    count = parser.parse_args().stories
    desk = ProvenDesk()
    made = desk.edition([story(number) for number in range(count - 4)])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        plain = timed(lambda: export(made, Path(name) / "plain"))
        row("export, no proof", plain)
        row(f"export, signed by {EDITOR}", timed(lambda: desk.export(folder, made)))
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        print(f"{len(files)} files, {size / 1e6:.0f} MB, {EDITION} "
              f"{(folder / EDITION).stat().st_size / 1e6:.1f} MB")  # fmt: skip
        time.sleep(2.5)
        command = ["sha256sum", "--check", "--quiet", SUMS]
        row("sha256sum -c", timed(lambda: subprocess.run(command, cwd=folder, check=True)))
        before = VerifiedBefore(Path(name) / "verified")
        row("verify, first time", timed(lambda: verify(folder, before)))
        row("verify, second time", timed(lambda: verify(folder, before)))
        shell = [sys.executable, "-m", "editor", "verify", str(folder)]
        row("stonehand verify, from the shell", timed(lambda: run(shell)))
        row("stonehand verify, again", timed(lambda: run(shell)))


def story(number: int) -> Story:
    """Make a story of some hundred words."""
    return Story(
        id=f"n{number}",
        slug=f"note-{number}",
        section="business",
        headline=f"Note {number} of the harbour",
        key_points=("The first point of it.", "The second point of it."),
        body=f"{PARAGRAPH}\n\n{number}. {PARAGRAPH}",
    )


def export(made: Edition, folder: Path) -> None:
    """Write the files of an exporter, and nothing that proves them."""
    with FolderOutput(folder) as output:
        write_files(made, find_exporter("site"), output, Progress())


def verify(folder: Path, before: VerifiedBefore) -> None:
    """Verify, and look whether all is well."""
    report = verify_edition(folder, before=before)
    if report.altered or report.facts.problems:
        raise SystemExit(str(report.conclusions()))


def run(command: list[str]) -> None:
    """Run a verb."""
    subprocess.run(command, check=True, capture_output=True)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def row(name: str, seconds: float) -> None:
    """Print one line."""
    print(f"{name:40} {seconds:7.2f} s", flush=True)


if __name__ == "__main__":
    main()
