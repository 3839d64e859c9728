"""A web server for one export on loopback: its own headers, compressed, by its own name.

It speaks TLS with a key made for the run, so that a browser which is told where the paper's
name leads shows the pages at the addresses that they say they have.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

_TYPES = {".avif": "image/avif", ".webp": "image/webp", ".js": "text/javascript"}
_WRITTEN = ("text/", "application/json", "application/xml", "+xml", "+json")


class HeaderRule(NamedTuple):
    """The headers of the paths that a pattern of `_headers` means."""

    pattern: re.Pattern[str]
    headers: dict[str, str]


def header_rules(text: str) -> list[HeaderRule]:
    """Read `_headers`: a path with `*` for anything, and its headers on lines that are indented."""
    rules: list[HeaderRule] = []
    for line in filter(str.strip, text.splitlines()):
        if line[0].isspace():
            name, _, value = line.strip().partition(":")
            rules[-1].headers[name] = value.strip()
        else:
            pattern = re.escape(line.strip()).replace(r"\*", ".*")
            rules.append(HeaderRule(re.compile(pattern), {}))
    return rules


def headers_of(path: str, rules: list[HeaderRule]) -> dict[str, str]:
    """Return the headers of a path: those of every rule that means it, the last one counts."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.pattern.fullmatch(path):
            found |= rule.headers
    return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *details: object, folder: Path, rules: list[HeaderRule]) -> None:
        self._folder, self._rules = folder, rules
        super().__init__(*details)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self._folder / (path + "index.html" if path.endswith("/") else path).lstrip("/")
        status = HTTPStatus.OK
        if not file.is_file() or not file.resolve().is_relative_to(self._folder):
            file, status = self._folder / "404.html", HTTPStatus.NOT_FOUND
        data = file.read_bytes()
        kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "text/plain"
        headers = {"Content-Type": kind} | headers_of(path, self._rules)
        if any(part in headers["Content-Type"] for part in _WRITTEN):
            data = gzip.compress(data, mtime=0)
            headers["Content-Encoding"] = "gzip"
            if headers["Content-Type"].startswith("text/"):
                headers["Content-Type"] += "; charset=utf-8"
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(data))}).items():
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
    rules = header_rules(file.read_text(encoding="utf-8")) if file.is_file() else []
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
