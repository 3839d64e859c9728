"""The window's lock, against real processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from editor.errors import DeskInUse
from editor.store.desk import Desk
from tests.reading import every_slug
from tests.store.conftest import Clock, new

HOLD = """
import sys
from pathlib import Path
from editor.store.desk import Desk
desk = Desk.open(Path(sys.argv[1]))
desk.hold()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_window(desk: Desk) -> Iterator[subprocess.Popen[str]]:
    """A process that has the desk until its input is closed or it is killed."""
    window = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(desk.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert window.stdout is not None
    assert window.stdin is not None
    try:
        assert window.stdout.readline() == "held\n"
        yield window
    finally:
        window.kill()
        window.wait()
        window.stdin.close()
        window.stdout.close()


def test_second_window_is_refused_with_the_name_of_the_first(desk: Desk) -> None:
    with another_window(desk), pytest.raises(DeskInUse) as caught:
        desk.hold()
    assert "another window" in caught.value.sentence
    assert " since 20" in caught.value.sentence
    assert caught.value.hint


def test_killed_window_releases_the_lock(desk: Desk) -> None:
    with another_window(desk) as window:
        with pytest.raises(DeskInUse):
            desk.hold()
        window.kill()
        window.wait()
        desk.hold()


def test_command_line_works_beside_a_window(desk: Desk) -> None:
    with another_window(desk):
        assert new(desk) in every_slug(desk)


def test_closing_releases_the_lock(desk: Desk, clock: Clock) -> None:
    desk.hold()
    desk.hold()
    second = Desk.open(desk.path, clock=clock)
    with pytest.raises(DeskInUse, match="since 2026-03-03T14:02:00Z"):
        second.hold()
    desk.close()
    second.hold()
    second.close()


@pytest.mark.parametrize("text", [b"", b"\xff\xfe{", b"[1]", b'{"user": null}', b"null"])
def test_unreadable_lock_file_only_shortens_the_message(desk: Desk, text: bytes) -> None:
    (desk.path / "window.lock").write_bytes(text)
    second = Desk.open(desk.path)
    second.hold()
    (desk.path / "window.lock").write_bytes(text)
    with pytest.raises(DeskInUse, match=r"in another window\."):
        desk.hold()
    second.close()
