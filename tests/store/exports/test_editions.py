"""What exports are made of is known only while the same would come of reading the desk."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import SaveBanner
from editor.core.export_memory import EditionRecord, EditionSummary
from editor.core.times import instant_text
from editor.places import DESK_FILE, config_folder
from editor.store.desk import Desk
from editor.store.exports.custody import Stamp
from editor.store.exports.editions import DeskFiles
from editor.store.exports.kept_file import folder
from editor.store.exports.memory import ExportMemory
from tests.people import approving_banner
from tests.reading import reading
from tests.store.conftest import LINA, TOM, Clock, approved, change_database, new

SECOND = 10**9
RECORD = EditionRecord(b"key", inf, EditionSummary("index.html", (), ("a", "b"), ("c",), {"x": 2}))


@pytest.fixture(autouse=True)
def _long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing have been written a moment ago."""
    later = 10 * SECOND
    monkeypatch.setattr("editor.store.exports.editions.time_ns", lambda: time.time_ns() + later)


def remember(desk: Desk, record: EditionRecord = RECORD, **options: Any) -> bool:
    """Choose all stories in another process, and remember their export; whether it can be."""
    with Desk.open(desk.path, clock=desk._clock) as other:
        records = reading(other).edition(None, desk._clock(), **options).records
        if records is not None:
            records.put("site", "", record)
        return records is not None


def find(desk: Desk, at: datetime | None = None, now: datetime | None = None) -> bool:
    """Whether it is known what an export is made of, to a process that has just begun."""
    at = at or desk._clock()
    memory = ExportMemory(desk.path)
    try:
        found = memory.editions.find("site", "", at, now or at)
    finally:
        memory.close()
    return found is not None


def test_nothing_is_known_of_a_desk_that_was_never_exported(desk: Desk) -> None:
    assert not find(desk)
    assert not folder().exists()


def test_record_comes_back_as_it_was_for_its_exporter_and_signer(desk: Desk) -> None:
    approved(desk)
    assert remember(desk)
    at = desk._clock()
    assert desk.exports.editions.find("site", "", at, at) == RECORD
    assert desk.exports.editions.find("api", "", at, at) is None
    assert desk.exports.editions.find("site", TOM, at, at) is None


def test_reading_and_closing_the_desk_is_no_change(desk: Desk) -> None:
    approved(desk)
    desk.close()
    assert remember(desk)
    with Desk.open(desk.path, clock=desk._clock) as again:
        reading(again).rows()
        assert find(desk)
    assert find(desk)


def test_whatever_is_written_is_a_change(desk: Desk) -> None:
    story = approved(desk)
    for change in (
        partial(new, desk, "Tides"),
        partial(change_database, desk, "UPDATE stories SET words = 1 WHERE id = ?", story),
        (desk.path / "themes").mkdir,
        (desk.path / "themes" / "left.txt").touch,
        (config_folder() / "desks.json").unlink,
    ):
        remember(desk)
        assert find(desk)
        change()
        assert not find(desk)


def test_only_all_stories_of_now_are_remembered(desk: Desk) -> None:
    story = approved(desk)
    at = desk._clock()
    assert reading(desk).edition([story], at).records is None
    assert not remember(desk, without={story})
    assert not remember(desk, what_if=True)
    assert remember(desk)


@pytest.mark.parametrize(
    "waiting",
    [
        lambda at: {"embargo": at},
        lambda at: {"publish_at": at},
        lambda at: {"expires": at},
    ],
)
def test_it_is_known_until_a_story_is_due_or_expires(
    waiting: object, desk: Desk, clock: Clock
) -> None:
    edge = clock.now + timedelta(hours=1)
    approved(desk, **waiting(instant_text(edge)))  # type: ignore[operator]
    assert remember(desk)
    second = timedelta(seconds=1)
    assert find(desk, edge - second)
    assert not find(desk, edge)
    assert not find(desk, edge - second, edge)


@pytest.mark.parametrize("name", ["starts", "expires"])
def test_it_is_known_until_a_brief_starts_or_expires(name: str, desk: Desk, clock: Clock) -> None:
    approved(desk)
    edge = clock.now + timedelta(hours=1)
    brief = replace(Brief(title="A brief", summary="One."), **{name: instant_text(edge)})
    desk.do(SaveBanner(Banner((brief,)), reading(desk).banner().hash), LINA)
    desk.do(approving_banner(desk), TOM)
    assert remember(desk)
    assert find(desk, edge - timedelta(seconds=1))
    assert not find(desk, edge)


def test_it_is_known_until_the_exporter_says(desk: Desk, clock: Clock) -> None:
    approved(desk)
    edge = clock.now + timedelta(hours=1)
    assert remember(desk, RECORD._replace(until=edge.timestamp()))
    assert find(desk, edge - timedelta(seconds=1))
    assert not find(desk, edge)


def test_it_is_not_known_at_an_earlier_instant_or_by_a_clock_that_was_set_back(
    desk: Desk, clock: Clock
) -> None:
    approved(desk)
    clock.go(hours=2)
    assert remember(desk)
    hour = timedelta(hours=1)
    assert find(desk, clock.now + hour)
    assert not find(desk, clock.now - hour, clock.now)
    assert not find(desk, clock.now - hour)
    assert not find(desk, clock.now + hour, clock.now), "an instant that is still to come"


def test_older_copy_of_a_desk_that_went_on_elsewhere_is_not_known(
    desk: Desk,
) -> None:
    approved(desk)
    desk.close()
    assert remember(desk)
    assert find(desk)
    elsewhere = desk.path.with_name("elsewhere.desk")
    copy_of(desk.path, elsewhere)
    with Desk.open(elsewhere, clock=desk._clock) as other:
        approved(other, "Later")
    assert not find(desk)


def copy_of(path: Path, to: Path) -> None:
    to.mkdir()
    (to / DESK_FILE).write_bytes((path / DESK_FILE).read_bytes())
    for name in ("backups", "drafts", "pictures"):
        (to / name).mkdir()


@pytest.mark.parametrize(
    ("written", "settled_after"),
    [(5 * SECOND + 1, SECOND // 10), (5 * SECOND, 2 * SECOND)],
    ids=["fine", "whole seconds"],
)
def test_files_are_settled_once_a_later_write_must_have_another_time(
    written: int, settled_after: int
) -> None:
    for files in (
        DeskFiles(Stamp((1, written, 0, 7, 7), ()), {}),
        DeskFiles(Stamp((1, 3, 4, 7, 7), (1, written, 7, 7)), {}),
        DeskFiles(Stamp((1, 3, 4, 7, 7), ()), {"a": (1, 0, written, 7, 7)}),
    ):
        assert not files.is_settled(written)
        assert not files.is_settled(written + settled_after)
        assert files.is_settled(written + settled_after + 1)
