"""Exports that are cancelled, interrupted or refused by the disk at any moment.

The folder has the earlier edition or the new one, never a mixture, and nothing is left beside
it. The next export then is that of a whole one.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from editor.errors import Cancelled, DiskFull, OutputError
from editor.progress import Progress
from tests.faults.canaries import tree
from tests.faults.conftest import filled
from tests.faults.newsroom import Room
from tests.faults.two_editions import CALLS, FOREIGN, TwoEditions, refusal, two_editions


@pytest.fixture(params=["site", "api", "bundle"])
def editions(room: Room, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TwoEditions]:
    with two_editions(room, tmp_path, request.param) as editions:
        yield editions


Attempt = Callable[[int, str], bool]
"""Exports an edition but for what happens at a moment; whether there was such a moment."""


def at_each_moment(editions: TwoEditions, attempt: Attempt, step: int = 1) -> int:
    """Cut an export short at each moment, then export again, to and fro; how many there were."""
    here, there, moment = "old", "new", 0
    while attempt(moment, there):
        assert editions.is_there() in (here, there), moment
        editions.write(there)
        assert (editions.is_there(), editions.leftovers()) == (there, []), moment
        here, there, moment = there, here, moment + step
    assert editions.is_there() == there
    return moment


def _moments(short: int) -> list[Any]:
    """One moment in so many, and all of them in the suite's long mode."""
    return [short, pytest.param(1, marks=pytest.mark.slow)]


@pytest.mark.parametrize("step", _moments(5))
def test_export_cancelled_at_any_report_leaves_the_earlier_edition(
    step: int, editions: TwoEditions
) -> None:
    def attempt(moment: int, name: str) -> bool:
        reports: list[int] = []

        def cancel_later(done: int, total: int, step: str) -> None:
            reports.append(done)
            if len(reports) > moment:
                progress.cancel()

        progress, here = Progress(cancel_later), editions.is_there()
        try:
            editions.write(name, progress)
        except Cancelled:
            assert (editions.is_there(), editions.leftovers()) == (here, [])
        # The one who cancels at the last report is too late.
        return len(reports) > moment

    # A bundle is written as the others are, and has the files of both.
    if editions.format == "bundle":
        step *= 5
    assert at_each_moment(editions, attempt, step) > 20


@pytest.mark.parametrize("step", _moments(19))
@pytest.mark.parametrize("is_ours", [True, False], ids=["switched", "moved"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
@pytest.mark.parametrize("editions", ["site"], indirect=True)
def test_export_whose_call_fails_leaves_one_whole_edition(
    error: type[BaseException], is_ours: bool, step: int, editions: TwoEditions
) -> None:
    """Whatever call it is; an edition that can't be switched as a whole is moved file by file."""
    if not is_ours:
        (editions.folder / FOREIGN).write_text("theirs")

    def attempt(moment: int, name: str) -> bool:
        here = editions.is_there()

        def fail(number: int, call: str) -> BaseException | None:
            return error(errno.EIO, "Input/output error") if number == moment else None

        problem = None
        with CALLS.failing(editions.folder.parent, fail), suppress(KeyboardInterrupt):
            problem = refusal(lambda: editions.write(name))
        if problem:
            assert isinstance(problem, OutputError)
            assert editions.is_there() == here, "then nothing has changed"
        return CALLS.count > moment

    assert at_each_moment(editions, attempt, step) > 100
    assert is_ours or (editions.folder / FOREIGN).read_text() == "theirs"


@pytest.mark.parametrize("step", _moments(19))
@pytest.mark.parametrize("is_ours", [True, False], ids=["switched", "moved"])
def test_disk_without_room_from_any_moment_on(
    is_ours: bool, step: int, editions: TwoEditions
) -> None:
    if editions.format == "bundle":
        step *= 5
    if not is_ours:
        (editions.folder / FOREIGN).write_text("theirs")
    refused: list[int] = []

    def attempt(moment: int, name: str) -> bool:
        here = editions.is_there()

        def fail(number: int, call: str) -> OSError | None:
            needs_room = call in {"open", "os.link", "os.mkdir"} and number >= moment
            return OSError(errno.ENOSPC, "No space left on device") if needs_room else None

        with CALLS.failing(editions.folder.parent, fail):
            problem = refusal(lambda: editions.write(name))
        if problem:
            assert problem.sentence == "The disk has no room for the export “site”."
            assert problem.hint.startswith("Nothing was changed.")
            assert (editions.is_there(), editions.leftovers()) == (here, [])
            refused.append(moment)
        return CALLS.count > moment

    at_each_moment(editions, attempt, step)
    assert len(refused) > 2


@pytest.mark.parametrize("format", ["site", "api", "bundle"])
def test_small_disk_that_is_full_after_any_number_of_bytes(
    format: str, room: Room, small_disk: Path
) -> None:
    step = 12_288 * (5 if format == "bundle" else 1)
    with two_editions(room, small_disk, format) as editions:
        packed = small_disk / "site.zip"
        editions.write("old", to=packed)
        before, refused = tree(small_disk), 0
        for leave in range(0, 3_000_000, step):
            with filled(small_disk, leave):
                problem = refusal(lambda: editions.write("new"))
            if problem is None:
                break
            assert isinstance(problem, DiskFull)
            refused += 1
            assert tree(small_disk) == before, leave
        assert (editions.is_there(), editions.leftovers()) == ("new", [])
        assert refused > 3
        with filled(small_disk), pytest.raises(DiskFull):
            editions.write("new", to=packed)
        assert packed.read_bytes() == before["site.zip"]
        editions.write("new", to=packed)


def test_full_disk_of_what_is_remembered_stops_no_export(
    room: Room, tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What this computer remembers of exports, and the pictures it keeps, can be made again."""
    data = Path(os.environ["STONEHAND_DATA"])
    shutil.copytree(data, small_disk / "data")
    monkeypatch.setenv("STONEHAND_DATA", str(small_disk / "data"))
    monkeypatch.setenv("STONEHAND_RENDITIONS", str(small_disk / "renditions"))
    with filled(small_disk), two_editions(room, tmp_path) as editions:
        for name in ("new", "old"):
            editions.write(name)
            assert (editions.is_there(), editions.leftovers()) == (name, [])
    with room.desk() as editions.desk:
        editions.write("old")
        assert editions.is_there() == "old"
