"""Ways around approval that let somebody innocent do the last step."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_hex

import pytest

from editor.core.commands import (
    Kill,
    Publish,
    Restore,
    SaveStory,
    Submit,
    Update,
)
from editor.core.events import OPENED, Event
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import NotAllowed, UntrustedSignature
from editor.store.desk import Desk
from tests.faults import forging
from tests.faults.newsroom import LINA, MARA, NOON, TOM, Attack, Room, Ways
from tests.people import joining
from tests.reading import reading

ways = Ways()


def _kill_and_put_back(room: Room) -> None:
    copy, story = room.copy_database(), room.id("ferry")
    room.do((Publish(story, 1), TOM), (Kill(story, 1, "It was never true."), MARA))
    room.put_database(copy)


@ways.desk("older copy")
def a_save_makes_a_desk_the_newest_that_was_turned_back(room: Room) -> None:
    _kill_and_put_back(room)
    room.do((SaveStory(Story(headline="Meanwhile")), LINA))


@ways.desk("older copy")
def a_locked_save_makes_a_desk_the_newest_that_was_turned_back(room: Room) -> None:
    _kill_and_put_back(room)
    with Desk.open(room.path, clock=lambda: room.now, keys=room.keys.unlocked("")) as desk:
        desk.do(SaveStory(Story(headline="Meanwhile")), LINA)
        desk.lock_keys()


def _publish_second_version(room: Room) -> str:
    story = room.id("ferry")
    room.do((Publish(story, 1), TOM), (Update(story, 1), LINA))
    room.save("ferry", LINA, body="It sinks now.")
    room.do((Submit(story, 2), LINA))
    room.approve("ferry", TOM)
    room.do((Publish(story, 2), TOM))
    return story


@ways.story("ferry", "version .*was changed|older than what it grew from|numbers of the versions")
def the_numbers_of_two_approved_versions_are_exchanged(room: Room) -> None:
    story = _publish_second_version(room)
    room.sql("UPDATE versions SET number = 99 WHERE story = ? AND number = 1", story)
    room.sql(
        "UPDATE versions SET number = 1, parents = '[2]' WHERE story = ? AND number = 2", story
    )
    room.sql(
        "UPDATE versions SET number = 2, parents = '[]' WHERE story = ? AND number = 99", story
    )
    shown = room.ask(
        "SELECT headline, words, author FROM versions WHERE story = ? AND number = 2", story
    )
    room.sql(
        "UPDATE stories SET headline = ?, words = ?, author = ? WHERE id = ?", *shown[0], story
    )


@ways.story("ferry", "numbers of the versions|entry was changed")
def the_numbers_of_all_versions_are_raised(room: Room) -> None:
    story = room.id("ferry")
    room.sql("UPDATE versions SET number = number + 10 WHERE story = ?", story)
    room.sql("UPDATE stories SET latest = latest + 10 WHERE id = ?", story)


def _plant(room: Room) -> str:
    """A text by the editor, unsigned, in a new log in the journalist's name; its story."""
    draft = Story(slug="lock", headline="The lock", body="The fare is 5 pounds.", section="world")
    with room.desk() as desk:
        story = desk.do(SaveStory(draft), LINA).ids("story")[0]
        stored = reading(desk).stored(story)
    chain, log = room.chain(), token_hex(16)
    public = chain.latest.member(LINA).keys[0].x
    room.sql("INSERT INTO logs VALUES (?, ?, ?)", log, LINA, public)
    opened = Event(OPENED, LINA, NOON, chain.desk, detail=public)
    forging.append(room, opened, None, log)
    text = replace(stored.story, body="The fare is 50 pounds, says Tom.")
    event = forging.event_of(
        room, "lock", "saved", LINA, version="", parents=(stored.id,), subject=text.hash
    )
    id = forging.append(room, event, None, log)
    forging.put_version(room, text, id, LINA, 2, [1])
    forging.project(room, "lock")
    return story


@ways.door(NotAllowed, "text in the name of Lina Haddad was never signed")
def a_text_is_planted_for_its_pretended_writer_to_submit(room: Room) -> None:
    story = _plant(room)
    room.do((Submit(story, 2), LINA))


@pytest.mark.parametrize("attack", ways.params)
def test_attack_through_innocents_is_refused(room: Room, attack: Attack) -> None:
    attack(room)


def test_save_on_another_desk_in_its_place_does_not_make_it_the_real_one(room: Room) -> None:
    chief, there = "Eve Marlow", room.path.with_name("other.desk")
    house, founder = House("Harbour Post"), Person(chief, Role.CHIEF)
    with Desk.create(there, house, founder, clock=lambda: room.now, keys=room.keys) as desk:
        desk.do(joining(LINA, Role.JOURNALIST, room.keys), chief)
    room.path.rename(room.path.with_name("real.desk"))
    there.rename(room.path)
    room.do((SaveStory(Story(headline="Meanwhile")), LINA))
    with room.desk() as desk, pytest.raises(UntrustedSignature, match="held another desk before"):
        reading(desk).edition(None, room.now)


def test_editors_own_words_restored_by_a_colleague_are_still_the_editors(room: Room) -> None:
    story = room.id("tides")
    room.save("tides", TOM, body="Tom's words.")
    room.save("tides", LINA, body="Lina's words.")
    room.approve("tides", MARA)
    room.do(
        (Publish(story, 3), MARA),
        (Update(story, 3), LINA),
        (Restore(story, 3, 2), LINA),
        (Submit(story, 4), LINA),
    )
    with pytest.raises(NotAllowed, match="Tom Adeyemi wrote some of this text"):
        room.approve("tides", TOM)
    room.approve("tides", MARA)


def test_text_that_was_never_signed_can_be_submitted_by_whoever_read_it(room: Room) -> None:
    story = _plant(room)
    with room.desk() as desk:
        hash = reading(desk).stored(story).hash
    room.do((Submit(story, 2, hash), TOM))
    with pytest.raises(NotAllowed, match="Tom Adeyemi wrote some of this text"):
        room.approve("lock", TOM)
    room.approve("lock", MARA)
