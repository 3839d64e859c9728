"""Servers on loopback that tests deliver to, and a wire in between that can be cut."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Wire:
    """Passes bytes on to a server, up to a number that is sent there; then it is cut."""

    def __init__(self, port: int) -> None:
        self._target = port
        self.room: int | None = None
        self.room_back: int | None = None
        self.passed = 0
        self.on_full: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._server.close()
        self._cut()

    def restore(self, room: int | None = None, room_back: int | None = None) -> None:
        """Let bytes pass again, at most so many to the server and back."""
        self.room, self.room_back, self.passed = room, room_back, 0

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _address = self._server.accept()
                if self._is_cut():
                    here.close()
                    continue
                there = socket.create_connection(("127.0.0.1", self._target))
                self._open += [here, there]
                for source, target, is_back in ((here, there, False), (there, here, True)):
                    threading.Thread(
                        target=self._pass, args=(source, target, is_back), daemon=True
                    ).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_back: bool) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                with self._lock:
                    room = self.room_back if is_back else self.room
                    part = data if room is None else data[: max(0, room)]
                    if not is_back:
                        self.passed += len(part)
                        self.room = None if room is None else room - len(part)
                    else:
                        self.room_back = None if room is None else room - len(part)
                target.sendall(part)
                if len(part) < len(data):
                    self.on_full()
                    self._cut()
                    return
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_cut(self) -> bool:
        return any(room is not None and room <= 0 for room in (self.room, self.room_back))

    def _cut(self) -> None:
        with self._lock:
            ends, self._open = self._open, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    """Give a wire to a port of this computer."""
    wire = Wire(port)
    try:
        yield wire
    finally:
        wire.close()


@contextmanager
def answering(status: int, body: str, headers: dict[str, str] | None = None) -> Iterator[int]:
    """Give the port of a web server that has one answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            data = b"" if self.command == "HEAD" else body.encode()
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
