"""Ways around approval that knock at Stonehand's own door: its commands and command lines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    AddNote,
    AddPerson,
    Approve,
    ApproveBanner,
    Command,
    Correct,
    ImportItems,
    Kill,
    OrderFront,
    Publish,
    Reconcile,
    RecordDelivery,
    RemoveComputer,
    RemovePerson,
    RemoveTheme,
    ResolveNote,
    Restore,
    Return,
    SaveBanner,
    SaveHouse,
    SaveHouseStyle,
    SaveStory,
    SaveTargets,
    SaveTheme,
    SetPolicy,
    Spike,
    Submit,
    Unspike,
    Update,
    Withdraw,
)
from editor.core.delivery import Delivery, Target, Targets
from editor.core.findings import Level
from editor.core.front import Front
from editor.core.house import House
from editor.core.house_style import HouseStyle
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.core.theme import ThemeFiles
from editor.errors import (
    BadValue,
    DeskDamaged,
    EditorError,
    KeyUnavailable,
    NotAllowed,
    NotFound,
    Stale,
    UntrustedSignature,
)
from editor.store.commands.handlers import HANDLERS
from editor.store.commands.transaction import Transaction
from editor.store.log.own_logs import OwnLogs
from editor.store.log.writer import LogWriter, Signer
from editor.trust.keyring import KeyFolder
from editor.trust.keys import PrivateKey
from tests.faults import forging
from tests.faults.newsroom import (
    LINA,
    MARA,
    NOON,
    SAM,
    TODAY,
    TOM,
    Attack,
    Room,
    Ways,
)
from tests.people import approving, joining
from tests.reading import reading

ways = Ways()

NO_CHECKS = HouseStyle(levels=(("quotation-in-body", Level.OFF),))
LIES = Targets((Target("Website", "s3://somebody-else/site"),))


# Every command without a key

EVERY_COMMAND: dict[type, Command] = {
    type(command): command
    for command in (
        SaveStory(Story(headline="Sly")),
        ImportItems((Story(headline="Sly"),)),
        Restore("tides", 1, 1),
        Reconcile("tides", (1, 2), Story(headline="Sly")),
        Submit("tides", 1),
        Withdraw("tides", 1),
        Return("tides", 1, "No."),
        Approve("tides", 1, "f" * 64),
        Publish("ferry", 1),
        Correct("bridge", 3, "It is made of wood."),
        Update("bridge", 3),
        Kill("bridge", 3, "It was never true."),
        Spike("tides", 1),
        Unspike("tides", 1),
        AddNote("tides", "Fine."),
        ResolveNote("tides", 1),
        SaveBanner(Banner((Brief("", "Lies", "It came."),)), ""),
        ApproveBanner("f" * 64),
        OrderFront(Front(), ""),
        SaveTargets(LIES, ""),
        RecordDelivery(Delivery("Website", "site", (), "f" * 64, "", 1, 0, 1)),
        SaveHouse(House("Lies"), ""),
        SaveHouseStyle(NO_CHECKS, ""),
        AddPerson(Person("Nobody", Role.CHIEF)),
        RemovePerson(LINA),
        RemoveComputer(LINA, ""),
        SaveTheme(ThemeFiles.of("mine", {"theme.toml": b'parent = "broadsheet"'}), ""),
        RemoveTheme("mine", ""),
        SetPolicy(Policy(FourEyes.NEVER)),
    )
}


@pytest.mark.parametrize("kind", HANDLERS, ids=lambda kind: str(kind.__name__))
@pytest.mark.parametrize("by", [MARA, SAM])
def test_every_command_needs_the_key_of_its_person(room: Room, kind: type, by: str) -> None:
    if by == MARA:
        room.keys_file(MARA).unlink()
    before = room.ask("SELECT count(*) FROM events")
    with pytest.raises(KeyUnavailable, match=f"key of {by} is not on this computer"):
        room.do((EVERY_COMMAND[kind], by))
    assert room.ask("SELECT count(*) FROM events") == before


@pytest.mark.parametrize("kind", HANDLERS, ids=lambda kind: str(kind.__name__))
def test_every_command_needs_a_name_on_the_masthead(room: Room, kind: type) -> None:
    with pytest.raises(NotFound, match="“Nobody” is not on this desk"):
        room.do((EVERY_COMMAND[kind], "Nobody"))


@ways.door(KeyUnavailable, "not on this computer")
def the_editors_name_is_used_where_his_key_is_not(room: Room) -> None:
    room.keys_file(TOM).unlink()
    room.approve("tides", TOM)


@ways.door(KeyUnavailable, "passphrase|no keyring")
def the_editors_key_is_used_without_its_passphrase(room: Room) -> None:
    room.keys = KeyFolder(room.keys.folder, "")
    room.approve("tides", TOM)


@ways.door(EditorError, "passphrase does not open")
def the_editors_key_is_used_with_a_guessed_passphrase(room: Room) -> None:
    room.keys = KeyFolder(room.keys.folder, "guess")
    try:
        room.approve("tides", TOM)
    finally:
        room.keys = KeyFolder(room.keys.folder, "test")


@ways.door(KeyUnavailable, "not the one on the masthead")
def a_new_key_is_made_in_the_editors_name(room: Room) -> None:
    room.keys_file(TOM).unlink()
    joining(TOM, Role.EDITOR, room.keys)
    room.approve("tides", TOM)


# Approving what one may not


@ways.door(NotAllowed, "journalist")
def a_journalist_approves_her_own_text(room: Room) -> None:
    room.approve("tides", LINA)


@ways.door(NotAllowed, "wrote some of this text")
def an_editor_approves_his_own_text(room: Room) -> None:
    room.approve("crane", TOM)


@ways.door(UntrustedSignature, "made by Tom Adeyemi: its entry was changed")
def an_editor_approves_his_own_text_under_another_name(room: Room) -> None:
    room.sql("UPDATE versions SET author = ? WHERE story = ?", LINA, room.id("crane"))
    room.approve("crane", TOM)


@ways.door(KeyUnavailable, "key of Sam Okafor is not on this computer")
def an_editor_saves_his_text_as_somebody_who_is_away(room: Room) -> None:
    room.save("quay", SAM, body="It came by Tom.")


@ways.door(NotAllowed, "wrote some of this text")
def an_editor_edits_a_text_a_little_and_approves_it(room: Room) -> None:
    room.save("tides", TOM, kicker="Sea")
    room.approve("tides", TOM)


@ways.door(NotAllowed, "wrote some of this text")
def an_editor_edits_and_lets_a_colleague_save_again(room: Room) -> None:
    room.save("tides", TOM, body="It came by Tom.")
    room.save("tides", LINA, kicker="Sea")
    room.approve("tides", TOM)


@ways.door(NotAllowed, "Lina Haddad has not signed the text")
def an_unsigned_text_in_a_colleagues_log_is_approved(room: Room) -> None:
    forging.save(room, "tides", LINA, None, body="It came by Tom.")
    room.approve("tides", TOM)


@ways.door(NotAllowed, "Lina Haddad has not signed the text")
def a_note_of_a_colleague_signs_an_unsigned_text_in_her_log(room: Room) -> None:
    forging.save(room, "tides", LINA, None, body="It came by Tom.")
    room.do((AddNote(room.id("tides"), "Check the fare."), LINA))
    room.approve("tides", TOM)


@ways.door(UntrustedSignature, "open note")
def a_gate_is_opened_in_the_database(room: Room) -> None:
    room.do((SetPolicy(Policy(gates=("notes",))), MARA))
    room.do((AddNote(room.id("tides"), "Check the fare."), LINA))
    room.sql("UPDATE notes SET resolved_by = ?, resolved_at = ?", LINA, NOON)
    room.approve("tides", TOM)


@ways.door(NotAllowed, "none run here")
def an_editor_approves_where_no_checks_run(room: Room) -> None:
    room.do((SetPolicy(Policy(gates=("warnings",))), MARA))
    room.approve("tides", TOM)


# What was shown


@ways.door(DeskDamaged, "was changed outside")
def a_text_is_edited_between_reading_and_approving(room: Room) -> None:
    with room.desk() as desk:
        command = approving(desk, room.id("tides"))
        forging.rewrite(room, "tides", "by sea", "by air")
        desk.do(command, TOM)


@ways.door(Stale, "has changed since version 1")
def a_text_is_saved_between_reading_and_approving(room: Room) -> None:
    with room.desk() as desk:
        command = approving(desk, room.id("tides"))
        room.save("tides", LINA, body="It sank.")
        desk.do(command, TOM)


@ways.door(Stale, "not the one that was shown")
def a_version_of_the_same_number_takes_the_place_of_the_one_shown(room: Room) -> None:
    room.save("tides", LINA, body="It sank.")
    with room.desk() as desk:
        shown = reading(desk).stored(room.id("tides"), 1).hash
        desk.do(Approve(room.id("tides"), 2, shown), TOM)


@ways.door(Stale, "not the one that was shown")
def an_approval_does_not_say_what_was_shown(room: Room) -> None:
    room.do((Approve(room.id("tides"), 1, ""), TOM))


@ways.door(Stale, "changed the trends banner")
def a_banner_is_saved_between_reading_and_approving(room: Room) -> None:
    with room.desk() as desk:
        shown = reading(desk).banner().hash
        lies = Banner((Brief("", "Lies", "It came."),))
        desk.do(SaveBanner(lies, shown), LINA)
        desk.do(ApproveBanner(shown), TOM)


# Without the door


def _call_handler(room: Room, command: Command, by: str, key: PrivateKey | None) -> None:
    """Call a handler as a chief, with a key of one's own."""
    with room.desk() as desk, desk._database.write() as connection:
        signer = Signer(room.chain().desk, by, (key or room.key(by)).public, key)
        writer = LogWriter(connection, OwnLogs(), signer)
        chief = Person(by, Role.CHIEF)
        transaction = Transaction(connection, room.path, chief, NOON, signer, writer)
        HANDLERS[type(command)](transaction, command)


def _shown(room: Room, slug: str) -> str:
    with room.desk() as desk:
        return reading(desk).stored(room.id(slug)).hash


@ways.door(KeyUnavailable, "is locked")
def the_handler_is_called_without_a_key(room: Room) -> None:
    _call_handler(room, Approve(room.id("tides"), 1, _shown(room, "tides")), TOM, None)


@ways.door(NotAllowed, "is a journalist")
def the_handler_is_called_with_a_key_of_ones_own(room: Room) -> None:
    command = Approve(room.id("tides"), 1, _shown(room, "tides"))
    _call_handler(room, command, LINA, room.key(LINA))


@ways.door(EditorError, "somebody else's key|not on the masthead|without effect")
def the_handler_is_called_with_ones_own_key_for_another(room: Room) -> None:
    command = Approve(room.id("tides"), 1, _shown(room, "tides"))
    _call_handler(room, command, TOM, room.key(LINA))


@ways.desk("Lina Haddad is not a chief|journalist")
def a_journalist_saves_the_house_without_the_door(room: Room) -> None:
    with room.desk() as desk:
        before = reading(desk).house().hash
    _call_handler(room, SaveHouse(House("Lies"), before), LINA, room.key(LINA))


@ways.desk("journalist")
def a_journalist_orders_the_front_without_the_door(room: Room) -> None:
    front = Front((room.id("ferry"),))
    _call_handler(room, OrderFront(front, Front().hash), LINA, room.key(LINA))


@ways.audit("journalist")
def a_journalist_saves_the_targets_without_the_door(room: Room) -> None:
    _call_handler(room, SaveTargets(LIES, Targets().hash), LINA, room.key(LINA))


@ways.audit("journalist")
def a_journalist_saves_the_house_style_without_the_door(room: Room) -> None:
    _call_handler(room, SaveHouseStyle(NO_CHECKS, HouseStyle().hash), LINA, room.key(LINA))


@ways.story("ferry", "no chief signed it")
def a_journalist_sets_the_policy_without_the_door(room: Room) -> None:
    _call_handler(room, SetPolicy(Policy(FourEyes.NEVER)), LINA, room.key(LINA))


@ways.story("bridge", "journalist may not kill")
def a_journalist_kills_without_the_door(room: Room) -> None:
    _call_handler(room, Kill(room.id("bridge"), 3, "Lies."), LINA, room.key(LINA))


# The masthead


@ways.door(NotAllowed, "Only the chief")
def an_editor_makes_himself_chief(room: Room) -> None:
    room.do((AddPerson(Person(TOM, Role.CHIEF)), TOM))


@ways.door(BadValue, "needs a key of their own")
def somebody_is_added_without_a_key(room: Room) -> None:
    room.do((AddPerson(Person("Nobody", Role.EDITOR)), MARA))


@ways.door(BadValue, "key is the one of Tom Adeyemi|key of Tom Adeyemi, not of")
def a_person_gets_a_second_name(room: Room) -> None:
    line = room.key(TOM).public.line("Tom Other")
    room.do((AddPerson(Person("Tom Other", Role.EDITOR), line), MARA))


@ways.door(EditorError, "only chief")
def the_last_chief_is_removed(room: Room) -> None:
    room.do((RemovePerson(MARA), MARA))


@ways.door(NotFound, "not on this desk")
def who_left_asks_again(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.approve("tides", TOM)


@ways.door(EditorError, "older one was put in its place")
def the_chief_signs_on_an_old_copy(room: Room) -> None:
    old = room.copy_database()
    room.do((RemovePerson(TOM), MARA))
    room.put_database(old)
    room.approve("tides", MARA)


# Clocks


@ways.door(NotAllowed, "the clock of this computer says 1970")
def a_release_is_made_with_the_clock_at_1970(room: Room) -> None:
    room.now = datetime(1970, 1, 1, tzinfo=UTC)
    try:
        room.do((Publish(room.id("ferry"), 1), TOM))
    finally:
        room.now = TODAY


@ways.door(NotAllowed, "done on this desk at 9998")
def a_release_follows_something_dated_ahead(room: Room) -> None:
    room.now = datetime(9998, 1, 1, tzinfo=UTC)
    room.do((AddNote(room.id("ferry"), "Later."), LINA))
    room.now = TODAY
    room.do((Publish(room.id("ferry"), 1), TOM))


@pytest.mark.parametrize("attack", ways.params)
def test_attack_on_the_door_is_refused(room: Room, attack: Attack) -> None:
    attack(room)
