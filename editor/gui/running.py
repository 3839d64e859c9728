"""One window for a desk: whoever opens the desk again is shown the window that has it.

The window listens on a local socket, in a folder that only its person may enter (on Windows
a pipe that only they may open). It understands one message, to show itself, with paths of files
to take in, or a link to a story to open. It answers `ok`; anything else is hung up on.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from editor.gui.window.main_window import ACTIVATION_TOKEN
from editor.log import log
from editor.places import place_name
from editor.progress import Progress

_KEY, _LINK, _TOKEN = "show", "link", "token"
_MOST_LETTERS = 300
_ANSWER = b"ok\n"
_LONGEST_MESSAGE = 256 * 1024
_MOST_FILES = 500
_CONNECTING_MS = 500
_ANSWER_MS = 3000
"""How long a running window has to answer. One that hangs answers nothing."""
_STEP_MS = 100
"""How soon whoever asks a window stops where nobody waits for the answer any more."""
_PRIVATE = 0o700


class Asked(NamedTuple):
    """What another start asks of a window: files to take in, and a link to a story to open.

    `token` is the desktop's permission to come to the front, which that start was given.
    """

    files: tuple[Path, ...] = ()
    link: str = ""
    token: str = ""


class RunningWindow(QObject):
    """Listens while a window has a desk. It has the desk's lock, so it is the only one."""

    show_asked = Signal(object)
    """The window is to be shown, and more may be `Asked`."""

    def __init__(self, desk: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def listen(self) -> bool:
        """Begin to listen; False where that is not possible, which only costs this comfort."""
        for _attempt in range(2):
            try:
                name = _address(self._desk)
            except OSError as error:
                log.info("No other start finds this window: %s", type(error).__name__)
                return False
            if self._server.listen(name):
                return True
            # What a killed process left: the desk's lock is ours, so nobody listens there. Or the
            # person's last other window has just been closed, and its folder removed.
            QLocalServer.removeServer(name)
        return False

    def close(self) -> None:
        """Listen no more; a person's last window leaves nothing in the folder of all users."""
        self._server.close()
        if sys.platform != "win32":
            with suppress(OSError):  # another window listens there
                _private_folder().rmdir()

    def _accept(self) -> None:
        while socket := self._server.nextPendingConnection():
            _Visitor(socket, self)


class _Visitor(QObject):
    """One connection: reads a message up to its line end, answers it, and ends."""

    def __init__(self, socket: QLocalSocket, window: RunningWindow) -> None:
        super().__init__(socket)
        self._socket, self._window = socket, window
        self._data = b""
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(self._read)
        QTimer.singleShot(_ANSWER_MS, self, socket.abort)
        if socket.bytesAvailable():
            self._read()

    def _read(self) -> None:
        self._data += bytes(self._socket.readAll().data())
        if len(self._data) > _LONGEST_MESSAGE:
            self._socket.abort()
            return
        if not self._data.endswith(b"\n"):
            return
        asked = read_message(self._data)
        if asked is None:
            self._socket.abort()
            return
        self._socket.write(_ANSWER)
        self._socket.flush()
        self._socket.disconnectFromServer()
        self._window.show_asked.emit(asked)


def show_running(
    desk: Path, files: Sequence[Path] = (), progress: Progress | None = None, *, link: str = ""
) -> bool:
    """Ask the window that has a desk to show itself and to take files in; False without one.

    With a `link` it opens the story that this leads to.

    It may take `_CONNECTING_MS` and `_ANSWER_MS`, so where there is a window already it is for
    another thread than that one's. Raises Cancelled once the progress is cancelled.
    """
    progress = progress or Progress()
    try:
        name = _address(desk)
    except OSError:
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_CONNECTING_MS):
        return False
    asked = Asked(tuple(files), link, os.environ.get(ACTIVATION_TOKEN, ""))
    socket.write(write_message(asked))
    answer, end = b"", time.monotonic() + _ANSWER_MS / 1000
    while answer != _ANSWER and (left := end - time.monotonic()) > 0:
        progress.report(0, 1)
        if socket.waitForReadyRead(max(1, min(_STEP_MS, int(left * 1000)))):
            answer += bytes(socket.readAll().data())
        elif socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            break
    return answer == _ANSWER


def write_message(asked: Asked) -> bytes:
    """Return the message that asks a window to show itself, and for more."""
    message: dict[str, Any] = {_KEY: [os.fspath(file.absolute()) for file in asked.files]}
    if asked.link:
        message[_LINK] = asked.link
    if _is_plain(asked.token):
        message[_TOKEN] = asked.token
    return json.dumps(message).encode() + b"\n"


def read_message(data: bytes) -> Asked | None:
    """Return what a message asks for; None for anything that is not one of ours."""
    try:
        message = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or not {_KEY} <= message.keys() <= {_KEY, _LINK, _TOKEN}:
        return None
    paths, link, token = message[_KEY], message.get(_LINK, ""), message.get(_TOKEN, "")
    if not isinstance(paths, list) or len(paths) > _MOST_FILES:
        return None
    if not all(isinstance(path, str) and "\0" not in path for path in paths):
        return None
    if not all(text == "" or _is_plain(text) for text in (link, token)):
        return None
    files = tuple(Path(path) for path in paths)
    return Asked(files, link, token) if all(file.is_absolute() for file in files) else None


def _is_plain(text: object) -> bool:
    """Whether it is a text as links and tokens are: short, and of ASCII that can be seen."""
    is_short = isinstance(text, str) and 0 < len(text) <= _MOST_LETTERS
    return is_short and all("!" <= letter <= "~" for letter in str(text))


def _address(desk: Path) -> str:
    """Return where the window of a desk listens: another place for each person and desk.

    Raises OSError where there is no folder that is only this person's.
    """
    name = place_name(os.path.realpath(desk))
    if sys.platform == "win32":
        return f"stonehand-{place_name(str(Path.home()))[:12]}-{name}"
    return str(_private_folder() / name)


def _private_folder() -> Path:
    """Return a folder that nobody else may enter, made if need be. Raises OSError.

    In a shared folder of temporary files somebody may have made one of this name first.
    """
    user = os.geteuid()
    above = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    if flatpak := os.environ.get("FLATPAK_ID"):
        # Of the folder above each start of a Flatpak has one of its own.
        above = above / "app" / flatpak
    folder = above / f"stonehand-{user}"
    folder.mkdir(mode=_PRIVATE, exist_ok=True)
    found = folder.lstat()
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == user
    if not is_ours or stat.S_IMODE(found.st_mode) & ~_PRIVATE:
        raise PermissionError(folder)
    return folder
