from __future__ import annotations

import logging
import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from editor.core.delivery import Target
from editor.delivery.connect import remote_of
from editor.delivery.credentials import Credentials
from editor.delivery.file_system import FileSystemRemote
from editor.delivery.host_keys import known_hosts_file
from editor.delivery.local_edition import read_local_edition
from editor.delivery.plan import look_at, plan_delivery
from editor.delivery.send import Sent, send_edition
from editor.delivery.sent_files import SentFiles
from editor.errors import (
    Cancelled,
    CredentialsNeeded,
    DeliveryError,
    HostKeyChanged,
    HostKeyUnknown,
    NotOurs,
)
from editor.progress import Progress
from tests.delivery.cut_wire import cut_and_send_again
from tests.delivery.editions import edition_files, site, write_files
from tests.delivery.loopback import answering, wire_to
from tests.delivery.ssh_server import PASSWORD, SshServer, start_ssh
from tests.delivery.test_send import NEW, OLD

BIG = edition_files(site({"ferry": "It leaves."}, {"media/big.jpg": bytes(range(256)) * 40_000}))


class Server:
    """A server, and a computer that delivers to it."""

    def __init__(self, ssh: SshServer, folder: Path) -> None:
        self.ssh, self.folder = ssh, folder
        write_files(folder / "old", OLD)
        write_files(folder / "new", NEW)

    def remote(
        self, port: int = 0, credentials: Credentials = PASSWORD, folder: str = "/site"
    ) -> FileSystemRemote:
        address = f"sftp://desk@127.0.0.1:{port or self.ssh.port}{folder}"
        fingerprint = self.ssh.host_key.convert_to_public().get_fingerprint("sha256")
        return remote_of(Target("Website", address), credentials, self.folder, fingerprint)

    def send(
        self, name: str, port: int = 0, progress: Progress | None = None, *, force: bool = False
    ) -> Sent:
        edition = read_local_edition(self.folder / name)
        with self.remote(port) as remote, SentFiles(self.folder / "known") as sent:
            found = look_at(remote, sent.files)
            plan = plan_delivery(edition, found, sent.files, "Website", force=force)
            return send_edition(plan, remote, sent, progress or Progress())

    def files(self) -> dict[str, bytes]:
        return self.ssh.files()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with start_ssh(tmp_path / "server") as ssh:
        yield Server(ssh, tmp_path)


def test_edition_arrives_byte_for_byte_and_twice_sends_nothing(server: Server) -> None:
    assert server.send("old").files == len(OLD)
    assert server.files() == OLD
    assert not (server.ssh.root / "site" / ".stonehand-delivery").exists()
    server.ssh.opened.clear()
    assert server.send("old") == Sent(0, 0, 0)
    assert [path for path in server.ssh.opened if "SHA256SUMS" not in path] == [
        "/site/.stonehand-delivery/sending",
        "/site/.stonehand-delivery/sender",
    ]


def test_change_sends_only_what_changed_and_removes_what_is_gone(server: Server) -> None:
    server.send("old")
    (server.ssh.root / "site" / "CNAME").write_bytes(b"x")
    changed = [path for path in NEW if OLD.get(path) != NEW[path]]
    server.ssh.listed.clear()
    assert server.send("new") == Sent(len(changed), sum(len(NEW[path]) for path in changed), 1)
    assert server.files() == NEW | {"CNAME": b"x"}
    assert len(server.ssh.listed) <= 14  # a request for each folder, before and after


def test_folder_that_is_empty_now_is_removed(server: Server) -> None:
    write_files(server.folder / "none", edition_files({"index.html": b"."}, "2026-03-09T10:00:00Z"))
    server.send("old")
    server.send("none")
    assert not (server.ssh.root / "site" / "stories").exists()
    assert (server.ssh.root / "site" / "index.html").exists()


def test_file_of_somebody_else_in_the_way_is_refused(server: Server) -> None:
    (server.ssh.root / "site" / "index.html").write_bytes(b"theirs")
    with pytest.raises(NotOurs, match=r"index\.html"):
        server.send("old")
    assert server.files() == {"index.html": b"theirs"}


def test_cancelled_delivery_leaves_the_old_edition_and_goes_on_later(server: Server) -> None:
    write_files(server.folder / "big", BIG)
    server.send("old")
    progress = Progress(lambda done, _total, _path: progress.cancel() if done > 3e6 else None)
    with pytest.raises(Cancelled):
        server.send("big", progress=progress)
    assert server.files() == OLD
    server.send("big")
    assert server.files() == BIG


@pytest.mark.slow
def test_large_file_is_never_in_memory_as_a_whole(server: Server) -> None:
    huge = site({"ferry": "It leaves."}, {"media/huge.mp4": bytes(40_000_000)})
    write_files(server.folder / "huge", edition_files(huge))
    del huge
    tracemalloc.start()
    try:
        server.send("huge")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert len(server.files()["media/huge.mp4"]) == 40_000_000


def test_server_that_nobody_confirmed_is_refused_with_its_fingerprint(server: Server) -> None:
    target = Target("Website", f"sftp://desk@127.0.0.1:{server.ssh.port}/site")
    fingerprint = server.ssh.host_key.convert_to_public().get_fingerprint("sha256")
    with pytest.raises(HostKeyUnknown) as caught:
        remote_of(target, PASSWORD, server.folder).listing()
    assert caught.value.fingerprint == fingerprint
    assert fingerprint in caught.value.sentence
    assert "“Website”" in caught.value.hint
    assert not known_hosts_file().exists()
    with remote_of(target, PASSWORD, server.folder, fingerprint) as remote:
        remote.listing()
    with remote_of(target, PASSWORD, server.folder) as remote:  # it is remembered
        remote.listing()
    assert known_hosts_file().read_text().startswith(f"[127.0.0.1]:{server.ssh.port} ssh-ed25519 ")


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
def test_server_with_another_key_than_before_is_refused(server: Server, kind: str) -> None:
    server.send("old")
    before = server.ssh.host_key.convert_to_public().get_fingerprint("sha256")
    server.ssh.stop()
    server.ssh.host_key = asyncssh.generate_private_key(kind)
    server.ssh.start()
    now = server.ssh.host_key.convert_to_public().get_fingerprint("sha256")
    target = Target("Website", f"sftp://desk@127.0.0.1:{server.ssh.port}/site")
    with pytest.raises(HostKeyChanged) as caught:
        remote_of(target, PASSWORD, server.folder).listing()
    assert now in caught.value.sentence
    assert before in caught.value.sentence
    assert "“Website”" in caught.value.hint
    with remote_of(target, PASSWORD, server.folder, now) as remote:  # somebody confirmed it
        assert remote.listing()
    with remote_of(target, PASSWORD, server.folder) as remote:
        assert remote.listing()


def test_key_file_opens_a_server_with_its_passphrase(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file = server.folder / "id"
    server.ssh.keys.write_private_key(str(file), passphrase="canary-phrase", rounds=51)
    with server.remote(credentials=Credentials("canary-phrase", key_file=str(file))) as remote:
        assert remote.listing() == {}
    for credentials in (
        Credentials("canary-wrong", key_file=str(file)),
        Credentials(key_file=str(file)),
        Credentials("canary-wrong", key_file=str(file) + "-gone"),
        Credentials("canary-wrong"),
        Credentials(),
    ):
        with pytest.raises(CredentialsNeeded) as caught:
            server.remote(credentials=credentials).listing()
        assert "“Website”" in caught.value.sentence
        assert "canary" not in str(caught.value) + caught.value.hint + repr(caught.value)
        assert "canary" not in repr(credentials)
    assert caplog.text
    assert "canary" not in caplog.text


def test_folder_that_is_gone_is_named(server: Server) -> None:
    shutil.rmtree(server.ssh.root / "site")
    with pytest.raises(DeliveryError, match="“Website”: there is no folder /site at 127"):
        server.send("old")


def test_folder_without_rights_is_named(server: Server) -> None:
    server.ssh.closed_folders = {b"/site/.stonehand-delivery"}
    with pytest.raises(DeliveryError, match="“Website”: you may not read and write"):
        server.send("old")
    assert server.files() == {}


@pytest.mark.parametrize("room", [0, 300, 2_000_000])
def test_full_disk_leaves_the_old_edition(server: Server, room: int) -> None:
    server.send("old")
    write_files(server.folder / "big", BIG)
    server.ssh.room = room
    with pytest.raises(DeliveryError, match="There is no room for the edition at “Website”"):
        server.send("big")
    assert server.files() == OLD
    server.ssh.room = None
    server.send("big")
    assert server.files() == BIG


def test_folder_that_cannot_be_listed_is_no_half_listing(server: Server) -> None:
    server.send("old")
    server.ssh.closed_folders = {b"/site/stories"}
    with pytest.raises(DeliveryError, match="“Website”: you may not read and write"):
        server.send("new")
    assert server.files() == OLD


def test_web_server_is_no_server_for_sftp(server: Server) -> None:
    with answering(200, "hello") as port, wire_to(port) as wire:
        wire.restore(room=0)
        with pytest.raises(DeliveryError, match="“Website”"):
            server.remote(wire.port).listing()
    with pytest.raises(DeliveryError, match=r"“Website”: 127\.0\.0\.1 can't be reached"):
        server.remote(9).listing()
    target = Target("Website", "sftp://desk@nowhere.invalid/site")
    with pytest.raises(DeliveryError, match=r"no server nowhere\.invalid, or no network"):
        remote_of(target, PASSWORD, server.folder).listing()


def test_zip_file_arrives_whole(server: Server) -> None:
    def send(name: str) -> Sent:
        edition = read_local_edition(server.folder / name / "paper.zip")
        known = SentFiles(server.folder / f"known-{name}")
        with server.remote(folder="/site/paper.zip") as remote, known as sent:
            plan = plan_delivery(edition, look_at(remote, sent.files), sent.files, "Partner")
            return send_edition(plan, remote, sent, Progress())

    old = write_files(server.folder / "a" / "paper.zip", OLD).read_bytes()
    new = write_files(server.folder / "b" / "paper.zip", NEW).read_bytes()
    assert send("a") == Sent(1, len(old), 0)
    assert send("a") == Sent(0, 0, 0)
    assert send("b") == Sent(1, len(new), 0)
    assert server.files() == {"paper.zip": new}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.75, 0.9])
def test_cut_anywhere_leaves_links_that_lead_somewhere(server: Server, share: float) -> None:
    check_cut(server, share)


def check_cut(server: Server, share: float) -> None:
    private = server.ssh.root / "site" / ".stonehand-delivery"
    cut_and_send_again(
        server, server.ssh.port, int(share * 57_000), lambda: list(private.glob("*.part"))
    )
    # The folder stays, empty, if the very last request was cut; the next change removes it.
    assert not [*private.glob("*")]


@pytest.mark.slow
@pytest.mark.parametrize("share", [number / 50 for number in range(50)])
def test_cut_at_fifty_points(server: Server, share: float) -> None:
    check_cut(server, share)
