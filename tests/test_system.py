"""What the set-up asks of a system that lacks something: one line, or an installation as root."""

from __future__ import annotations

import mmap
import os
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import PySide6
import pytest
import system

ROOT = Path(__file__).resolve().parent.parent

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
    assert asked_line(capsys) == f"su - -c '{update} && {INSTALL} libasound2 libnone1'"
    add_program(programs, "sudo")
    assert asked_line(capsys) == f"sudo {update} && sudo {INSTALL} libasound2 libnone1"


def test_packages_have_the_names_of_the_release(
    programs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "libssl3t64:amd64.list").touch()
    assert asked_line(capsys).endswith(" libasound2t64 libnone1'")


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


def test_builds_need_tools_besides(
    programs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "LIBRARIES", {})
    monkeypatch.setattr(sys, "base_prefix", str(programs))
    add_program(programs, "xz")
    system.provide(with_venv=False)
    assert not capsys.readouterr().out
    with pytest.raises(SystemExit):
        system.provide(with_venv=False, for_build=True)
    assert capsys.readouterr().out.count(f"{INSTALL} binutils'\n") == 1
    # Debian's Python is whole without its own library, which the built program is linked with.
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.setattr(system, "_loads", lambda _library: False)
    with pytest.raises(SystemExit):
        system.provide(with_venv=False, for_build=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"{INSTALL} binutils libpython{version}" in capsys.readouterr().out


def test_root_installs_what_is_missing(
    programs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "is_root", lambda: True)
    system.provide(with_venv=False)
    asked = (programs / "log").read_text().splitlines()
    assert asked == ["update -qq", f"{INSTALL} libasound2 libnone1".removeprefix("apt-get ")]
    add_program(programs, "apt-get", code=100)
    with pytest.raises(SystemExit):
        system.provide(with_venv=False)
    assert f"{INSTALL} libasound2 libnone1" in capsys.readouterr().out


def test_missing_font_is_said_and_stops_nobody(
    programs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(system, "LIBRARIES", {})
    system.provide_font()
    assert not capsys.readouterr().out
    monkeypatch.setattr(system, "FONT_FOLDERS", [str(tmp_path / "none")])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("HOME", str(tmp_path / "none"))
    system.provide(with_venv=False)
    assert not capsys.readouterr().out
    system.provide_font()
    assert f" {system.FONTS}'" in capsys.readouterr().out


def test_other_systems_hear_which_libraries_are_missing(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.remove(programs / "apt-get")
    system.provide(with_venv=True)
    assert "libnone.so.1 libasound.so.none" in capsys.readouterr().out


GLIBC = {"c", "dl", "m", "pthread", "resolv", "rt", "stdc++", "gcc_s"}
"""What every system has that can run Python and apt."""


def linked_with(path: Path) -> Iterator[str]:
    """Yield the libraries that an ELF file of 64 bits is linked with."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        (table,) = struct.unpack_from("<Q", data, 0x28)
        size, count = struct.unpack_from("<HH", data, 0x3A)
        sections = [
            struct.unpack_from("<IIQQQQII", data, table + size * index) for index in range(count)
        ]
        dynamic = next(section for section in sections if section[1] == 6)
        names = sections[dynamic[6]][4]
        for at in range(dynamic[4], dynamic[4] + dynamic[5], 16):
            tag, offset = struct.unpack_from("<QQ", data, at)
            if tag == 1:
                start = names + offset
                yield data[start : data.find(b"\0", start)].decode()


def linked_with_all(files: Iterable[Path], bundled: Path) -> set[str]:
    """Return what files are linked with outside a folder, also by way of files in that."""
    found: set[str] = set()
    unread = list(files)
    while unread:
        names = set(linked_with(unread.pop())) - found
        found |= names
        unread += [bundled / name for name in names if (bundled / name).is_file()]
    return {name for name in found if not (bundled / name).is_file()}


@pytest.mark.skipif(sys.maxsize < 2**32, reason="reads files of 64 bits")
def test_every_library_that_qt_is_linked_with_has_its_package() -> None:
    toolkit = Path(PySide6.__file__).parent
    sources = (ROOT / "editor").rglob("*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    modules = set(re.findall(r"from PySide6\.(Qt\w+)", text))
    assert "QtWebEngineCore" in modules
    plugins = toolkit / "Qt" / "plugins"
    files = [toolkit / f"{module}.abi3.so" for module in modules]
    files += [plugins / "platforms" / f"libq{name}.so" for name in ("xcb", "offscreen")]
    files += [*(plugins / "imageformats").glob("*.so"), toolkit / "Qt/libexec/QtWebEngineProcess"]
    outside = linked_with_all(files, toolkit / "Qt" / "lib")
    ours = re.compile(
        rf"lib({'|'.join(map(re.escape, GLIBC))}|pyside6.*|shiboken6.*)\.so\b|ld-linux"
    )
    assert {name for name in outside if not ours.match(name)} <= set(system.LIBRARIES)
