"""Deliveries that end at some call of a function, as kill -9 ends them.

Used as `python -m tests.delivery.cut_deliveries ADDRESS FOLDER CUTS`: FOLDER/target is a place
that has an edition, FOLDER/outbox the new one, and copies of the target are delivered to, each
up to another call: FOLDER/cut-0, FOLDER/cut-1… Prints how many were really cut.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path

from editor.core.delivery import Target
from editor.core.export_memory import FileRecord
from editor.delivery.credentials import Credentials
from editor.delivery.destination import Destination
from editor.delivery.git import Authorship, GitRemote
from editor.delivery.git_client import git_client
from editor.delivery.git_problems import GitPlace
from editor.delivery.local import LocalDestination
from editor.delivery.outbox import Outbox
from editor.delivery.remote_destination import RemoteDestination
from editor.progress import Progress


class NoTargets:
    """Remembers nothing."""

    def read(self, target: str) -> Mapping[str, FileRecord]:
        return {}

    def find(self, target: str, path: str) -> FileRecord | None:
        return None

    def write(
        self, target: str, changed: Mapping[str, FileRecord], removed: Collection[str]
    ) -> None:
        """Forget it."""

    def spare(self, target: str) -> Path | None:
        return None


def destination(address: str, folder: Path) -> Destination:
    """The destination of the edition in an outbox; `address` has the place of the target."""
    target = Target("Stick", address)
    outbox = Outbox(folder, target, NoTargets())
    if "git+" not in address:
        return LocalDestination(outbox)
    place = GitPlace("Stick", target.place)
    authorship = Authorship("Nadia", datetime(2026, 3, 4, tzinfo=UTC))
    return RemoteDestination(
        outbox,
        lambda: GitRemote(place, git_client(place, Credentials()), authorship, outbox.known),
    )


def deliver(address: str, folder: Path) -> None:
    """Deliver what is in an outbox."""
    place = destination(address, folder)
    place.send(place.look(), Progress())


def count_calls(work: Callable[[], None]) -> int:
    """How many functions a piece of work calls."""
    calls = [0]

    def count(*_event: object) -> None:
        calls[0] += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls[0]


def is_cut(work: Callable[[], None], calls: int) -> bool:
    """Do a piece of work in another process, which is killed after so many calls."""
    child = os.fork()
    if not child:
        left = [calls]

        def kill(*_event: object) -> None:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(kill)
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def main(address: str, folder: Path, cuts: int) -> None:
    def copy(name: str) -> Callable[[], None]:
        shutil.copytree(folder / "target", folder / name, symlinks=True)
        shutil.copytree(folder / "outbox", folder / f"{name}-outbox")
        return lambda: deliver(
            address.replace("PLACE", str(folder / name)), folder / f"{name}-outbox"
        )

    copy("warm")()  # what is imported once is not counted
    calls = count_calls(copy("counted"))
    chosen = random.Random(5)
    # The end is where things move: half of the cuts are there.
    starts = [chosen.choice((0, calls * 2 // 3)) for _cut in range(cuts)]
    print(sum(is_cut(copy(f"cut-{n}"), chosen.randrange(at, calls)) for n, at in enumerate(starts)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
