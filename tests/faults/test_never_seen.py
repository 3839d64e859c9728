"""What a computer that never saw a desk can't know, and the words that it shows instead.

A whole desk that somebody else founded, and an older copy in which nothing was changed,
are sound in themselves. The words of the masthead tell the first from the real one; the
second has the same words, and only somebody who knows what was done later can tell.
"""

from __future__ import annotations

import pytest

from editor.cli import main
from editor.core.commands import RemovePerson, Return, SaveStory, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.desk import Desk
from tests.faults.newsroom import LINA, MARA, TODAY, TOM, Room, audit
from tests.people import approving
from tests.reading import reading


def _shown(room: Room, capsys: pytest.CaptureFixture[str]) -> str:
    """What `stonehand masthead` prints of a desk."""
    capsys.readouterr()
    assert main(["masthead", str(room.path)]) == 0
    return capsys.readouterr().out


def test_desk_that_somebody_else_founded_shows_other_words(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    words, desk_id = room.chain().words, room.chain().desk
    assert f"Masthead 4: {words}" in _shown(room, capsys)
    there = Room(room.path.with_name("there.desk"), room.keys)
    house, chief = House("Harbour Post"), Person(LINA, Role.CHIEF)
    with Desk.create(
        there.path, house, chief, clock=lambda: TODAY, keys=room.keys, id=desk_id
    ) as desk:
        story = desk.do(SaveStory(Story(slug="ferry", headline="F", body="It sails.")), LINA).ids(
            "story"
        )[0]
        desk.do(Submit(story, 1), LINA)
        desk.do(approving(desk, story), LINA)
    there.forget()
    with there.desk() as desk:
        assert [item.story.slug for item in reading(desk).edition(None, TODAY).items] == ["ferry"]
    shown = _shown(there, capsys)
    assert f"Masthead 1: {there.chain().words}" in shown
    assert words not in shown


def test_older_copy_shows_the_number_of_its_masthead(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    words, old = room.chain().words, room.copy_database()
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM), (RemovePerson(TOM), MARA))
    assert f"Masthead 5: {words}" in _shown(room, capsys)
    room.put_database(old)
    room.forget()
    assert f"Masthead 4: {words}" in _shown(room, capsys)
    assert audit(room) == ""
    with room.desk() as desk:
        approval = reading(desk).stored(room.id("ferry")).approval
    assert approval
    assert approval.person == TOM
