"""The set-up of `packaging/dev.py`: where it installs, and what it says where it can't."""

from __future__ import annotations

import os
import re
from pathlib import Path

import dev
import pytest
import system

ROOT = Path(__file__).resolve().parent.parent

RECORD = """#!/bin/sh
echo "$TMPDIR $*" >> {log}
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose .venv is there, with a Python that writes down what it is asked."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(system, "provide", lambda with_venv: None)
    (tmp_path / ".venv").mkdir()
    dev.PYTHON.write_text(RECORD.format(log=tmp_path / "log"), encoding="utf-8")
    dev.PYTHON.chmod(0o700)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="its Python is a script of a shell")
def test_downloads_go_beside_what_is_installed_and_leave_nothing(checkout: Path) -> None:
    dev._install("run")
    asked = (checkout / "log").read_text(encoding="utf-8").splitlines()
    installs = [line for line in asked if " -m pip install " in line]
    assert len(installs) == 3
    assert all(line.startswith(f"{checkout / '.venv'}{os.sep}") for line in installs)
    assert os.listdir(checkout / ".venv") == ["python"]


def test_what_builds_a_library_from_source_is_locked() -> None:
    lock = (dev.LOCKS / "tools.txt").read_text(encoding="utf-8")
    asked = (dev.LOCKS / "tools.in").read_text(encoding="utf-8")
    for name in re.findall(r"^[a-z-]+", asked, re.MULTILINE):
        assert re.search(rf"^{name}==\S+ \\\n    --hash=sha256:", lock, re.MULTILINE), name


def test_checkout_of_somebody_else_is_said_before_anything_is_installed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(SystemExit) as ended:
        dev._install("run")
    assert ended.value.code == 1
    assert "this user may not write" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="its Python is a script of a shell")
def test_tests_in_a_checkout_of_somebody_else_write_nothing_there(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = checkout / "log"
    dev._pytest("tests/core")
    assert asked.read_text(encoding="utf-8").endswith(" -m pytest tests/core\n")
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    dev._pytest("tests/core")
    assert asked.read_text(encoding="utf-8").endswith(" -m pytest -p no:cacheprovider tests/core\n")
