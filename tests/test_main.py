"""What the program does with its arguments: opens desks and files, or runs a verb."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from editor.__main__ import main
from editor.errors import NotFound
from editor.places import DESK_FILE

Opened = list[tuple[Path | None, list[Path]]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What the window was asked to open; the folder that the test is in is its own."""
    asked: Opened = []

    def run(desk: Path | None, files: list[Path], link: str) -> int:
        asked.append((desk, [*files, *([Path(link)] if link else [])]))
        return 0

    monkeypatch.setattr("editor.gui.start.run", run)
    return asked


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("Paper.desk", "list"):
        (tmp_path / name).mkdir()
        (tmp_path / name / DESK_FILE).write_bytes(b"")
    (tmp_path / "boat.jpg").write_bytes(b"")
    return tmp_path


def test_desk_and_files_are_opened(
    opened: Opened, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in ([], ["Paper.desk"], ["boat.jpg"], ["Paper.desk", "boat.jpg"], ["./list"]):
        monkeypatch.setattr(sys, "argv", ["stonehand", *arguments])
        assert main() == 0
    desk, picture = here / "Paper.desk", here / "boat.jpg"
    assert opened == [
        (None, []),
        (desk, []),
        (None, [picture]),
        (desk, [picture]),
        (here / "list", []),
    ]


@pytest.mark.parametrize(
    "arguments", [["list"], ["no-such.jpg"], ["boat.jpg", "no-such.jpg"], ["--version"]]
)
def test_anything_else_is_a_command(
    opened: Opened, here: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    assert here.is_dir()
    monkeypatch.setattr(sys, "argv", ["stonehand", *arguments])
    ran: list[list[str]] = []

    def run(given: list[str]) -> int:
        ran.append(given)
        return 0

    monkeypatch.setattr("editor.cli.main", run)
    assert main() == 0
    assert (ran, opened) == ([arguments], [])


def test_database_of_a_desk_opens_the_desk(
    opened: Opened, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["stonehand", str(here / "Paper.desk" / DESK_FILE)])
    assert main() == 0
    assert opened == [(here / "Paper.desk", [])]


def test_known_problem_before_there_is_a_window_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(_desk: Path | None, _files: list[Path], _link: str) -> int:
        raise NotFound("You have no home folder.", "Set HOME.")

    monkeypatch.setattr("editor.gui.start.run", run)
    monkeypatch.setattr(sys, "argv", ["stonehand"])
    assert main() == 1
    assert capsys.readouterr().err == "You have no home folder. Set HOME.\n"


def test_library_that_is_missing_is_named(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = "cannot open shared object file: No such file or directory"

    def run(*_arguments: object) -> int:
        raise ImportError(f"libglib-2.0.so.0: {reason}")

    monkeypatch.setattr("editor.gui.start.run", run)
    monkeypatch.setattr(sys, "argv", ["stonehand", str(here / "Paper.desk")])
    assert main() == 1
    assert capsys.readouterr().err == (
        "A library that Stonehand needs is missing: libglib-2.0.so.0. "
        "Install the package that has it, then start Stonehand again.\n"
    )
    reason = "no such thing"
    with pytest.raises(ImportError, match=reason):
        main()


@pytest.mark.parametrize("link", ["stonehand://story/1/2", "stonehand:", "STONEHAND:x/../y"])
def test_link_is_for_the_window_whatever_is_in_it(
    opened: Opened, here: Path, monkeypatch: pytest.MonkeyPatch, link: str
) -> None:
    (here / "stonehand:").mkdir(exist_ok=True)
    monkeypatch.setattr(sys, "argv", ["stonehand", link])
    assert main() == 0
    assert opened == [(None, [Path(link)])]


def test_addresses_of_files_are_opened_as_their_paths(
    opened: Opened, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, picture = here / "غرفة الأخبار.desk", here / "boat.jpg"
    desk.mkdir()
    (desk / DESK_FILE).write_bytes(b"")
    for arguments in ([desk.as_uri()], [(desk / DESK_FILE).as_uri(), picture.as_uri()]):
        monkeypatch.setattr(sys, "argv", ["stonehand", *arguments])
        assert main() == 0
    monkeypatch.setattr(sys, "argv", ["stonehand", f"file://localhost{picture}"])
    assert main() == 0
    assert opened == [(desk, []), (desk, [picture]), (None, [picture])]


def test_address_on_another_computer_is_refused_with_a_sentence(
    opened: Opened,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = "file://files.example/share/boat.jpg"
    monkeypatch.setattr(sys, "argv", ["stonehand", str(here / "boat.jpg"), address])
    assert main() == 1
    assert capsys.readouterr().err.startswith(f"{address} is not a file of this computer. ")
    assert opened == []


def test_address_of_a_file_that_is_gone_is_named_by_its_path(
    opened: Opened, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = here / "a b.desk"
    monkeypatch.setattr(sys, "argv", ["stonehand", gone.as_uri()])
    assert main() == 1
    assert capsys.readouterr().err.startswith(f"There is no desk at {gone}.")
    assert opened == []


@pytest.mark.parametrize("first", ["show", "--desk"])
def test_addresses_after_a_verb_or_an_option_are_its_own(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    ran: list[list[str]] = []

    def run(given: list[str]) -> int:
        ran.append(given)
        return 0

    monkeypatch.setattr("editor.cli.main", run)
    monkeypatch.setattr(sys, "argv", ["stonehand", first, "file:///boat.jpg"])
    assert main() == 0
    assert (ran, opened) == ([[first, "file:///boat.jpg"]], [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize(
    "words",
    [
        ["-m", "editor", "--version"],
        ["-m", "editor", "key", "--help"],
        ["-c", "import sys; from editor.__main__ import main; sys.exit(main())", "--version"],
    ],
    ids=["version", "help", "as the command that a wheel installs"],
)
def test_output_that_has_no_room_is_one_sentence(words: list[str]) -> None:
    # As for most people: without a buffer nothing is left to be written at the end.
    environment = {name: x for name, x in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, *words],
            env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "The output could not be written: No space left on device.\n"
