"""A built program gives other programs their own libraries, and finds certificates."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from editor.frozen import (
    built_program,
    find_certificates,
    is_frozen,
    prepare_environment,
    program_stamp,
)


def test_checkout_is_not_frozen() -> None:
    assert not is_frozen()


def test_processes_of_a_built_program_have_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    assert built_program() == sys.executable
    monkeypatch.setattr(sys, "executable", "/Program Files/Stonehand/stonehandw.exe")
    monkeypatch.setattr(sys, "platform", "win32")
    assert built_program() == "/Program Files/Stonehand/stonehand.exe"


def test_programs_that_are_started_get_their_own_libraries() -> None:
    environment = {
        "LD_LIBRARY_PATH": "/programs/stonehand/_internal:/own/lib",
        "LD_LIBRARY_PATH_ORIG": "/own/lib",
        "DYLD_LIBRARY_PATH": "/programs/stonehand/_internal",
        "SSL_CERT_DIR": "/own/certificates",
        "LANG": "C",
    }
    prepare_environment(environment)
    assert environment == {
        "LD_LIBRARY_PATH": "/own/lib",
        "SSL_CERT_DIR": "/own/certificates",
        "LANG": "C",
    }


def test_certificates_are_the_systems_else_the_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, absent = tmp_path / "ca-bundle.pem", tmp_path / "cert.pem"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "build"), raising=False)
    assert find_certificates([absent, system]) is None
    own = tmp_path / "build" / "certifi" / "cacert.pem"
    own.parent.mkdir(parents=True)
    own.touch()
    assert find_certificates([absent, system]) == own
    system.touch()
    assert find_certificates([absent, system]) == system


def test_another_program_has_another_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "stonehand"
    monkeypatch.setattr(sys, "executable", str(program))
    program.write_bytes(b"one")
    stamp = program_stamp()
    assert program_stamp() == stamp
    program.write_bytes(b"another")
    assert program_stamp() != stamp
