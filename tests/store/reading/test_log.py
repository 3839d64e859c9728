"""What the log says was touched, for whoever shows it to read that again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.brief import Banner, Brief
from editor.core.changes import Changes
from editor.core.commands import (
    AddNote,
    ApproveBanner,
    Command,
    ImportItems,
    OrderFront,
    Return,
    SaveBanner,
    SaveHouse,
    SaveStory,
    Submit,
)
from editor.core.front import Front
from editor.core.people import Role
from editor.core.story import Story
from editor.store.desk import Desk
from tests.people import approving, joining
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, new


@pytest.fixture
def last(desk: Desk) -> int:
    return reading(desk).last_entry()


def test_every_command_is_seen_as_what_it_says_it_changed(desk: Desk) -> None:
    """So that another window reads again the same as one's own."""
    story = new(desk, "Ferry")
    house, banner = reading(desk).house(), reading(desk).banner()
    proposed = Banner((Brief("b1", "Fog", "It is thick."),))
    given: list[tuple[Command, str]] = [
        (SaveStory(Story(id=story, headline="Ferry back", body="It sails."), 1), LINA),
        (AddNote(story, "Who says so?", ""), TOM),
        (Submit(story, 2), LINA),
        (Return(story, 2, "Say who."), TOM),
        (Submit(story, 2), LINA),
        (ImportItems((Story(headline="Fog"),), (Brief("b2", "Rain", "Much."),)), LINA),
        (SaveBanner(proposed, ""), MARA),
        (SaveHouse(replace(house, name="River Post"), house.hash), MARA),
        (OrderFront(Front((story,)), Front().hash), TOM),
        (joining("Ada New", Role.JOURNALIST), MARA),
    ]
    assert banner == Banner()
    for wanted, by in given:
        command = wanted
        if isinstance(wanted, SaveBanner):
            command = replace(wanted, base=reading(desk).banner().hash)
        before = reading(desk).last_entry()
        changes = desk.do(command, by)
        last, seen = reading(desk).changes_since(before)
        assert set(seen.touched) == set(changes.touched), command
        assert last == reading(desk).last_entry() > before
    for command in (approving(desk, story, 2), ApproveBanner(reading(desk).banner().hash)):
        before = reading(desk).last_entry()
        changes = desk.do(command, TOM)
        assert set(reading(desk).changes_since(before)[1].touched) == set(changes.touched)


def test_nothing_is_touched_after_the_last_entry(desk: Desk, last: int) -> None:
    assert reading(desk).changes_since(last) == (last, Changes())


def test_a_story_that_was_saved_often_is_touched_once(desk: Desk, last: int) -> None:
    story = new(desk, "Ferry")
    for version in range(1, 4):
        desk.do(SaveStory(Story(id=story, headline=f"Ferry {version}"), version), LINA)
    _last, changes = reading(desk).changes_since(last)
    assert changes == Changes.of("story", story)
