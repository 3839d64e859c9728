# ruff: noqa: PT012 - what is tested is the end of the `with` block

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from editor.errors import Cancelled, DiskFull, NotOurs, OutputError
from editor.formats.edition_document import Origin
from editor.formats.folder_output import FolderOutput
from editor.formats.output import MemoryOutput, ZipOutput, output_for
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.sums import is_empty_or_export, parse_sums

BAD_PATHS = [
    "",
    "/etc/passwd",
    "../out.html",
    "a/../../out.html",
    "a//b",
    "./a",
    "a/",
    "a\\b",
    "C:a",
    "a\0b",
    "a\nb",
    "con",
    "NUL.html",
    "a/aux.txt",
    "dot.",
    "blank ",
    "what?.html",
    "x" * 300,
    "e\u0301.html",
]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def export(folder: Path, files: dict[str, bytes]) -> None:
    with output_for(folder) as out:
        out.write(EDITION, b"{}")
        for path, data in files.items():
            out.write(path, data)
        out.write(SUMS, out.sums.data())


@pytest.mark.parametrize("path", BAD_PATHS)
def test_unportable_paths_are_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError), FolderOutput(tmp_path / "site") as out:
        out.write(path, b"x")
    with pytest.raises(OutputError), MemoryOutput() as memory:
        memory.write(path, b"x")
    with pytest.raises(OutputError), ZipOutput(tmp_path / "a.zip") as packed:
        packed.write(path, b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.html", "a.html"), ("a.html", "A.html"), ("s/a", "S/b"), ("a", "a/b"), ("a/b", "a")],
)
def test_paths_that_collide_on_some_system_are_refused(first: str, second: str) -> None:
    with MemoryOutput() as out:
        out.write(first, b"1")
        with pytest.raises(OutputError):
            out.write(second, b"2")


def test_folder_with_foreign_files_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(OutputError) as caught, FolderOutput(tmp_path) as out:
        out.write("index.html", b"x")
    assert caught.value.hint
    assert tree(tmp_path) == {"letter.txt": b"mine"}


def test_root_of_all_folders_is_refused_as_any_foreign_folder(tmp_path: Path) -> None:
    with pytest.raises(NotOurs):
        output_for(Path(tmp_path.anchor)).check()


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(OutputError), FolderOutput(tmp_path / "site"):
        pass
    with pytest.raises(OutputError), ZipOutput(tmp_path):
        pass


HASH = "0" * 64


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        f"{HASH}  ../x\n{HASH}  {EDITION}\n".encode(),
        f"{HASH}  {EDITION}\n{HASH}  {SUMS}\n".encode(),
        f"{HASH}  z\n{HASH}  {EDITION}\n".encode(),
        f"{HASH}  {EDITION}".encode(),
        f"{HASH}  linux.iso\n".encode(),
    ],
)
def test_broken_forged_or_foreign_list_is_refused(text: bytes, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "x").write_text("outside")
    (site / SUMS).write_bytes(text)
    assert not is_empty_or_export(site)
    with pytest.raises(OutputError), FolderOutput(site) as out:
        out.write("index.html", b"x")
    assert tree(site) == {SUMS: text}
    assert (tmp_path / "x").read_text() == "outside"


def test_signature_is_in_no_list_and_removed_with_the_export_it_signed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    export(site, {"index.html": b"1", SIGNATURE: b"signed"})
    assert set(parse_sums((site / SUMS).read_bytes())) == {"index.html", EDITION}
    export(site, {"index.html": b"1"})
    assert set(tree(site)) == {"index.html", EDITION, SUMS}


def test_second_export_writes_changes_and_removes_old_files(tmp_path: Path) -> None:
    site = tmp_path / "deep" / "site"
    export(site, {"index.html": b"1", "old/gone.html": b"2", "same.html": b"3"})
    os.utime(site / "same.html", (1, 1))
    (site / "CNAME").write_text("foreign")
    (site / "old" / "note").write_text("foreign")
    export(site, {"index.html": b"new", "same.html": b"3", "new/a.html": b"4"})
    assert set(tree(site)) == {
        "index.html",
        "same.html",
        "new/a.html",
        "CNAME",
        "old/note",
        EDITION,
        SUMS,
    }
    assert (site / "index.html").read_bytes() == b"new"
    assert (site / "same.html").stat().st_mtime == 1
    assert set(parse_sums((site / SUMS).read_bytes())) == {
        "index.html",
        "same.html",
        "new/a.html",
        EDITION,
    }


def test_unchanged_export_touches_no_file(tmp_path: Path) -> None:
    files = {"index.html": b"1", "a/b.html": b"2"}
    export(tmp_path / "site", files)
    for path in (tmp_path / "site").rglob("*"):
        os.utime(path, (1, 1))
    export(tmp_path / "site", files)
    assert {path.stat().st_mtime for path in (tmp_path / "site").rglob("*")} == {1}


def test_empty_folder_is_removed_after_its_last_file(tmp_path: Path) -> None:
    export(tmp_path / "site", {"a/b/c.html": b"1", "d.html": b"2"})
    export(tmp_path / "site", {"d.html": b"2"})
    assert set(tree(tmp_path / "site")) == {"d.html", EDITION, SUMS}
    assert not (tmp_path / "site" / "a").exists()


def test_foreign_file_at_an_exported_path_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    export(site, {"index.html": b"1"})
    (site / "robots.txt").write_text("foreign")
    before = tree(site)
    with pytest.raises(OutputError), FolderOutput(site) as out:
        out.write("index.html", b"2")
        out.write("robots.txt", b"ours")
    assert tree(site) == before


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_symbolic_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    export(site, {"a/b.html": b"1", "c.html": b"2"})
    shutil.rmtree(site / "a")
    (site / "a").symlink_to(outside)
    (outside / "b.html").write_bytes(b"theirs")
    with pytest.raises(OutputError), FolderOutput(site) as out:
        out.write("a/b.html", b"ours")
    export(site, {"c.html": b"2"})
    assert tree(outside) == {"b.html": b"theirs"}


@pytest.mark.parametrize("error", [Cancelled, KeyboardInterrupt, ValueError])
def test_cancelled_export_leaves_the_folder_unchanged(
    error: type[BaseException], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    export(site, {"index.html": b"1", "old.html": b"2"})
    before = tree(site)
    with pytest.raises(error), FolderOutput(site) as out:
        out.write("index.html", b"new")
        raise error
    assert tree(site) == before
    with pytest.raises(error), FolderOutput(tmp_path / "x" / "y") as out:
        out.write("index.html", b"new")
        raise error
    with pytest.raises(error), ZipOutput(tmp_path / "a.zip") as packed:
        packed.write("index.html", b"new")
        raise error
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_temporary_folder_of_a_crashed_export_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".stonehand-stage-abc" / "new").mkdir(parents=True)
    (tmp_path / ".stonehand-stage-abc" / "new" / "index.html").write_text("half")
    export(tmp_path, {"index.html": b"1"})
    assert set(tree(tmp_path)) == {"index.html", EDITION, SUMS}


def test_second_export_to_a_folder_does_not_end_the_one_under_way(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with FolderOutput(site) as first:
        first.write(EDITION, b"{}")
        with pytest.raises(OutputError, match="Another export to “site” is under way"):
            FolderOutput(site).__enter__()
        with FolderOutput(tmp_path / "other") as other:
            other.write(EDITION, b"{}")
    assert set(tree(site)) == {EDITION, SUMS}
    export(site, {"index.html": b"after it"})


@pytest.mark.skipif(os.name != "posix", reason="needs permissions as Unix has them")
@pytest.mark.parametrize("umask", [0, 0o027, 0o077], ids=oct)
def test_export_is_private_until_it_is_whole(tmp_path: Path, umask: int) -> None:
    def mode(path: Path) -> int:
        return path.stat().st_mode & 0o777

    before = os.umask(umask)
    try:
        with FolderOutput(tmp_path / "site") as out:
            out.write("a/index.html", b"1")
            [temporary] = tmp_path.glob(".stonehand-stage-*")
            assert mode(temporary) == 0o700
        with ZipOutput(tmp_path / "a.zip") as packed:
            packed.write("index.html", b"1")
            [part] = tmp_path.glob(".*")
            assert mode(part) == 0o600
    finally:
        os.umask(before)
    for name in ("site/a/index.html", f"site/{SUMS}", "a.zip"):
        assert mode(tmp_path / name) == 0o666 & ~umask
    for name in ("site", "site/a"):
        assert mode(tmp_path / name) == 0o777 & ~umask


def test_failed_move_undoes_the_earlier_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    export(site, {"a.html": b"1", "gone.html": b"2"})
    (site / "CNAME").write_text("foreign")  # so that the folder is not switched as a whole
    before = tree(site)
    real = os.replace

    def fails_at_z(source: Path, target: Path) -> None:
        if Path(target).name == "z.html":
            raise OSError(errno.EIO, "Input/output error")
        real(source, target)

    monkeypatch.setattr(os, "replace", fails_at_z)
    with pytest.raises(OutputError), FolderOutput(site) as out:
        out.write("a.html", b"new")
        out.write("new/b.html", b"new")
        out.write("z.html", b"new")
    assert tree(site) == before
    assert not (site / "new").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux, to mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("may not mount")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_full_disk_is_reported_and_the_old_export_stays(small_disk: Path) -> None:
    export(small_disk / "site", {"index.html": b"1" * 1000, "old.html": b"2"})
    export(small_disk / "a.zip", {"index.html": b"1"})
    before = tree(small_disk)
    with pytest.raises(DiskFull), FolderOutput(small_disk / "site") as out:
        out.write("index.html", b"new")
        out.write("large.bin", os.urandom(1_000_000))
    assert tree(small_disk) == before
    with pytest.raises(DiskFull), ZipOutput(small_disk / "a.zip") as packed:
        packed.write("large.bin", os.urandom(1_000_000))
    with pytest.raises(DiskFull), FolderOutput(small_disk / "other") as out:
        for i in range(100):
            out.write(f"{i}.bin", os.urandom(9_000))
    assert tree(small_disk) == before
    assert not (small_disk / "other").exists()


def test_same_files_give_the_same_zip_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        with output_for(tmp_path / name) as out:
            out.write("z.html", b"<p>" * 100)
            out.write("a/p.jpg", b"\xff\xd8" * 100)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["a/p.jpg", "z.html"]
        assert packed.read("z.html") == b"<p>" * 100
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_only_a_changed_zip_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    for data in (b"1", b"1", b"2"):
        export(path, {"index.html": data})
        if data == b"1":
            os.utime(path, (1, 1))
    assert path.stat().st_mtime > 1
    assert [path.name for path in tmp_path.iterdir()] == ["site.zip"]


def test_output_is_chosen_by_the_file_name(tmp_path: Path) -> None:
    assert isinstance(output_for(tmp_path / "a.ZIP"), ZipOutput)
    assert isinstance(output_for(tmp_path / "a"), FolderOutput)


def test_memory_output_is_empty_after_an_error() -> None:
    memory = MemoryOutput()
    with pytest.raises(ValueError, match="stop"), memory:
        memory.write("a", b"1")
        raise ValueError("stop")
    assert memory.files == {}


@pytest.mark.parametrize("name", ["site", "site.zip"])
@pytest.mark.parametrize(
    ("other", "what"),
    [(Origin("api", "d1"), "in another format (site)"), (Origin("site", "d2"), "of another desk")],
)
def test_export_of_another_kind_is_replaced_only_when_forced(
    name: str, other: Origin, what: str, tmp_path: Path
) -> None:
    def export(origin: Origin, *, force: bool = False) -> None:
        head = (
            f'{{\n "stonehand": 1,\n "format": "{origin.format}",\n "desk": "{origin.desk}",\n}}\n'
        )
        with output_for(tmp_path / name, force=force) as out:
            out.begin(b"", origin)
            out.write(EDITION, head.encode())
            out.write(SUMS, out.sums.data())

    export(Origin("site", "d1"))
    before = tree(tmp_path)
    with pytest.raises(NotOurs, match=re.escape(what)):
        export(other)
    assert tree(tmp_path) == before
    export(Origin("site", "d1"))
    export(other, force=True)


@pytest.mark.parametrize("name", ["site", "site.zip"])
def test_signal_as_an_export_begins_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The temporary file or folder was there, and the caller's block had not begun."""

    @contextmanager
    def stopped(_path: Path) -> Iterator[None]:
        yield
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("editor.formats.disk_output.known_problems", stopped)
        output = output_for(tmp_path / name)
        with pytest.raises(KeyboardInterrupt):
            output.__enter__()
    assert list(tmp_path.iterdir()) == []


def test_signal_between_a_temporary_folder_and_its_use_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[Path]()
    mkdir = os.mkdir

    def stopped(path: Path, mode: int = 0o777) -> None:
        mkdir(path, mode)
        made.append(path)
        raise KeyboardInterrupt

    (tmp_path / "site").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(os, "mkdir", stopped)
        with pytest.raises(KeyboardInterrupt):
            output_for(tmp_path / "site").__enter__()
    assert len(made) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "site"]
    assert list((tmp_path / "site").iterdir()) == []
