from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from editor.files import (
    building,
    create_private_file,
    folder_stamps,
    is_writable,
    open_file,
    remove,
    remove_leftovers,
    replacing,
    write_file,
    write_json,
)

THREADS = 8


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Set a umask for the test, and return it."""
    if os.name != "posix":
        pytest.skip("needs permissions as Unix has them")
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def in_threads(write: Callable[[int], object]) -> list[object]:
    """What each of several calls at the same moment returned or raised."""
    start = Barrier(THREADS)

    def run(number: int) -> object:
        start.wait()
        try:
            return write(number)
        except OSError as error:
            return error

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_file_is_replaced_whole(tmp_path: Path) -> None:
    for data in (b"one", b"", b"three"):
        write_file(tmp_path / "a.json", data)
        assert (tmp_path / "a.json").read_bytes() == data
    assert names(tmp_path) == ["a.json"]


def test_unchanged_file_keeps_its_time(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"same")
    os.utime(tmp_path / "a", (1, 1))
    write_file(tmp_path / "a", b"same")
    assert (tmp_path / "a").stat().st_mtime == 1
    write_file(tmp_path / "a", b"else")
    assert (tmp_path / "a").stat().st_mtime > 1
    assert names(tmp_path) == ["a"]


def test_longest_name_can_be_written(tmp_path: Path) -> None:
    write_file(tmp_path / ("a" * 255), b"x")
    assert names(tmp_path) == ["a" * 255]


def test_many_threads_leave_one_whole_file(tmp_path: Path) -> None:
    contents = [bytes([number]) * 200_000 for number in range(THREADS)]

    def write(number: int) -> None:
        for _ in range(10):
            write_file(tmp_path / "a", contents[number])
            assert (tmp_path / "a").read_bytes() in contents

    assert in_threads(write) == [None] * THREADS
    assert names(tmp_path) == ["a"]


def test_of_many_threads_one_creates_a_private_file(tmp_path: Path) -> None:
    def create(number: int) -> int:
        create_private_file(tmp_path / "key", bytes([number]) * 1_000)
        return number

    results = in_threads(create)
    [winner] = [result for result in results if isinstance(result, int)]
    assert sum(isinstance(result, FileExistsError) for result in results) == THREADS - 1
    assert (tmp_path / "key").read_bytes() == bytes([winner]) * 1_000
    assert names(tmp_path) == ["key"]
    if os.name == "posix":
        assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_written_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "a", tmp_path / "none" / "b"):
        with pytest.raises(OSError, match=path.parent.name):
            write_file(path, b"x")
        assert not write_json(tmp_path / "a", {"x": 1})
    assert names(tmp_path) == ["a"]


def fail(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_disk_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space"):
        write_file(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    with pytest.raises(OSError, match="No space"), building(tmp_path / "desk"):
        pass
    assert names(tmp_path) == ["a"]


def test_private_file_is_created_on_a_disk_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", fail)
    create_private_file(tmp_path / "key", b"one")
    with pytest.raises(OSError, match="No space"):
        create_private_file(tmp_path / "key", b"two")
    assert (tmp_path / "key").read_bytes() == b"one"
    assert names(tmp_path) == ["key"]


def test_json_is_written_into_a_new_folder(tmp_path: Path) -> None:
    assert write_json(tmp_path / "new" / "a.json", {"b": 1, "a": "é"})
    assert (tmp_path / "new" / "a.json").read_text() == '{\n "a": "\\u00e9",\n "b": 1\n}'


def test_folder_appears_when_all_of_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    with building(tmp_path / "desk") as folder:
        (folder / "drafts").mkdir()
        (folder / "drafts" / "a").write_bytes(b"x")
        assert list((tmp_path / "desk").iterdir()) == []
    assert (tmp_path / "desk" / "drafts" / "a").read_bytes() == b"x"
    assert names(tmp_path) == ["desk"]


def test_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def stop() -> None:
        with building(tmp_path / "desk") as folder:
            (folder / "a").write_bytes(b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert names(tmp_path) == []
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "mine").touch()
    with pytest.raises(OSError, match="desk"), building(tmp_path / "desk"):
        pass
    assert names(tmp_path / "desk") == ["mine"]


def test_file_is_removed_once(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"x")
    remove(tmp_path / "a")
    remove(tmp_path / "a")
    assert names(tmp_path) == []


def test_leftovers_of_a_crash_are_removed(tmp_path: Path) -> None:
    for name in (".0123.part", "mine.part", ".mine"):
        (tmp_path / name).touch()
    remove_leftovers(tmp_path)
    assert names(tmp_path) == [".mine", "mine.part"]
    remove_leftovers(tmp_path / "none")


def test_probe_leaves_no_trace(tmp_path: Path) -> None:
    assert is_writable(tmp_path)
    assert names(tmp_path) == []


def test_private_file_is_private_from_its_first_byte(tmp_path: Path, umask: int) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o644)
    with replacing(tmp_path / "a", private=True) as part:
        part.write_bytes(b"new")
        assert mode(part) == 0o600
    assert mode(tmp_path / "a") == 0o600
    (tmp_path / "a").chmod(0o644)
    write_file(tmp_path / "a", b"new", private=True)
    assert mode(tmp_path / "a") == 0o600


def test_other_file_follows_the_umask_when_it_is_whole(tmp_path: Path, umask: int) -> None:
    with replacing(tmp_path / "a") as part:
        part.write_bytes(b"new")
        assert mode(part) == 0o600
    assert mode(tmp_path / "a") == 0o666 & ~umask
    assert names(tmp_path) == ["a"]


def test_built_folder_is_private_with_all_in_it(tmp_path: Path, umask: int) -> None:
    (tmp_path / "desk").mkdir()
    with building(tmp_path / "desk") as folder:
        assert mode(folder) == 0o700
        (folder / "drafts").mkdir()
        (folder / "drafts" / "a").write_bytes(b"x")
    desk = tmp_path / "desk"
    assert [mode(path) for path in (desk, desk / "drafts")] == [0o700, 0o700]
    assert mode(desk / "drafts" / "a") == 0o600


def test_disk_without_modes_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    write_file(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_stamps_of_a_folder_show_what_was_written_added_moved_and_removed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    assert folder_stamps(folder) == {}
    (folder / "inside").mkdir(parents=True)
    outside.mkdir()
    (outside / "not-followed").touch()
    (folder / "link").symlink_to(outside)
    file = folder / "inside" / "a"
    file.write_bytes(b"x")
    found = folder_stamps(folder)
    assert found.keys() == {"", "link", "inside", "inside/a"}
    assert folder_stamps(folder) == found
    times = file.stat()
    file.write_bytes(b"y")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert folder_stamps(folder) != found
    found = folder_stamps(folder)
    file.rename(folder / "inside" / "b")
    assert folder_stamps(folder).keys() == {"", "link", "inside", "inside/b"}
    (folder / "inside" / "b").unlink()
    assert folder_stamps(folder)["inside"] != found["inside"]
    with pytest.raises(OSError, match="folder"):
        folder_stamps(tmp_path / "outside" / "not-followed")


def test_signal_while_the_usual_mode_is_found_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch = Path.touch

    def stopped(path: Path, **how: bool) -> None:
        touch(path, exist_ok=how.get("exist_ok", True))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", stopped)
        with pytest.raises(KeyboardInterrupt):
            write_file(tmp_path / "page.html", b"Page")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_pipe_and_device_are_no_files_whatever_leads_to_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path / "link", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(OSError, match="Is a device or a pipe, not a file"):
            open_file(path)
    with pytest.raises(IsADirectoryError):
        open_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_file(tmp_path / "nothing")
    (tmp_path / "text").write_bytes(b"text")
    (tmp_path / "link-to-text").symlink_to(tmp_path / "text")
    with open_file(tmp_path / "link-to-text") as file:
        assert file.read() == b"text"
