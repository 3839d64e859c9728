"""One window for a desk: other starts show it, and nobody else can talk to it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from editor.gui import running
from editor.gui.running import Asked, RunningWindow, read_message, show_running, write_message
from editor.settings import load_settings
from editor.store.desk import Desk
from tests.gui.test_app import make_desk
from tests.virtual_screen import Screen, is_installed, virtual_screen, wait_for

ROOT = Path(__file__).resolve().parents[2]
ON_UNIX = pytest.mark.skipif(os.name != "posix", reason="other systems have pipes")

_ASK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from editor.gui.running import show_running
app = QCoreApplication([])
print(show_running(Path(sys.argv[1]), [Path(file) for file in sys.argv[2:]]))
"""
_LISTEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from editor.gui.running import RunningWindow
app = QCoreApplication([])
window = RunningWindow(Path(sys.argv[1]))
print(window.listen(), flush=True)
app.exec()
"""


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of our own for the sockets; pytest's are too long for a socket's name."""
    with tempfile.TemporaryDirectory(prefix="sh-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[RunningWindow]:
    made = RunningWindow(tmp_path / "Harbour.desk")
    assert made.listen()
    yield made
    made.close()


def ask(python: str, *paths: Path) -> subprocess.Popen[str]:
    command = [python, "-c", _ASK, *map(str, paths)]
    return subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    )


def test_another_process_shows_the_window_and_gives_it_files(
    window: RunningWindow,
    tmp_path: Path,
    qtbot: QtBot,
    python: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = tmp_path / "boat \u2013 قارب.jpg"
    with qtbot.waitSignal(window.show_asked, timeout=20_000) as asked:
        monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "a-token")
        asking = ask(python, tmp_path / "Harbour.desk", picture)
    assert asked.args == [Asked((picture,), token="a-token")]
    qtbot.waitUntil(lambda: asking.poll() is not None, timeout=20_000)
    assert asking.communicate()[0].strip() == "True"


def test_desk_is_the_same_by_whichever_path(
    window: RunningWindow, tmp_path: Path, qtbot: QtBot, python: str
) -> None:
    (tmp_path / "Harbour.desk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "Harbour.desk")
    with qtbot.waitSignal(window.show_asked, timeout=20_000):
        asking = ask(python, tmp_path / "link")
    asking.communicate()


def test_nobody_answers_for_a_desk_without_a_window(window: RunningWindow, tmp_path: Path) -> None:
    assert not show_running(tmp_path / "Other.desk")
    window.close()
    assert not show_running(tmp_path / "Harbour.desk")


def test_window_that_hangs_is_not_waited_for(
    window: RunningWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It listens, but the loop that would answer is the one that waits here.
    monkeypatch.setattr(running, "_ANSWER_MS", 50)
    assert not show_running(tmp_path / "Harbour.desk")


@ON_UNIX
def test_socket_of_a_killed_process_is_in_nobodys_way(tmp_path: Path, python: str) -> None:
    desk = tmp_path / "Harbour.desk"
    with subprocess.Popen(
        [python, "-c", _LISTEN, str(desk)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    ) as killed:  # fmt: skip
        assert killed.stdout is not None
        assert killed.stdout.readline().strip() == "True"
        killed.kill()
    assert Path(running._address(desk)).exists()
    assert not show_running(desk)
    again = RunningWindow(desk)
    assert again.listen()
    again.close()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"show\n",
        b"[]\n",
        b'{"run": ["/bin/sh"]}\n',
        b'{"show": [], "run": []}\n',
        b'{"show": "/etc/passwd"}\n',
        b'{"link": "stonehand://story/"}\n',
        b'{"show": [], "link": 7}\n',
        b'{"show": [], "link": "stonehand://a b"}\n',
        b'{"show": [], "token": "\\u202e"}\n',
        json.dumps({"show": [], "token": "x" * 301}).encode() + b"\n",
        b'{"show": [1]}\n',
        b'{"show": ["relative.jpg"]}\n',
        b'{"show": ["/nul\\u0000"]}\n',
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        json.dumps({"show": ["/a"] * 501}).encode() + b"\n",
    ],
    ids=lambda data: repr(data[:20]),
)
def test_anything_but_our_message_is_refused(
    window: RunningWindow, tmp_path: Path, qtbot: QtBot, data: bytes
) -> None:
    assert read_message(data) is None
    shown: list[object] = []
    window.show_asked.connect(shown.append)
    socket = QLocalSocket()
    socket.connectToServer(running._address(tmp_path / "Harbour.desk"))
    socket.write(data)
    if data:
        qtbot.waitUntil(
            lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState,
            timeout=20_000,
        )
    assert shown == []
    assert not socket.bytesAvailable()
    socket.abort()


def test_message_that_never_ends_is_cut_off(
    window: RunningWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    socket = QLocalSocket()
    socket.connectToServer(running._address(tmp_path / "Harbour.desk"))
    socket.write(b"x" * (running._LONGEST_MESSAGE + 1))
    qtbot.waitUntil(
        lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=20_000
    )


def test_message_is_read_as_it_was_written() -> None:
    files = (Path("/a/b.jpg"), Path("/c d/\u0642.txt"))
    for asked in (Asked(files), Asked(link="stonehand://story/x"), Asked(files, "y", "z"), Asked()):
        assert read_message(write_message(asked)) == asked
    assert read_message(write_message(Asked(token="odd \n token"))) == Asked()


@ON_UNIX
def test_only_the_person_can_reach_the_window(window: RunningWindow, tmp_path: Path) -> None:
    address = Path(running._address(tmp_path / "Harbour.desk"))
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
    assert not stat.S_IMODE(address.stat().st_mode) & 0o077
    python = shutil.which("python3", path="/usr/bin")  # one that anybody may run
    if os.geteuid() == 0 and python is not None:
        program = f"import socket; socket.socket(socket.AF_UNIX).connect({str(address)!r})"
        tried = subprocess.run(
            [python, "-c", program], user="nobody", capture_output=True, check=False
        )
        assert b"PermissionError" in tried.stderr


@ON_UNIX
def test_last_window_that_is_closed_leaves_nothing(window: RunningWindow, tmp_path: Path) -> None:
    other = RunningWindow(tmp_path / "Other.desk", window)
    assert other.listen()
    above = Path(os.environ["XDG_RUNTIME_DIR"])
    window.close()
    assert [len(list(folder.iterdir())) for folder in above.iterdir()] == [1]
    other.close()
    assert list(above.iterdir()) == []
    assert window.listen()


def test_all_starts_of_a_flatpak_find_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "app" / "org.example.App"
    shared.mkdir(parents=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("FLATPAK_ID", "org.example.App")
    assert Path(running._address(tmp_path / "Harbour.desk")).parent.parent == shared


@ON_UNIX
def test_folder_that_others_can_enter_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = tmp_path / f"stonehand-{os.geteuid()}"
    folder.mkdir()
    folder.chmod(0o777)
    assert not RunningWindow(tmp_path / "Harbour.desk").listen()
    assert not show_running(tmp_path / "Harbour.desk")
    folder.rmdir()
    folder.symlink_to(tmp_path)
    assert not RunningWindow(tmp_path / "Harbour.desk").listen()


Open = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def screen() -> Iterator[Screen]:
    if not is_installed():
        pytest.skip("Xvfb is not installed")
    with virtual_screen() as made:
        yield made


@pytest.fixture
def launch(screen: Screen, python: str) -> Iterator[Open]:
    """Start the program as a file manager does, on a real screen."""
    started: list[subprocess.Popen[bytes]] = []

    def go(*paths: Path) -> subprocess.Popen[bytes]:
        made = subprocess.Popen(
            [python, "-m", "editor", *map(str, paths)],
            env={
                **os.environ,
                "DISPLAY": screen.display,
                "QT_QPA_PLATFORM": "xcb",
                "PYTHONPATH": str(ROOT),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(made)
        return made

    yield go
    for process in started:
        process.kill()
        process.wait()


def is_open(desk: Path) -> bool:
    return str(desk) in load_settings()[0].recent_desks and Path(running._address(desk)).exists()


def test_desk_that_is_opened_again_is_shown_in_its_window_also_after_a_kill(
    launch: Open, screen: Screen, tmp_path: Path
) -> None:
    desk, other = make_desk(tmp_path / "One.desk"), make_desk(tmp_path / "Two.desk", "Hill News")
    wire = tmp_path / "wire.txt"
    wire.write_text("Harbour opens\n\nBoats came in on Monday.\n", encoding="utf-8")
    first = launch(desk)
    assert wait_for(lambda: is_open(desk), 60)
    before = screen.hands.windows()
    assert launch(desk, wire).wait(60) == 0
    assert wait_for(lambda: screen.hands.windows() == before + 1, 60), "the import is shown there"
    assert first.poll() is None
    second = launch(other)
    assert wait_for(lambda: is_open(other), 60), "another desk has a window of its own"
    assert first.poll() is None
    first.kill()
    first.wait()
    again = launch(desk)
    assert wait_for(lambda: _is_held_by(desk, again), 60)
    assert second.poll() is None


def _is_held_by(desk: Path, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None
    if not show_running(desk):
        return False
    with Desk.open(desk) as opened:
        return opened.path == desk
