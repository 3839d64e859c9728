"""Making and opening desks, and what can be asked of one."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from editor.core.commands import Restore, SaveStory, Spike, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Publication, Stage
from editor.errors import BadValue, DeskDamaged, EditorError, NotFound
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from tests.reading import every_slug, reading
from tests.store.conftest import LINA, MARA, TOM, Clock, approved, change_database, new

HOUSE = House("Harbour Post")
CHIEF = Person(MARA, Role.CHIEF)


def test_missing_desk_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "empty.desk").mkdir()
    (tmp_path / "file.desk").write_text("Not a desk.")
    for name in ("none.desk", "empty.desk", "file.desk"):
        with pytest.raises(NotFound, match="no desk at") as caught:
            Desk.open(tmp_path / name)
        assert caught.value.hint
    assert list((tmp_path / "empty.desk").iterdir()) == []


def test_desk_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("Mine.")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("Mine.")
    Desk.create(tmp_path / "old.desk", HOUSE, CHIEF).close()
    for name in ("file", "folder", "old.desk"):
        with pytest.raises(BadValue, match="already something"):
            Desk.create(tmp_path / name, HOUSE, CHIEF)
    with pytest.raises(NotFound, match="no folder"):
        Desk.create(tmp_path / "nowhere" / "x.desk", HOUSE, CHIEF)
    assert (tmp_path / "file").read_text() == "Mine."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "old.desk"]


def test_failure_while_making_a_desk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(HOUSE)
    object.__setattr__(broken, "name", object())
    with pytest.raises(TypeError):
        Desk.create(tmp_path / "x.desk", broken, CHIEF)
    assert list(tmp_path.iterdir()) == []


def test_new_desk_has_a_house_a_chief_and_no_stories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbour post %20#1? ميناء.desk").mkdir()
    with Desk.create(Path("harbour post %20#1? ميناء.desk"), HOUSE, CHIEF) as desk:
        assert desk.path.is_absolute()
        assert reading(desk).house() == HOUSE
        assert reading(desk).people() == (CHIEF,)
        assert reading(desk).banner().briefs == ()
        assert reading(desk).rows() == []
        assert reading(desk).count() == 0
        assert reading(desk).counts().stages == {}
        assert not desk.read_only
        story = desk.do(SaveStory(Story(headline="X")), MARA).ids("story")[0]
    with Desk.open(desk.path) as again:
        assert reading(again).stored(story).story.headline == "X"


def test_unknown_names_are_not_found(desk: Desk) -> None:
    story = new(desk)
    for number in (0, 2, -1, 10**30):
        with pytest.raises(NotFound, match="no version"):
            reading(desk).stored(story, number)
    for name in ("' OR 1=1 --", "\udcff", "\0", ""):
        for ask in (reading(desk).stored, reading(desk).find, reading(desk).person):
            with pytest.raises(NotFound):
                ask(name)
        assert reading(desk).rows(Filter(section=name or "none", writer=name)) == []
        assert (
            reading(desk).log(name or "none")
            == reading(desk).versions(name)
            == reading(desk).notes(name)
            == []
        )
    assert reading(desk).versions("nowhere") == []
    assert reading(desk).notes("nowhere") == []
    assert reading(desk).log("nowhere") == []


def test_a_story_is_found_by_slug_or_id(desk: Desk) -> None:
    story = new(desk, slug="ferry")
    impostor = new(desk, slug=story)
    assert reading(desk).find("ferry") == reading(desk).find(story) == story
    assert reading(desk).find(impostor) == impostor


def test_rows_are_ordered_by_change_whatever_the_clock_says(desk: Desk, clock: Clock) -> None:
    ids = []
    for number in range(7):
        clock.go(hours=-1)
        ids.append(new(desk, f"Story {number}"))
    for is_oldest, expected in ((False, ids[::-1]), (True, ids)):
        pages = [reading(desk).rows(limit=3, oldest_first=is_oldest)]
        while pages[-1]:
            after = pages[-1][-1].touched
            pages.append(reading(desk).rows(after=after, limit=3, oldest_first=is_oldest))
        assert [len(page) for page in pages] == [3, 3, 1, 0]
        assert [row.id for page in pages for row in page] == expected
    desk.do(Submit(ids[0], 1), LINA)
    assert reading(desk).rows()[0].id == ids[0]
    assert reading(desk).rows(limit=0) == []
    assert reading(desk).rows(limit=-5) == []
    assert len(reading(desk).rows(limit=10**30)) == len(reading(desk).log(ids[0], 10**30)) + 5 == 7
    assert reading(desk).rows(after=0) == []


def test_filters_and_counts(desk: Desk) -> None:
    sea = new(desk, "Sea", section="world", body="Two words", language="ar")
    approved(desk, "Port", section="business")
    gone = new(desk, "Gone", section="world")
    desk.do(Spike(gone, 1), MARA)
    desk.do(SaveStory(replace(reading(desk).stored(sea).story, kicker="K"), 1), TOM)
    row = reading(desk).rows(Filter(section="world", stage=Stage.DRAFT))[0]
    assert (row.id, row.version, row.words, row.author) == (sea, 2, 2, TOM)
    assert (row.language, row.state.publication) == ("ar", Publication.NEVER)
    assert reading(desk).count(Filter(writer=LINA)) == 1
    assert reading(desk).count(Filter(publication=Publication.LIVE)) == 0
    assert reading(desk).count(Filter(section="' OR 1=1 --")) == 0
    assert reading(desk).counts().stages == {Stage.DRAFT: 1, Stage.APPROVED: 1, Stage.SPIKED: 1}
    assert reading(desk).counts().sections == {"world": 2, "business": 1}
    assert reading(desk).counts().publications == {Publication.NEVER: 3}
    for stage in Stage:
        wanted = Filter(stage=stage)
        assert (
            reading(desk).count(wanted)
            == len(reading(desk).rows(wanted))
            == reading(desk).counts().stages.get(stage, 0)
        )


def test_numbers_of_lists_follow_every_change(desk: Desk) -> None:
    story = new(desk, "Sea", section="world")
    assert reading(desk).counts().sections == {"world": 1}
    desk.do(SaveStory(replace(reading(desk).stored(story).story, section="sport"), 1), LINA)
    assert reading(desk).counts().sections == {"sport": 1}
    desk.do(Spike(story, 2), MARA)
    assert reading(desk).counts().stages == {Stage.SPIKED: 1}
    assert reading(desk).count() == reading(desk).count(Filter(stage=Stage.SPIKED)) == 1
    assert reading(desk).verify_audit().reason == ""


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE counts SET number = number + 1",
        "DELETE FROM counts",
        "INSERT INTO counts VALUES ('draft', 'never', 'nowhere', 'en', 1)",
    ],
)
def test_audit_notices_changed_numbers_of_lists(desk: Desk, change: str) -> None:
    new(desk)
    with desk._database.write() as connection:
        connection.exec_driver_sql(change)
    assert "numbers of the lists" in reading(desk).verify_audit().reason
    with pytest.raises(DeskDamaged, match="numbers of the lists"), desk.read_lists() as lists:
        lists.check(lists.rows())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE writer_counts SET number = number + 1",
        "INSERT INTO writer_counts VALUES ('Nobody', 'draft', 1, 0, 1)",
        "DELETE FROM writers",
        "UPDATE writers SET touched = touched - 1",
        "UPDATE writers SET person = 'Somebody'",
        "UPDATE writers SET is_returned = 1",
        "INSERT INTO writers SELECT story, 'Somebody', touched, stage, 1, 0 FROM writers",
    ],
)
def test_audit_notices_changed_writers(desk: Desk, change: str) -> None:
    new(desk)
    assert reading(desk).verify_audit().reason == ""
    with desk._database.write() as connection:
        connection.exec_driver_sql(change)
    assert "numbers of the lists" in reading(desk).verify_audit().reason


def test_row_shows_the_latest_version(desk: Desk) -> None:
    story = new(desk, "First", slug="one", section="world", body="a b c")
    desk.do(SaveStory(Story(id=story, slug="two", headline="Second", language="ar"), 1), TOM)
    row = reading(desk).rows()[0]
    assert (row.slug, row.headline, row.section, row.language) == ("two", "Second", "", "ar")
    assert every_slug(desk) == {story: "two"}
    desk.do(Restore(story, 2, 1), LINA)
    row = reading(desk).rows()[0]
    assert (row.slug, row.headline, row.section, row.words) == ("one", "First", "world", 3)


def test_unreadable_version_raises_desk_damaged(desk: Desk) -> None:
    story = new(desk)
    change_database(desk, "UPDATE versions SET content = packed('x' || unpacked(content))")
    with pytest.raises(DeskDamaged, match="ferry-resumes"):
        reading(desk).stored(story)
    assert reading(desk).rows()[0].id == story
    change_database(desk, "UPDATE papers SET content = '[1' WHERE kind = 'house'")
    with pytest.raises(DeskDamaged, match="paper"):
        reading(desk).house()


def test_threads_may_use_a_desk_one_after_another(desk: Desk) -> None:
    found: list[object] = []

    def work() -> None:
        try:
            found.append(new(desk, "From a thread"))
            found.append(reading(desk).search("thread")[0].id)
        except EditorError as error:
            found.append(error)

    for _ in range(3):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert reading(desk).count() == 3
    assert found[0::2] == found[1::2]


def test_closing_leaves_one_file_and_can_be_repeated(desk: Desk) -> None:
    new(desk)
    desk.close()
    desk.close()
    names = {path.name for path in desk.path.iterdir() if path.is_file()}
    assert names == {DATABASE}
