"""What this computer remembers, and how a person says that an older copy is meant."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event

import pytest

from editor.core.commands import RemovePerson, Return, SetPolicy
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.policy import Policy
from editor.errors import UntrustedSignature
from editor.files import write_file
from editor.places import config_folder, data_folder
from editor.store.desk import Desk
from editor.store.log import pins
from tests.people import joining
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, approved, new


@pytest.fixture
def older(desk: Desk) -> Desk:
    """A desk in whose place an older copy was put."""
    story = approved(desk)
    copy = desk.path.with_name("copy.desk")
    desk.close()
    shutil.copytree(desk.path, copy)
    with Desk.open(desk.path) as now:
        now.do(RemovePerson(TOM), MARA)
        assert reading(now).stored(story).approval
    shutil.rmtree(desk.path)
    copy.rename(desk.path)
    return Desk.open(desk.path)


def test_older_masthead_is_refused_with_both_numbers(older: Desk) -> None:
    with older, pytest.raises(UntrustedSignature, match=r"number 3, .* number 4") as refusal:
        reading(older).masthead()
    assert "--accept" in refusal.value.hint


def test_with_an_older_masthead_one_may_write_but_not_decide(older: Desk) -> None:
    with older:
        new(older, "Tides")
        with pytest.raises(UntrustedSignature):
            older.do(SetPolicy(Policy()), MARA)


def test_older_masthead_can_be_accepted(older: Desk) -> None:
    with older:
        assert older.accept_masthead() == reading(older).masthead()
        assert reading(older).stored(reading(older).find("ferry-resumes-after-storm")).approval
        older.do(joining("Ali", Role.EDITOR), MARA)


def test_what_is_written_on_an_accepted_copy_opens_a_new_log(older: Desk) -> None:
    with older:
        older.accept_masthead()
        new(older, "Tides")
        assert [entry.action for entry in reading(older).log(limit=2)] == ["saved", "opened"]
        assert reading(older).verify_audit().reason == ""


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"desks": {"a": 1}}'])
@pytest.mark.parametrize("folder", [config_folder, data_folder])
def test_one_file_of_pins_that_is_gone_or_emptied_is_loud(
    desk: Desk, folder: Callable[[], Path], text: str | None
) -> None:
    story = approved(desk)
    file = folder() / "desks.json"
    assert reading(desk).masthead().desk in file.read_text()
    file.unlink() if text is None else file.write_text(text)
    with pytest.raises(UntrustedSignature, match="is gone from") as refusal:
        reading(desk).edition(None, desk._clock())
    assert str(file) in refusal.value.sentence
    assert "is gone from" in reading(desk).stored(story).refusal
    desk.accept_masthead()
    assert reading(desk).stored(story).approval


@pytest.mark.parametrize("text", ["", "{", "[]"])
def test_both_files_of_pins_emptied_is_loud(desk: Desk, text: str) -> None:
    story = approved(desk)
    for folder in (config_folder, data_folder):
        (folder() / "desks.json").write_text(text)
    assert "is gone from" in reading(desk).stored(story).refusal


@pytest.mark.parametrize("folder", [config_folder, data_folder])
def test_older_file_of_pins_in_one_place_does_not_count(
    desk: Desk, folder: Callable[[], Path], tmp_path: Path
) -> None:
    story, file = approved(desk), folder() / "desks.json"
    before, copy = file.read_bytes(), tmp_path / "copy.desk"
    shutil.copytree(desk.path, copy)
    desk.do(Return(story, 1, "Who says so?"), TOM)
    file.write_bytes(before)
    with Desk.open(copy) as older:
        assert "older copy" in reading(older).stored(story).refusal
    assert reading(desk).stored(story).refusal == ""


def test_desk_is_known_under_another_path_and_through_a_link(older: Desk, tmp_path: Path) -> None:
    older.close()
    renamed = tmp_path / "renamed.desk"
    older.path.rename(renamed)
    link = tmp_path / "link.desk"
    link.symlink_to(renamed)
    for path in (renamed, link):
        with Desk.open(path) as opened, pytest.raises(UntrustedSignature, match="older one"):
            reading(opened).masthead()


def test_approval_works_when_pins_cannot_be_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STONEHAND_CONFIG", str(tmp_path / "file"))
    monkeypatch.setenv("STONEHAND_DATA", str(tmp_path / "file"))
    assert reading(desk).stored(approved(desk)).approval


def test_new_desk_in_the_same_place_is_accepted(desk: Desk) -> None:
    approved(desk)
    desk.close()
    shutil.rmtree(desk.path)
    with Desk.create(desk.path, House("New"), Person(MARA, Role.CHIEF)) as again:
        again.do(joining(LINA, Role.JOURNALIST), MARA)
        again.do(SetPolicy(Policy()), MARA)
        assert reading(again).masthead()


def test_reading_a_desk_is_remembered(desk: Desk) -> None:
    story = approved(desk)
    desk.close()
    copy = desk.path.with_name("copy.desk")
    shutil.copytree(desk.path, copy)
    with Desk.open(desk.path) as now:
        now.do(Return(story, 1, "Who says so?"), TOM)
    for file in (config_folder() / "desks.json", data_folder() / "desks.json"):
        file.unlink()
    with Desk.open(desk.path) as reader:
        assert reading(reader).rows()
    shutil.rmtree(desk.path)
    copy.rename(desk.path)
    with Desk.open(desk.path) as older, pytest.raises(UntrustedSignature, match="older copy"):
        reading(older).masthead()


def test_what_was_read_before_another_process_wrote_does_not_turn_back_what_is_remembered(
    desk: Desk,
) -> None:
    story = approved(desk)
    chain, logs = reading(desk).masthead(), pins.known(reading(desk).masthead().desk).logs
    desk.do(Return(story, 1, "Who says so?"), TOM)
    desk.do(RemovePerson(TOM), MARA)
    seen = pins.known(chain.desk)
    assert (seen.masthead, seen.logs) != ((chain.latest.number, chain.latest_hash), logs)
    pins.remember(desk.path, chain, logs)
    assert pins.known(chain.desk) == seen


def test_what_several_remember_at_the_same_time_is_all_remembered(desk: Desk) -> None:
    chain = reading(desk).masthead()
    names = [f"desk-{number}" for number in range(6)]

    together = Barrier(len(names))

    def remember(name: str) -> None:
        together.wait()
        other = replace(chain, mastheads=(replace(chain.latest, desk=name),), hashes=("0" * 64,))
        pins.remember(desk.path.with_name(name), other, {})

    with ThreadPoolExecutor(len(names)) as workers:
        list(workers.map(remember, names))
    assert [name for name in names if not pins.known(name).masthead[0]] == []


def test_file_that_is_being_written_is_not_taken_for_an_emptied_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody looks while the first of the two files is there, and the second is not yet."""
    chain = reading(desk).masthead()
    first, second = data_folder() / "desks.json", config_folder() / "desks.json"
    first.unlink()
    second.unlink()
    is_half_done, has_looked, found = Event(), Event(), list[Future[pins.Pin]]()
    read_file = pins._read_file

    def read(path: Path) -> object:
        try:
            return read_file(path)
        finally:
            if is_half_done.is_set() and path == second:
                has_looked.set()

    def write(path: Path, data: bytes, *, private: bool) -> None:
        if path == second and not found:
            is_half_done.set()
            found.append(reader.submit(pins.known, chain.desk))
            assert has_looked.wait(10)
        write_file(path, data, private=private)

    with ThreadPoolExecutor(1) as reader:
        monkeypatch.setattr(pins, "_read_file", read)
        monkeypatch.setattr(pins, "write_file", write)
        pins.remember(desk.path, chain, {})
        assert found[0].result().masthead == (chain.latest.number, chain.latest_hash)
