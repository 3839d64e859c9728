"""A real https server on loopback that publishes a list of versions, and counts who asks."""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from tests.certificates import key_pem, new_key


def releases(*versions: str, **more: Any) -> bytes:
    """A list of versions, which all have the same date and page, if any."""
    return json.dumps({"stonehand": [{"version": name, **more} for name in versions]}).encode()


class ListServer:
    """Answers every request with `body` and `status`; `requests` is what it was asked."""

    def __init__(self) -> None:
        self.body: bytes = releases("0.0.1")
        self.status = 200
        self.headers: dict[str, str] = {}
        self.pause_s = 0.0
        """With a pause it sends a byte, waits, and so on."""
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.gone = threading.Event()
        """Whoever asked last went away while it was sending."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def host(self) -> str:
        """The host and port of the server."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def address(self) -> str:
        """The address of the list."""
        return f"https://{self.host}/stonehand/versions.json"

    @contextmanager
    def running(self, context: ssl.SSLContext) -> Iterator[ListServer]:
        """Answer inside the block."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield self
        self._server.shutdown()
        self._server.server_close()
        thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append((self.path, dict(self.headers.items())))
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(outer.body)))
                self.end_headers()
                try:
                    for at in range(0, len(outer.body), 1 if outer.pause_s else 1 << 20):
                        self.wfile.write(outer.body[at : at + (1 if outer.pause_s else 1 << 20)])
                        time.sleep(outer.pause_s)
                except OSError:
                    outer.gone.set()

            def log_message(self, format: str, *args: Any) -> None:
                """Print nothing."""

        return Handler


def make_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for loopback: a server's context, and the file of who trusts it."""
    key, now = new_key(), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Loopback")])
    loopback = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([loopback]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "trusted.pem", folder / "private.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(key_pem(key))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted
