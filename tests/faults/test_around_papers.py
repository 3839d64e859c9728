"""Ways around approval of what is no story: the house, the banner, notes, dates and clocks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import AddNote, ImportItems, OrderFront, SaveBanner, SetPolicy, Submit
from editor.core.events import BANNER, BANNER_APPROVED, OPENED, Event
from editor.core.front import Front
from editor.core.house import House
from editor.core.policy import Policy
from editor.trust.approval import ApprovalStatement
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import token_hash
from tests.faults import forging
from tests.faults.newsroom import (
    LINA,
    MARA,
    NOON,
    TODAY,
    TOM,
    Attack,
    Room,
    Ways,
    assert_matches,
    export,
)
from tests.faults.signed_papers import last_paper, write_signed
from tests.people import approving_banner
from tests.reading import reading

ways = Ways()


# The house


def _house_content(room: Room, name: str) -> tuple[str, str]:
    house = House(name)
    return house.canonical().decode(), house.hash


@ways.desk("changed outside")
def the_house_is_edited(room: Room) -> None:
    room.sql("UPDATE papers SET content = replace(content, 'Harbour Post', 'Harbour Lies')")


@ways.desk("changed outside")
def the_house_and_its_hash_are_edited(room: Room) -> None:
    content, hash = _house_content(room, "Harbour Lies")
    room.sql(
        "UPDATE papers SET content = ?, hash = ? WHERE kind = 'house' AND number = 2", content, hash
    )


@ways.desk("changed outside")
def the_newest_house_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM papers WHERE kind = 'house' AND number = 2")


@ways.desk("changed outside")
def an_older_house_is_put_last(room: Room) -> None:
    room.sql("UPDATE papers SET number = 9 WHERE kind = 'house' AND number = 1")


@ways.desk("changed outside|does not read back")
def every_house_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM papers WHERE kind = 'house'")


@ways.desk("changed outside|does not read back")
def a_house_is_inserted_that_nobody_saved(room: Room) -> None:
    room.sql("INSERT INTO papers VALUES ('house', 3, ?, ?, 'f00')", *_house_content(room, "Lies"))


@ways.desk("not a signature|did not sign|house is not the one")
def a_house_is_saved_without_a_signature(room: Room) -> None:
    _write_house(room, MARA, None)


@ways.desk("not a chief")
def an_editor_signs_the_house(room: Room) -> None:
    _write_house(room, TOM, room.key(TOM))


@ways.desk("somebody else's key|not on the masthead|does not verify")
def an_editor_signs_the_house_for_the_chief(room: Room) -> None:
    _write_house(room, MARA, room.key(TOM))


@ways.desk("not the one that was recorded|not a signature|not the one that its chief signed")
def the_signature_of_an_older_house_is_used_again(room: Room) -> None:
    tokens = room.ask(
        "SELECT a.event, a.token FROM approvals a JOIN papers p ON p.event = a.event "
        "WHERE p.kind = 'house' ORDER BY p.number"
    )
    room.sql("UPDATE approvals SET token = ? WHERE event = ?", tokens[0][1], tokens[1][0])


def _write_house(room: Room, by: str, key: PrivateKey | None) -> None:
    """Save and sign another house past the door."""
    write_signed(room, "house", _house_content(room, "Harbour Lies"), by, key)


# The banner


def _propose(room: Room, *titles: str) -> None:
    """Save another banner by the door."""
    with room.desk() as desk:
        before = reading(desk).banner()
        briefs = tuple(Brief("", title, "It came.") for title in titles)
        desk.do(SaveBanner(Banner(briefs), before.hash), LINA)


def _approve_banner(room: Room, by: str) -> None:
    with room.desk() as desk:
        desk.do(approving_banner(desk), by)


@ways.desk("changed outside")
def a_brief_is_edited(room: Room) -> None:
    room.sql("UPDATE papers SET content = replace(content, 'Crane', 'Lies') WHERE kind = 'banner'")


@ways.desk("changed outside")
def an_approved_brief_is_edited_while_a_newer_one_waits(room: Room) -> None:
    _propose(room, "Quay")
    room.sql(
        "UPDATE papers SET content = replace(content, 'Crane', 'Lies') "
        "WHERE kind = 'banner' AND number = 1"
    )


@ways.desk("changed outside")
def an_older_banner_is_put_last(room: Room) -> None:
    _propose(room, "Quay")
    _approve_banner(room, TOM)
    room.sql("UPDATE papers SET number = 9 WHERE kind = 'banner' AND number = 1")


@ways.desk("not a signature")
def an_older_banner_returns_when_an_approval_is_deleted(room: Room) -> None:
    _propose(room, "Quay")
    _approve_banner(room, TOM)
    room.sql("DELETE FROM approvals WHERE text = ?", last_paper(room, "banner")[1])


@ways.desk("changed outside")
def an_older_banner_returns_when_the_newer_one_is_deleted(room: Room) -> None:
    _propose(room, "Quay")
    _approve_banner(room, TOM)
    room.sql("DELETE FROM papers WHERE kind = 'banner' AND number = 2")


@ways.desk("changed outside")
def every_brief_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM papers WHERE kind = 'banner'")


@ways.nothing()
def a_brief_waits_for_approval(room: Room) -> None:
    _propose(room, "Quay")


@ways.nothing()
def a_brief_is_imported(room: Room) -> None:
    brief = Brief("", "Quay", "Approved by the chief.")
    room.do((ImportItems((), (brief,), "approved.json"), LINA))


def _write_banner(room: Room, by: str, key: PrivateKey | None, log: str = "") -> tuple[str, str]:
    """Save another banner past the door; its event and its hash."""
    number, last = last_paper(room, "banner")
    banner = Banner((Brief("b", "Lies", "It came by Tom."),))
    event = Event(
        *(BANNER, by, NOON, room.chain().desk),
        parents=(last,),
        subject=banner.hash,
        nonce=token_hex(8),
    )
    id = forging.append(room, event, key, log)
    content = json.dumps(banner.to_json(), separators=(",", ":"), sort_keys=True)
    room.sql(
        "INSERT INTO papers VALUES ('banner', ?, ?, ?, ?)", number + 1, content, banner.hash, id
    )
    return id, banner.hash


def _sign_banner(room: Room, by: str, key: PrivateKey, **changes: object) -> None:
    """Approve the last banner past the door."""
    ((event, hash),) = room.ask(
        "SELECT event, hash FROM papers WHERE kind = 'banner' ORDER BY number DESC LIMIT 1"
    )
    chain, log = room.chain(), room.log_of(by)
    statement = ApprovalStatement(
        *(chain.desk, "banner", hash, event, chain.latest_hash, by, (), NOON),
        log=log,
        previous=forging.tip(room, log)[1],
    )
    token = replace(statement, **changes).signed(key)  # type: ignore[arg-type]
    made = Event(
        *(BANNER_APPROVED, by, NOON, chain.desk), version=event, token=token_hash(token), nonce="1"
    )
    id = forging.append(room, made, key, log)
    room.sql("INSERT INTO approvals VALUES (?, ?, ?)", id, event, token)


@ways.nothing()
def a_brief_is_inserted_in_a_colleagues_name(room: Room) -> None:
    _write_banner(room, LINA, None)


@ways.desk("has not signed the banner|did not sign")
def an_unsigned_brief_in_a_colleagues_name_is_approved(room: Room) -> None:
    _write_banner(room, LINA, None)
    _sign_banner(room, TOM, room.key(TOM), writers=(LINA,))


@ways.desk("wrote some of this text")
def an_editor_approves_his_own_brief(room: Room) -> None:
    _write_banner(room, TOM, room.key(TOM))
    _sign_banner(room, TOM, room.key(TOM))


@ways.desk("not on the masthead when the banner was saved|Lina Haddad")
def an_editor_writes_a_brief_in_a_log_in_a_colleagues_name(room: Room) -> None:
    key, log = room.key(TOM), token_hex(16)
    room.sql("INSERT INTO logs VALUES (?, ?, ?)", log, LINA, key.public.x)
    opened = Event(OPENED, LINA, NOON, room.chain().desk, detail=key.public.x)
    forging.append(room, opened, key, log)
    _write_banner(room, LINA, key, log)
    _sign_banner(room, TOM, key, writers=(LINA,))


@ways.desk("journalist")
def a_journalist_approves_a_brief(room: Room) -> None:
    _propose(room, "Lies")
    _sign_banner(room, LINA, room.key(LINA))


@ways.desk("not a signature|not the one that was recorded")
def an_approval_of_an_older_banner_is_used_again(room: Room) -> None:
    _propose(room, "Quay")
    _approve_banner(room, TOM)
    ((token,),) = room.ask(
        "SELECT a.token FROM approvals a JOIN papers p ON p.event = a.text "
        "WHERE p.kind = 'banner' AND p.number = 1"
    )
    room.sql("UPDATE approvals SET token = ? WHERE text = ?", token, last_paper(room, "banner")[1])


@ways.desk("recorded elsewhere|banner is not the one|another")
def an_approval_of_a_story_is_used_for_the_banner(room: Room) -> None:
    _propose(room, "Lies")
    _sign_banner(room, TOM, room.key(TOM), kind="story", story=room.id("ferry"), section="world")


# The front


def _order(room: Room, *slugs: str) -> None:
    """Order the front by the door."""
    with room.desk() as desk:
        before = reading(desk).front()
        front = Front(tuple(map(room.id, slugs)))
        desk.do(OrderFront(front, before.hash), TOM)


def _lies(room: Room) -> tuple[str, str]:
    """Another front, and its hash."""
    front = Front((room.id("ferry"),))
    return front.canonical().decode(), front.hash


@ways.desk("changed outside")
def the_front_is_edited(room: Room) -> None:
    _order(room, "bridge", "ferry")
    room.sql("UPDATE papers SET content = ? WHERE kind = 'front'", _lies(room)[0])


@ways.desk("changed outside")
def the_front_and_its_hash_are_edited(room: Room) -> None:
    _order(room, "bridge", "ferry")
    room.sql("UPDATE papers SET content = ?, hash = ? WHERE kind = 'front'", *_lies(room))


@ways.desk("changed outside")
def the_newest_front_is_deleted(room: Room) -> None:
    _order(room, "bridge")
    _order(room, "ferry")
    room.sql("DELETE FROM papers WHERE kind = 'front' AND number = 2")


@ways.desk("changed outside")
def an_older_front_is_put_last(room: Room) -> None:
    _order(room, "bridge")
    _order(room, "ferry")
    room.sql("UPDATE papers SET number = 9 WHERE kind = 'front' AND number = 1")


@ways.desk("changed outside")
def every_front_is_deleted(room: Room) -> None:
    _order(room, "bridge")
    room.sql("DELETE FROM papers WHERE kind = 'front'")


@ways.desk("changed outside|does not read back")
def a_front_is_inserted_that_nobody_ordered(room: Room) -> None:
    room.sql("INSERT INTO papers VALUES ('front', 1, ?, ?, 'f00')", *_lies(room))


@ways.desk("not a signature|did not sign")
def a_front_is_ordered_without_a_signature(room: Room) -> None:
    _order(room, "bridge")
    write_signed(room, "front", _lies(room), TOM, None)


@ways.desk("journalist")
def a_journalist_orders_the_front(room: Room) -> None:
    _order(room, "bridge")
    write_signed(room, "front", _lies(room), LINA, room.key(LINA))


@ways.desk("somebody else's key|not on the masthead|does not verify")
def a_journalist_orders_the_front_in_an_editors_name(room: Room) -> None:
    _order(room, "bridge")
    write_signed(room, "front", _lies(room), TOM, room.key(LINA))


@ways.desk("not the one that was recorded|not the one that its editor signed")
def the_signature_of_an_older_front_is_used_again(room: Room) -> None:
    _order(room, "bridge")
    _order(room, "ferry")
    tokens = room.ask(
        "SELECT a.event, a.token FROM approvals a JOIN papers p ON p.event = a.event "
        "WHERE p.kind = 'front' ORDER BY p.number"
    )
    room.sql("UPDATE approvals SET token = ? WHERE event = ?", tokens[0][1], tokens[1][0])


@ways.desk("not a signature")
def the_signature_of_the_front_is_deleted(room: Room) -> None:
    _order(room, "bridge")
    room.sql("DELETE FROM approvals WHERE event = ?", last_paper(room, "front")[1])


@ways.nothing()
def a_killed_story_is_on_the_front(room: Room) -> None:
    _order(room, "wreck", "tides")


# Notes


@ways.audit("notes? .*changed outside|resolved or reopened")
def a_note_is_deleted(room: Room) -> None:
    room.do((AddNote(room.id("ferry"), "Check the fare."), LINA))
    room.sql("DELETE FROM notes WHERE text = 'Check the fare.'")


@ways.audit("note .*changed outside")
def a_note_is_edited(room: Room) -> None:
    room.do((AddNote(room.id("ferry"), "Check the fare."), LINA))
    room.sql("UPDATE notes SET text = 'Fine.' WHERE text = 'Check the fare.'")


@ways.story("tides", "open note")
def a_note_is_resolved_without_a_signature(room: Room) -> None:
    room.do((SetPolicy(Policy(gates=("notes",))), MARA))
    room.do((AddNote(room.id("tides"), "Check the fare."), LINA))
    room.sql("UPDATE notes SET resolved_by = ?, resolved_at = ?", LINA, NOON)
    forging.approve(room, "tides", TOM, gates=("notes",))
    forging.pretend(room, "tides")


@ways.story("tides", "open note|did not sign")
def a_note_is_resolved_by_an_unsigned_entry(room: Room) -> None:
    room.do((SetPolicy(Policy(gates=("notes",))), MARA))
    room.do((AddNote(room.id("tides"), "Check the fare."), LINA))
    ((note,),) = room.ask("SELECT event FROM notes WHERE text = 'Check the fare.'")
    event = forging.event_of(room, "tides", "resolved", LINA, parents=(note,))
    forging.append(room, event, None)
    forging.project(room, "tides")
    forging.approve(room, "tides", TOM, gates=("notes",))
    forging.pretend(room, "tides")


# Dates and clocks


def _timed(room: Room, **times: str) -> None:
    """Approve tides with times of its own."""
    room.save("tides", LINA, **times)
    if room.ask("SELECT stage FROM stories WHERE slug = 'tides'") == [("draft",)]:
        room.do((Submit(room.id("tides"), 2), LINA))
    room.approve("tides", TOM)


@pytest.mark.parametrize("year", [1970, 2025, 9998])
def test_expired_story_stays_expired_whatever_the_clock_says(room: Room, year: int) -> None:
    _timed(room, expires="2026-03-03T13:00:00Z")
    room.now = TODAY + timedelta(hours=2)
    room.do((AddNote(room.id("ferry"), "Later."), LINA))
    room.now = datetime(year, 1, 1, tzinfo=UTC)
    assert_matches(export(room, ["tides"]), "expired since 2026-03-03T13:00:00Z")


def test_embargo_holds_while_the_clock_says_so(room: Room) -> None:
    _timed(room, embargo="2026-03-03T18:00:00Z")
    assert_matches(export(room, ["tides"]), "embargo until 2026-03-03T18:00:00Z")
    with room.desk() as desk, pytest.raises(Exception, match="still to come"):
        reading(desk).edition(["tides"], datetime(9999, 1, 1, tzinfo=UTC))
    room.now = datetime(1970, 1, 1, tzinfo=UTC)
    assert_matches(export(room, ["tides"]), "embargo until 2026-03-03T18:00:00Z")


@pytest.mark.parametrize("attack", ways.params)
def test_attack_on_the_papers_is_refused(room: Room, attack: Attack) -> None:
    attack(room)
