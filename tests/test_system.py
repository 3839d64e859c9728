"""What the set-up asks of a system that lacks something: one line, or an installation as root."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "packaging"))

import system  # noqa: E402

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux lacks libraries of Qt"
)

APT = """#!/bin/sh
echo "$@" >> {log}
exit {code}
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of programs, of a Debian that lacks two libraries and has a font."""
    folder = tmp_path / "bin"
    folder.mkdir()
    add_program(folder, "apt-get")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Some.ttf").touch()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(system, "DPKG", str(tmp_path))
    monkeypatch.setattr(
        system, "LIBRARIES", {"libnone.so.1": "libnone1", "libasound.so.none": "libasound2"}
    )
    monkeypatch.setattr(system, "is_root", lambda: False)
    return folder


def add_program(folder: Path, name: str, code: int = 0) -> None:
    program = folder / name
    program.write_text(APT.format(log=folder / "log", code=code), encoding="utf-8")
    program.chmod(0o700)


def asked_line(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        system.provide(with_venv=False)
    assert ended.value.code == system.ASKED
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("    ")]
    return line.strip()


INSTALL = "apt-get install -qq -y --no-install-recommends"


def test_user_gets_one_line_for_all_that_is_missing(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    update = "apt-get update -qq"
    assert asked_line(capsys) == f"su - -c '{update} && {INSTALL} libnone1 libasound2'"
    add_program(programs, "sudo")
    assert asked_line(capsys) == f"sudo {update} && sudo {INSTALL} libnone1 libasound2"


def test_packages_have_the_names_of_the_release(
    programs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "libssl3t64:amd64.list").touch()
    assert asked_line(capsys).endswith(" libnone1 libasound2t64'")


def test_venv_is_asked_for_where_python_cannot_make_one(
    programs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "LIBRARIES", {})
    monkeypatch.setattr(system, "can_make_venv", lambda: False)
    system.provide(with_venv=False)
    assert not capsys.readouterr().out
    with pytest.raises(SystemExit):
        system.provide(with_venv=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert f" {version}'" in capsys.readouterr().out


def test_root_installs_what_is_missing(
    programs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "is_root", lambda: True)
    system.provide(with_venv=False)
    asked = (programs / "log").read_text().splitlines()
    assert asked == ["update -qq", f"{INSTALL} libnone1 libasound2".removeprefix("apt-get ")]
    add_program(programs, "apt-get", code=100)
    with pytest.raises(SystemExit):
        system.provide(with_venv=False)
    assert f"{INSTALL} libnone1" in capsys.readouterr().out


def test_missing_font_is_said_and_stops_nobody(
    programs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(system, "LIBRARIES", {})
    system.provide(with_venv=False)
    assert not capsys.readouterr().out
    monkeypatch.setattr(system, "FONT_FOLDERS", [str(tmp_path / "none")])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("HOME", str(tmp_path / "none"))
    system.provide(with_venv=False)
    assert f" {system.FONTS}'" in capsys.readouterr().out


def test_other_systems_hear_which_libraries_are_missing(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.remove(programs / "apt-get")
    system.provide(with_venv=True)
    assert "libnone.so.1 libasound.so.none" in capsys.readouterr().out
