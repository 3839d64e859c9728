"""A desk with a chief, an editor and a journalist, and a way to run a verb on it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editor.cli import main
from editor.core.brief import Banner, Brief
from editor.core.commands import SaveBanner, SaveStory
from editor.core.dateline import Dateline
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.desk import Desk
from tests.people import joining
from tests.reading import reading
from tests.templates import copy_template, make_template

Run = Callable[..., tuple[int, str, str]]


_PASSPHRASE = "open sesame"


@pytest.fixture(autouse=True)
def _long_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open keys with a passphrase that is long enough for a key made by a verb."""
    monkeypatch.setenv("STONEHAND_KEYS", str(tmp_path / "private"))
    monkeypatch.setenv("STONEHAND_PASSPHRASE", _PASSPHRASE)


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk and its people's keys."""
    folder = tmp_path_factory.mktemp("paper")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STONEHAND_KEYS", str(folder / "private"))
        patch.setenv("STONEHAND_PASSPHRASE", _PASSPHRASE)
        return make_template(folder, lambda: _make_desk(folder / "Paper.desk"))


def _make_desk(path: Path) -> None:
    house = House("Harbour Post", dateline_template="{city}, {country}–")
    with Desk.create(path, house, Person("Nadia Rahman", Role.CHIEF)) as desk:
        desk.do(joining("Tom Vale", Role.EDITOR), by="Nadia Rahman")
        desk.do(joining("Ines Duarte", Role.JOURNALIST), by="Nadia Rahman")
        story = Story(
            slug="ferry-returns",
            section="world",
            headline="The night ferry returns",
            key_points=("It sails on Monday", "Fares stay as they were"),
            dateline=Dateline(city="Lisbon", country="Portugal"),
            body="The night ferry returns on Monday.\n\nFares stay as they were.",
        )
        desk.do(SaveStory(story), by="Ines Duarte")
        briefs = (Brief(id="b1", title="Crane arrives", summary="It came by sea."),)
        desk.do(SaveBanner(Banner(briefs), reading(desk).banner().hash), by="Ines Duarte")


@pytest.fixture
def desk_path(tmp_path: Path, paper: Path) -> Path:
    """A copy of the desk, with the keys of its people where `_long_passphrase` looks."""
    shutil.copytree(paper / "private", tmp_path / "private")
    return copy_template(paper, "Paper.desk", tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def run_json(run: Run, desk_path: Path) -> Callable[..., Any]:
    def run_json(*words: object) -> Any:
        code, out, err = run(*words, "--desk", desk_path, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return run_json
