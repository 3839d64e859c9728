"""What one story costs on a large desk: SQLite does the same work as on a small one.

SQLite's own counter of steps, not times: a step is one instruction of its virtual machine,
so whoever reads each row of a table takes more of them where there are more rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from editor.core.commands import SaveStory, Submit
from editor.core.times import now
from editor.core.workflow import Publication, Stage
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from editor.trust.keyring import KeyFolder
from tests.bench.fill import EDITOR, PASSPHRASE, WRITERS, fill
from tests.people import approving
from tests.reading import reading

pytestmark = pytest.mark.timeout(900)  # the long mode makes a large desk first

SMALL, LARGE = 120, 600
"""Stories; the long mode asks 1,000 and 20,000."""
WRITER = WRITERS[0].name
DRAFTS = Filter(stage=Stage.DRAFT, writer=WRITER)

Ask = Callable[[Desk], object]


@contextmanager
def counting_steps(desk: Desk) -> Iterator[list[int]]:
    """Count SQLite's steps in the block, on the connection that the desk uses."""
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    with desk.read() as snapshot:
        raw: Any = snapshot.connection.connection.driver_connection
    raw.set_progress_handler(count, 1)
    try:
        yield steps
    finally:
        raw.set_progress_handler(None, 0)


@pytest.fixture(scope="module")
def desks(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[Desk, Desk]]:
    """A small desk and a large one."""
    folder = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("KEYS", "DATA", "CONFIG"):
            patch.setenv(f"STONEHAND_{name}", str(folder / name.lower()))
        patch.setenv("STONEHAND_PASSPHRASE", PASSPHRASE)
        is_long = request.config.getoption("--slow")
        sizes = (1_000, 20_000) if is_long else (SMALL, LARGE)
        paths = [folder / f"{count}.desk" for count in sizes]
        for path, count in zip(paths, sizes, strict=True):
            fill(path, count)
        keys = KeyFolder(folder / "keys", PASSPHRASE)
        with Desk.open(paths[0], keys=keys) as small, Desk.open(paths[1], keys=keys) as large:
            yield small, large


def a_page(wanted: Filter, **how: Any) -> Ask:
    return lambda desk: reading(desk).rows(wanted, limit=5, **how)


def read_approved(desk: Desk) -> None:
    """Read the story that went out last, with its approval."""
    [row] = reading(desk).rows(Filter(publication=Publication.LIVE), limit=1)
    assert reading(desk).stored(row.id).approval


def a_page_from_the_middle(desk: Desk) -> object:
    """The page after the middle of a list, by its key."""
    middle = desk_middle[id(desk)]
    return reading(desk).rows(Filter(stage=Stage.APPROVED), after=middle, limit=5)


desk_middle: dict[int, int] = {}

ASKED: dict[str, Ask] = {
    "all": a_page(Filter()),
    "oldest first": a_page(Filter(), oldest_first=True),
    "published": a_page(Filter(publication=Publication.LIVE)),
    "approved": a_page(Filter(stage=Stage.APPROVED)),
    "a person's drafts": a_page(DRAFTS),
    "the number of a person's drafts": lambda desk: reading(desk).count(DRAFTS),
    "the middle of a list": a_page_from_the_middle,
    "an opened story": read_approved,
}


def search_one(desk: Desk) -> None:
    """Find a story by the number in its slug, and prove that it is it."""
    [row] = reading(desk).rows(DRAFTS, limit=1)
    words = f'"{row.slug.rpartition("-")[2]}"'
    with desk.read() as snapshot:
        found = snapshot.search(words)
        assert [hit.id for hit in found] == [row.id]
        assert snapshot.snippets(words, found)


def export_one(desk: Desk) -> None:
    """Gather one story for an export; the logs were verified when the desk was seen first."""
    [row] = reading(desk).rows(Filter(publication=Publication.LIVE), limit=1)
    with desk.read() as snapshot:
        assert snapshot.edition([row.id], now()).items


def chosen_stories(desk: Desk) -> None:
    """Read some stories by their ids, and how many there are."""
    rows = reading(desk).rows(DRAFTS, limit=3)
    wanted = Filter(ids=tuple(row.id for row in rows))
    with desk.read() as snapshot:
        assert {row.id for row in snapshot.rows(wanted)} == {row.id for row in rows}
        assert snapshot.count(wanted) == len(rows) == 3


ASKED["a search"] = search_one
ASKED["chosen stories"] = chosen_stories

ALLOWED = 150
"""How many steps may be more: a tree is a level or two deeper, the index in a few more pieces."""


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_lists_take_as_many_steps_on_a_large_desk(desks: tuple[Desk, Desk], ask: Ask) -> None:
    taken = []
    for desk in desks:
        rows = reading(desk).rows(Filter(stage=Stage.APPROVED), limit=1 << 30)
        desk_middle[id(desk)] = rows[len(rows) // 2].touched
        ask(desk)  # prepares the statements, and reads the schema
        with counting_steps(desk) as steps:
            ask(desk)
        taken.append(steps[0])
    assert 0 < taken[1] <= taken[0] + ALLOWED, taken


def test_numbers_of_lists_are_read_from_a_row_for_each_state_and_section(
    desks: tuple[Desk, Desk],
) -> None:
    for desk in desks:
        with desk.read() as snapshot:
            rows = snapshot.connection.exec_driver_sql("SELECT count(*) FROM counts").scalar_one()
        with counting_steps(desk) as steps:
            reading(desk).counts()
            reading(desk).count(Filter(publication=Publication.LIVE))
        assert 0 < steps[0] <= 20 * rows + 100, (steps, rows)


def test_saving_a_story_takes_as_many_steps_on_a_large_desk(desks: tuple[Desk, Desk]) -> None:
    taken = []
    for desk in desks:
        [row] = reading(desk).rows(DRAFTS, limit=1)
        story = reading(desk).stored(row.id).story
        desk.do(SaveStory(replace(story, kicker="Once"), row.version), WRITER)
        with counting_steps(desk) as steps:
            desk.do(SaveStory(replace(story, kicker="Twice"), row.version + 1), WRITER)
        taken.append(steps[0])
    assert 0 < taken[1] <= taken[0] + ALLOWED, taken


def test_exporting_a_story_takes_more_steps_only_for_what_was_killed(
    desks: tuple[Desk, Desk],
) -> None:
    """Each killed story has a page that says so."""
    taken, killed = [], []
    for desk in desks:
        export_one(desk)
        with counting_steps(desk) as steps:
            export_one(desk)
        taken.append(steps[0])
        killed.append(reading(desk).count(Filter(publication=Publication.KILLED)))
    more = killed[1] - killed[0]
    assert 0 < taken[1] <= taken[0] + ALLOWED + more * 300, (taken, killed)


def test_approving_a_story_takes_as_many_steps_on_a_large_desk(desks: tuple[Desk, Desk]) -> None:
    taken = []
    for desk in desks:
        rows = reading(desk).rows(DRAFTS, limit=2)
        for row in rows:
            desk.do(Submit(row.id, row.version), WRITER)
            command = approving(desk, row.id)
            with counting_steps(desk) as steps:
                desk.do(command, EDITOR.name)
        taken.append(steps[0])
    assert 0 < taken[1] <= taken[0] + ALLOWED, taken


def test_looking_around_takes_as_many_steps_on_a_large_desk(desks: tuple[Desk, Desk]) -> None:
    """What a window reads after somebody else wrote, and the first rows of its list."""
    taken = []
    for desk in desks:
        [row] = reading(desk).rows(DRAFTS, limit=1)
        story, before = reading(desk).stored(row.id).story, reading(desk).last_entry()
        desk.do(SaveStory(replace(story, kicker="Again"), row.version), WRITER)
        with counting_steps(desk) as steps, desk.read() as snapshot:
            _last, changes = snapshot.changes_since(before)
            assert changes.ids("story") == (row.id,)
            snapshot.with_review_states(snapshot.rows(limit=5))
        taken.append(steps[0])
    assert 0 < taken[1] <= taken[0] + ALLOWED, taken
