"""One byte of the database flipped, in 300 places: a sentence or the right answer, always.

What a failing disk or a text editor does to the file. Each place is tried with
verbs of the command line: with exit code 0 the output is that of the undamaged desk,
or it says itself what can't be trusted; with 1 there is a sentence; never a bug. A search
may miss what was in a damaged index, and `audit` says so; it never shows another story.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from editor.cli import main
from editor.core.commands import AddNote
from editor.store.db.engine import DATABASE, sqlite
from tests.faults.newsroom import LINA, TOM, Room, enter_newsroom, pin_files

PLACES = 300
AT = ("--generated-at", "2026-03-04T00:00:00Z")
IMPORTED = "# Sly\n\nThe quay was painted.\n"

VERBS: dict[str, tuple[str, ...]] = {
    "list": ("list", "--json"),
    "show": ("show", "ferry"),
    "search": ("search", "sea", "--json"),
    "history": ("history", "bridge", "--json"),
    "diff": ("diff", "bridge", "1", "3"),
    "check": ("check",),
    "notes": ("notes", "ferry", "--json"),
    "audit": ("audit",),
    "masthead": ("masthead",),
    "trends": ("trends",),
    "front": ("front",),
    "export site": ("export", "site", "--unsigned", *AT),
    "export api": ("export", "api", "--unsigned", *AT),
    "approve": ("approve", "tides", "--as", TOM),
    "import": ("import", "sly.md", "--as", LINA),
}
"""Fifteen verbs, each with what it is asked; where the desk and the files are is added."""

WITH_ARGUMENT = frozenset({"audit", "masthead"})
"""The verbs that take the desk as an argument, not as an option."""

ADMITS = re.compile(r"Its approval is not valid: |It does not go out: |Nothing goes out: ")
"""What a verb says that goes on reading: the text is sound, and its approval is not."""


class Answer(NamedTuple):
    """What a command line answered, with the files that it wrote."""

    code: int
    output: str
    errors: str
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass
class Bench:
    """A desk whose database is replaced for every command line."""

    room: Room
    database: bytes
    pins: tuple[bytes, ...]
    right: dict[str, Answer] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)

    def ask(self, verb: str, database: bytes) -> Answer:
        """Run a verb on a desk with this database, as if nothing had been run before."""
        for log in self.room.path.glob(f"{DATABASE}-*"):
            log.unlink()
        (self.room.path / DATABASE).write_bytes(database)
        for file, data in zip(pin_files(), self.pins, strict=True):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        out = self.room.path.with_name("out")
        shutil.rmtree(out, ignore_errors=True)
        output, errors = StringIO(), StringIO()
        with redirect_stdout(output), redirect_stderr(errors):
            code = main(self._line(verb, out))
        files = tuple(
            (str(path.relative_to(out)), path.read_bytes())
            for path in sorted(out.rglob("*"))
            if path.is_file()
        )
        return Answer(code, output.getvalue(), errors.getvalue(), files)

    def _line(self, verb: str, out: Path) -> list[str]:
        words = [
            str(self.room.path.with_name(word)) if word == "sly.md" else word
            for word in VERBS[verb]
        ]
        desk = [str(self.room.path)] if verb in WITH_ARGUMENT else ["--desk", str(self.room.path)]
        return [*words, *desk, *(["--out", str(out)] if verb.startswith("export") else [])]


@pytest.fixture(scope="module")
def bench(newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The newsroom with notes, its database in one file, and the right answers."""
    folder = tmp_path_factory.mktemp("flipped")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("data", "config"):
            patch.setenv(f"STONEHAND_{name.upper()}", str(folder / name))
        room = enter_newsroom(newsroom, folder)
        patch.setenv("STONEHAND_KEYS", str(room.keys.folder))
        room.do(
            (AddNote(room.id("ferry"), "Check the fare.", "headline", 0, 3), LINA),
            (AddNote(room.id("ferry"), "It is two euros."), TOM),
        )
        (folder / "sly.md").write_text(IMPORTED)
        raw = sqlite.connect(room.path / DATABASE)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        pins = tuple(file.read_bytes() for file in pin_files())
        bench = Bench(room, (room.path / DATABASE).read_bytes(), pins)
        bench.room.path.with_name("sound.sqlite3").write_bytes(bench.database)
        bench.places = places(bench)
        for verb in VERBS:
            bench.right[verb] = bench.ask(verb, bench.database)
            assert bench.right[verb].code == 0, bench.right[verb]
        yield bench


def places(bench: Bench) -> list[int]:
    """Where bytes are flipped: in the header, and as often in every table and index.

    Of a page those bytes count that say something. What is on pages of no tree,
    such as long texts, counts as a tree.
    """
    database = bench.database
    size = int.from_bytes(database[16:18], "big")
    raw = sqlite.connect(bench.room.path.with_name("sound.sqlite3"))
    roots = [1, *(root for (root,) in raw.execute("SELECT rootpage FROM sqlite_master") if root)]
    raw.close()
    trees = [list(_pages(database, size, root)) for root in roots]
    known = {page for tree in trees for page in tree}
    trees.append([page for page in range(1, len(database) // size + 1) if page not in known])
    written = [
        [
            place
            for page in tree
            for place in range(max(100, (page - 1) * size), page * size)
            if database[place]
        ]
        for tree in trees
    ]
    written = [tree for tree in written if tree]
    header = [*range(16, 32), *range(40, 64), *range(92, 100)]
    share = -(-(PLACES - len(header)) // len(trees))
    found = [tree[number * len(tree) // share] for number in range(share) for tree in written]
    return (header + found)[:PLACES]


def _pages(database: bytes, size: int, page: int) -> Iterator[int]:
    """The pages of a tree (SQLite's file format, section 1.6), without those of long texts."""
    yield page
    start = (page - 1) * size
    head = start + (100 if page == 1 else 0)
    if database[head] not in {2, 5}:
        return
    cells = int.from_bytes(database[head + 3 : head + 5], "big")
    pointers = [head + 12 + 2 * number for number in range(cells)]
    places = [start + int.from_bytes(database[place : place + 2], "big") for place in pointers]
    for place in (*places, head + 8):
        yield from _pages(database, size, int.from_bytes(database[place : place + 4], "big"))


def flip(database: bytes, place: int) -> bytes:
    """The database with one bit of one byte flipped, another bit from place to place."""
    flipped = database[place] ^ (1 << place % 7)
    return database[:place] + bytes([flipped]) + database[place + 1 :]


@pytest.mark.parametrize(
    "number",
    [
        number if number % 2 else pytest.param(number, marks=pytest.mark.slow)
        for number in range(PLACES)
    ],
)
def test_flipped_byte_gives_a_sentence_or_the_right_answer(
    bench: Bench, number: int, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STONEHAND_KEYS", str(bench.room.keys.folder))
    place = bench.places[number]
    damaged = flip(bench.database, place)
    every = list(VERBS)
    verbs = every if pytestconfig.getoption("--slow") else every[number % 7 :: 7]
    for verb in verbs:
        answer = bench.ask(verb, damaged)
        if verb == "search" and has_fewer_hits(answer, bench.right[verb]):
            assert bench.ask("audit", damaged).code == 1, f"byte {place}: nobody tells"
            continue
        assert_is_right_or_says_so(verb, answer, bench.right[verb], f"byte {place}, {verb}")


def has_fewer_hits(answer: Answer, right: Answer) -> bool:
    """Whether a search shows some of the right hits, as they are and in their order."""
    if answer.code or answer == right:
        return False
    hits: list[object] = json.loads(answer.output)
    return hits == [hit for hit in json.loads(right.output) if hit in hits]


def assert_is_right_or_says_so(verb: str, answer: Answer, right: Answer, about: str) -> None:
    """Assert that an answer is the right one, or says what can't be trusted."""
    assert answer.code in {0, 1}, f"{about}: {answer.errors}"
    if answer.code == 1:
        assert re.search(r"[^\s.]{2}.*[.!]\s*$", answer.errors), f"{about}: {answer}"
        assert not answer.files, about
        return
    if answer == right or ADMITS.search(answer.output):
        return
    changed = set(answer.output.splitlines()) ^ set(right.output.splitlines())
    files = [name for name, _data in set(answer.files) ^ set(right.files)]
    raise AssertionError(f"{about} answers otherwise: {changed or files}")
