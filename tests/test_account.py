"""Who is logged in, also where the system knows no name."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import pytest

from editor.account import full_name, login_name
from editor.cli import main as command_line
from editor.errors import NotFound
from editor.places import config_folder, data_folder


def test_name_is_the_one_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "no such login")
    assert login_name() == full_name() == "no such login"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps full names elsewhere")
def test_full_name_comes_without_the_room_and_the_telephone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pwd

    known = pwd.struct_passwd(("mara", "x", 7, 7, "Mara Quill,Room 4,555", "/", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwnam", lambda _login: known)
    assert full_name() == "Mara Quill"


@pytest.mark.parametrize("error", [KeyError, OSError, ImportError])
def test_number_without_a_name_is_nobody(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def unknown() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert login_name() == full_name() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always knows a home")
def test_no_home_is_said_in_a_sentence_and_no_folder_is_called_by_a_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pwd

    def unknown(_number: int) -> object:
        raise KeyError

    for name in ("HOME", "STONEHAND_DATA", "STONEHAND_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.chdir(tmp_path)
    for folder in (data_folder, config_folder):
        with pytest.raises(NotFound, match="no home folder"):
            folder()
    assert command_line(["--version"]) == 0
    assert command_line(["list"]) == 1
    assert list(tmp_path.iterdir()) == []
