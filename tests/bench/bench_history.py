"""How long a history takes to open on a full desk, and a redline of two long versions.

Run: python tests/bench/bench_history.py. Aims: under 100 ms, under 300 ms.
A desk of 2,000 stories with 20 versions each is made first; that takes minutes.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from editor.core import times
from editor.core.diff import compare
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.desk import Desk
from editor.trust.keyring import choose_key_store
from tests.bench.filler import STEP, Draft, Filler
from tests.bench.own_places import use_own_places
from tests.bench.words import Body
from tests.reading import reading

STORIES, VERSIONS, WORDS = 2_000, 20, 10_000
CHIEF = Person("Mara Quist", Role.CHIEF)
SYLLABLES = ("har", "pi", "fer", "la", "cra", "sto", "bour", "lot", "ry", "ne", "mi", "dock")
VOCABULARY = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
OFTEN = [1 / rank for rank in range(1, len(VOCABULARY) + 1)]
"""Words come as often as in real texts: the second one half as often as the first (Zipf)."""


def text(chance: random.Random, words: int) -> str:
    """Paragraphs of about 60 words."""
    chosen = chance.choices(VOCABULARY, OFTEN, k=words)
    return "\n\n".join(" ".join(chosen[i : i + 60]) for i in range(0, words, 60))


def edited(chance: random.Random, body: str, edits: int) -> str:
    """The body with a word changed here and there, and one paragraph moved."""
    paragraphs = [part.split(" ") for part in body.split("\n\n")]
    for _ in range(edits):
        part = chance.choice(paragraphs)
        part[chance.randrange(len(part))] = chance.choice(VOCABULARY)
    paragraphs.append(paragraphs.pop(chance.randrange(len(paragraphs))))
    return "\n\n".join(" ".join(part) for part in paragraphs)


def fill(path: Path) -> list[str]:
    """Write the versions as saves do, many to a transaction: 40,000 waits would take an hour."""
    chance, ids = random.Random(7), [f"{number:032x}" for number in range(STORIES)]
    filler = Filler(path, (CHIEF,), times.now() - STEP * STORIES * VERSIONS, choose_key_store())
    for id in ids:
        body = text(chance, 400)
        draft = Draft(Story(id=id, slug=f"s-{id}", headline="Ferry"), CHIEF, Body(body, body, 400))
        for _number in range(VERSIONS):
            draft.story = replace(draft.story, body=body)
            filler.save(draft, CHIEF)
            body = edited(chance, body, 5)
        filler.finish(draft)
    filler.close()
    return ids


def measure(name: str, aim: float, doing: Callable[[int], object], times: int = 30) -> None:
    """Print the median and the worst of several runs, in milliseconds."""
    took = []
    for number in range(times):
        start = perf_counter()
        doing(number)
        took.append((perf_counter() - start) * 1000)
    print(f"{name}: median {median(took):.1f} ms, worst {max(took):.1f} ms (aim {aim:.0f} ms)")


def main() -> None:
    """Make the desk and measure."""
    chance = random.Random(11)
    one = Story(id="a", body=text(chance, WORDS))
    few = replace(one, body=edited(chance, one.body, 200))
    many = replace(one, body=edited(chance, one.body, 2_000))
    measure("redline, 200 words changed", 300, lambda _: compare(one, few), 7)
    measure("redline, 2,000 words changed", 300, lambda _: compare(one, many), 7)
    with tempfile.TemporaryDirectory() as folder:
        use_own_places(Path(folder))
        path = Path(folder) / "bench.desk"
        Desk.create(path, House("Harbour Post"), CHIEF).close()
        ids = fill(path)
        with Desk.open(path) as desk:
            count, versions = reading(desk).count(), reading(desk).versions(ids[0])
            print(f"{count} stories of {len(versions)} versions")
            measure("history", 100, lambda n: reading(desk).versions(ids[n * 60]))
            measure("newest version", 100, lambda n: reading(desk).stored(ids[n * 60 + 1]))
            measure("an older version", 100, lambda n: reading(desk).stored(ids[n * 60 + 2], 7))
            measure("heads", 100, lambda n: reading(desk).leaves(ids[n * 60 + 3]))


if __name__ == "__main__":
    main()
