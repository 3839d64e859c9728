"""Two builds are compared byte by byte, also inside their packages, and have a list of sums."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import compare
import pytest
import sums


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "two"
    for folder in (one, other):
        (folder / "app").mkdir(parents=True)
        (folder / "app" / "program").write_bytes(b"the same bytes")
        (folder / "app" / "link").symlink_to("program")
    return one, other


def packed(mtime: int, names: str = "ab", text: bytes = b"same") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:xz") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(text), mtime
            archive.addfile(member, io.BytesIO(text))
    return out.getvalue()


def debian(*members: tuple[str, bytes]) -> bytes:
    heads = b"".join(
        f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode()
        + content
        + b"\n" * (len(content) % 2)
        for name, content in members
    )
    return b"!<arch>\n" + heads


def test_same_builds(builds: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main([str(folder) for folder in builds]) == 0
    assert "the same, byte for byte" in capsys.readouterr().out


def test_what_differs_is_said(
    builds: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = builds
    (one / "old").write_bytes(b"")
    (other / "app" / "program").write_bytes(b"the sane bytes!")
    (other / "app" / "link").unlink()
    (other / "app" / "link").symlink_to("../app/program")
    (other / "app").chmod(0o700)
    assert compare.main([str(one), str(other)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "app: drwxr-xr-x and drwx------",
        "app/link: leads to program and to ../app/program",
        "app/program: 14 and 15 bytes, other from byte 6 on",
        "old: only in the first",
    ]


def test_packages_are_looked_into(builds: tuple[Path, Path]) -> None:
    one, other = builds

    def found(ours: bytes, theirs: bytes) -> list[str]:
        (one / "package").write_bytes(ours)
        (other / "package").write_bytes(theirs)
        return list(compare.differences(one, other))

    assert found(packed(1), packed(1)) == []
    assert found(packed(1, "a"), packed(2, "a")) == [
        "package › a: ?rw-r--r-- : 1 and ?rw-r--r-- : 2"
    ]
    assert found(packed(1, "ab"), packed(1, "ba")) == ["package: the members are in another order"]
    assert found(packed(1, "ab"), packed(1, "a")) == ["package › b: only in the first"]
    assert found(
        debian(("debian-binary", b"2.0\n"), ("data.tar.xz", packed(1, "a", b"same"))),
        debian(("debian-binary", b"2.0\n"), ("data.tar.xz", packed(1, "a", b"sane"))),
    ) == ["package › data.tar.xz › a: 4 and 4 bytes, other from byte 2 on"]


BUILD = """
import os, pathlib, sys
pathlib.Path("dist").mkdir()
pathlib.Path("dist/program").write_text(sys.argv[2])
pathlib.Path("dist/window.png").write_text(os.getcwd())
"""


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_commit_is_built_twice_in_clones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    (project / "packaging").mkdir(parents=True)
    program = project / "packaging" / "dev.py"
    git = ["git", "-c", "user.name=Mara", "-c", "user.email=mara@post.example"]

    def commit(script: str) -> None:
        program.write_text(script, encoding="utf-8")
        subprocess.run([*git, "add", "."], cwd=project, check=True)
        subprocess.run([*git, "commit", "--quiet", "-m", "Build"], cwd=project, check=True)

    subprocess.run([*git, "init", "--quiet"], cwd=project, check=True)
    commit(BUILD)
    program.write_text("raise SystemExit('not committed')")
    monkeypatch.setattr(compare, "ROOT", project)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert compare.twice("linux") == 0
    assert "Both builds are the same" in capsys.readouterr().out
    assert not list(tmp_path.glob("stonehand-twice-*"))
    commit(BUILD.replace("sys.argv[2]", "os.environ['TZ']"))
    assert compare.twice("linux") == 1
    assert "program: 3 and 14 bytes, other from byte 0 on" in capsys.readouterr().out
    commit("raise SystemExit(4)")
    assert compare.twice("linux") == 4


def test_sums_are_what_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "stonehand.tar.xz").write_bytes(b"packed")
    (tmp_path / "a list.json").write_bytes(b"{}")
    (tmp_path / "last-list.txt").write_bytes(b"of the build before")
    (tmp_path / "window.png").write_bytes(b"a picture")
    (tmp_path / "folder").mkdir()
    assert sums.main([str(tmp_path)]) == 0
    lines = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert lines == [
        f"{hashlib.sha256(b'{}').hexdigest()}  a list.json",
        f"{hashlib.sha256(b'packed').hexdigest()}  stonehand.tar.xz",
    ]
    if not shutil.which("sha256sum"):
        return
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.call(check, cwd=tmp_path) == 0
    (tmp_path / "stonehand.tar.xz").write_bytes(b"other")
    assert subprocess.call(check, cwd=tmp_path, stderr=subprocess.DEVNULL) == 1
