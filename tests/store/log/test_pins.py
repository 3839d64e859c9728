"""What this computer remembers, and how a person says that an older copy is meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from editor.core.commands import RemovePerson, SetPolicy
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.policy import Policy
from editor.errors import UntrustedSignature
from editor.places import config_folder
from editor.store.desk import Desk
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
    with older, pytest.raises(UntrustedSignature, match=r"number 1, .* number 2") as refusal:
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


@pytest.mark.parametrize("text", ["", "{", "[]", '{"desks": {"a": 1}}'])
def test_unreadable_pins_are_replaced(desk: Desk, text: str) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    file = config_folder() / "mastheads.json"
    file.write_text(text)
    story = approved(desk)
    assert reading(desk).stored(story).approval
    chain = reading(desk).masthead()
    assert chain is not None
    assert chain.latest_hash in file.read_text()


def test_approval_works_when_pins_cannot_be_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STONEHAND_CONFIG", str(tmp_path / "file"))
    assert reading(desk).stored(approved(desk)).approval


def test_new_desk_in_the_same_place_is_accepted(desk: Desk) -> None:
    approved(desk)
    desk.close()
    shutil.rmtree(desk.path)
    with Desk.create(desk.path, House("New"), Person(MARA, Role.CHIEF)) as again:
        again.do(joining(LINA, Role.JOURNALIST), MARA)
        again.do(SetPolicy(Policy()), MARA)
        assert reading(again).masthead()
