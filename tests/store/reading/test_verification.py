"""A large desk is verified in processes beside this one, and to the same end."""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection

from editor.errors import Cancelled
from editor.progress import Progress
from editor.store.backup import restore_backup
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.store.reading import verification, verifying_process
from editor.store.reading.rows import AuditReport
from editor.store.reading.search_tasks import IndexTask
from editor.store.reading.table_tasks import ListsTask, TreesTask
from editor.store.reading.verifying_process import (
    ProcessEnded,
    ThisProcess,
    VerifyingProcess,
    VerifyingProcesses,
)
from tests.databases import open_database
from tests.store.conftest import approved, change_database, new


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Desks of three stories are large here, and verified two at a time."""
    monkeypatch.setattr(verification, "MANY", 3)
    monkeypatch.setattr(verification, "_AT_ONCE", 2)
    monkeypatch.setattr(verification, "processes_at_once", lambda: 2)


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[VerifyingProcess]:
    """The processes that were started."""
    found: list[VerifyingProcess] = []
    start = VerifyingProcess.__init__

    def note(self: VerifyingProcess, state: tuple[str, int], seed: int) -> None:
        start(self, state, seed)
        found.append(self)

    monkeypatch.setattr(VerifyingProcess, "__init__", note)
    return found


class Beside:
    """Stands for a process: serves in a thread, through pipes, where only the answers matter.

    To start Python four times takes seconds, and other tests do.
    """

    def __init__(self, call: str, **_variables: str) -> None:
        assert call == f"{verifying_process.__name__}:serve"
        requests, stdin = os.pipe()
        stdout, answers = os.pipe()
        self.stdin, self.stdout = os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb")
        self._thread = threading.Thread(target=self._serve, args=(requests, answers))
        self._thread.start()

    def _serve(self, requests: int, answers: int) -> None:
        with (
            suppress(OSError),  # nobody reads the answers any more
            ExitStack() as stack,
        ):
            read = stack.enter_context(os.fdopen(requests, "rb"))
            write = stack.enter_context(os.fdopen(answers, "wb"))
            verifying_process.serve(read, write)

    def kill(self) -> None:
        """Nothing: it ends when its pipes are closed."""

    def wait(self) -> None:
        self._thread.join()


@pytest.fixture
def in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are threads in this test."""
    monkeypatch.setattr(verifying_process, "start_process", Beside)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk of six stories, the first one approved."""
    for number in range(6):
        make = new if number else approved
        make(desk, f"Ferry {number}", body=f"The **harbour** number {number} is open.")
    return desk


def audit(desk: Desk, progress: Progress | None = None) -> AuditReport:
    with desk.read() as snapshot:
        return snapshot.verify_audit(progress)


def audit_beside(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AuditReport:
    """What the processes find; nothing is done once more without them."""
    with monkeypatch.context() as patch:
        patch.delattr(verification, "ThisProcess")
        return audit(desk)


def test_sound_desk_is_verified_by_processes_that_end(
    full: Desk, started: list[VerifyingProcess]
) -> None:
    shares: list[float] = []
    report = audit(full, Progress(lambda done, total, _step: shares.append(done / total)))
    assert (report.broken_at, report.reason) == (0, "")
    assert len(started) == 4, "the tables, the search, and two for the stories"
    assert shares == sorted(shares)
    assert all(process.is_over for process in started)


LONG_MODE = pytest.mark.slow
"""Of what a process finds there is one change for each of its tasks in the suite."""


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE versions SET headline = 'Other' WHERE slug = 'ferry-5'",
        "UPDATE counts SET number = number + 1",
        "DELETE FROM search WHERE rowid = (SELECT max(rowid) FROM search)",
        *(
            pytest.param(change, marks=LONG_MODE)
            for change in (
                "UPDATE stories SET headline = 'Other' WHERE slug = 'ferry-3'",
                "UPDATE approvals SET token = token || 'A'",
                "UPDATE approvals SET text = 'another' WHERE text IN (SELECT id FROM versions)",
                "UPDATE stories SET words = words + 1",
                "UPDATE events SET body = body || ' ' WHERE id = (SELECT max(id) FROM events)",
            )
        ),
    ],
)
@pytest.mark.usefixtures("in_threads")
def test_changed_row_is_found_with_the_same_words(
    full: Desk, change: str, monkeypatch: pytest.MonkeyPatch, started: list[VerifyingProcess]
) -> None:
    change_database(full, change)
    beside = audit_beside(full, monkeypatch)
    assert beside.broken_at
    assert started
    monkeypatch.setattr(verification, "MANY", 1000)
    assert audit(full) == beside


@pytest.mark.usefixtures("in_threads")
def test_row_that_breaks_a_check_is_found_with_the_same_words(
    full: Desk, monkeypatch: pytest.MonkeyPatch, started: list[VerifyingProcess]
) -> None:
    raw = open_database(full.path / DATABASE)
    with raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute("UPDATE papers SET kind = 'poster'")
    raw.close()
    beside = audit_beside(full, monkeypatch)
    assert beside.reason.endswith("is damaged: CHECK constraint failed in papers.")
    assert started
    monkeypatch.setattr(verification, "MANY", 1000)
    assert audit(full) == beside


def test_restore_is_verified_by_processes(
    full: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    started: list[VerifyingProcess],
) -> None:
    file = full.backup(tmp_path / "b.zip").file
    restored = restore_backup(file, tmp_path / "again.desk")
    assert len(started) == 3, "the tables, and two for the stories"
    with monkeypatch.context() as patch:
        patch.setattr(verification, "MANY", 1000)
        assert audit(full).rows == restored.rows


@pytest.mark.usefixtures("in_threads")
def test_state_that_changed_since_is_verified_in_this_process(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with full.read() as snapshot:
        with monkeypatch.context() as patch:
            patch.setattr(verification, "MANY", 1000)
            before = snapshot.verify_audit()
        new(full, "Later")
        assert snapshot.verify_audit() == before
        with VerifyingProcesses(snapshot.connection, 2) as processes, pytest.raises(ProcessEnded):
            processes.start(TreesTask()).answer(lambda _count: None)


def test_what_a_process_does_not_answer_is_verified_in_this_one(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = VerifyingProcess.answer

    def killed(self: VerifyingProcess, on_counted: object) -> object:
        self._process.kill()
        return answer(self, on_counted)  # type: ignore[arg-type]

    monkeypatch.setattr(VerifyingProcess, "answer", killed)
    assert audit(full).reason == ""


def test_cancelled_audit_ends_its_processes(full: Desk, started: list[VerifyingProcess]) -> None:
    progress = Progress(lambda done, _total, _step: progress.cancel() if done > 100 else None)
    with pytest.raises(Cancelled):
        audit(full, progress)
    assert started
    assert all(process.is_over for process in started)


@pytest.fixture
def connection(full: Desk) -> Iterator[Connection]:
    with full.read() as snapshot:
        yield snapshot.connection


def test_tasks_are_answered_in_their_order(connection: Connection) -> None:
    with VerifyingProcesses(connection, 1) as processes:
        for which in (processes, ThisProcess(connection)):
            tables = which.start(TreesTask(), ListsTask())
            assert [tables.answer(lambda _count: None) for _number in range(2)] == ["", ""]


def test_processes_count_words_alike(connection: Connection) -> None:
    with VerifyingProcesses(connection, 2) as processes:
        one, other = (processes.start(IndexTask()) for _number in range(2))
        sums = one.answer(lambda _count: None)
        assert sums.words
        assert sums.is_same(other.answer(lambda _count: None))


def test_index_that_is_not_that_of_its_table_is_found(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "MANY", 1000)
    which = "name = 'stories_by_section'"
    with closing(sqlite.connect(full.path / DATABASE)) as base:
        base.execute("PRAGMA writable_schema = ON")
        [row] = base.execute(f"SELECT * FROM sqlite_master WHERE {which}").fetchall()
        base.execute(f"DELETE FROM sqlite_master WHERE {which}")
        base.commit()
    with closing(sqlite.connect(full.path / DATABASE)) as base:
        base.execute("UPDATE stories SET section = 'other'")
        base.execute("PRAGMA writable_schema = ON")
        base.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
        base.commit()
    report = audit(full)
    assert (report.rows, report.broken_at) == (0, 1)
    assert report.reason.startswith("The database of this desk is damaged: ")


def test_each_text_is_unpacked_once(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[int] = []
    unpack = zlib.decompressobj

    def note() -> object:
        unpacked.append(1)
        return unpack()

    monkeypatch.setattr(verification, "MANY", 1000)
    monkeypatch.setattr(zlib, "decompressobj", note)
    assert audit(full).reason == ""
    assert len(unpacked) == 6
