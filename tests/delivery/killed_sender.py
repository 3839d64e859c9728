"""Run by the tests beside it: sends an edition again and again, in processes that are killed.

Usage: python -m tests.delivery.killed_sender FOLDER KNOWN_KEY. Each line of the input is the
address of a target, the user and the secret; the output has the process that sends there, then
how it ended.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import aiobotocore.session  # noqa: F401  once, for all processes
import s3fs  # noqa: F401

from editor.core.delivery import Target
from editor.delivery import sftp_system  # noqa: F401
from editor.delivery.connect import remote_of
from editor.delivery.credentials import Credentials
from editor.delivery.local_edition import read_local_edition
from editor.delivery.plan import look_at, plan_delivery
from editor.delivery.send import send_edition
from editor.delivery.sent_files import SentFiles
from editor.progress import Progress


def send(folder: Path, key: str, address: str, credentials: Credentials) -> None:
    edition = read_local_edition(folder / "new")
    target = Target("Website", address)
    with (
        remote_of(target, credentials, folder / "new", key) as remote,
        SentFiles(folder / "known") as sent,
    ):
        plan = plan_delivery(edition, look_at(remote, sent.files), sent.files, target.name)
        send_edition(plan, remote, sent, Progress())


def main(folder: Path, key: str) -> None:
    for line in sys.stdin:
        address, user, secret = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            code = 1
            try:
                send(folder, key, address, Credentials(secret, user))
                code = 0
            finally:
                os._exit(code)
        print(child, flush=True)
        _child, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
