"""What an export of the API costs: the first, nothing changed, one edited story.

    python tests/bench/bench_api.py [--stories 10000] [--rounds 3]

Each export is a whole process: its wall and CPU seconds, and the memory of its largest process,
medians. Bodies are kept from their approvals, as on any desk. Edits and approvals are not timed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.opening import open_desk
from tests.bench.bench_export import ROOT, Cost, edit_story, export, middle
from tests.bench.fill import PASSPHRASE, fill, keep_beside


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    # Python would compile every module of each process again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPATH"] = str(ROOT)
    with tempfile.TemporaryDirectory() as name:
        costs = measure(Path(name), options.stories, options.rounds)
    print(f"{options.stories} stories; load {os.getloadavg()[0]:.1f}")
    print(f"{'':24}{'wall s':>8}{'CPU s':>8}{'MB':>7}")
    for done, found in costs.items():
        cost = middle(found)
        print(f"{done:24}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.memory:7.0f}")


def measure(folder: Path, stories: int, rounds: int) -> dict[str, list[Cost]]:
    """Return the costs by what was done."""
    path, out, costs = folder / "desk", folder / "api", defaultdict[str, list[Cost]](list)
    keep_beside(path)
    fill(path, stories)
    costs["first of the desk"].append(export(path, out, "api"))
    for number in range(rounds):
        costs["first"].append(export(path, folder / f"first-{number}", "api"))
        shutil.rmtree(folder / f"first-{number}")
        costs["nothing changed"].append(export(path, out, "api"))
        with open_desk(path) as desk:
            desk.unlock(PASSPHRASE)
            edit_story(desk, number)
        costs["one story"].append(export(path, out, "api"))
    return costs


if __name__ == "__main__":
    main()
