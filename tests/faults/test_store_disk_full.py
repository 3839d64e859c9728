"""A full disk at each kind of write: it is reported, nothing old is harmed, and later it works."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Engine, event

from editor.core.commands import AddNote, SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.errors import DiskFull
from editor.store.desk import Desk
from tests.faults.conftest import CHIEF, WRITER, a_desk, a_story, filled
from tests.reading import every_slug, reading

MUCH = " ".join(str(Random(7).random()) for _ in range(40_000))


def noise() -> bytes:
    out = BytesIO()
    Image.frombytes("RGB", (200, 200), Random(1).randbytes(120_000)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def desk(small_disk: Path) -> Iterator[Desk]:
    with a_desk(small_disk / "post.desk") as desk:
        yield desk


def refuse(desk: Desk, write: Any, *given: Any) -> None:
    with pytest.raises(DiskFull, match="nothing old is harmed") as caught:
        write(*given)
    assert "room" in caught.value.hint
    assert not list(desk.path.rglob("*.part"))


def test_save_on_a_full_disk_is_refused(desk: Desk, small_disk: Path) -> None:
    story = a_story(desk)
    before = reading(desk).stored(story)
    longer = SaveStory(replace(before.story, body=MUCH), 1)
    with filled(small_disk):
        refuse(desk, desk.do, longer, WRITER)
        refuse(desk, desk.do, AddNote(story, MUCH), WRITER)
        assert reading(desk).stored(story) == before
        assert len(reading(desk).versions(story)) == 1
        assert reading(desk).search("ferry")[0].id == story
    desk.do(longer, WRITER)
    assert reading(desk).stored(story).story.body == MUCH


def test_saves_until_the_disk_is_full(desk: Desk, small_disk: Path) -> None:
    saved: list[str] = []

    def save_on() -> None:
        while len(saved) < 1_000:
            saved.append(a_story(desk, f"Story {len(saved)}", MUCH[: 20_000 + len(saved)]))

    with filled(small_disk, leave=600_000), pytest.raises(DiskFull):
        save_on()
    assert 1 < len(saved) < 1_000
    desk.close()
    with Desk.open(desk.path) as again:
        assert set(every_slug(again)) == set(saved)
        for number, story in enumerate(saved):
            assert reading(again).stored(story).story.body == MUCH[: 20_000 + number]


def test_journal_on_a_full_disk_is_refused(desk: Desk, small_disk: Path) -> None:
    desk.journal.write("story:1", {"body": "before"})
    with filled(small_disk):
        refuse(desk, desk.journal.write, "story:1", {"body": MUCH})
        refuse(desk, desk.journal.write, "story:2", {"body": MUCH})
        assert desk.journal.entries() == {"story:1": {"body": "before"}}
    desk.journal.write("story:1", {"body": MUCH})
    assert desk.journal.read("story:1") == {"body": MUCH}


def test_picture_on_a_full_disk_is_refused(desk: Desk, small_disk: Path) -> None:
    data = noise()
    with filled(small_disk, leave=60_000):
        refuse(desk, desk.pictures.add, data)
        assert list((desk.path / "pictures").iterdir()) == []
    assert desk.pictures.read(desk.pictures.add(data).file) == data


def test_desk_is_not_made_on_a_full_disk(small_disk: Path) -> None:
    with filled(small_disk, leave=20_000):
        with pytest.raises(DiskFull):
            Desk.create(small_disk / "new.desk", House("Post"), Person(CHIEF, Role.CHIEF))
        assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_desk_opens_on_a_full_disk(desk: Desk, small_disk: Path) -> None:
    story = a_story(desk)
    desk.close()
    with filled(small_disk), pytest.raises(DiskFull):
        Desk.open(desk.path)
    with Desk.open(desk.path) as again:
        assert reading(again).stored(story).version == 1


@pytest.fixture
def full_database() -> Iterator[list[Any]]:
    """Every database connection made from here on; each may grow by no page at all."""
    made: list[Any] = []

    def keep(raw: Any, _: Any) -> None:
        made.append(raw)

    event.listen(Engine, "connect", keep)
    yield made
    event.remove(Engine, "connect", keep)


def test_database_at_its_size_limit_is_full(tmp_path: Path, full_database: list[Any]) -> None:
    # The same without a small disk: runs for everybody, on every system.
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk)
        before = reading(desk).stored(story)
        for raw in full_database[-1:]:
            raw.execute("PRAGMA max_page_count = 1").fetchall()
        refuse(desk, desk.do, SaveStory(replace(before.story, body=MUCH), 1), WRITER)
        assert reading(desk).stored(story) == before
    with Desk.open(desk.path) as again:
        again.do(SaveStory(replace(before.story, body=MUCH), 1), WRITER)
        assert reading(again).stored(story).version == 2
    shutil.rmtree(desk.path)
