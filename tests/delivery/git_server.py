"""A real git host on loopback: HTTPS with tokens before `git http-backend`."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

BRANCH = "pages"


def git(repository: Path, *arguments: str) -> str:
    """What git itself says of a repository."""
    done = subprocess.run(
        ["git", *arguments], cwd=repository, capture_output=True, text=True, check=True
    )
    return done.stdout


def new_repository(path: Path) -> Path:
    """An empty bare repository."""
    path.mkdir()
    git(path, "init", "-q", "--bare", ".")
    git(path, "config", "http.receivepack", "true")
    return path


def files_of(repository: Path, branch: str = BRANCH) -> dict[str, bytes]:
    """Every file of a branch, as git has it."""
    names = git(repository, "ls-tree", "-r", "--name-only", "-z", branch).split("\0")[:-1]
    return {
        name: subprocess.run(
            ["git", "show", f"{branch}:{name}"], cwd=repository, capture_output=True, check=True
        ).stdout
        for name in names
    }


def commit_by_hand(repository: Path, files: dict[str, bytes], branch: str = BRANCH) -> None:
    """Commit files on top of a branch as somebody else does."""
    environment = {**os.environ, "GIT_INDEX_FILE": str(repository / "by-hand")}
    environment |= {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b"}
    environment |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b"}

    def run(*arguments: str, data: bytes = b"") -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=repository,
            env=environment,
            input=data,
            capture_output=True,
            check=False,
        )
        return done.stdout.decode().strip()

    parent = run("rev-parse", "-q", "--verify", branch)
    if parent:
        run("read-tree", parent)
    for path, data in files.items():
        blob = run("hash-object", "-w", "--stdin", data=data)
        run("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
    parents = ("-p", parent) if parent else ()
    commit = run("commit-tree", run("write-tree"), *parents, "-m", "by hand")
    run("update-ref", f"refs/heads/{branch}", commit)


@dataclass
class GitHost:
    """A running host: `root` has its repositories; `cut_after` closes a push after so many bytes.

    `received` counts the bytes of the bodies of each request, by its path.
    """

    root: Path
    port: int = 0
    token: str = ""
    answers: int = 0
    cut_after: int | None = None
    received: list[tuple[str, int]] = field(default_factory=list)

    def address(self, name: str, branch: str = BRANCH) -> str:
        """The address of a repository's branch."""
        return f"git+https://localhost:{self.port}/{name}#{branch}"


@contextmanager
def running_git_host(root: Path, certificates: Path) -> Iterator[GitHost]:
    """Run a host for the repositories in a folder, on a port of its own."""
    host = GitHost(root)

    class Handler(_Handler):
        pass

    Handler.host = host
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "both.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    host.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Cut(Exception):
    pass


class _Handler(BaseHTTPRequestHandler):
    host: GitHost
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        try:
            body = self._body()
        except _Cut:
            self.close_connection = True
            self.connection.close()
            return
        self.host.received.append((self.path, len(body)))
        self._answer(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Print nothing."""

    def _body(self) -> bytes:
        limit = self.host.cut_after if "receive-pack" in self.path else None
        data = b""

        def read(count: int) -> bytes:
            if limit is not None and len(data) + count > limit:
                raise _Cut
            return self.rfile.read(count)

        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                data += read(size)
                self.rfile.readline()
            self.rfile.readline()
            return data
        return read(int(self.headers.get("Content-Length", 0)))

    def _answer(self, body: bytes) -> None:
        if self.host.answers:
            self.send_response(self.host.answers)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        wanted = base64.b64encode(f"git:{self.host.token}".encode()).decode()
        if self.host.token and self.headers.get("Authorization") != f"Basic {wanted}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        parts = urlsplit(self.path)
        environment = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.host.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_USER": "git",
            "REMOTE_ADDR": "127.0.0.1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        done = subprocess.run(
            ["git", "http-backend"], env=environment, input=body, capture_output=True, check=False
        )
        head, _blank, answer = done.stdout.partition(b"\r\n\r\n")
        status, headers = 200, []
        for line in head.decode().split("\r\n"):
            name, _colon, value = line.partition(": ")
            if name == "Status":
                status = int(value[:3])
            elif name:
                headers.append((name, value))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def make_certificate(folder: Path) -> Path:
    """Make a certificate for this computer, which its own programs may be told to believe."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "both.pem").write_bytes(private + pem)
    (folder / "certificate.pem").write_bytes(pem)
    return folder
