"""What was done: every edit of it, and of what it tells of, is found and named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    AddNote,
    Kill,
    Publish,
    ResolveNote,
    Return,
    SaveBanner,
    SaveHouse,
    SaveStory,
    SetPolicy,
    Submit,
)
from editor.core.events import Event, entry_hash, event_id
from editor.core.house import House
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.core.times import instant_text
from editor.errors import DiskFull
from editor.store.desk import Desk
from editor.store.log.own_logs import OwnLogs
from editor.store.log.writer import LogWriter, Signer
from editor.trust.keyring import choose_key_store
from tests.databases import replacing
from tests.people import approving, approving_banner
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    MARA,
    TOM,
    Clock,
    approved,
    change_database,
    filled_template,
    new,
)
from tests.templates import copy_template


def _do_a_bit_of_everything(desk: Desk) -> None:
    story = approved(desk, "Alpha")
    desk.do(Return(story, 1, "Who says so?"), TOM)
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="K"), 1), LINA)
    desk.do(AddNote(story, "Check the fare."), TOM)
    desk.do(ResolveNote(story, reading(desk).notes(story)[-1].id), LINA)
    desk.do(Submit(story, 2), LINA)
    desk.do(approving(desk, story, 2), TOM)
    desk.do(Publish(story, 2), TOM)
    approved(desk, "Beta")
    gone = approved(desk, "Gamma")
    desk.do(Publish(gone, 1), TOM)
    desk.do(Kill(gone, 1, "It was never true."), MARA)
    desk.do(SaveHouse(House("Harbour Mail"), reading(desk).house().hash), MARA)
    desk.do(SaveBanner(Banner((Brief("b", "Crane", "By sea."),)), Banner().hash), LINA)
    desk.do(approving_banner(desk), TOM)
    assert reading(desk).verify_audit().reason == ""


@pytest.fixture(scope="module")
def busy_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_template(template, tmp_path_factory.mktemp("busy"), _do_a_bit_of_everything)


@pytest.fixture
def busy(busy_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A desk on which a bit of everything was done."""
    path = copy_template(busy_template, "post.desk", tmp_path)
    with Desk.open(path, clock=clock) as desk:
        yield desk


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE events SET body = replace(body, '2026', '2027') WHERE id = 9", "9 was changed"),
        ("UPDATE events SET story = 'x' WHERE id = 9", "Row 9 was changed"),
        ("UPDATE events SET action = 'kept' WHERE id = 9", "Row 9 was changed"),
        ("UPDATE events SET hash = 'f00' WHERE id = 4", "Row 4 was changed"),
        ("UPDATE events SET event = 'f00' WHERE id = 4", "Row 4 was changed"),
        ("UPDATE events SET previous = '' WHERE id = 3", "Row 3 was changed"),
        ("UPDATE events SET signature = x'00' WHERE action = 'house'", "signature of Mara Quist"),
        ("UPDATE events SET signature = x''", "did not sign|has not signed|without effect"),
        ("DELETE FROM events WHERE id = 1", "row before 2 is missing"),
        ("DELETE FROM events WHERE id > 9", "rows after 9 are missing"),
        ("DELETE FROM events", "rows after 0 are missing"),
        ("UPDATE sqlite_sequence SET seq = name", "rows after .* are missing"),
        ("UPDATE logs SET person = 'Nobody'", "list of logs was changed"),
        ("DELETE FROM logs", "list of logs was changed"),
        (
            replacing("'Alpha'", "'Omega'", "WHERE number = 2"),
            "text of version 2 of alpha was changed",
        ),
        ("UPDATE versions SET hash = 'f00'", "text of a version was changed outside"),
        ("UPDATE versions SET author = 'Nobody' WHERE number = 2", "was made by لينا حداد"),
        ("UPDATE versions SET at = '2020'", "its entry was changed"),
        ("UPDATE versions SET cause = 'imported'", "its row was changed"),
        ("UPDATE versions SET parents = '[]' WHERE number = 2", "Version 2 grew from others"),
        ("DELETE FROM versions WHERE number = 2", "version of this story is gone"),
        (
            "INSERT INTO versions SELECT story, 9, 'x', parents, hash, author, at, cause, "
            "slug, headline, words, content FROM versions WHERE number = 2",
            "Version 9 was made outside",
        ),
        ("UPDATE approvals SET token = 'x'", "not a signature"),
        ("UPDATE approvals SET event = event || 'x'", "not a signature|made outside"),
        ("DELETE FROM approvals", "not a signature"),
        ("UPDATE papers SET content = '{}' WHERE kind = 'house' AND number = 1", "The house of"),
        ("UPDATE papers SET content = '{}' WHERE kind = 'house' AND number = 2", "changed outside"),
        ("DELETE FROM papers WHERE kind = 'house' AND number = 2", "house was changed outside"),
        ("DELETE FROM papers WHERE kind = 'banner'", "banner was changed outside"),
        ("UPDATE stories SET stage = 'approved'", "entry was changed outside"),
        ("UPDATE stories SET publication = 'live'", "entry was changed outside"),
        ("UPDATE stories SET live_version = 1 WHERE slug = 'alpha'", "entry was changed outside"),
        ("UPDATE stories SET latest = 1 WHERE slug = 'alpha'", "entry was changed outside"),
        ("UPDATE stories SET leaves = 2", "entry was changed outside"),
        ("UPDATE stories SET tips = '[]'", "entry was changed outside"),
        ("UPDATE stories SET slug = 'omega' WHERE slug = 'alpha'", "entry of omega was changed"),
        ("UPDATE stories SET headline = 'Omega'", "list's entry of .* was changed outside"),
        ("UPDATE notes SET text = 'Fine.'", "note by .* was changed outside"),
        ("UPDATE notes SET author = 'Nobody'", "note of Nobody .* was changed outside"),
        ("UPDATE notes SET resolved_at = '', resolved_by = ''", "resolved or reopened outside"),
        ("DELETE FROM notes", "notes of .* were changed outside"),
        ("DELETE FROM mastheads", "masthead of this desk is gone"),
        ("DELETE FROM mastheads WHERE number = 3", "has seen number 3"),
        ("UPDATE mastheads SET token = 'x'", "not a signed document"),
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
    assert report.unsigned == ()


def test_entry_names_the_one_before_and_its_event() -> None:
    event = Event("saved", LINA, "2026-03-03T14:02:00Z", "desk", "s1", subject="a" * 64)
    assert Event.from_body(event.body()) == event
    first = entry_hash("log", 1, "", event_id(event.body()))
    assert entry_hash("log", 2, first, event_id(event.body())) != first


def test_rolled_back_entries_leave_no_gap(desk: Desk) -> None:
    story = new(desk)
    key = choose_key_store().read(LINA)
    assert key is not None

    def write_and_fail() -> None:
        with desk._database.write() as connection:
            chain = reading(desk).masthead()
            writer = LogWriter(connection, OwnLogs(), Signer(chain.desk, LINA, key.public, key))
            writer.append(Event("noted", LINA, "2026-03-03T14:02:00Z", chain.desk, story))
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
    change_database(
        desk, "UPDATE events SET body = replace(body, 'Tom', 'Tim') WHERE action = 'approved'"
    )
    assert "was changed outside" in reading(desk).stored(story).refusal


def test_two_processes_of_one_person_do_not_fork_a_log(desk: Desk) -> None:
    story = new(desk)
    with Desk.open(desk.path) as other:
        other.do(SaveStory(Story(headline="Meanwhile")), LINA)
        desk.do(Submit(story, 1), LINA)
        other.do(SaveStory(Story(headline="And again")), LINA)
    assert reading(desk).verify_audit().reason == ""


def test_save_waits_for_a_signature_until_its_writer_signs_something(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    with Desk.open(desk.path) as locked:
        story = new(locked)
        assert reading(locked).verify_audit().unsigned == ((LINA, 2),)
        assert not reading(locked).log()[0].is_signed
        locked.unlock("test")
        locked.do(Submit(story, 1), LINA)
        assert reading(locked).verify_audit().unsigned == ()
        assert all(entry.is_signed for entry in reading(locked).log())


def test_closing_with_the_key_open_seals_what_was_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    with Desk.open(desk.path) as locked:
        story = new(locked)
        locked.unlock("test")
        locked.signing_key(LINA)
    assert reading(desk).verify_audit().unsigned == ()
    assert reading(desk).log(story)[0].is_signed


def test_writer_signs_after_a_crash_what_waited_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    with Desk.open(desk.path) as locked:
        story = new(locked)
        locked._own_logs.tips.clear()  # as if the process had been killed
    with Desk.open(desk.path) as again:
        again.unlock("test")
        assert reading(again).verify_audit().unsigned == ((LINA, 2),)
        again.do(Submit(story, 1), LINA)
        again.do(approving(again, story, 1), TOM)
        assert reading(again).stored(story).approval
        assert reading(again).verify_audit().reason == ""


def test_entry_written_in_somebodys_name_is_not_signed_with_theirs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    key = choose_key_store().public_key(LINA)
    assert key is not None
    with Desk.open(desk.path) as locked:
        new(locked)
        chain = reading(locked).masthead()
        own = OwnLogs()
        own.remember(
            locked._own_logs._log[LINA, key.x],
            locked._own_logs.tips[locked._own_logs._log[LINA, key.x]],
            LINA,
            key,
        )
        own.has_unsigned = True
        with locked._database.write() as connection:
            writer = LogWriter(connection, own, Signer(chain.desk, LINA, key))
            writer.append(Event("saved", LINA, "2026-03-03T14:02:00Z", chain.desk, "s" * 32))
        locked.unlock("test")
        locked.signing_key(LINA)
        locked.seal()
        assert [entry.is_signed for entry in reading(locked).log(limit=2)] == [False, False]


def _steps(desk: Desk, doing: Callable[[Desk], object]) -> int:
    """How many steps SQLite takes, in a desk that is opened for it."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    with Desk.open(desk.path, clock=desk._clock) as opened:
        with opened.read() as snapshot:
            raw: Any = snapshot.connection.connection.driver_connection
        raw.set_progress_handler(count, 1)
        doing(opened)
    return steps


def _fill_log(desk: Desk, entries: int, action: str = "noted", story: str = "s" * 32) -> None:
    """Write many entries to the editor's log, about no story that there is."""
    key, at, id = desk.signing_key(TOM), instant_text(desk._clock()), reading(desk).masthead().desk
    with desk._database.write() as connection:
        writer = LogWriter(connection, OwnLogs(), Signer(id, TOM, key.public, key))
        for number in range(entries):
            writer.append(Event(action, TOM, at, id, story=story, nonce=f"{number:016x}"))


def _set_four_eyes(desk: Desk, four_eyes: FourEyes) -> None:
    desk.do(SetPolicy(Policy(four_eyes=four_eyes)), MARA)


def test_opening_a_story_reads_as_much_of_a_long_log_as_of_a_short_one(desk: Desk) -> None:
    story = approved(desk)

    def open_story(opened: Desk) -> None:
        with opened.read() as snapshot:
            assert snapshot.stored(story).approval
            snapshot.masthead()

    _set_four_eyes(desk, FourEyes.NEVER)
    before = _steps(desk, open_story)
    _fill_log(desk, 1_000)
    _set_four_eyes(desk, FourEyes.ALWAYS)
    assert _steps(desk, open_story) - before < 1_000, "less than one step for each entry"


def test_masthead_is_trusted_at_the_same_cost_after_many_banners(desk: Desk) -> None:
    approved(desk)

    def read_masthead(opened: Desk) -> None:
        with opened.read() as snapshot:
            snapshot.masthead()

    before = _steps(desk, read_masthead)
    _fill_log(desk, 1_000, "banner", story="")
    assert _steps(desk, read_masthead) - before < 200


def test_approval_reads_as_much_of_a_long_log_as_of_a_short_one(desk: Desk) -> None:
    first, second = new(desk, "Alpha"), new(desk, "Beta")
    for story in (first, second):
        desk.do(Submit(story, 1), LINA)
    before = _steps(desk, lambda opened: opened.do(approving(opened, first), TOM))
    _fill_log(desk, 1_000)
    after = _steps(desk, lambda opened: opened.do(approving(opened, second), TOM))
    assert after - before < 500


def test_unsigned_entry_is_covered_by_a_signature_far_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as locked:
        locked.delenv("STONEHAND_PASSPHRASE")
        with Desk.open(desk.path) as opened:
            story = new(opened)
    with Desk.open(desk.path) as opened:
        opened.do(Submit(story, 1), LINA)
        opened.do(approving(opened, story), TOM)
        for number in range(6):
            new(opened, f"Story {number}")
        assert reading(opened).stored(story).approval
    change_database(
        desk,
        "UPDATE events SET previous = event WHERE seq = 3 AND log = "
        "(SELECT log FROM events WHERE story = ? AND action = 'saved')",
        story,
    )
    assert reading(desk).stored(story).approval is None
