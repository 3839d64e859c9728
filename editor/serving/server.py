"""The server itself: one port of loopback, until a signal ends it."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from editor.errors import BadInput, reason_of
from editor.i18n import _
from editor.log import log
from editor.serving.application import make_application
from editor.serving.served_folder import ServedFiles

_LOOPBACK = "127.0.0.1"
_LAST_SECONDS = 1  # that answers have at the end


class _Server(uvicorn.Server):
    """Ends in good order when its terminal is closed as well.

    Unwound in the middle of an answer, it would wait forever for the thread that reads files.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle SIGHUP as well, unless it is ignored; it is raised again at the end."""
        hang_up = getattr(signal, "SIGHUP", None)
        with super().capture_signals():
            if hang_up is None or not _may_hear(hang_up):
                yield
                return
            before = signal.signal(hang_up, self.handle_exit)
            try:
                yield
            finally:
                signal.signal(hang_up, before)


def take_port(port: int) -> socket.socket:
    """Listen on a port of loopback; 0 is any free one. Raises BadInput for one that is taken."""
    try:
        taken = socket.create_server((_LOOPBACK, port))
    except OSError as error:
        hint = _("Choose another one with --port; --port 0 takes any that is free.")
        if error.errno == errno.EADDRINUSE:
            sentence = _("Another program uses port {port}.").format(port=port)
        elif error.errno == errno.EACCES:
            sentence = _("Port {port} is only for an administrator.").format(port=port)
        else:
            reason = reason_of(error)
            sentence = _("Port {port} can't be used: {reason}.").format(port=port, reason=reason)
        raise BadInput(sentence, hint) from error
    # Connections have this as well. asyncio sets it only where the protocol is named, and without
    # it the second part of an answer waits 40 ms until the first is acknowledged.
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return taken


def address_of(taken: socket.socket) -> str:
    """Return the address that a browser reaches a port by."""
    return f"http://{_LOOPBACK}:{taken.getsockname()[1]}/"


def make_server(folder: ServedFiles, port: int) -> uvicorn.Server:
    """Make the server of a folder; `run(sockets=[…])` serves until `should_exit` or a signal."""
    _log_into_file()
    config = uvicorn.Config(
        make_application(folder, port, lambda: server.should_exit),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    server = _Server(config)
    return server


def _may_hear(number: int) -> bool:
    """Return whether this thread may handle a signal that is not ignored."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and signal.getsignal(number) is not signal.SIG_IGN


def _log_into_file() -> None:
    """Let the server's warnings go where the program's own go, not to the terminal."""
    logger = logging.getLogger("uvicorn")
    logger.handlers[:] = log.handlers or [logging.NullHandler()]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
