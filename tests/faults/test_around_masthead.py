"""Ways around approval by the masthead: forged, cut, forked, and used by those who left it."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from editor.core.commands import (
    AddPerson,
    RemoveComputer,
    RemovePerson,
    SetPolicy,
)
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import LogTip
from editor.trust.masthead import Masthead, Member
from tests.faults import forging
from tests.faults.newsroom import (
    LINA,
    MARA,
    NOON,
    TOM,
    Attack,
    Room,
    Ways,
)
from tests.people import joining
from tests.reading import reading

ways = Ways()


# Edited and cut


def _edit(room: Room, old: str, new: str) -> None:
    ((number, token),) = room.ask(
        "SELECT number, token FROM mastheads ORDER BY number DESC LIMIT 1"
    )
    head, body, signature = token.split(".")
    text = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
    assert old in text
    body = base64.urlsafe_b64encode(text.replace(old, new).encode()).rstrip(b"=").decode()
    room.sql(
        "UPDATE mastheads SET token = ? WHERE number = ?", f"{head}.{body}.{signature}", number
    )


@ways.story("ferry", "signature does not verify")
def a_role_is_edited(room: Room) -> None:
    _edit(room, '"role":"journalist"', '"role":"chief"')


@ways.story("ferry", "signature does not verify")
def a_policy_is_edited(room: Room) -> None:
    _edit(room, '"four_eyes":"auto"', '"four_eyes":"never"')


@ways.story("ferry", "signature does not verify")
def a_name_is_edited(room: Room) -> None:
    _edit(room, TOM, "Tom Other")


@ways.story("ferry", "masthead of this desk is gone")
def the_masthead_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM mastheads")


@ways.story("ferry", "not a signed document")
def a_masthead_is_emptied(room: Room) -> None:
    room.sql("UPDATE mastheads SET token = '' WHERE number = 2")


@ways.story("ferry", "a masthead of this desk is missing")
def a_masthead_is_left_out(room: Room) -> None:
    room.sql("DELETE FROM mastheads WHERE number = 2")


@ways.story("ferry", "does not follow the one before")
def a_masthead_is_left_out_and_the_others_move_up(room: Room) -> None:
    room.sql("DELETE FROM mastheads WHERE number = 2")
    room.sql("UPDATE mastheads SET number = number - 1 WHERE number > 2")


@ways.story("ferry", "seen number 5")
def the_newest_masthead_is_deleted(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sql("DELETE FROM mastheads WHERE number = 5")


@ways.story("ferry", "latest masthead of this desk is gone")
def the_newest_masthead_is_deleted_where_it_was_never_seen(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sql("DELETE FROM mastheads WHERE number = 5")
    room.forget()


@ways.story("tides", "seen number 5")
def the_newest_masthead_and_its_entry_are_deleted(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sql("DELETE FROM mastheads WHERE number = 5")
    room.sql("DELETE FROM events WHERE id = (SELECT max(id) FROM events)")
    forging.renumber(room)
    forging.approve(room, "tides", TOM)


@ways.story("ferry", "signature|no chief signed it|does not follow")
def two_mastheads_change_places(room: Room) -> None:
    for old, new in ((2, 9), (3, 2), (9, 3)):
        room.sql("UPDATE mastheads SET number = ? WHERE number = ?", new, old)


# Forged


def _chiefs(room: Room) -> tuple[Member, ...]:
    return tuple(
        Member(Person(name, Role.CHIEF), (room.key(name).public,)) for name in (LINA, MARA, TOM)
    )


def _usurp(room: Room, desk: str, by: str = LINA) -> None:
    """Found the desk again: another chief, and every masthead of before is gone."""
    token = Masthead(desk, 1, _chiefs(room), at=NOON).signed(room.key(by))
    room.sql("DELETE FROM mastheads")
    room.sql("INSERT INTO mastheads VALUES (1, ?)", token)


@ways.story("tides", "held another desk before")
def a_journalist_founds_another_desk(room: Room) -> None:
    _usurp(room, "f" * 32)
    forging.approve(room, "tides", LINA)


@ways.story("tides", "number 1, but this computer has seen number 4")
def a_journalist_founds_the_desk_again(room: Room) -> None:
    _usurp(room, room.chain().desk)
    forging.approve(room, "tides", LINA)


@ways.story("tides", "not the one this computer has seen")
def a_journalist_founds_the_desk_again_with_as_many_mastheads(room: Room) -> None:
    _usurp(room, room.chain().desk)
    for _more in range(3):
        forging.issue_masthead(room, LINA, seen={})
    forging.approve(room, "tides", LINA)


@ways.desk("latest masthead of this desk is gone")
def a_journalist_founds_the_desk_again_where_it_was_never_seen(room: Room) -> None:
    _usurp(room, room.chain().desk)
    room.forget()


@ways.story("ferry", "no chief signed it")
def an_editor_promotes_himself(room: Room) -> None:
    forging.issue_masthead(room, TOM, members=_chiefs(room))


@ways.story("ferry", "no chief signed it")
def a_stranger_puts_himself_on_the_masthead(room: Room) -> None:
    key, members = PrivateKey.generate(), room.chain().latest.members
    nobody = Member(Person("Nobody", Role.CHIEF), (key.public,))
    token = replace(
        *(room.chain().latest,),
        number=5,
        previous=room.chain().latest_hash,
        members=(*members, nobody),
    ).signed(key)
    room.sql("INSERT INTO mastheads VALUES (5, ?)", token)


@ways.story("ferry", "no chief signed it")
def a_former_chief_goes_on_signing(room: Room) -> None:
    room.do((joining(TOM, Role.CHIEF, room.keys), MARA), (RemovePerson(MARA), TOM))
    forging.issue_masthead(room, MARA, room.key(MARA), members=_chiefs(room))


@ways.story("ferry", "seen number 7|not the one this computer has seen")
def a_former_chief_signs_another_end_of_the_chain(room: Room) -> None:
    room.do((joining(TOM, Role.CHIEF, room.keys), MARA), (RemovePerson(MARA), TOM))
    room.sql("DELETE FROM mastheads WHERE number = 6")
    forging.issue_masthead(room, MARA, room.key(MARA), members=_chiefs(room))


@ways.story("ferry", "seen less than the one before")
def a_masthead_has_seen_less_than_the_one_before(room: Room) -> None:
    forging.issue_masthead(room, MARA, seen={})


@ways.desk("rewritten")
def a_masthead_has_seen_what_is_not_there(room: Room) -> None:
    room.forget()
    seen = dict(room.chain().latest.seen) | {room.log_of(TOM): LogTip(99, "f" * 64)}
    forging.issue_masthead(room, MARA, seen=seen)


@ways.story("ferry", "does not follow the one before")
def a_masthead_names_another_desk(room: Room) -> None:
    forging.issue_masthead(room, MARA, desk="f" * 32)


@ways.story("ferry", "does not follow the one before")
def a_masthead_names_another_one_before(room: Room) -> None:
    forging.issue_masthead(room, MARA, previous=room.chain().hashes[0])


@ways.story("ferry", "knows nothing of masthead 5")
def a_masthead_is_recorded_by_nobody(room: Room) -> None:
    chain = room.chain()
    token = replace(chain.latest, number=5, previous=chain.latest_hash).signed(room.key(MARA))
    room.sql("INSERT INTO mastheads VALUES (5, ?)", token)


# Those who left


@ways.story("tides", "not on the masthead")
def who_left_signs_once_more(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    forging.approve(room, "tides", TOM)
    forging.pretend(room, "tides")


@ways.story("tides", "not on the masthead")
def who_left_signs_with_the_clock_set_back(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    early = "2026-03-01T12:00:00Z"
    forging.approve(room, "tides", TOM, event={"at": early})
    forging.pretend(room, "tides")


@ways.story("tides", "not on the masthead")
def who_left_signs_by_the_masthead_of_before(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    forging.approve(room, "tides", TOM, masthead=room.chain().hashes[3])
    forging.pretend(room, "tides")


@ways.story("tides", "not on the masthead")
def who_left_opens_a_new_log(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    forging.approve(room, "tides", TOM, fresh=True, masthead=room.chain().hashes[3])
    forging.pretend(room, "tides")


def _replace_last_entry(room: Room) -> None:
    """Put an approval into the place of the last entry that the chief has seen in Tom's log."""
    log = room.log_of(TOM)
    last = forging.tip(room, log)[0]
    ((event, action),) = room.ask(
        "SELECT event, action FROM events WHERE log = ? AND seq = ?", log, last
    )
    assert action == "banner approved"
    room.sql("DELETE FROM approvals WHERE event = ?", event)
    room.sql("DELETE FROM papers WHERE kind = 'banner'")
    room.sql("DELETE FROM events WHERE action = 'banner'")
    room.sql("DELETE FROM events WHERE log = ? AND seq = ?", log, last)
    forging.approve(room, "tides", TOM, log=log, masthead=room.chain().hashes[3])


@ways.story("tides", "rewritten")
def who_left_rewrites_what_the_chief_has_seen(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    _replace_last_entry(room)


@ways.story("tides", "rewritten|was not on the masthead")
def who_left_rewrites_it_where_it_was_never_seen(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    _replace_last_entry(room)
    forging.renumber(room)
    room.forget()


@ways.story("tides", "rewritten|was not on the masthead|broken")
def who_left_rewrites_the_middle_of_his_log(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    log = room.log_of(TOM)
    ((seq, previous),) = room.ask(
        "SELECT seq, previous FROM events WHERE log = ? AND action = 'saved'", log
    )
    event = forging.event_of(room, "tides", "approved", TOM)
    chain = room.chain()
    with room.desk() as desk:
        stored = reading(desk).stored(room.id("tides"))
    from editor.trust.approval import ApprovalStatement
    from editor.trust.log_tip import token_hash

    token = ApprovalStatement(
        *(chain.desk, "story", stored.hash, stored.id, chain.hashes[3], TOM, (LINA,), event.at),
        *(stored.story.id, "world", (), log, previous),
    ).signed(room.key(TOM))
    room.sql("DELETE FROM events WHERE log = ? AND seq = ?", log, seq)
    event = replace(event, token=token_hash(token))
    id = forging.insert(room, event, room.key(TOM), log, seq, previous)
    forging.put_token(room, "tides", id, token)
    forging.renumber(room)
    forging.project(room, "tides")
    room.forget()


@ways.story("tides", "not on the masthead|rewritten|speaks for")
def who_left_has_somebody_elses_log_given_to_him(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    log, key = room.log_of(MARA), room.key(TOM).public.x
    room.sql("UPDATE logs SET person = ?, key = ? WHERE log = ?", TOM, key, log)
    forging.approve(room, "tides", TOM, log=log, masthead=room.chain().hashes[3])
    forging.pretend(room, "tides")


@ways.story("tides", "not on the masthead")
def a_computer_that_was_removed_signs_once_more(room: Room) -> None:
    old, new = room.key(TOM), PrivateKey.generate()
    tom = Person(TOM, Role.EDITOR)
    room.do((AddPerson(tom, new.public.line(TOM)), MARA))
    room.do((RemoveComputer(TOM, old.public.words), MARA))
    forging.approve(room, "tides", TOM, old)
    forging.pretend(room, "tides")


@ways.story("crane", "wrote some of this text")
def a_person_with_two_computers_approves_what_they_wrote(room: Room) -> None:
    second = PrivateKey.generate()
    room.do((AddPerson(Person(TOM, Role.EDITOR), second.public.line(TOM)), MARA))
    forging.approve(room, "crane", TOM, second, fresh=True)
    forging.pretend(room, "crane")


@ways.story("tides", "journalist")
def who_was_made_a_journalist_signs_once_more(room: Room) -> None:
    room.do((AddPerson(Person(TOM, Role.JOURNALIST)), MARA))
    forging.approve(room, "tides", TOM, masthead=room.chain().hashes[3])
    forging.pretend(room, "tides")


@ways.story("crane", "wrote some of this text")
def an_entry_of_before_is_used_for_what_the_policy_allowed_then(room: Room) -> None:
    room.do((SetPolicy(Policy(FourEyes.NEVER)), MARA), (SetPolicy(Policy()), MARA))
    forging.approve(room, "crane", TOM, masthead=room.chain().hashes[4], fresh=True)
    forging.pretend(room, "crane")


@pytest.mark.parametrize("attack", ways.params)
def test_attack_on_the_masthead_is_refused(room: Room, attack: Attack) -> None:
    attack(room)


def test_what_was_approved_by_somebody_who_left_stays_approved(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    with room.desk() as desk:
        approval = reading(desk).stored(room.id("ferry")).approval
    assert approval
    assert approval.person == TOM
