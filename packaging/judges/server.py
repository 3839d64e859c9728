"""A web server for one export on loopback: its own headers, compressed, by its own name.

It speaks TLS with a key made for the run, so that a browser which is told where the paper's
name leads shows the pages at the addresses that they say they have.
"""

from __future__ import annotations

import gzip
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from editor.serving.header_rules import HeaderRule, headers_of, parse_header_rules
from editor.serving.media_types import is_text, media_type


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *details: object, folder: Path, rules: tuple[HeaderRule, ...]) -> None:
        self._folder, self._rules = folder, rules
        super().__init__(*details)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self._folder / (path + "index.html" if path.endswith("/") else path).lstrip("/")
        status = HTTPStatus.OK
        if not file.is_file() or not file.resolve().is_relative_to(self._folder):
            file, status = self._folder / "404.html", HTTPStatus.NOT_FOUND
        data = file.read_bytes()
        headers = {"content-type": media_type(file.name)} | headers_of(path, self._rules)
        if is_text(headers["content-type"]):
            data = gzip.compress(data, mtime=0)
            headers["content-encoding"] = "gzip"
        self.send_response(status)
        for name, value in (headers | {"content-length": str(len(data))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_details: object) -> None:
        """Print nothing: the judges' table is all there is to read."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_details: object) -> None:
        """Say nothing of a browser that has closed its connection."""


@contextmanager
def serving(folder: Path, host: str, build: Path) -> Iterator[int]:
    """Serve a folder by a name until the block ends; give the port."""
    file = folder / "_headers"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    rules = parse_header_rules(text, lambda name: (folder / name).is_dir())
    server = _Server(("127.0.0.1", 0), partial(_Handler, folder=folder.resolve(), rules=rules))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(host, build / "server.pem"))
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(host: str, path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return path
