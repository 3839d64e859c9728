"""Audit and backup name the stories whose pictures are missing or damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from editor.core.commands import SaveHouse, SaveStory
from editor.core.story import Picture, Story
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, MARA
from tests.store.test_pictures import JPEG, PNG


@pytest.fixture
def pictured(desk: Desk) -> Desk:
    """Two stories with one picture, and one whose older version has another."""
    shared, own = desk.pictures.add(JPEG), replace(desk.pictures.add(PNG), caption="A boat " * 10)
    for headline in ("Alpha", "Beta"):
        desk.do(SaveStory(Story(headline=headline, pictures=(shared,))), LINA)
    desk.do(SaveStory(Story(headline="Gamma", pictures=(own,))), LINA)
    gamma = reading(desk).stored(reading(desk).find("gamma"))
    desk.do(SaveStory(replace(gamma.story, pictures=(Picture(alt="x"),)), gamma.version), LINA)
    return desk


def folder(desk: Desk) -> Path:
    return desk.path / "pictures"


def test_sound_pictures_and_those_without_a_file_are_no_problem(pictured: Desk) -> None:
    assert reading(pictured).picture_problems() == []


def test_missing_picture_is_named_with_all_its_stories(pictured: Desk) -> None:
    name = pictured.pictures.add(JPEG).file
    (folder(pictured) / name).unlink()
    [problem] = reading(pictured).picture_problems()
    assert problem.file == name
    assert str(problem) == "alpha, beta: The desk has no file of this picture."


def test_altered_picture_of_an_older_version_is_named_until_it_is_added_again(
    pictured: Desk,
) -> None:
    name = pictured.pictures.add(PNG).file
    altered = bytearray(PNG)
    altered[len(PNG) // 2] ^= 1  # of the same size
    (folder(pictured) / name).write_bytes(altered)
    [problem] = reading(pictured).picture_problems()
    sentence = "The file of this picture is not the original: it was altered."
    assert str(problem) == f"gamma, “{'A boat ' * 8}A b…”: {sentence}"
    pictured.pictures.add(PNG)
    assert reading(pictured).picture_problems() == []


def test_backup_names_the_story_whose_picture_is_missing(pictured: Desk, tmp_path: Path) -> None:
    name = pictured.pictures.add(JPEG).file
    (folder(pictured) / name).unlink()
    [sentence] = pictured.backup(tmp_path / "b.zip").problems
    assert sentence.startswith("alpha, beta: The desk has no file")
    assert sentence.endswith("It is not in the backup.")


def test_logo_is_in_the_backup_and_is_named_when_it_is_missing(desk: Desk, tmp_path: Path) -> None:
    file = desk.pictures.add(PNG).file
    house = reading(desk).house()
    desk.do(SaveHouse(replace(house, logo=file), house.hash), MARA)
    whole = desk.backup(tmp_path / "whole.zip")
    assert whole.problems == ()
    with ZipFile(tmp_path / "whole.zip") as archive:
        assert f"pictures/{file}" in archive.namelist()
    (folder(desk) / file).unlink()
    [problem] = reading(desk).picture_problems()
    assert str(problem) == "“the paper’s logo”: The desk has no file of this picture."
