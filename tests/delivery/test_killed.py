"""A delivering process that is killed leaves what readers can use, and the next sends the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest

from editor.delivery.credentials import Credentials
from tests.conftest import ROOT
from tests.delivery.bucket import KEY, Store
from tests.delivery.loopback import Wire, wire_to
from tests.delivery.ssh_server import PASSWORD, start_ssh
from tests.delivery.test_s3 import Bucket
from tests.delivery.test_send import NEW, OLD, assert_links_lead_somewhere
from tests.delivery.test_sftp import Server

CHANGED = [path for path in NEW if OLD.get(path) != NEW[path]]


class Sender:
    """Processes that send the new edition through a wire, and are killed there."""

    def __init__(
        self, process: subprocess.Popen[str], wire: Wire, credentials: Credentials
    ) -> None:
        self._process, self.wire, self._credentials = process, wire, credentials

    def send_until_killed(self, address: str, room: int) -> int:
        """Kill it when it has sent so many bytes; return how it ended."""
        children: SimpleQueue[int] = SimpleQueue()
        self.wire.restore(room)
        self.wire.on_full = lambda: os.kill(children.get(timeout=30), signal.SIGKILL)
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        stdin.write(f"{address}\t{self._credentials.user}\t{self._credentials.secret}\n")
        stdin.flush()
        children.put(int(stdout.readline()))
        return int(stdout.readline())


@contextmanager
def sender(folder: Path, port: int, credentials: Credentials, key: str) -> Iterator[Sender]:
    command = [sys.executable, "-m", "tests.delivery.killed_sender", str(folder), key]
    with (
        wire_to(port) as wire,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
        ) as process,
    ):
        yield Sender(process, wire, credentials)
        assert process.stdin
        process.stdin.close()


def check_kills(
    target: Bucket | Server, kill: Callable[[float], int], points: int, whole: int
) -> None:
    """Kill a delivery at points spread over its bytes; see what readers have, and send again."""
    killed = 0
    for number in range(points):
        target.send("old", force=True)
        assert target.files() == OLD
        killed += kill(whole * (number + 0.5) / points) == -signal.SIGKILL
        files = target.files()
        assert_links_lead_somewhere(files)
        if files["SHA256SUMS"] == NEW["SHA256SUMS"]:
            assert files.items() >= NEW.items()
        already = sum(files.get(path) == NEW[path] for path in CHANGED)
        # At most the one whose answer was lost is sent twice.
        assert target.send("new").files <= len(CHANGED) - already + 1
        assert target.files() == NEW
    assert killed >= points * 0.8


@pytest.mark.parametrize("points", [3, pytest.param(50, marks=pytest.mark.slow)])
def test_bucket_is_never_left_with_links_that_lead_nowhere(
    store: Store, tmp_path: Path, points: int
) -> None:
    bucket = Bucket(store, tmp_path)
    with sender(tmp_path, store.port, KEY, "-") as killed:

        def kill(room: float) -> int:
            port = killed.wire.port
            address = f"s3://{bucket.name}/site?endpoint=http://127.0.0.1:{port}"
            return killed.send_until_killed(address, int(room))

        check_kills(bucket, kill, points, 20_000)


@pytest.mark.parametrize("points", [3, pytest.param(50, marks=pytest.mark.slow)])
def test_server_is_never_left_with_links_that_lead_nowhere(tmp_path: Path, points: int) -> None:
    with start_ssh(tmp_path / "server") as ssh:
        server = Server(ssh, tmp_path)
        key = ssh.host_key.convert_to_public().get_fingerprint("sha256")
        with sender(tmp_path, ssh.port, PASSWORD, key) as killed:

            def kill(room: float) -> int:
                address = f"sftp://desk@127.0.0.1:{killed.wire.port}/site"
                return killed.send_until_killed(address, int(room))

            check_kills(server, kill, points, 54_000)
