"""What belongs to a person is outside the program, so it outlives every reinstallation."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from editor import places
from editor.core.workflow import Stage
from editor.places import config_folder, data_folder, settings_file
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from tests.conftest import ROOT
from tests.reading import reading

OURS = ("STONEHAND_DATA", "STONEHAND_CONFIG", "STONEHAND_RENDITIONS", "STONEHAND_KEYS")
PLACES: list[Callable[[], Path]] = [
    places.data_folder,
    places.config_folder,
    places.settings_file,
    places.window_state_file,
    places.shortcuts_file,
    places.renditions_folder,
    places.dictionaries_folder,
    places.my_words_file,
    places.desk_ids_file,
    places.sample_desk,
    places.outbox_folder,
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_built_program_has_nothing_of_a_person_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Callable[[], Path]
) -> None:
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    program = tmp_path / "Stonehand"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(program / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "stonehand"))
    monkeypatch.chdir(tmp_path)
    found = place()
    assert found.is_absolute()
    assert not found.is_relative_to(program)


class Installed:
    """A copy of the program in a folder of its own, as an archive or a package puts it there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "editor", folder / "editor")
        (folder / "resources").symlink_to(ROOT / "resources", target_is_directory=True)

    def run(self, *commands: list[str | Path]) -> None:
        """Run verbs of this copy, in one process: to start one is what takes the time."""
        lines = [[*map(str, command)] for command in commands]
        program = (
            "from editor.trust import key_file; key_file.COST = 1; from editor.cli import main;"
            f"assert not any(map(main, {lines!r}))"
        )
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(
            [sys.executable, "-c", program], env=environment, cwd=self.folder.parent, check=True
        )

    def stamps(self) -> dict[str, tuple[int, int]]:
        """The size and time of every file."""
        return {
            str(path): (path.stat().st_size, path.stat().st_mtime_ns)
            for path in self.folder.rglob("*")
        }


def test_reinstalled_program_finds_settings_key_and_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "a passphrase")
    desk, wire = tmp_path / "Paper.desk", tmp_path / "wire.txt"
    wire.write_text("Harbour opens\n\nBoats came in on Monday.\n", encoding="utf-8")
    first = Installed(tmp_path / "first")
    before = first.stamps()
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('{"appearance": "dark", "of_a_later_version": 7}', encoding="utf-8")
    first.run(
        ["new", desk, "--name", "Harbour Post", "--person", "Nadia Rahman"],
        ["import", wire, "--desk", desk],
    )
    assert first.stamps() == before, "nothing was written into the program's folder"
    kept = persons_files(desk)
    shutil.rmtree(first.folder)
    assert persons_files(desk) == kept
    second = Installed(tmp_path / "second place")
    # What signs is the key that was made by the first copy.
    second.run(["submit", "harbour-opens", "--desk", desk, "--as", "Nadia Rahman"])
    with Desk.open(desk) as opened:
        assert reading(opened).count(Filter(stage=Stage.REVIEW)) == 1
    assert json.loads(settings_file().read_text(encoding="utf-8")) == {
        "appearance": "dark", "of_a_later_version": 7,
    }  # fmt: skip


def persons_files(desk: Path) -> dict[str, bytes]:
    """All files of a desk and of its person, but the log."""
    return {
        str(path): path.read_bytes()
        for folder in (desk, data_folder(), config_folder(), Path(os.environ["STONEHAND_KEYS"]))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".log"
    }
