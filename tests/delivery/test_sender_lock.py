"""Two deliveries to one place at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from editor.core.delivery import Target
from editor.delivery.connect import remote_of
from editor.delivery.local_edition import read_local_edition
from editor.delivery.plan import look_at, plan_delivery
from editor.delivery.remote import SENDER, Remote, Switching
from editor.delivery.remote_destination import RemoteDestination
from editor.delivery.s3 import S3Remote
from editor.delivery.send import Sent, send_edition
from editor.delivery.sender_lock import SenderLock
from editor.delivery.sent_files import SentFiles
from editor.errors import Cancelled, DeliveryError, NotOurs
from editor.formats.paths import SIGNATURE, SUMS
from editor.progress import Progress
from tests.delivery.bucket import KEY, Store
from tests.delivery.editions import edition_files, site, write_files
from tests.delivery.memory_remote import MemoryPlace, MemoryRemote
from tests.delivery.ssh_server import PASSWORD, start_ssh
from tests.delivery.test_send import NEW, OLD

THEIRS = edition_files(
    site({"ferry": "It stays. <a href='newest.html'>", "newest": "Others. <a href='ferry.html'>"}),
    at="2026-03-05T11:00:00Z",
)
Connect = Callable[[], Remote]


class Computer:
    """A computer that delivers to a place; `folder` has its editions and what it knows."""

    def __init__(self, folder: Path, connect: Connect, by: str) -> None:
        self.folder, self.connect, self.by = folder, connect, by
        for name, files in (("old", OLD), ("new", NEW), ("theirs", THEIRS)):
            write_files(folder / name, files)

    def send(self, name: str, progress: Progress | None = None, *, force: bool = False) -> Sent:
        edition = read_local_edition(self.folder / name)
        with self.connect() as remote, SentFiles(self.folder / "known") as sent:
            found = look_at(remote, sent.files)
            plan = plan_delivery(edition, found, sent.files, "Website", force=force)
            return send_edition(plan, remote, sent, progress or Progress(), self.by)

    @contextmanager
    def holding(self) -> Iterator[SenderLock]:
        """Hold the place, as a delivery under way or a killed one does."""
        with self.connect() as remote, SentFiles(self.folder / "known") as sent:
            lock = SenderLock(remote, sent, self.by)
            lock.take(force=False)
            yield lock

    def is_locked(self) -> bool:
        with self.connect() as remote:
            return remote.read(SENDER, 1000) is not None


class TwoComputers:
    """A place and two computers that deliver to it."""

    def __init__(self, folder: Path, connect: Connect, files: Callable[[], Any]) -> None:
        self.files = files
        self.nadia = Computer(folder / "nadia", connect, "Nadia Rahman")
        self.mara = Computer(folder / "mara", connect, "Mara Quist")


@pytest.fixture(params=["s3", "sftp", "in memory"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TwoComputers]:
    if request.param == "s3":
        store: Store = request.getfixturevalue("store")
        bucket = store.new_bucket()
        yield TwoComputers(
            tmp_path,
            lambda: S3Remote("“Website”", store.address(bucket), KEY),
            lambda: store.files(bucket),
        )
    elif request.param == "sftp":
        with start_ssh(tmp_path / "server") as ssh:
            key = ssh.host_key.convert_to_public().get_fingerprint("sha256")
            target = Target("Website", f"sftp://desk@127.0.0.1:{ssh.port}/site")
            yield TwoComputers(
                tmp_path, lambda: remote_of(target, PASSWORD, tmp_path, key), ssh.files
            )
    else:
        place = MemoryPlace(Switching.IN_PLACE)
        yield TwoComputers(tmp_path, lambda: MemoryRemote(place), place.visible)


def test_second_delivery_is_refused_while_the_first_is_under_way(two: TwoComputers) -> None:
    two.nadia.send("old")
    with two.nadia.holding() as lock:
        with pytest.raises(NotOurs, match=r"Nadia Rahman has been sending to “Website” since 20"):
            two.mara.send("theirs")
        assert two.files() == OLD
        lock.require()
        lock.release()
    assert not two.nadia.is_locked()


def test_delivery_that_starts_while_another_sends_changes_nothing(two: TwoComputers) -> None:
    two.nadia.send("old")
    refused: list[DeliveryError | NotOurs] = []

    def on_report(done: int, _total: int, _path: str) -> None:
        if done and not refused:
            with pytest.raises(NotOurs) as caught:
                two.mara.send("theirs")
            refused.append(caught.value)

    two.nadia.send("new", Progress(on_report))
    assert [problem.sentence.partition(" ")[0] for problem in refused] == ["Nadia"]
    assert two.files() == NEW
    assert two.mara.send("theirs").files
    assert two.files() == THEIRS


def test_same_computer_goes_on_after_it_was_killed(two: TwoComputers) -> None:
    with two.nadia.holding():
        pass  # killed: nothing gave it free
    assert two.nadia.is_locked()
    two.nadia.send("old")
    assert two.files() == OLD
    assert not two.nadia.is_locked()


def test_another_computer_takes_over_only_if_a_person_says_so(two: TwoComputers) -> None:
    with two.nadia.holding():
        pass
    with pytest.raises(NotOurs) as caught:
        two.mara.send("old")
    assert "--force" in caught.value.hint
    two.mara.send("old", force=True)
    assert two.files() == OLD
    assert not two.mara.is_locked()


def test_delivery_that_lost_its_place_stops_before_the_manifest(two: TwoComputers) -> None:
    two.nadia.send("old")
    taken: list[SenderLock] = []

    def on_report(done: int, _total: int, _path: str) -> None:
        if done and not taken:
            with two.mara.connect() as remote, SentFiles(two.mara.folder / "known") as sent:
                taken.append(SenderLock(remote, sent, "Mara Quist"))
                taken[0].take(force=True)

    with pytest.raises(NotOurs, match="Mara Quist has been sending"):
        two.nadia.send("new", Progress(on_report))
    assert two.files()[SUMS] == OLD[SUMS]
    assert two.nadia.is_locked()  # it is Mara's
    two.mara.send("theirs", force=True)
    assert two.files() == THEIRS


def test_cancelled_delivery_gives_the_place_free(two: TwoComputers) -> None:
    two.nadia.send("old")
    progress = Progress(lambda done, _total, _path: progress.cancel() if done else None)
    with pytest.raises(Cancelled):
        two.nadia.send("new", progress)
    assert not two.nadia.is_locked()
    two.mara.send("theirs", force=True)
    assert two.files() == THEIRS


def test_lock_that_is_no_text_of_ours_is_somebodys(two: TwoComputers) -> None:
    with two.nadia.connect() as remote, SentFiles(two.nadia.folder / "known"):
        source = two.nadia.folder / "theirs.lock"
        source.write_bytes(b"\xff{")
        edition = read_local_edition(two.nadia.folder / "old")
        file = edition.files["index.html"]._replace(path=SENDER)
        remote.create(file)
    with pytest.raises(NotOurs, match="Somebody is sending to “Website”"):
        two.mara.send("old")


def test_page_that_somebody_overwrote_meanwhile_is_found_at_the_end(two: TwoComputers) -> None:
    page = "stories/newest.html"
    other = NEW[page][:-1] + b"?"
    two.nadia.send("old")
    done: list[str] = []

    def on_report(_done: int, _total: int, path: str) -> None:
        if path == SUMS and not done:  # a program that knows no locks
            done.append(path)
            write_files(two.mara.folder / "other", {page: other})
            file = read_local_edition(two.nadia.folder / "new").files[page]
            changed = file._replace(
                source=two.mara.folder / "other" / page, sha256=_sha256(other), size=len(other)
            )
            with two.mara.connect() as remote:
                if remote.store(changed, lambda _size: None) is None:
                    remote.show(changed)

    problem = None
    try:
        two.nadia.send("new", Progress(on_report))
    except DeliveryError as found:
        problem = found
    if two.files()[page] == other:
        assert problem is not None
        assert page in problem.sentence
    two.nadia.send("new")
    assert two.files() == NEW


def _sha256(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


@pytest.mark.parametrize("code", ["NotImplemented", "PreconditionFailed"])
def test_bucket_without_conditions_is_looked_at_before_and_after(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    from botocore.exceptions import ClientError
    from s3fs.errors import translate_boto_error

    bucket = store.new_bucket()
    put = S3Remote._call

    def call(remote: S3Remote, method: str, **values: Any) -> dict[str, Any]:
        if "IfNoneMatch" in values:
            raise translate_boto_error(ClientError({"Error": {"Code": code}}, method))
        return put(remote, method, **values)

    monkeypatch.setattr(S3Remote, "_call", call)
    nadia = Computer(
        tmp_path / "nadia", lambda: S3Remote("“Website”", store.address(bucket), KEY), "Nadia"
    )
    if code == "NotImplemented":
        nadia.send("old")
        assert store.files(bucket) == OLD
    else:  # somebody made it first, and is gone already
        with pytest.raises(NotOurs, match="in the meantime"):
            nadia.send("old")
        assert store.files(bucket) == {}


def test_names_in_a_lock_steer_no_terminal(tmp_path: Path) -> None:
    place = MemoryPlace(Switching.IN_PLACE)
    place.files[SENDER] = b'{"id":"x","by":"A\\u001b[2J\\nB","since":"now\\n"}'
    computer = Computer(tmp_path, lambda: MemoryRemote(place), "Nadia")
    with pytest.raises(NotOurs) as caught:
        computer.send("old")
    assert caught.value.sentence == "A[2J B is sending to “Website”."


def test_looking_says_who_sends_and_removes_only_what_this_computer_left(tmp_path: Path) -> None:
    from editor.delivery.outbox import Outbox
    from tests.delivery.cut_deliveries import NoTargets

    place = MemoryPlace(Switching.BY_FILE)
    outbox = Outbox(tmp_path / "outbox", Target("Website", "sftp://h/site"), NoTargets())
    write_files(outbox.edition, OLD)
    connect: Connect = lambda: MemoryRemote(place)  # noqa: E731
    destination = RemoteDestination(outbox, connect, by="Mara Quist")
    destination.send(destination.look(), Progress())
    with connect() as remote, SentFiles(outbox.known) as sent:
        SenderLock(remote, sent).take(force=False)  # killed when all had arrived
    assert destination.look().is_nothing
    assert SENDER not in place.files
    with Computer(tmp_path / "nadia", connect, "Nadia Rahman").holding():
        with pytest.raises(NotOurs, match="Nadia Rahman"):
            destination.look()
        assert RemoteDestination(outbox, connect, force=True).look().is_nothing
        assert SENDER in place.files


def test_file_is_made_only_if_there_is_none(two: TwoComputers) -> None:
    first = read_local_edition(two.nadia.folder / "old").files["index.html"]
    second = read_local_edition(two.nadia.folder / "new").files["index.html"]
    with two.nadia.connect() as remote:
        assert remote.create(first)
        assert not remote.create(second)
    assert two.files() == {"index.html": OLD["index.html"]}


def test_edition_that_nobody_signed_names_nobody(tmp_path: Path) -> None:
    place = MemoryPlace(Switching.IN_PLACE)
    seen: list[bytes] = []
    computer = Computer(tmp_path, lambda: MemoryRemote(place), "Nadia Rahman")
    (tmp_path / "old" / SIGNATURE).unlink()
    computer.send("old", Progress(lambda *_report: seen.append(place.files.get(SENDER, b""))))
    assert any(seen)
    assert b"Nadia" not in b"".join(seen)
