"""The chain of what was done: every edit of it, and of what it tells of, is found and named."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256

import pytest
from editor.store.log.audit_log import read_audit_log

from editor.core.canonical import canonical_json
from editor.core.commands import Return, SaveHouse, SaveStory, Submit
from editor.core.house import House
from editor.core.story import Story
from editor.errors import DiskFull
from editor.store.commands.transaction import Transaction
from editor.store.desk import Desk
from editor.store.log.entries import LogEntry
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, approved, change_database, new


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk on which a bit of everything was done."""
    story = approved(desk, "Alpha")
    desk.do(Return(story, 1, "Who says so?"), TOM)
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="K"), 1), LINA)
    desk.do(Submit(story, 2), LINA)
    desk.do(approving(desk, story, 2), TOM)
    approved(desk, "Beta")
    desk.do(SaveHouse(House("Harbour Mail"), reading(desk).house().hash), MARA)
    assert reading(desk).verify_audit().broken_at == 0
    return desk


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE audit SET note = 'nothing' WHERE id = 2", "Row 2 was changed"),
        ("UPDATE audit SET at = '2020' WHERE id = 9", "Row 9 was changed"),
        ("UPDATE audit SET hash = 'f00' WHERE id = 4", "Row 4 was changed"),
        ("UPDATE audit SET previous = '' WHERE id = 4", "Row 4 does not follow"),
        ("DELETE FROM audit WHERE id = 1", "row before 2 is missing"),
        ("DELETE FROM audit WHERE id > 5", "rows after 5 are missing"),
        ("DELETE FROM audit", "rows after 0 are missing"),
        (
            "UPDATE versions SET content = replace(content, 'Alpha', 'Omega') WHERE number = 2",
            "text of version 2 of alpha was changed",
        ),
        ("UPDATE versions SET hash = 'f00'", "text of version 1 of alpha"),
        ("UPDATE versions SET author = 'Nobody' WHERE number = 2", "was made by لينا حداد"),
        ("UPDATE versions SET at = '2020'", "its entry was changed"),
        ("UPDATE versions SET cause = 'imported'", "its entry was changed"),
        ("DELETE FROM versions WHERE number = 2", "Version 2 of the story .* is gone"),
        (
            "INSERT INTO versions SELECT story, 9, parents, content, hash, author, at, cause, "
            "headline, words FROM versions WHERE number = 2",
            "Version 9 of alpha was made outside",
        ),
        ("UPDATE approvals SET person = 'Nobody'", "approval by Tom Adeyemi .* was changed"),
        ("UPDATE approvals SET hash = 'f00' WHERE id = 3", "approval by Tom Adeyemi .* changed"),
        ("UPDATE approvals SET withdrawn = ''", "approval by Tom Adeyemi .* was changed"),
        ("UPDATE approvals SET withdrawn = 'now'", "approval by Tom Adeyemi .* was changed"),
        ("DELETE FROM approvals WHERE id = 1", "approval by Tom Adeyemi .* is gone"),
        (
            "INSERT INTO approvals (story, version, hash, person, at, token, audit_row) "
            "SELECT story, version, hash, person, at, token, 1 FROM approvals",
            "made outside Stonehand",
        ),
        ("UPDATE papers SET content = '{}' WHERE number = 2", "house that Mara Quist saved"),
        ("DELETE FROM papers WHERE number = 2", "house was changed outside"),
        ("UPDATE stories SET touched = 1", "entry of .* was changed outside"),
        ("DELETE FROM mastheads", "latest masthead .* is gone|masthead of this desk is gone"),
        ("UPDATE mastheads SET token = 'x'", "not a signature"),
    ],
)
def test_tampering_is_found_and_named(busy: Desk, statement: str, reason: str) -> None:
    change_database(busy, statement)
    report = reading(busy).verify_audit()
    assert report.broken_at
    assert re.search(reason, report.reason), report.reason


def test_sound_audit_reports_its_length(busy: Desk) -> None:
    report = reading(busy).verify_audit()
    assert (report.rows, report.broken_at, report.reason) == (len(reading(busy).log()), 0, "")


def test_hash_of_an_entry_is_of_its_canonical_json() -> None:
    entry = LogEntry(
        7, "2026-03-03T14:02:00Z", LINA, "saved", "s1", 3, "“ok”\n", "a" * 64, "b" * 64
    )
    value = entry._asdict()
    del value["hash"]
    assert entry.computed_hash() == sha256(canonical_json(value)).hexdigest()


def test_rolled_back_entries_leave_no_gap(desk: Desk) -> None:
    story = new(desk)

    def write_and_fail() -> None:
        with desk._database.write() as connection:
            person = reading(desk).person(LINA)
            transaction = Transaction(connection, desk.path, person, "2026-03-03T14:02:00Z")
            row = transaction.write_log("noted", story, 1)
            assert read_audit_log(connection).entry(story, row)
            raise DiskFull("The disk is full.")

    with pytest.raises(DiskFull):
        write_and_fail()
    desk.do(Submit(story, 1), LINA)
    desk.do(approving(desk, story, 1), TOM)
    assert reading(desk).stored(story).approval
    assert reading(desk).verify_audit().broken_at == 0


def test_writes_of_another_process_are_seen(desk: Desk) -> None:
    story = approved(desk)
    assert reading(desk).stored(story).approval
    with Desk.open(desk.path) as other:
        other.do(SaveStory(Story(headline="Meanwhile")), LINA)
    assert reading(desk).stored(story).approval
    change_database(desk, "UPDATE audit SET note = 'x' WHERE id = 1")
    assert "audit of this desk is broken" in reading(desk).stored(story).refusal
