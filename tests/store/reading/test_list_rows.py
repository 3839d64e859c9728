"""What `list` prints is proven row by row; nothing else of the desk is read for it."""

from __future__ import annotations

import pytest

from editor.core.commands import Submit
from editor.core.workflow import Stage
from editor.errors import DeskDamaged
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from tests.store.conftest import LINA, change_database, new


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """A desk with a draft and a story in review."""
    new(desk, "Ferry", slug="ferry", section="world")
    desk.do(Submit(new(desk, "Market", slug="market"), 1), LINA)
    return desk


def check(desk: Desk, stage: Stage | None = None, section: str | None = None) -> list[str]:
    """The slugs of a list, proven."""
    wanted = Filter(stage=stage, section=section)
    with desk.read_lists() as lists:
        rows = lists.rows(wanted)
        lists.check(rows, wanted)
    return [row.slug for row in rows]


def test_sound_lists_are_proven(listed: Desk) -> None:
    assert check(listed) == ["market", "ferry"]
    assert check(listed, Stage.DRAFT) == ["ferry"]
    assert check(listed, Stage.DRAFT, "") == []
    assert check(listed, Stage.REVIEW) == ["market"]
    assert check(listed, section="world") == ["ferry"]
    assert check(listed, section="none") == []


@pytest.mark.parametrize("column", ["headline", "section", "language", "author", "updated"])
def test_entry_that_says_something_else_is_told(listed: Desk, column: str) -> None:
    change_database(listed, f"UPDATE stories SET {column} = 'x' WHERE slug = 'ferry'")
    with pytest.raises(DeskDamaged, match="entry of ferry"):
        check(listed, Stage.DRAFT)
    assert check(listed, Stage.REVIEW) == ["market"], "the others are listed"


def test_entry_that_is_missing_or_too_many_is_told(listed: Desk) -> None:
    change_database(listed, "UPDATE counts SET number = 2 WHERE stage = 'draft'")
    for stage in (None, Stage.DRAFT):
        with pytest.raises(DeskDamaged, match="numbers of the lists"):
            check(listed, stage)
    wanted = Filter(stage=Stage.REVIEW)
    with listed.read_lists() as lists:
        rows = lists.rows(wanted)
        lists.check(rows, wanted)
        with pytest.raises(DeskDamaged, match="listed twice"):
            lists.check(rows * 2, wanted)
        with pytest.raises(DeskDamaged, match="numbers of the lists"):
            lists.check([], wanted)
