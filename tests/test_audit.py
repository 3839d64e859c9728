"""The audit of locked libraries: holes are said, and silence is never taken for a clean audit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import audit as audit_module
import pytest

ROOT = Path(__file__).resolve().parent.parent

HOLE = {
    "id": "PYSEC-2026-1",
    "summary": "Pages run what they should not.",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.1.7"}]}],
        }
    ],
}


class Database(BaseHTTPRequestHandler):
    """Answers as OSV does: the holes of the library that is asked about."""

    holes: ClassVar[dict[str, Any]] = {}
    status: ClassVar[int] = 200
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = asked["package"]["name"]
        self.asked.append(f"{name}=={asked['version']}")
        answer = json.dumps({"vulns": [self.holes[name]]} if name in self.holes else {}).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def database() -> Iterator[str]:
    Database.holes, Database.status, Database.asked = {}, 200, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Database)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock as uv writes it, with a library that only Windows needs."""
    path = tmp_path / "run.txt"
    path.write_text(
        "jinja2==3.1.6 \\\n    --hash=sha256:00\n    # via stonehand\n"
        "pywin32-ctypes==0.2.3 ; sys_platform == 'win32' \\\n    --hash=sha256:11\n"
    )
    return path


def audit(*arguments: str | Path, **variables: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "packaging/audit.py", "--timeout", "5", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_hole_is_said_with_the_release_that_has_it_fixed(database: str, lock: Path) -> None:
    Database.holes = {"jinja2": HOLE}
    code, said = audit("--osv-url", database, lock)
    assert code == 1
    assert "jinja2 3.1.6: PYSEC-2026-1, fixed in 3.1.7" in said
    assert "1 known holes in 1 libraries." in said
    assert sorted(Database.asked) == ["jinja2==3.1.6", "pywin32-ctypes==0.2.3"]


def test_clean_audit_says_how_many_libraries_were_asked_about(database: str, lock: Path) -> None:
    assert audit("--osv-url", database, lock) == (
        0,
        "No hole is known in 2 locked libraries (osv: knows 2 of 2).\n",
    )


def test_database_that_fails_is_no_clean_audit(database: str, lock: Path) -> None:
    Database.status = 500
    code, said = audit("--osv-url", database, lock)
    assert code == 3
    assert "Not known of 2 of 2 libraries: jinja2==3.1.6 pywin32-ctypes==0.2.3" in said
    assert "This is not a clean audit" in said


def test_offline_is_no_clean_audit(lock: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    code, said = audit(lock, HTTPS_PROXY=nowhere, https_proxy=nowhere)
    assert code == 3
    assert "  pypi: " in said
    assert "  osv: " in said
    assert "This is not a clean audit" in said


def test_what_one_database_does_not_know_the_next_is_asked(
    capsys: pytest.CaptureFixture[str], lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = {"name": "Jinja2", "version": "3.1.6", "vulns": []}
    asked = []

    def ask(service: str, pins: list[str], _options: object) -> tuple[dict[str, Any], str]:
        asked.append((service, pins))
        return ({"jinja2==3.1.6": fine}, "") if service == "pypi" else ({}, "no connection")

    monkeypatch.setattr(audit_module, "ask", ask)
    assert audit_module.main([str(lock)]) == 3
    assert asked == [
        ("pypi", ["jinja2==3.1.6", "pywin32-ctypes==0.2.3"]),
        ("osv", ["pywin32-ctypes==0.2.3"]),
    ]
    said = capsys.readouterr().out
    assert "Not known of 1 of 2 libraries: pywin32-ctypes==0.2.3" in said
    assert "  pypi: knows 1 of 2\n  osv: no connection\n" in said
    assert "This is not a clean audit" in said


def test_every_library_of_the_locks_is_asked_about() -> None:
    locks = sorted((ROOT / "packaging" / "requirements").glob("*.txt"))
    pins = audit_module.locked_libraries(locks)
    lines = [line for lock in locks for line in lock.read_text(encoding="utf-8").splitlines()]
    asked_for = {line.split()[0] for line in lines if line and line[0] not in " #"}
    assert "pywin32-ctypes==0.2.3" in pins
    assert set(pins) == asked_for
