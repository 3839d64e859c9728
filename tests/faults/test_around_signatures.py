"""Ways around approval with signatures: edited, replayed, and made past the door with a key."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OctKey

from editor.core.commands import Return, SaveStory, Submit
from editor.core.events import OPENED, Event
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.desk import Desk
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import token_hash
from tests.faults import forging
from tests.faults.newsroom import LINA, MARA, SAM, TODAY, TOM, Attack, Room, Ways
from tests.people import approving, joining
from tests.reading import reading

ways = Ways()


# The signed words


def _part(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _value(part: str) -> dict[str, Any]:
    value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert isinstance(value, dict)
    return value


def _edited(room: Room, **changes: object) -> None:
    head, body, signature = forging.token_of(room, "ferry").split(".")
    forging.set_token(room, "ferry", f"{head}.{_part(_value(body) | changes)}.{signature}")


@ways.story("ferry", "signature does not verify")
def the_signed_writers_are_edited(room: Room) -> None:
    _edited(room, writers=[])


@ways.story("ferry", "text of .*version .*was changed")
def the_signed_hash_is_edited(room: Room) -> None:
    hash = forging.rewrite(room, "ferry", "by sea", "by air")
    room.sql("UPDATE versions SET hash = ? WHERE story = ?", hash, room.id("ferry"))
    _edited(room, hash=hash)


@ways.story("ferry", "signature does not verify")
def the_signed_date_is_edited(room: Room) -> None:
    _edited(room, at="2020-01-01T00:00:00Z")


@ways.story("ferry", "signature does not verify")
def the_signed_gates_are_edited(room: Room) -> None:
    _edited(room, gates=["notes", "errors", "warnings"])


@ways.story("ferry", "signature does not verify|not a signature")
def a_token_claims_to_need_no_signature(room: Room) -> None:
    body = forging.token_of(room, "ferry").split(".")[1]
    head = _part({"alg": "none", "kid": room.key(TOM).public.fingerprint})
    forging.set_token(room, "ferry", f"{head}.{body}.")


@ways.story("ferry", "signature does not verify|not a signature")
def a_token_claims_a_secret_that_everybody_knows(room: Room) -> None:
    body = forging.token_of(room, "ferry").split(".")[1]
    key = room.key(TOM).public
    head = {"alg": "HS256", "kid": key.fingerprint}
    secret = OctKey.import_key(key.x.encode())
    payload = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    forging.set_token(room, "ferry", jws.serialize_compact(head, payload, secret))


@ways.story("ferry", "not a signature|signature does not verify")
def a_token_is_rubbish(room: Room) -> None:
    forging.set_token(room, "ferry", "approved by the chief")


@ways.story("ferry", "not the one that was recorded|not an approval")
def a_masthead_is_put_in_the_place_of_an_approval(room: Room) -> None:
    forging.set_token(room, "ferry", room.chain().tokens[0])


@ways.story("ferry", "not the one that was recorded")
def an_approval_is_replaced_by_another_one_of_its_signer(room: Room) -> None:
    forging.set_token(room, "ferry", forging.token_of(room, "wreck"))


@ways.story("ferry", "does not verify|without effect|not sign")
def an_entrys_signature_is_removed(room: Room) -> None:
    room.sql(
        "UPDATE events SET signature = x'' WHERE log = ? AND seq >= (SELECT seq FROM events "
        "WHERE action = 'approved' AND story = ?)",
        *(room.log_of(TOM), room.id("ferry")),
    )


# Somebody without the right signs past the door


@ways.story("tides", "not on the masthead")
def a_stranger_signs(room: Room) -> None:
    key = PrivateKey.generate()
    forging.approve(room, "tides", TOM, key, fresh=True)
    forging.pretend(room, "tides")


@ways.story("tides", "not on the masthead")
def a_stranger_signs_under_a_new_name(room: Room) -> None:
    forging.approve(room, "tides", "Nobody", PrivateKey.generate(), fresh=True)
    forging.pretend(room, "tides")


@ways.story("tides", "journalist")
def a_journalist_signs(room: Room) -> None:
    forging.approve(room, "tides", LINA)
    forging.pretend(room, "tides")


@ways.story("tides", "not on the masthead|somebody else's key|signature")
def a_journalist_signs_in_the_editors_name(room: Room) -> None:
    forging.approve(room, "tides", TOM, room.key(LINA), fresh=True)
    forging.pretend(room, "tides")


@ways.story("tides", "signature of Tom Adeyemi does not verify|broken")
def a_journalist_signs_in_the_editors_log(room: Room) -> None:
    forging.approve(room, "tides", TOM, room.key(LINA), log=room.log_of(TOM))
    forging.pretend(room, "tides")


@ways.story("tides", "not on the masthead|somebody else|speaks for")
def a_journalist_signs_for_the_editor_in_her_own_log(room: Room) -> None:
    forging.approve(room, "tides", TOM, room.key(LINA), log=room.log_of(LINA))
    forging.pretend(room, "tides")


@ways.story("tides", "without effect|signature of Tom Adeyemi on row .* does not verify")
def the_editors_log_is_given_to_a_journalist(room: Room) -> None:
    log = room.log_of(TOM)
    room.sql("UPDATE logs SET key = ? WHERE log = ?", room.key(LINA).public.x, log)
    forging.approve(room, "tides", TOM, room.key(LINA), log=log)
    forging.pretend(room, "tides")


@ways.story("tides", "did not sign|effect")
def a_stolen_statement_has_an_entry_without_a_signature(room: Room) -> None:
    log = room.log_of(TOM)
    forging.approve(room, "tides", TOM, log=log)
    room.sql(
        "UPDATE events SET signature = x'' WHERE log = ? AND seq = ?",
        log,
        forging.tip(room, log)[0],
    )
    forging.pretend(room, "tides")


# Four eyes


@ways.story("crane", "wrote some of this text")
def an_editor_signs_his_own_text_and_says_nobody_wrote_it(room: Room) -> None:
    forging.approve(room, "crane", TOM)
    forging.pretend(room, "crane")


@ways.story("crane", "wrote some of this text|made by Tom")
def an_editor_signs_his_own_text_and_says_another_wrote_it(room: Room) -> None:
    room.sql("UPDATE versions SET author = ? WHERE story = ?", LINA, room.id("crane"))
    forging.approve(room, "crane", TOM, writers=(LINA,))
    forging.pretend(room, "crane")


@ways.story("tides", "Lina Haddad has not signed the text")
def an_editor_puts_an_unsigned_text_into_a_colleagues_log(room: Room) -> None:
    forging.save(room, "tides", LINA, None, body="It came by Tom.")
    forging.approve(room, "tides", TOM, writers=(LINA,))
    forging.pretend(room, "tides")


@ways.story("tides", "has not signed|did not sign|signature|masthead")
def an_editor_signs_a_text_in_a_colleagues_log(room: Room) -> None:
    forging.save(room, "tides", LINA, room.key(TOM), body="It came by Tom.")
    forging.approve(room, "tides", TOM, writers=(LINA,))
    forging.pretend(room, "tides")


@ways.story("tides", "masthead|without effect")
def an_editor_opens_a_log_in_a_colleagues_name(room: Room) -> None:
    key, log = room.key(TOM), token_hex(16)
    room.sql("INSERT INTO logs VALUES (?, ?, ?)", log, LINA, key.public.x)
    opened = Event(OPENED, LINA, "2026-03-03T12:00:00Z", room.chain().desk, detail=key.public.x)
    forging.append(room, opened, key, log)
    forging.save(room, "tides", LINA, key, log, body="It came by Tom.")
    forging.approve(room, "tides", TOM, writers=(LINA,))
    forging.pretend(room, "tides")


@ways.story("tides", "wrote some of this text")
def an_editor_changes_a_colleagues_text_and_says_he_did_not(room: Room) -> None:
    forging.save(room, "tides", TOM, room.key(TOM), body="It came by Tom.")
    forging.approve(room, "tides", TOM, writers=(LINA,))
    forging.pretend(room, "tides")


@ways.story("tides", "has not signed the text")
def an_unsigned_text_of_somebody_who_is_away_is_approved(room: Room) -> None:
    room.save("quay", LINA, body="It came.")
    forging.save(room, "tides", SAM, None, body="It came by Sam.")
    forging.approve(room, "tides", TOM, writers=(LINA, SAM))
    forging.pretend(room, "tides")


# Replays


def _other_desk(room: Room) -> Room:
    """Another desk of the same people, with a story that was approved there."""
    there = Room(room.path.with_name("other.desk"), room.keys)
    house, mara = House("Other"), Person(MARA, Role.CHIEF)
    with Desk.create(there.path, house, mara, clock=lambda: TODAY, keys=room.keys) as desk:
        desk.do(joining(TOM, Role.EDITOR, room.keys), MARA)
        desk.do(joining(LINA, Role.JOURNALIST, room.keys), MARA)
        text = Story(slug="tides", headline="T", body="High at noon.")
        story = desk.do(SaveStory(text), LINA).ids("story")[0]
        desk.do(Submit(story, 1), LINA)
        desk.do(approving(desk, story), TOM)
    return there


@ways.story("tides", "masthead this desk never had|another desk|gone")
def an_approval_from_another_desk_is_replayed(room: Room) -> None:
    there = _other_desk(room)
    token = forging.token_of(there, "tides")
    event = forging.event_of(room, "tides", "approved", TOM, token=token_hash(token))
    forging.put_token(room, "tides", forging.append(room, event, room.key(TOM)), token)
    forging.project(room, "tides")
    forging.pretend(room, "tides")


@ways.story("tides", "another desk")
def a_signature_for_this_text_names_another_desk(room: Room) -> None:
    forging.approve(room, "tides", TOM, desk="f" * 32)
    forging.pretend(room, "tides")


@ways.story("tides", "another desk")
def an_entry_for_this_text_names_another_desk(room: Room) -> None:
    forging.approve(room, "tides", TOM, event={"desk": "f" * 32}, desk="f" * 32)
    forging.pretend(room, "tides")


@ways.story("tides", "another desk|entry was changed outside|does not verify")
def a_whole_log_of_another_desk_is_brought_over(room: Room) -> None:
    there = _other_desk(room)
    log = there.log_of(TOM)
    room.sql("INSERT INTO logs VALUES (?, ?, ?)", log, TOM, room.key(TOM).public.x)
    for row in there.ask(
        "SELECT log, seq, previous, hash, event, body, signature, story, action FROM events "
        "WHERE log = ? ORDER BY seq",
        log,
    ):
        room.sql(
            "INSERT INTO events (log, seq, previous, hash, event, body, signature, story, action) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *row,
        )
    forging.pretend(room, "tides")


@ways.story("ferry", "recorded elsewhere|returned by")
def an_approval_that_was_ended_is_recorded_again(room: Room) -> None:
    token = forging.token_of(room, "ferry")
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    room.do((Submit(room.id("ferry"), 1), LINA))
    event = forging.event_of(room, "ferry", "approved", TOM, token=token_hash(token))
    forging.put_token(room, "ferry", forging.append(room, event, room.key(TOM)), token)
    forging.project(room, "ferry")
    forging.pretend(room, "ferry")


@ways.story("ferry", "in two logs|returned by|entry was changed")
def an_approval_that_was_ended_is_repeated_in_a_second_log(room: Room) -> None:
    ((body,),) = room.ask(
        "SELECT body FROM events WHERE action = 'approved' AND story = ?", room.id("ferry")
    )
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    forging.append(room, Event.from_body(body), room.key(TOM), fresh=True)
    forging.pretend(room, "ferry")


@pytest.mark.parametrize("attack", ways.params)
def test_attack_with_signatures_is_refused(room: Room, attack: Attack) -> None:
    attack(room)


@pytest.mark.parametrize("signature", ["x'00'", "substr(signature, 1, 63)", "zeroblob(64)"])
def test_later_signature_covers_an_entry_whose_own_was_changed(room: Room, signature: str) -> None:
    """One signature covers all entries before it: the text is still what its approver signed."""
    room.sql(
        f"UPDATE events SET signature = {signature} WHERE action = 'approved' AND story = ?",
        room.id("ferry"),
    )
    with room.desk() as desk:
        assert reading(desk).stored(room.id("ferry")).approval
        assert reading(desk).verify_audit().reason == ""
