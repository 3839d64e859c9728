"""A folder that looks like an export, a server for it, and what the server answers."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from editor.formats.paths import EDITION, SUMS
from editor.formats.sums import sums_data
from editor.serving.served_zip import open_served
from editor.serving.server import make_server, take_port

PAGE = b"<!doctype html><title>Harbour Post</title><body><p>" + b"Ferry. " * 200 + b"</p></body>"
PICTURE = bytes(range(256)) * 600
FILES = {
    EDITION: b"{}",
    "index.html": PAGE,
    "404.html": b"<!doctype html><title>Not here</title><body>Not here</body>",
    "stories/ferry.html": b"<!doctype html><title>Ferry</title>",
    "stories/index.html": PAGE,
    "media/a.avif": PICTURE,
    "empty.bin": b"",
    "feed.xml": b"<feed/>",
    "v1/index.json": b'{"data": "' + b"x" * 2000 + b'"}',
    ".well-known/tdmrep.json": b"[]",
}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    data: bytes


def write_export(folder: Path, files: Mapping[str, bytes] = FILES) -> None:
    """Write files with their list, as an export has it; earlier ones stay."""
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    (folder / SUMS).write_bytes(sums_data(hashes))


class Served:
    """A folder, and the port where it is served."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask with a path as it is; `if_none_match` is the header `If-None-Match`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(
                method, path, skip_host="host" in headers, skip_accept_encoding=True
            )
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def send(self, request: bytes) -> bytes:
        """Send bytes that no client would, and return all that is answered."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder on a free port until the block ends."""
    with take_port(0) as taken:
        port = taken.getsockname()[1]
        server = make_server(open_served(folder), port)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        try:
            yield Served(folder, port)
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive()
