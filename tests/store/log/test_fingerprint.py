"""What was verified on this computer is verified again only where it differs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import editor.store.log.fingerprint as module
from editor.core.commands import Publish, Return
from editor.core.house import House
from editor.core.people import Person, Role
from editor.errors import Cancelled, UntrustedSignature
from editor.places import config_folder, data_folder
from editor.progress import Progress
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
from editor.store.log.entries import Entry
from editor.store.log.fingerprint import Fingerprint
from editor.store.log.logs import Logs, read_logs
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, approved, change_database, new


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the entries that were verified, as they are."""
    ids: list[int] = []
    add = Logs.add

    def counting(logs: Logs, entry: Entry, desk: str) -> None:
        ids.append(entry.id)
        add(logs, entry, desk)

    monkeypatch.setattr(Logs, "add", counting)
    return ids


@pytest.fixture
def story(desk: Desk) -> str:
    """A published story on a desk whose logs were verified."""
    story = approved(desk)
    desk.do(Publish(story, 1), TOM)
    export(desk)
    return story


def export(desk: Desk, progress: Progress | None = None) -> list[str]:
    """The slugs that an export in another process gets."""
    with Desk.open(desk.path, clock=desk._clock) as again:
        edition = reading(again).edition(None, again._clock(), progress=progress)
    return [item.story.slug for item in edition.items]


def export_one(desk: Desk) -> None:
    """Export one story in another process, for which all logs are verified."""
    with Desk.open(desk.path, clock=desk._clock) as again:
        reading(again).edition(["ferry-resumes-after-storm"], again._clock())


def all_ids(desk: Desk) -> list[int]:
    return list(range(1, reading(desk).verify_audit().rows + 1))


def change_pins(desk: Desk, change: Callable[[dict[str, Any]], None]) -> None:
    """Change both files in the same way."""
    id = reading(desk).masthead().desk
    for folder in (config_folder, data_folder):
        file = folder() / "desks.json"
        value = json.loads(file.read_text())
        change(value["desks"][id])
        file.write_text(json.dumps(value))


@pytest.mark.usefixtures("story")
def test_another_process_verifies_nothing_again(desk: Desk, verified: list[int]) -> None:
    assert export(desk) == ["ferry-resumes-after-storm"]
    assert verified == []


@pytest.mark.usefixtures("story")
def test_only_what_was_written_since_is_verified(desk: Desk, verified: list[int]) -> None:
    before = all_ids(desk)
    approved(desk, "Tides")
    after = all_ids(desk)
    verified.clear()
    assert len(export(desk)) == 2
    assert verified == after[len(before) :]


def test_the_state_is_the_same_as_after_verifying_all(
    desk: Desk, story: str, verified: list[int]
) -> None:
    for number in range(12):
        approved(desk, f"Story {number}")
    desk.do(Return(story, 1, "Who says so?"), TOM)
    export_one(desk)
    verified.clear()
    with Desk.open(desk.path) as again, again.read() as snapshot:
        chain, known = snapshot.masthead(), snapshot._verified_logs()
        assert verified == []
        whole = read_logs(snapshot.connection, chain)
    for name in ("last", "owners", "tips", "signed", "skips", "newest", "decided", "killed"):
        expected = getattr(whole, name)
        if name == "skips":
            expected = {log: expected.get(log, []) for log in whole.tips}
        assert getattr(known, name) == expected, name
    assert known.verified() == whole.verified()


@pytest.mark.parametrize(
    "change",
    [
        "body = replace(body, '2026', '2025')",
        "event = hash",
        "hash = event",
        "previous = event",
        "skip = event",
        "log = 'x'",
        "seq = seq + 1000",
        "story = 'x'",
        "action = 'saved'",
        "body = CAST(body AS BLOB)",
    ],
)
@pytest.mark.parametrize("row", [2, 8])
@pytest.mark.usefixtures("story")
def test_every_column_that_is_changed_after_it_was_verified_is_found(
    desk: Desk, change: str, row: int
) -> None:
    assert export(desk)
    statement = f"UPDATE events SET {change} WHERE id = {row}"
    change_database(desk, statement)
    with pytest.raises(UntrustedSignature):
        export(desk)


@pytest.mark.parametrize("row", [3, 9])
@pytest.mark.usefixtures("story")
def test_row_that_is_gone_after_it_was_verified_is_found(desk: Desk, row: int) -> None:
    change_database(desk, f"DELETE FROM events WHERE id = {row}")
    with pytest.raises(UntrustedSignature):
        export(desk)


@pytest.mark.usefixtures("story")
def test_last_signature_of_a_log_is_verified_each_time(desk: Desk) -> None:
    change_database(
        desk, "UPDATE events SET signature = zeroblob(64) WHERE id = (SELECT max(id) FROM events)"
    )
    with pytest.raises(UntrustedSignature, match="does not verify"):
        export(desk)


@pytest.mark.usefixtures("story")
def test_late_signature_leaves_what_is_remembered(
    desk: Desk, verified: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    with Desk.open(desk.path, clock=desk._clock) as locked:
        new(locked, "Tides")
        export_one(desk)
        assert reading(locked).verify_audit().unsigned == ((LINA, 1),)
        locked.unlock("test")
        locked.signing_key(LINA)
        locked.seal()
        verified.clear()
        with Desk.open(desk.path) as again, again.read() as snapshot:
            logs = snapshot._verified_logs()
            assert {log: tip.seq for log, tip in logs.tips.items()} == logs.signed
        assert verified == []


def nothing(pin: dict[str, Any]) -> None:
    del pin["verified"]


def fewer(pin: dict[str, Any]) -> None:
    pin["verified"][0] -= 1


def more(pin: dict[str, Any]) -> None:
    pin["verified"][0] += 1


def far_more(pin: dict[str, Any]) -> None:
    pin["verified"][0] = 1 << 80


def less_than_none(pin: dict[str, Any]) -> None:
    pin["verified"][0] = -1


def another_time(pin: dict[str, Any]) -> None:
    pin["verified"][1] = "1999-01-01T00:00:00Z"


def another_hash(pin: dict[str, Any]) -> None:
    pin["verified"][2] = "0" * 64


@pytest.mark.parametrize(
    "change", [nothing, fewer, more, far_more, less_than_none, another_time, another_hash]
)
@pytest.mark.usefixtures("story")
def test_memory_that_does_not_fit_counts_for_nothing(
    desk: Desk, verified: list[int], change: Callable[[dict[str, Any]], None]
) -> None:
    ids = all_ids(desk)
    change_pins(desk, change)
    verified.clear()
    assert export(desk)
    assert verified == ids
    verified.clear()
    assert export(desk)
    assert verified == []


@pytest.mark.parametrize("folder", [config_folder, data_folder])
@pytest.mark.usefixtures("story")
def test_memory_in_one_place_counts_for_nothing(
    desk: Desk, verified: list[int], folder: Callable[[], Path]
) -> None:
    ids, file = all_ids(desk), folder() / "desks.json"
    value = json.loads(file.read_text())
    another_hash(value["desks"][reading(desk).masthead().desk])
    file.write_text(json.dumps(value))
    verified.clear()
    assert export(desk)
    assert verified == ids


@pytest.mark.usefixtures("story")
def test_memory_of_another_desk_counts_for_nothing(
    desk: Desk, verified: list[int], tmp_path: Path
) -> None:
    with Desk.create(tmp_path / "other.desk", House("Post"), Person(MARA, Role.CHIEF)) as other:
        export(other)
        pins = json.loads((data_folder() / "desks.json").read_text())["desks"]
        theirs = pins[reading(other).masthead().desk]["verified"]
    ids = all_ids(desk)
    change_pins(desk, lambda pin: pin.update(verified=theirs))
    verified.clear()
    assert export(desk)
    assert verified == ids


@pytest.mark.usefixtures("story")
def test_another_version_of_stonehand_verifies_all(
    desk: Desk, verified: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = all_ids(desk)
    monkeypatch.setattr(module, "__version__", "99")
    monkeypatch.setattr("editor.store.exports.kept_file._FORMAT", "stonehand 99 exports 1")
    verified.clear()
    assert export(desk)
    assert verified == ids


def test_fingerprint_tells_values_of_other_types_and_lengths_apart() -> None:
    rows: list[list[tuple[object, ...]]] = [
        [(1, "ab", "c", b"")],
        [(1, "a", "bc", b"")],
        [("1", "ab", "c", b"")],
        [(1, b"ab", "c", b"")],
        [(1, None, "c", b"")],
        [(1.0, "ab", "c", b"")],
        [(1, "ab", "c", b""), (1, "ab", "c", b"")],
    ]
    hashes = set()
    for added in rows:
        fingerprint = Fingerprint("desk")
        fingerprint.add(added)
        hashes.add(fingerprint.of(1, "").hash)
    assert len(hashes) == len(rows)


def test_fingerprint_is_the_same_however_the_rows_are_read(desk: Desk) -> None:
    approved(desk)
    raw = sqlite3.connect(desk.path / DATABASE)
    query = f"SELECT {', '.join(Entry._fields)} FROM events ORDER BY id"
    rows = raw.execute(query).fetchall()
    raw.close()
    first, second = Fingerprint("desk"), Fingerprint("desk")
    first.add(rows)
    for row in rows:
        second.add([Entry._make(row)])
    assert first.of(1, "") == second.of(1, "")


@pytest.mark.usefixtures("story")
def test_export_that_publishes_verifies_each_entry_once(desk: Desk, verified: list[int]) -> None:
    ids = all_ids(desk)
    change_pins(desk, nothing)
    verified.clear()
    with Desk.open(desk.path, clock=desk._clock) as again, again.read() as snapshot:
        approved(desk, "Tides")  # somebody else writes meanwhile
        edition = snapshot.edition(None, again._clock())
        snapshot.releases(edition, TOM)
    assert verified[: len(ids)] == ids
    assert len(verified) == len(set(verified))


@pytest.fixture
def cancelled() -> Progress:
    progress = Progress()
    progress.cancel()
    return progress


@pytest.mark.usefixtures("story")
def test_reading_can_be_cancelled_and_nothing_half_read_counts(
    desk: Desk, verified: list[int], cancelled: Progress
) -> None:
    with pytest.raises(Cancelled):
        export(desk, cancelled)
    with pytest.raises(Cancelled):
        reading(desk).verify_audit(cancelled)
    assert verified == []
    assert export(desk)


@pytest.mark.usefixtures("story")
def test_audit_verifies_all_and_reports_it(desk: Desk, verified: list[int]) -> None:
    reports: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _step: reports.append((done, total)))
    report = reading(desk).verify_audit(progress)
    assert report.reason == ""
    assert verified == list(range(1, report.rows + 1))
    shares = [done / total for done, total in reports]
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert 0.9 < shares[-1] <= 1
