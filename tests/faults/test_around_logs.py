"""Ways around approval by the logs: cut, forged, moved, mixed, and continued by others.

Some of it one story can't show, such as the end of somebody's log that was cut off:
then nothing leaves the desk, and the audit says why.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

import pytest

from editor.core.commands import Kill, Return, SetPolicy
from editor.core.events import OPENED, Event, entry_hash, signed_bytes
from editor.core.policy import Policy
from editor.core.workflow import Action
from editor.errors import UntrustedSignature
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
from tests.faults import forging
from tests.faults.newsroom import LINA, MARA, NOON, TOM, Attack, Room, Ways, assert_desk_is_refused
from tests.reading import reading

ways = Ways()


# Cut and changed


def _hide_last(room: Room, slug: str) -> None:
    """Hide the last entry of a story from it, as if it had never been written."""
    forging.hide_from_index(room, "events_of_story", _last(room, room.id(slug)))
    forging.project(room, slug)


def _last(room: Room, story: str) -> int:
    ((entry,),) = room.ask("SELECT max(id) FROM events WHERE story = ?", story)
    return int(entry)


@ways.desk("index was changed|damaged")
def the_return_of_an_approved_story_is_hidden(room: Room) -> None:
    room.do((Return(room.id("ferry"), 1, "No."), TOM))
    _hide_last(room, "ferry")


@ways.desk("index was changed|damaged")
def the_kill_of_a_story_is_hidden(room: Room) -> None:
    room.do((Kill(room.id("bridge"), 3, "No."), MARA))
    _hide_last(room, "bridge")


@ways.desk("index was changed|damaged")
def the_approval_of_the_banner_is_hidden(room: Room) -> None:
    forging.hide_from_index(room, "events_of_story", _last(room, ""))


@ways.desk("row before .* is missing")
def an_entry_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM events WHERE id = 3")


@ways.desk("does not follow the one before it")
def an_entry_is_deleted_and_the_others_move_up(room: Room) -> None:
    room.sql("DELETE FROM events WHERE id = (SELECT min(id) FROM events WHERE action = 'saved')")
    forging.renumber(room)
    room.forget()


@ways.desk("rows after .* are missing|rewritten")
def the_last_entry_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM events WHERE id = (SELECT max(id) FROM events)")


@ways.desk("rows after .* are missing")
def the_last_entry_is_deleted_where_it_was_never_seen(room: Room) -> None:
    the_last_entry_is_deleted(room)
    room.forget()


@ways.desk("rewritten, or an older copy")
def the_last_entry_is_deleted_without_a_gap(room: Room) -> None:
    room.do((SetPolicy(Policy()), MARA), (Return(room.id("tides"), 1, "No."), TOM))
    room.sql("DELETE FROM notes WHERE id = (SELECT max(id) FROM notes)")
    room.sql("DELETE FROM events WHERE id = (SELECT max(id) FROM events)")
    forging.renumber(room)
    forging.project(room, "tides")


@ways.desk("does not follow the one before it")
def two_entries_change_places(room: Room) -> None:
    for old, new in ((2, 900), (3, 2), (900, 3)):
        room.sql("UPDATE events SET id = ? WHERE id = ?", new, old)


@ways.desk("Row .* was changed")
def an_entry_names_another_earlier_one(room: Room) -> None:
    room.sql("UPDATE events SET skip = hash WHERE id = (SELECT max(id) FROM events)")


@ways.desk("does not follow an earlier one")
def an_entry_is_appended_that_names_no_earlier_one(room: Room) -> None:
    log, key = room.log_of(TOM), room.key(TOM)
    while (forging.tip(room, log)[0] + 1) % 4 or not forging.skip_at(
        room, log, forging.tip(room, log)[0] + 1
    ):
        forging.append(room, Event("noted", TOM, NOON, room.chain().desk), key, log)
    seq, previous = forging.tip(room, log)
    event = Event("noted", TOM, NOON, room.chain().desk)
    forging.insert(room, event, key, log, seq + 1, previous, skip="")


@ways.desk("Row .* was changed")
def another_name_is_written_into_an_entry(room: Room) -> None:
    room.sql("UPDATE events SET body = replace(body, ?, ?) WHERE id = 3", MARA, LINA)


@ways.desk("Row .* was changed")
def another_story_is_written_beside_an_entry(room: Room) -> None:
    room.sql("UPDATE events SET story = ? WHERE action = 'house'", room.id("ferry"))


@ways.desk("Row .* was changed")
def the_hash_of_an_entry_is_emptied(room: Room) -> None:
    room.sql("UPDATE events SET hash = '' WHERE id = 3")


@ways.desk("Row .* was changed|rewritten")
def an_entry_is_moved_to_another_log(room: Room) -> None:
    log = room.log_of(LINA)
    room.sql(
        "UPDATE events SET log = ?, seq = 99 WHERE id = (SELECT max(id) FROM events WHERE log = ?)",
        *(log, room.log_of(MARA)),
    )


@ways.desk("speaks for Lina Haddad in somebody else's log")
def an_entry_is_written_for_somebody_else(room: Room) -> None:
    event = forging.event_of(room, "tides", Action.SAVE.past, LINA, version="")
    forging.append(room, event, room.key(TOM), room.log_of(TOM))


@ways.desk("signature of .* does not verify")
def an_entry_is_signed_with_another_key(room: Room) -> None:
    room.sql(
        "UPDATE events SET signature = ? WHERE log = ? AND seq = ?",
        *(b"\1" * 64, room.log_of(LINA), forging.tip(room, room.log_of(LINA))[0]),
    )


@ways.desk("does not say whose it is|list of logs")
def a_log_has_no_beginning(room: Room) -> None:
    log = token_hex(16)
    room.sql("INSERT INTO logs VALUES (?, ?, ?)", log, TOM, room.key(TOM).public.x)
    event = forging.event_of(room, "tides", Action.RETURN.past, TOM, story="")
    forging.append(room, event, room.key(TOM), log)


@ways.desk("does not say whose it is")
def a_log_begins_twice(room: Room) -> None:
    key = room.key(TOM)
    event = Event(OPENED, TOM, NOON, room.chain().desk, detail=key.public.x)
    forging.append(room, event, key, room.log_of(TOM))


@ways.desk("list of logs was changed")
def a_log_is_listed_that_does_not_exist(room: Room) -> None:
    room.sql("INSERT INTO logs VALUES ('f00', ?, ?)", TOM, room.key(TOM).public.x)


@ways.desk("list of logs was changed|no log|does not verify|without effect")
def a_log_is_not_listed_any_more(room: Room) -> None:
    room.sql("DELETE FROM logs WHERE person = ?", MARA)


@ways.story("ferry", "did not sign|without effect|list of logs")
def the_log_of_the_approver_is_not_listed_any_more(room: Room) -> None:
    room.sql("DELETE FROM logs WHERE person = ?", TOM)


@ways.story("ferry", "without effect|list of logs")
def the_log_of_the_approver_has_another_owner(room: Room) -> None:
    room.sql("UPDATE logs SET person = ? WHERE person = ?", MARA, TOM)


@ways.desk("signature of Mara Quist on row .* does not verify")
def a_log_gets_another_key(room: Room) -> None:
    x = room.key(LINA).public.x
    room.sql("UPDATE logs SET key = ? WHERE log = ?", x, room.log_of(MARA))
    for log, seq, hash in room.ask(
        "SELECT log, max(seq), hash FROM events WHERE log = ?", room.log_of(MARA)
    ):
        room.sql(
            "UPDATE events SET signature = ? WHERE log = ? AND seq = ?",
            *(room.key(LINA).sign_bytes(signed_bytes(hash)), log, seq),
        )


# Written by somebody who read the source


@ways.desk("on another desk")
def an_entry_is_about_another_desk(room: Room) -> None:
    event = forging.event_of(room, "tides", Action.RETURN.past, TOM, story="", desk="f" * 32)
    forging.append(room, event, room.key(TOM))


@ways.story("ferry", "does not know: blessed")
def something_unknown_is_done_to_a_story(room: Room) -> None:
    forging.append(room, forging.event_of(room, "ferry", "blessed", TOM), room.key(TOM))


@ways.desk("does not know: blessed")
def something_unknown_is_done_to_the_desk(room: Room) -> None:
    event = Event("blessed", TOM, NOON, room.chain().desk)
    forging.append(room, event, room.key(TOM))


def _insert_body(room: Room, body: str) -> None:
    """Append a text that is no event of ours to the editor's log."""
    log, key = room.log_of(TOM), room.key(TOM)
    seq, previous = forging.tip(room, log)
    from editor.core.events import event_id

    skip = forging.skip_at(room, log, seq + 1)
    hash = entry_hash(log, seq + 1, previous, event_id(body), skip)
    room.sql(
        "INSERT INTO events (log, seq, previous, skip, hash, event, body, signature, story, "
        "action) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'approved')",
        *(log, seq + 1, previous, skip, hash, event_id(body), body),
        *(key.sign_bytes(signed_bytes(hash)), room.id("ferry")),
    )


@ways.story("ferry", "changed outside|was changed")
def an_entry_is_rubbish(room: Room) -> None:
    _insert_body(room, "approved by the chief")


@ways.story("ferry", "changed outside|was changed")
def an_entry_has_fields_that_nobody_knows(room: Room) -> None:
    event = forging.event_of(room, "ferry", Action.APPROVE.past, TOM)
    _insert_body(room, json.dumps(event.to_json() | {"overrides": "everything"}))


@ways.story("ferry", "changed outside|was changed")
def an_entry_nests_deeper_than_anybody_reads(room: Room) -> None:
    _insert_body(room, "[" * 100_000)


@ways.story("ferry", "changed outside|was changed")
def an_entry_has_a_number_for_a_name(room: Room) -> None:
    event = forging.event_of(room, "ferry", Action.APPROVE.past, TOM)
    _insert_body(room, json.dumps(event.to_json() | {"person": 7}))


@ways.desk("does not say when")
def an_entry_has_no_date(room: Room) -> None:
    event = Event(OPENED, TOM, "yesterday", room.chain().desk, detail=room.key(TOM).public.x)
    key, log = room.key(TOM), token_hex(16)
    room.sql("INSERT INTO logs VALUES (?, ?, ?)", log, TOM, key.public.x)
    forging.append(room, event, key, log)


@ways.story("ferry", "entry was changed outside|does not say when")
def a_date_is_written_so_that_it_sorts_last(room: Room) -> None:
    event = forging.event_of(room, "ferry", Action.RETURN.past, TOM, at="2026-03-03T12:00:00+14:00")
    forging.append(room, event, room.key(TOM))
    forging.project(room, "ferry")
    forging.pretend(room, "ferry", publication="live")


@ways.story("tides", "not submitted|did not sign|can't be|text changed|without effect")
def an_unsigned_return_and_submission_are_inserted(room: Room) -> None:
    forging.decide(room, "tides", Action.RETURN, MARA, None)
    forging.approve(room, "tides", TOM)
    forging.pretend(room, "tides")


@ways.story("quay", "did not sign|without effect")
def a_submission_is_inserted_for_somebody_who_is_away(room: Room) -> None:
    room.save("quay", TOM, body="It came by Tom.")
    forging.decide(room, "quay", Action.SUBMIT, "Sam Okafor", None)
    forging.approve(room, "quay", MARA)
    forging.pretend(room, "quay")


@ways.story("ferry", "without effect|missing|entry was")
def an_event_comes_after_itself(room: Room) -> None:
    event = forging.event_of(room, "ferry", Action.RETURN.past, TOM)
    id = forging.append(room, event, room.key(TOM))
    again = forging.event_of(room, "ferry", Action.RETURN.past, TOM, after=(id, "f" * 64))
    forging.append(room, again, room.key(TOM))


@ways.desk("speaks for Tom Adeyemi in somebody else's log")
def an_event_is_repeated_in_another_log(room: Room) -> None:
    ((body,),) = room.ask(
        "SELECT body FROM events WHERE action = 'approved' AND story = ?", room.id("ferry")
    )
    forging.append(room, Event.from_body(body), room.key(LINA), room.log_of(LINA))


@ways.nothing()
def an_event_is_repeated_in_its_own_log(room: Room) -> None:
    ((body,),) = room.ask(
        "SELECT body FROM events WHERE action = 'approved' AND story = ?", room.id("ferry")
    )
    forging.append(room, Event.from_body(body), room.key(TOM))


@ways.desk("rewritten|signature of .* does not verify")
def every_log_is_chained_again(room: Room) -> None:
    forging.rechain(room, {}, lambda event: replace(event, nonce="f" * 16))


@ways.desk("signature of .* does not verify|masthead|rewritten")
def every_log_is_chained_again_where_it_was_never_seen(room: Room) -> None:
    every_log_is_chained_again(room)
    room.forget()


@ways.desk("signature of .* does not verify|rewritten")
def the_editor_chains_every_log_again(room: Room) -> None:
    forging.rechain(room, {TOM: room.key(TOM)}, lambda event: replace(event, nonce="f" * 16))
    room.forget()


@ways.desk("rewritten|does not verify|not the one")
def the_chief_herself_rewrites_the_past(room: Room) -> None:
    forging.rechain(room, {MARA: room.key(MARA)}, lambda event: replace(event, nonce="f" * 16))


@pytest.mark.parametrize("attack", ways.params)
def test_attack_on_the_logs_is_refused(room: Room, attack: Attack) -> None:
    attack(room)


def _exported(desk: Desk, room: Room) -> list[str]:
    return [item.story.slug for item in reading(desk).edition(None, room.now).items]


def _write_bytes(room: Room, other: Path) -> None:
    """Put the bytes of another database into the desk's, past whoever has it open."""
    with (room.path / DATABASE).open("r+b") as file:
        file.write(other.read_bytes())


def test_bytes_changed_while_a_window_has_the_desk_open_are_found(room: Room) -> None:
    """What it verified a moment ago is no proof: SQLite can't tell who writes past it."""
    ferry, tides = room.id("ferry"), room.id("tides")
    room.do((Return(ferry, 1, "No."), TOM), (Return(tides, 1, "No."), TOM))
    forged = replace(room, path=room.path.with_name("forged.desk"))
    forged.path.mkdir()
    forged.put_database(room.copy_database())
    forging.change_entry(
        forged, _last(room, ferry), lambda event: replace(event, story=tides, action="noted")
    )
    forging.project(forged, "ferry")
    with room.desk() as desk:
        assert _exported(desk, room) == ["bridge"]
        _write_bytes(room, forged.path / DATABASE)
        with pytest.raises(UntrustedSignature, match="does not follow"):
            _exported(desk, room)


def test_older_bytes_put_back_while_a_window_has_the_desk_open_are_found(room: Room) -> None:
    older = room.copy_database()
    room.do((Return(room.id("ferry"), 1, "No."), TOM))
    with room.desk() as desk:
        for _time in range(3):
            assert _exported(desk, room) == ["bridge"]
        _write_bytes(room, older)
        with pytest.raises(UntrustedSignature, match="older copy"):
            _exported(desk, room)
    assert_desk_is_refused(room, "older copy")
