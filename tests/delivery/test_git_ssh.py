"""A branch behind SSH as a target: a real server on loopback that runs git's own commands."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.core.target_address import read_address
from editor.delivery.credentials import Credentials
from editor.delivery.git import Authorship, GitRemote
from editor.delivery.git_client import git_client
from editor.delivery.git_problems import GitPlace
from editor.delivery.host_keys import known_hosts_file
from editor.delivery.local_edition import read_local_edition
from editor.delivery.plan import look_at, plan_delivery
from editor.delivery.send import Sent, send_edition
from editor.delivery.sent_files import SentFiles
from editor.errors import CredentialsNeeded, DeliveryError, HostKeyUnknown
from editor.progress import Progress
from tests.delivery.editions import write_files
from tests.delivery.git_server import BRANCH, files_of, git, new_repository
from tests.delivery.loopback import wire_to
from tests.delivery.ssh_server import PASSWORD, SshServer, start_ssh
from tests.delivery.test_send import NEW, OLD

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is the server")
NO_JEKYLL = {".nojekyll": b""}


class Host:
    """A server with a repository, and a computer that delivers to its branch."""

    def __init__(self, ssh: SshServer, folder: Path) -> None:
        self.ssh, self.folder = ssh, folder
        self.repository = new_repository(ssh.root / "paper.git")
        self.fingerprint = ssh.host_key.convert_to_public().get_fingerprint("sha256")
        write_files(folder / "old", OLD)
        write_files(folder / "new", NEW)

    def remote(
        self,
        credentials: Credentials = PASSWORD,
        key: str = "",
        name: str = "paper.git",
        port: int = 0,
    ) -> GitRemote:
        address = f"git+ssh://desk@127.0.0.1:{port or self.ssh.port}/{name}#{BRANCH}"
        place = GitPlace("Pages", read_address(address))
        client = git_client(place, credentials, key)
        authorship = Authorship("Nadia Rahman", datetime(2026, 3, 3, tzinfo=UTC))
        return GitRemote(place, client, authorship, self.folder / "memory")

    def send(self, name: str, remote: GitRemote) -> Sent:
        edition = read_local_edition(self.folder / name)
        with remote, SentFiles(self.folder / "known") as sent:
            plan = plan_delivery(edition, look_at(remote, sent.files), sent.files, "Pages")
            return send_edition(plan, remote, sent, Progress())


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with start_ssh(tmp_path / "server") as ssh:
        yield Host(ssh, tmp_path)


def test_edition_arrives_and_the_next_replaces_it(host: Host) -> None:
    host.send("old", host.remote(key=host.fingerprint))
    assert files_of(host.repository) == OLD | NO_JEKYLL
    host.send("new", host.remote())
    assert files_of(host.repository) == NEW | NO_JEKYLL
    shutil.rmtree(host.folder / "memory")
    git(host.repository, "config", "uploadpack.allowFilter", "true")
    assert host.send("new", host.remote()).files == 0


def test_server_that_nobody_confirmed_gets_no_password(host: Host) -> None:
    with pytest.raises(HostKeyUnknown) as caught:
        host.send("old", host.remote())
    assert caught.value.fingerprint == host.fingerprint
    assert not known_hosts_file().exists()


def test_wrong_password_is_refused_and_shown_nowhere(host: Host) -> None:
    wrong = Credentials("canary-wrong-1234")
    with pytest.raises(CredentialsNeeded) as caught:
        host.send("old", host.remote(wrong, host.fingerprint))
    assert "canary" not in repr(caught.value) + caught.value.hint


def test_repository_that_is_gone_is_named(host: Host) -> None:
    with pytest.raises(DeliveryError, match=r"no repository /gone\.git"):
        host.send("old", host.remote(key=host.fingerprint, name="gone.git"))


def test_server_that_is_gone_in_the_middle_leaves_the_old_edition(host: Host) -> None:
    host.send("old", host.remote(key=host.fingerprint))
    remote = host.remote()
    with remote:
        remote.listing()
        host.ssh.stop()
        for file in read_local_edition(host.folder / "new").files.values():
            remote.store(file, lambda _size: None)
        with pytest.raises(DeliveryError, match="“Pages”"):
            remote.finish()
    host.ssh.start()
    assert files_of(host.repository) == OLD | NO_JEKYLL
    host.send("new", host.remote())
    assert files_of(host.repository) == NEW | NO_JEKYLL


@pytest.mark.parametrize("points", [3, pytest.param(50, marks=pytest.mark.slow)])
def test_cut_anywhere_leaves_the_old_edition_or_the_new_one(host: Host, points: int) -> None:
    chance = random.Random(points)
    editions = {"old": OLD, "new": NEW}
    before, coming = "old", "new"
    host.send("old", host.remote(key=host.fingerprint))
    with wire_to(host.ssh.port) as wire:
        wire.restore()
        host.send("new", host.remote(key=host.fingerprint, port=wire.port))
        whole = wire.passed
        before, coming = coming, before
        for _point in range(points):
            wire.restore(room=chance.randrange(whole))
            try:
                host.send(coming, host.remote(key=host.fingerprint, port=wire.port))
            except DeliveryError as problem:
                assert "“Pages”" in problem.sentence  # noqa: PT017  it may be whole
            found = files_of(host.repository)
            assert found in (editions[before] | NO_JEKYLL, editions[coming] | NO_JEKYLL)
            if found == editions[coming] | NO_JEKYLL:
                before, coming = coming, before
    host.send(coming, host.remote(key=host.fingerprint))
    assert files_of(host.repository) == editions[coming] | NO_JEKYLL
