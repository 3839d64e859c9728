"""How a built program is tried: with nothing of this Python, and what is said where it fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import smoke

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the program here is a script of a shell"
)

PROGRAM = """#!/bin/sh
echo "$PYTHONPATH$QT_QPA_PLATFORM$DISPLAY$WAYLAND_DISPLAY$LANGUAGE|$LANG|$HOME|$PWD"
mkdir -p "$STONEHAND_DATA/logs"
echo "a bug in stone.py" > "$STONEHAND_DATA/logs/crash-1.txt"
exit 3
"""


def make_program(path: Path, folder: Path) -> smoke.Program:
    path.parent.mkdir(parents=True)
    path.write_text(PROGRAM, encoding="utf-8")
    path.chmod(0o700)
    folder.mkdir()
    return smoke.Program(path, folder)


def test_program_has_nothing_of_this_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", "QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE"):
        monkeypatch.setenv(name, "ours")
    folder = tmp_path / "a folder"
    program = make_program(tmp_path / "my programs" / "stonehand", folder)
    assert program.run(code=3) == f"|C.UTF-8|{folder}|{folder}\n"
    with pytest.raises(smoke.Failed, match="exit code 3") as failed:
        program.run("--version")
    assert "a bug in stone.py" in str(failed.value)


def test_libraries_of_a_bundle_are_beside_the_program(tmp_path: Path) -> None:
    frozen = make_program(tmp_path / "stonehand" / "stonehand", tmp_path / "one")
    assert frozen.inner == tmp_path / "stonehand" / "_internal"
    contents = tmp_path / "Stonehand.app" / "Contents"
    (contents / "Frameworks").mkdir(parents=True)
    bundled = make_program(contents / "MacOS" / "stonehand", tmp_path / "two")
    assert bundled.inner == contents / "Frameworks"


def test_first_step_that_fails_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = make_program(tmp_path / "built" / "stonehand", tmp_path / "own")
    assert smoke.main([str(program.path)]) == 1
    assert "✗ ['--version']: exit code 3" in capsys.readouterr().out
