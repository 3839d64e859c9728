"""What is remembered of a desk: written when its window closes, used where it is still right."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editor.core.canonical import canonical_json, content_hash
from editor.core.commands import SaveStory
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.gui.library.places import DRAFTS, Place, groups
from editor.gui.window.first_frame import first_frame_file, remembered_file, windows_folder
from editor.gui.window.remembered import forget, forget_others, recall, remember
from editor.places import LOCK_FILE
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, WRITER
from tests.reading import reading

Write = Callable[..., str]


def place_of(desk: Desk, key: str) -> Place:
    with desk.read() as snapshot:
        found = groups(snapshot.house(), Person(CHIEF, Role.CHIEF), snapshot.people())
    return next(place for group in found for place in group.places if place.key == key)


@pytest.fixture
def story(desk: Desk, write: Write) -> str:
    """A draft that was open when the window closed."""
    write("quay-opens")
    made = write("harbour-opens", "Harbour opens")
    remember(desk, CHIEF, place_of(desk, DRAFTS), made)
    return made


def last(story: str) -> dict[str, str]:
    return {"place": DRAFTS, "story": story}


def test_list_and_open_draft_come_back_as_they_were(desk: Desk, story: str) -> None:
    found = recall(desk.path, CHIEF, last(story))
    assert found is not None
    assert found.stored == reading(desk).stored(story)
    assert [row.slug for row in found.rows] == ["harbour-opens", "quay-opens"]
    assert found.total == 2
    with desk.read() as snapshot:
        assert found.facts.house == snapshot.house()
        assert found.facts.people == tuple(snapshot.people())
        assert found.facts.counts == snapshot.counts()
        assert found.is_on(snapshot)


def test_file_is_private(desk: Desk, story: str) -> None:
    assert story
    assert stat.S_IMODE(remembered_file(desk.path).stat().st_mode) == 0o600


@pytest.mark.parametrize("stage", [Stage.REVIEW, Stage.APPROVED, Stage.SPIKED])
def test_only_a_draft_is_remembered_for_an_approval_is_verified_first(
    desk: Desk, write: Write, stage: Stage
) -> None:
    made = write("harbour-opens", stage=stage)
    remember(desk, CHIEF, place_of(desk, DRAFTS), made)
    found = recall(desk.path, CHIEF, last(made))
    assert found is not None
    assert found.stored is None


def test_nothing_is_recalled_for_another_person_place_or_story(desk: Desk, story: str) -> None:
    assert recall(desk.path, WRITER, last(story)) is None
    assert recall(desk.path, CHIEF, {"place": "mine", "story": story}) is None
    assert recall(desk.path, CHIEF, last("another")) is None
    assert recall(desk.path, CHIEF, {}) is None


def test_nothing_is_recalled_where_text_was_not_saved(desk: Desk, story: str) -> None:
    desk.journal.write(f"story:{story}", {"story": {}, "base": 1})
    assert recall(desk.path, CHIEF, last(story)) is None
    remember(desk, CHIEF, place_of(desk, DRAFTS), story)
    assert not remembered_file(desk.path).exists()


def test_nothing_is_recalled_of_a_desk_that_is_gone_or_another(desk: Desk, story: str) -> None:
    database = desk.path / "desk.sqlite3"
    copy = desk.path / "copy"
    copy.write_bytes(database.read_bytes())
    aside = database.rename(desk.path / "aside")
    assert recall(desk.path, CHIEF, last(story)) is None
    copy.rename(database)
    assert recall(desk.path, CHIEF, last(story)) is None
    aside.replace(database)
    assert recall(desk.path, CHIEF, last(story)) is not None


def test_nothing_is_recalled_of_a_desk_in_the_place_of_a_deleted_one(
    desk: Desk, story: str
) -> None:
    desk.hold()
    remember(desk, CHIEF, place_of(desk, DRAFTS), story)
    desk.close()
    assert recall(desk.path, CHIEF, last(story)) is not None
    # The file system gives the number of a file that was deleted to the next one.
    (desk.path / LOCK_FILE).unlink()
    assert recall(desk.path, CHIEF, last(story)) is None


def test_nothing_is_recalled_of_a_desk_whose_window_is_open_or_was_killed(
    desk: Desk, story: str
) -> None:
    desk.hold()
    remember(desk, CHIEF, place_of(desk, DRAFTS), story)
    assert recall(desk.path, CHIEF, last(story)) is None
    desk.close()
    assert recall(desk.path, CHIEF, last(story)) is not None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"Harbour opens", b"Harbour burns"),
        lambda data: data.replace(b'"format":3', b'"format":2'),
        lambda data: b"[1, 2]",
        lambda data: json.dumps({"format": 1, "hash": "", "value": None}).encode(),
    ],
)
def test_damaged_file_is_ignored(desk: Desk, story: str, damage: Callable[[bytes], bytes]) -> None:
    file = remembered_file(desk.path)
    file.write_bytes(damage(file.read_bytes()))
    assert recall(desk.path, CHIEF, last(story)) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(people=[]),
        lambda value: value.pop("last"),
        lambda value: value.pop("leaves"),
        lambda value: value["rows"][0].pop("slug"),
        lambda value: value.update(stored=[]),
        lambda value: value.update(rows=5),
    ],
)
def test_file_of_other_values_is_ignored(
    desk: Desk, story: str, change: Callable[[dict[str, Any]], object]
) -> None:
    file = remembered_file(desk.path)
    value = json.loads(file.read_bytes())["value"]
    change(value)
    file.write_bytes(canonical_json({"format": 1, "hash": content_hash(value), "value": value}))
    assert recall(desk.path, CHIEF, last(story)) is None


def test_version_that_the_desk_does_not_have_is_known(desk: Desk, story: str) -> None:
    found = recall(desk.path, CHIEF, last(story))
    assert found is not None
    desk.do(SaveStory(Story(id=story, headline="Another"), 1), WRITER)
    with desk.read() as snapshot:
        assert found.is_on(snapshot)
    forget(desk.path)
    assert recall(desk.path, CHIEF, last(story)) is None


def test_desks_that_left_the_list_are_forgotten(desk: Desk, story: str, tmp_path: Path) -> None:
    assert story
    other = first_frame_file(tmp_path / "Deleted.desk")
    other.write_bytes(b"what it showed")
    kept = windows_folder() / "notes.txt"
    kept.write_bytes(b"somebody's own")
    forget_others([desk.path])
    assert not other.exists()
    assert kept.exists()
    assert remembered_file(desk.path).exists()
    forget_others([])
    assert not remembered_file(desk.path).exists()


def test_file_of_each_desk_is_its_own(tmp_path: Path) -> None:
    assert remembered_file(tmp_path / "A.desk") != remembered_file(tmp_path / "B.desk")
