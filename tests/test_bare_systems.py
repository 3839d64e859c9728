"""What `try_bare_systems.py` makes of what the two commands print on a bare system."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bare_system import Around, BareSystem, Release, parse_options
from try_bare_systems import ASKED, Row, line_to_copy, summary

ASKS = """Something lacks.
    su - -c 'apt-get update -qq && apt-get install -y libgl1 python3.13-venv'
Then give the same command again.
"""


def test_line_is_what_an_administrator_runs() -> None:
    line = "apt-get update -qq && apt-get install -y libgl1 python3.13-venv"
    assert line_to_copy(ASKS) == line
    assert line_to_copy(f"    sudo {line.replace('&& ', '&& sudo ')}\n") == line
    with pytest.raises(RuntimeError, match="one line"):
        line_to_copy(ASKS + ASKS)


def test_outcome_is_told_in_a_few_words() -> None:
    assert summary(ASKED, ASKS) == "prints one line that installs what is missing"
    assert summary(0, "....\n5 passed, 1 skipped in 3.2s (0:00:03)\n") == "5 passed, 1 skipped"
    assert summary(1, "2 failed, 5 passed in 3.2s\n") == "2 failed, 5 passed; exit code 1"
    shown = "A window is shown; 3% of the screen is empty."
    assert summary(0, f"{shown}\nThe window was closed.\n") == shown
    assert summary(0, "The sample desk is there.\n") == "done"
    assert summary(70, "Traceback\n") == "exit code 70"


def test_row_is_a_line_of_a_markdown_table() -> None:
    row = Row("Debian 13", "3.13.5", "user", "no", "none", "dev.py run", "done", 0)
    assert row.text() == "| Debian 13 | 3.13.5 | user | no | none | `dev.py run` | done |"


def test_only_known_names_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def parsed(*names: str) -> Any:
        arguments = [*names, f"--systems={tmp_path / 'systems'}"]
        return parse_options(argparse.ArgumentParser(), arguments, ["deb", "archive"])

    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    options = parsed("noble", "deb")
    assert ([release.name for release in options.releases], options.what) == (["noble"], ["deb"])
    assert (len(parsed().releases), parsed().what) == (3, ["deb", "archive"])
    with pytest.raises(SystemExit, match="2"):
        parsed("bokworm")
    assert "unknown: bokworm" in capsys.readouterr().err
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit, match="1"):
        parsed("noble")


DEBOOTSTRAP = """#!/bin/sh
for folder; do
    case $folder in *.part) mkdir -p "$folder/etc"; echo > "$folder/etc/os-release" ;; esac
done
exit {code}
"""


@pytest.mark.skipif(os.name == "nt", reason="the program that makes systems is a script of a shell")
def test_system_that_was_not_finished_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, folder = tmp_path / "debootstrap", tmp_path / "systems" / "bookworm"
    program.write_text(DEBOOTSTRAP.format(code=1), encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    release = Release("bookworm", "Debian 12", "http://mirror.example/debian", script="sid")
    with pytest.raises(subprocess.CalledProcessError):
        release.make(folder)
    assert not folder.exists()
    program.write_text(DEBOOTSTRAP.format(code=0), encoding="utf-8")
    release.make(folder)
    assert os.listdir(folder.parent) == ["bookworm"]


PROGRAMS = ["sh", "env", "setpriv", "umount", "id", "cat", "ls"]


def copy_program(name: str, system: Path) -> None:
    """Copy a program of this computer, and the libraries that it is linked with."""
    program = shutil.which(name)
    assert program
    linked = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    for file in [program, *re.findall(r"(/\S+)", linked)]:
        target = system / file.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)


@pytest.fixture
def system(tmp_path: Path) -> BareSystem:
    """A system with nothing but a few programs of this computer."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can enter a system")
    if not all(map(shutil.which, ["unshare", "pivot_root", "ldd", *PROGRAMS])):
        pytest.skip("a program is not installed")
    pristine = tmp_path / "pristine"
    for name in ("proc", "sys", "dev", "tmp", "mnt", "etc", "bin", "place"):
        (pristine / name).mkdir(parents=True)
    for name in PROGRAMS:
        copy_program(name, pristine)
    if not (pristine / "bin" / "sh").exists():
        (pristine / "bin" / "sh").symlink_to(str(shutil.which("sh")))
    made = BareSystem(pristine, tmp_path / "system")
    entered, printed = made.run("true")
    if entered and "Operation not permitted" in printed:
        pytest.skip("this computer lets nobody make namespaces")
    return made


def test_command_has_the_system_as_its_root_and_leaves_nothing_mounted(system: BareSystem) -> None:
    (system.folder / "tmp").chmod(0o777)
    around = Around(user=1234, home=None, variables=(("NOTE", "a b"),), umask=0o077)
    line = 'id -u; ls /; echo "$NOTE${HOME-, no home}" > /tmp/note; exit 7'
    code, printed = system.run(line, around)
    assert code == 7, printed
    number, *names = printed.split()
    assert number == "1234"
    assert set(names) <= {path.name for path in system.folder.iterdir()}
    note = system.folder / "tmp" / "note"
    assert note.read_text(encoding="utf-8") == "a b, no home\n"
    assert note.stat().st_mode & 0o777 == 0o600
    assert str(system.folder) not in Path("/proc/self/mountinfo").read_text(encoding="utf-8")
    assert list((system.folder / "proc").iterdir()) == []


def test_folder_can_be_read_only_and_memory_small_or_none(system: BareSystem) -> None:
    assert system.run("echo 1 > /place/file; ls /dev/shm/")[0] == 0
    code, printed = system.run("echo 2 > /place/file", Around(read_only="place"))
    assert code != 0
    assert "Read-only" in printed
    assert system.run("ls /dev/shm/", Around(shared_memory="none"))[0] != 0
    system.run("echo 3 > /tmp/gone", Around(temporary="1M"))
    assert not (system.folder / "tmp" / "gone").exists()
