"""What signing costs: a save, an approval, opening a story, on a small and on a large desk.

Run: python tests/bench/bench_events.py [STORIES…]. None of it should grow with the
desk; verifying all of it does, and is done before an export and by `stonehand audit`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from editor.core.commands import AddPerson, Approve, SaveStory, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.times import now
from editor.core.workflow import State
from editor.store.commands import decisions
from editor.store.commands.versions import NewVersion, save_version
from editor.store.desk import Desk
from editor.trust.keyring import choose_key_store, ensure_key
from tests.bench.full_desk import bulk
from tests.reading import reading

CHIEF, WRITER = Person("Mara Quist", Role.CHIEF), Person("Lina Haddad", Role.JOURNALIST)
BODY = "\n\n".join(
    "The harbour opened on Monday, and boats came in from the sea." for _ in range(40)
)
RUNS = 40


def fill(path: Path, count: int) -> list[str]:
    """Stories with three versions each, submitted and approved; their ids."""
    ids = [f"{number:032x}" for number in range(count)]
    for start in range(0, count, 500):
        batch = ids[start : start + 500]
        with bulk(path, WRITER) as transaction:
            for id in batch:
                story = Story(id=id, slug=f"s-{id}", headline="Ferry", section="world", body=BODY)
                for number in range(3):
                    row = transaction.row(id) if number else None
                    parents = (number,) if number else ()
                    save_version(transaction, NewVersion(story, row, parents, "saved", State()))
                    story = replace(story, kicker=f"Version {number}")
                decisions.submit(transaction, Submit(id, 3))
        with bulk(path, CHIEF) as transaction:
            for id in batch:
                hash = transaction.stored(id).hash
                decisions.approve(transaction, Approve(id, 3, hash))
        print(f"\r{start + len(batch)} stories", end="", file=sys.stderr)
    return ids


def measure(name: str, doing: Callable[[int], object], times: int = RUNS) -> None:
    """Print the median of several runs, in milliseconds."""
    took = []
    for number in range(times):
        start = perf_counter()
        doing(number)
        took.append((perf_counter() - start) * 1000)
    print(f"  {name}: median {median(took):.1f} ms, worst {max(took):.1f} ms")


def run(count: int, folder: Path) -> None:
    """Make a desk with so many stories, and measure."""
    path = folder / f"{count}.desk"
    with Desk.create(path, House("Harbour Post"), CHIEF) as desk:
        key = ensure_key(choose_key_store(), WRITER.name).public
        desk.do(AddPerson(WRITER, key.line(WRITER.name)), CHIEF.name)
    ids = fill(path, count)
    with Desk.open(path) as desk:
        print(f"\r{count} stories, {len(reading(desk).log(limit=1 << 40))} entries")
        versions: dict[str, int] = {}

        def save(number: int) -> None:
            version = versions.get(ids[0], 3)
            story = replace(texts[ids[0]], kicker=f"Again {number}")
            versions[ids[0]] = desk.do(SaveStory(story, version), WRITER.name).version

        def approve(number: int) -> None:
            desk.do(Approve(new[number], 1, hashes[new[number]]), CHIEF.name)

        texts = {id: reading(desk).stored(id).story for id in ids[:RUNS]}
        measure("save", save)
        new = [
            desk.do(SaveStory(Story(headline=f"New {number}", body=BODY)), WRITER.name).ids(
                "story"
            )[0]
            for number in range(RUNS)
        ]
        for id in new:
            desk.do(Submit(id, 1), WRITER.name)
        hashes = {id: reading(desk).stored(id).hash for id in new}
        measure("approval", approve)
    with Desk.open(path) as desk:
        measure("open a story", lambda number: reading(desk).stored(ids[number + 1]))
        measure("edition, all verified", lambda _: reading(desk).edition(None, now()), 3)
        measure("audit", lambda _: reading(desk).verify_audit(), 3)


def main() -> None:
    """Measure desks of the sizes given, else of 100 and of 5,000 stories."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("KEYS", "DATA", "CONFIG"):
            os.environ[f"STONEHAND_{name}"] = f"{folder}/{name.lower()}"
        os.environ["STONEHAND_PASSPHRASE"] = "bench"
        for count in [int(word) for word in sys.argv[1:]] or [100, 5_000]:
            run(count, Path(folder))


if __name__ == "__main__":
    main()
