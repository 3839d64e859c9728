"""Ways around approval, each tried on a real desk with the tools somebody would have.

`ways` end with a story that the database calls approved: an export refuses it,
and whoever looks at it is told the same reason. `doors` knock at Stonehand's own
commands, and are turned away there.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from editor.cli import main
from editor.core.commands import (
    AddPerson,
    Approve,
    ImportItems,
    Kill,
    Publish,
    RemovePerson,
    Restore,
    Return,
    SaveStory,
    SetPolicy,
    Submit,
)
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.errors import EditorError, KeyUnavailable, NotAllowed, NotApproved, NotFound
from editor.store.backup import restore_backup
from editor.store.commands.handlers import HANDLERS
from editor.store.commands.transaction import SigningKeys, Transaction
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.store.log.entries import LogEntry
from editor.trust.approval import ApprovalStatement
from editor.trust.keyring import KeyFolder
from editor.trust.keys import PrivateKey
from editor.trust.masthead import Masthead, MastheadChain, Member
from tests.reading import reading

MARA, TOM, LINA = "Mara Quist", "Tom Adeyemi", "Lina Haddad"
AT = datetime(2026, 3, 4, tzinfo=UTC)
NOON = "2026-03-03T12:00:00Z"
TODAY = datetime(2026, 3, 3, 12, tzinfo=UTC)


@dataclass
class Room:
    """A desk of three people. `ferry` is approved by the editor, `tides` is in review."""

    path: Path
    keys: KeyFolder

    def desk(self) -> Desk:
        return Desk.open(self.path, clock=lambda: TODAY, keys=self.keys)

    def do(self, *commands: tuple[Any, str]) -> None:
        with self.desk() as desk:
            for command, by in commands:
                desk.do(command, by)

    def key(self, name: str) -> PrivateKey:
        key = self.keys.read(name)
        assert key is not None
        return key

    def id(self, slug: str) -> str:
        return str(self.ask("SELECT id FROM stories WHERE slug = ?", slug)[0][0])

    def ask(self, statement: str, *values: object) -> list[Any]:
        raw = sqlite.connect(self.path / DATABASE)
        with raw:
            found = raw.execute(statement, values).fetchall()
        raw.close()
        return list(found)

    def sql(self, statement: str, *values: object) -> None:
        """What somebody with a database tool does; it must change something."""
        raw = sqlite.connect(self.path / DATABASE)
        with raw:
            assert raw.execute(statement, values).rowcount, statement
        raw.close()

    def chain(self) -> MastheadChain:
        return MastheadChain.verified(
            [t for (t,) in self.ask("SELECT token FROM mastheads ORDER BY number")]
        )

    def rewrite(self, story: str, old: str, new: str) -> str:
        """Put other words into a version, with a hash that fits; the hash."""
        (content,) = self.ask("SELECT content FROM versions WHERE story = ?", story)[0]
        changed = Story.from_json(json.loads(content.replace(old, new)))
        self.sql(
            "UPDATE versions SET content = ?, hash = ? WHERE story = ?",
            changed.canonical().decode(),
            changed.hash,
            story,
        )
        return changed.hash

    def rehash(self) -> None:
        """Make the audit's chain fit again, all of it, as somebody who read the source can."""
        rows = self.ask(
            "SELECT id, at, person, action, story, version, note, subject, previous "
            "FROM audit ORDER BY id"
        )
        previous = ""
        for number, row in enumerate(rows, 1):
            entry = LogEntry(*row)._replace(id=number, previous=previous)
            previous = entry.computed_hash()
            self.sql(
                "UPDATE audit SET id = ?, previous = ?, hash = ? WHERE id = ?",
                *(number, entry.previous, previous, row[0]),
            )
        self.sql("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit'", len(rows))

    def pretend(self, slug: str, version: int | None = None) -> None:
        """Call a story approved, as far as its own entry goes."""
        self.sql(
            "UPDATE stories SET stage = 'approved', latest = coalesce(?, latest) WHERE slug = ?",
            *(version, slug),
        )

    def copy_approval(self, slug: str, version: int) -> None:
        """Give a version the approval that `ferry` has, with a hash that fits."""
        story = self.id(slug)
        ((hash,),) = self.ask(
            "SELECT hash FROM versions WHERE story = ? AND number = ?", story, version
        )
        self.sql(
            "INSERT INTO approvals (story, version, hash, person, at, token, audit_row) "
            "SELECT ?, ?, ?, person, at, token, audit_row FROM approvals LIMIT 1",
            *(story, version, hash),
        )
        self.pretend(slug)

    def sign(self, slug: str, by: str, key: PrivateKey | None = None, **changes: object) -> str:
        """Write an approval past the door with a key of one's own, and all that belongs to it."""
        with self.desk() as desk:
            story = reading(desk).stored(reading(desk).find(slug))
            chain = self.chain()
            with desk._database.write() as connection:
                transaction = Transaction(connection, self.path, Person(by, Role.CHIEF), NOON)
                ((last, tip),) = connection.exec_driver_sql(
                    "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1"
                ).all()
                statement = ApprovalStatement(
                    desk=chain.latest.desk,
                    story=story.story.id,
                    hash=story.hash,
                    version=story.version,
                    section=story.story.section,
                    masthead=chain.latest_hash,
                    by=by,
                    writers=(),
                    at=NOON,
                    audit=tip,
                )
                token = replace(statement, **changes).signed(key or self.key(by))  # type: ignore[arg-type]
                transaction.write_log("approved", story.story.id, story.version)
        self.put(slug, token, by, last + 1)
        return token

    def put(self, slug: str, token: str, by: str, row: int) -> None:
        self.sql(
            "INSERT INTO approvals (story, version, hash, person, at, token, audit_row) "
            "SELECT v.story, v.number, v.hash, ?, ?, ?, ? FROM versions v "
            "JOIN stories s ON s.id = v.story AND s.latest = v.number WHERE s.slug = ?",
            *(by, NOON, token, row, slug),
        )
        self.pretend(slug)


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    room = Room(folder / "post.desk", KeyFolder(folder / "keys", "test"))
    house = House("Harbour Post")
    with Desk.create(
        room.path, house, Person(MARA, Role.CHIEF), clock=lambda: TODAY, keys=room.keys
    ) as desk:
        desk.do(AddPerson(Person(TOM, Role.EDITOR)), MARA)
        desk.do(AddPerson(Person(LINA, Role.JOURNALIST)), MARA)
        for slug, writer in (("ferry", LINA), ("tides", LINA), ("crane", TOM)):
            text = Story(slug=slug, headline=f"The {slug}", body="It came by sea.", section="world")
            story = desk.do(SaveStory(text), writer).ids("story")[0]
            desk.do(Submit(story, 1), writer)
        desk.do(Approve(reading(desk).find("ferry"), 1), TOM)
    return folder


@pytest.fixture
def room(newsroom: Path, tmp_path: Path) -> Room:
    """A copy of the newsroom on a computer that has exported from it before."""
    for name in ("post.desk", "keys"):
        shutil.copytree(newsroom / name, tmp_path / name)
    room = Room(tmp_path / "post.desk", KeyFolder(tmp_path / "keys", "test"))
    with room.desk() as desk:
        (item,) = reading(desk).edition(None, AT).items
        assert item.approval
        assert item.approval.person == TOM
    return room


Attack = Callable[[Room], None]
ways: list[Any] = []
doors: list[Any] = []


def way(slug: str, reason: str) -> Callable[[Attack], Attack]:
    def add(attack: Attack) -> Attack:
        ways.append(pytest.param(attack, slug, reason, id=attack.__name__))
        return attack

    return add


def door(error: type[EditorError], reason: str) -> Callable[[Attack], Attack]:
    def add(attack: Attack) -> Attack:
        doors.append(pytest.param(attack, error, reason, id=attack.__name__))
        return attack

    return add


# The text


@way("ferry", "text was changed outside")
def the_words_are_edited(room: Room) -> None:
    room.sql("UPDATE versions SET content = replace(content, 'by sea', 'by air')")


@way("ferry", "text was changed outside")
def a_space_is_added(room: Room) -> None:
    room.sql("UPDATE versions SET content = content || ' '")


@way("ferry", "text was changed outside")
def the_words_and_their_hash_are_edited(room: Room) -> None:
    room.rewrite(room.id("ferry"), "by sea", "by air")


@way("ferry", "text changed after it was approved")
def the_approvals_hash_is_edited_too(room: Room) -> None:
    story = room.id("ferry")
    hash = room.rewrite(story, "by sea", "by air")
    room.sql("UPDATE approvals SET hash = ?", hash)


@way("ferry", "audit of this desk is broken")
def the_audit_is_edited_too(room: Room) -> None:
    story = room.id("ferry")
    hash = room.rewrite(story, "by sea", "by air")
    room.sql("UPDATE approvals SET hash = ?", hash)
    room.sql("UPDATE audit SET subject = ? WHERE story = ?", hash, story)


@way("ferry", "not the one the audit speaks of|text changed after")
def the_whole_audit_is_rewritten_too(room: Room) -> None:
    the_audit_is_edited_too(room)
    room.rehash()


@way("ferry", "another story")
def another_storys_id_is_written_into_the_text(room: Room) -> None:
    story, other = room.id("ferry"), room.id("tides")
    hash = room.rewrite(story, story, other)
    room.sql("UPDATE approvals SET hash = ?", hash)


# The story's entry


@way("tides", "nobody approved")
def the_stage_is_set(room: Room) -> None:
    room.pretend("tides")


@way("ferry", "entry was changed outside")
def the_latest_version_is_hidden(room: Room) -> None:
    with room.desk() as desk:
        story = reading(desk).stored(reading(desk).find("ferry")).story
        desk.do(SaveStory(replace(story, body="It sank."), 1), LINA)
    room.pretend("ferry", 1)


@way("other", "entry was changed outside")
def the_slug_is_changed(room: Room) -> None:
    room.sql("UPDATE stories SET slug = 'other' WHERE slug = 'ferry'")


@way("ferry", f"returned by {TOM}")
def a_returned_approval_is_revived(room: Room) -> None:
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    room.sql("UPDATE approvals SET withdrawn = ''")
    room.pretend("ferry")


@way("ferry", "withdrawn")
def a_returned_story_is_called_approved(room: Room) -> None:
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    room.pretend("ferry")


@way("ferry", f"killed by {MARA}")
def a_killed_story_is_revived(room: Room) -> None:
    story = room.id("ferry")
    room.do((Publish(story, 1), TOM), (Kill(story, 1, "It was never true."), MARA))
    room.sql("UPDATE approvals SET withdrawn = ''")
    room.sql("UPDATE stories SET publication = 'live' WHERE id = ?", story)
    room.pretend("ferry")


@way("ferry", "entry was changed outside")
def readers_get_an_older_version_back(room: Room) -> None:
    story = room.id("ferry")
    with room.desk() as desk:
        desk.do(Publish(story, 1), TOM)
        text = replace(reading(desk).stored(story).story, body="It came by air.")
        desk.do(SaveStory(text, 1), LINA)
        desk.do(Submit(story, 2), LINA)
        desk.do(Approve(story, 2), TOM)
        desk.do(Publish(story, 2), TOM)
    room.sql("UPDATE stories SET live_version = 1 WHERE id = ?", story)


@way("ferry", "older copy was put in its place")
def a_return_is_undone_to_its_last_trace(room: Room) -> None:
    a_returned_approval_is_revived(room)
    room.sql("DELETE FROM audit WHERE action = 'returned'")
    room.rehash()


@way("ferry", "older copy was put in its place")
def the_database_of_before_a_return_is_put_back(room: Room) -> None:
    old = room.path.with_name("old.sqlite3")
    shutil.copy(room.path / DATABASE, old)
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    for log in room.path.glob(f"{DATABASE}-*"):
        log.unlink()
    shutil.copy(old, room.path / DATABASE)


# The approval's entry


@way("tides", "text was changed outside")
def an_approval_is_moved_to_another_story(room: Room) -> None:
    room.sql("UPDATE approvals SET story = ?", room.id("tides"))
    room.sql("UPDATE stories SET stage = 'draft' WHERE slug = 'ferry'")
    room.pretend("tides")


@way("tides", "another story")
def an_approval_is_copied_to_another_story(room: Room) -> None:
    room.copy_approval("tides", 1)


@way("ferry", "text changed after it was approved")
def an_approval_is_copied_to_another_version(room: Room) -> None:
    with room.desk() as desk:
        story = reading(desk).stored(reading(desk).find("ferry")).story
        desk.do(SaveStory(replace(story, body="It sank."), 1), LINA)
    room.copy_approval("ferry", 2)


@way("ferry", "entry was changed outside")
def an_approval_is_copied_to_a_version_of_the_same_words(room: Room) -> None:
    story = room.id("ferry")
    with room.desk() as desk:
        text = reading(desk).stored(story).story
        desk.do(SaveStory(replace(text, body="It sank."), 1), LINA)
        desk.do(Restore(story, 2, 1), LINA)
    room.copy_approval("ferry", 3)


@way("ferry", "not a signature")
def the_signature_is_taken_away(room: Room) -> None:
    room.sql("UPDATE approvals SET token = ''")


@way("tides", "not a signature")
def an_approval_without_a_signature_is_made_up(room: Room) -> None:
    room.copy_approval("tides", 1)
    room.sql("UPDATE approvals SET token = '' WHERE story = ?", room.id("tides"))


@way("ferry", "entry was changed outside")
def the_approver_is_renamed(room: Room) -> None:
    room.sql("UPDATE approvals SET person = ?", MARA)


@way("ferry", "entry was changed outside")
def the_approval_is_dated_back(room: Room) -> None:
    room.sql("UPDATE approvals SET at = '2020-01-01T00:00:00Z'")


@way("ferry", "audit knows nothing")
def the_approval_names_another_row_of_the_audit(room: Room) -> None:
    room.sql("UPDATE approvals SET audit_row = 1")


@way("ferry", "nobody approved")
def the_approval_is_deleted_and_the_stage_stays(room: Room) -> None:
    room.sql("DELETE FROM approvals")


# Signatures


def _part(value: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@way("ferry", "signature does not verify")
def the_signed_words_are_edited(room: Room) -> None:
    ((token,),) = room.ask("SELECT token FROM approvals")
    head, body, signature = token.split(".")
    value = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    forged = ".".join((head, _part(value | {"writers": []}), signature))
    room.sql("UPDATE approvals SET token = ?", forged)


@way("ferry", "signature does not verify")
def a_token_claims_to_need_no_signature(room: Room) -> None:
    ((token,),) = room.ask("SELECT token FROM approvals")
    head = _part({"alg": "none", "kid": room.key(TOM).public.fingerprint})
    room.sql("UPDATE approvals SET token = ?", f"{head}.{token.split('.')[1]}.")


@way("ferry", "not a signature")
def a_token_is_rubbish(room: Room) -> None:
    room.sql("UPDATE approvals SET token = 'approved by the chief'")


@way("tides", "not on the masthead")
def a_stranger_signs(room: Room) -> None:
    room.sign("tides", TOM, PrivateKey.generate())


@way("tides", "is a journalist")
def a_journalist_signs(room: Room) -> None:
    room.sign("tides", LINA)


@way("tides", "somebody else's key")
def a_journalist_signs_in_the_editors_name(room: Room) -> None:
    room.sign("tides", TOM, room.key(LINA))


@way("crane", "wrote some of this text")
def an_editor_signs_his_own_text_and_says_nobody_wrote_it(room: Room) -> None:
    room.sign("crane", TOM)


@way("crane", "wrote some of this text")
def an_editor_puts_another_writers_name_on_his_text(room: Room) -> None:
    room.sql("UPDATE versions SET author = ? WHERE story = ?", LINA, room.id("crane"))
    room.sign("crane", TOM)


@way("tides", "another desk")
def a_signature_from_another_desk_is_replayed(room: Room) -> None:
    there = Room(room.path.with_name("other.desk"), room.keys)
    with Desk.create(
        there.path, House("Other"), Person(MARA, Role.CHIEF), clock=lambda: TODAY, keys=room.keys
    ) as desk:
        desk.do(AddPerson(Person(TOM, Role.EDITOR)), MARA)
        desk.do(SetPolicy(Policy()), MARA)
        story = desk.do(SaveStory(Story(slug="tides", headline="T")), MARA).ids("story")[0]
        desk.do(Submit(story, 1), MARA)
        desk.do(Approve(story, 1), TOM)
    ((token,),) = there.ask("SELECT token FROM approvals")
    room.put("tides", token, TOM, 1)


@way("tides", "another desk")
def a_signature_for_this_text_names_another_desk(room: Room) -> None:
    room.sign("tides", TOM, desk="f" * 32)


@way("tides", "what was done before it was changed")
def a_signature_does_not_know_what_was_done_before(room: Room) -> None:
    room.sign("tides", TOM, audit="0" * 64)


# The masthead


@way("ferry", "masthead 1 can't be trusted|signature")
def a_masthead_is_edited(room: Room) -> None:
    ((token,),) = room.ask("SELECT token FROM mastheads")
    head, body, signature = token.split(".")
    value = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    for member in value["members"]:
        member["role"] = "chief"
    room.sql("UPDATE mastheads SET token = ?", ".".join((head, _part(value), signature)))


@way("ferry", "masthead .* is gone")
def the_masthead_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM mastheads")


def _usurped(room: Room, desk: str) -> str:
    members = tuple(
        Member(Person(name, Role.CHIEF), room.key(name).public) for name in (LINA, MARA, TOM)
    )
    token = Masthead(desk, 1, members, at=NOON).signed(room.key(LINA))
    room.sql("UPDATE mastheads SET token = ?", token)
    return token


@way("tides", "held another desk before")
def a_journalist_founds_a_masthead_of_her_own(room: Room) -> None:
    _usurped(room, "f" * 32)
    room.sign("tides", LINA)


@way("tides", "not the one this computer has seen")
def a_journalist_founds_one_in_the_desks_name(room: Room) -> None:
    _usurped(room, room.chain().latest.desk)
    room.sign("tides", LINA)


@way("ferry", "no chief signed it")
def an_editor_promotes_himself(room: Room) -> None:
    chain = room.chain()
    members = tuple(
        replace(m, person=Person(m.person.name, Role.CHIEF)) for m in chain.latest.members
    )
    following = replace(chain.latest, number=2, previous=chain.latest_hash, members=members)
    room.sql("INSERT INTO mastheads VALUES (2, ?)", following.signed(room.key(TOM)))


@way("ferry", "speaks of|seen number 2")
def a_newer_masthead_is_deleted(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sql("DELETE FROM mastheads WHERE number = 2")


@way("ferry", "latest masthead of this desk is gone")
def a_newer_masthead_is_deleted_on_a_computer_that_never_saw_it(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sql("DELETE FROM mastheads WHERE number = 2")
    _forget_everything()


@way("tides", "seen number 2")
def a_newer_masthead_is_deleted_and_the_audit_cut_off_with_it(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sql("DELETE FROM mastheads WHERE number = 2")
    room.sql("DELETE FROM audit WHERE action = 'masthead' AND version = 2")
    room.rehash()
    room.sign("tides", TOM)


@way("ferry", "a masthead of this desk is missing")
def a_masthead_is_left_out(room: Room) -> None:
    room.do((SetPolicy(Policy(gates=("notes",))), MARA), (SetPolicy(Policy()), MARA))
    room.sql("DELETE FROM mastheads WHERE number = 2")


@way("tides", "after leaving")
def who_left_signs_once_more(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sign("tides", TOM)


@way("tides", "after leaving|entry was changed")
def who_left_signs_with_the_clock_set_back(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sign("tides", TOM, at="2026-03-01T12:00:00Z")


@way("tides", "audit knows nothing")
def who_left_signs_and_names_an_earlier_row(room: Room) -> None:
    ((row,),) = room.ask("SELECT audit_row FROM approvals")
    room.do((RemovePerson(TOM), MARA))
    room.sign("tides", TOM, masthead=room.chain().hashes[0])
    room.sql("UPDATE approvals SET audit_row = ? WHERE story = ?", row, room.id("tides"))


@way("tides", "not the one the audit speaks of")
def who_left_signs_and_writes_that_into_the_past(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA))
    room.sign("tides", TOM)
    ((mine,), (masthead,)) = room.ask("SELECT id FROM audit ORDER BY id DESC LIMIT 2")
    for old, new in ((mine, 900), (masthead, mine), (900, masthead)):
        room.sql("UPDATE audit SET id = ? WHERE id = ?", new, old)
    room.rehash()
    room.sql("UPDATE approvals SET audit_row = ? WHERE story = ?", masthead, room.id("tides"))


@way("ferry", "may no longer approve")
def who_was_made_a_journalist_had_approved(room: Room) -> None:
    room.do((AddPerson(Person(TOM, Role.JOURNALIST)), MARA))


@way("crane", "older masthead|wrote some")
def a_signature_names_a_masthead_that_asked_for_less(room: Room) -> None:
    room.do((SetPolicy(Policy(FourEyes.NEVER)), MARA))
    lenient = room.chain().latest_hash
    room.do((SetPolicy(Policy(FourEyes.ALWAYS)), MARA))
    room.sign("crane", TOM, masthead=lenient)


@way("tides", f"needs the approval of {MARA}")
def an_editor_signs_for_a_section_that_is_not_his(room: Room) -> None:
    room.do((SetPolicy(Policy(sections=(("world", (MARA,)),))), MARA))
    room.sign("tides", TOM)


@way("tides", f"needs the approval of {MARA}")
def an_editor_says_the_text_is_in_another_section(room: Room) -> None:
    room.do((SetPolicy(Policy(sections=(("world", (MARA,)),))), MARA))
    room.sign("tides", TOM, section="sport")


@way("ferry", "older one was put in its place")
def an_old_copy_of_the_database_is_put_back(room: Room) -> None:
    old = room.path.with_name("old.sqlite3")
    shutil.copy(room.path / DATABASE, old)
    room.do((RemovePerson(TOM), MARA))
    for log in room.path.glob(f"{DATABASE}-*"):
        log.unlink()
    shutil.copy(old, room.path / DATABASE)


@way("ferry", "older one was put in its place")
def an_old_backup_is_restored(room: Room) -> None:
    file = room.path.with_name("old.backup")
    with room.desk() as desk:
        desk.backup(file)
    room.do((RemovePerson(TOM), MARA))
    room.path = room.path.with_name("restored.desk")
    restore_backup(file, room.path)


# The audit


@way("ferry", "rows? before .* missing")
def a_row_of_the_audit_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM audit WHERE id = 3")


@way("ferry", "rows after .* missing")
def the_end_of_the_audit_is_cut_off(room: Room) -> None:
    a_returned_approval_is_revived(room)
    room.sql("DELETE FROM audit WHERE action = 'returned'")


@way("ferry", "audit of this desk is broken")
def rows_of_the_audit_change_places(room: Room) -> None:
    for old, new in ((4, 900), (5, 4), (900, 5)):
        room.sql("UPDATE audit SET id = ? WHERE id = ?", new, old)


@way("ferry", "audit of this desk is broken")
def another_persons_name_is_put_into_the_audit(room: Room) -> None:
    room.sql("UPDATE audit SET person = ? WHERE action = 'saved'", LINA + " ")


@way("crane", "audit of this desk is broken")
def an_editor_takes_his_name_out_of_the_audit(room: Room) -> None:
    room.sql("UPDATE audit SET person = ? WHERE story = ?", LINA, room.id("crane"))
    room.sign("crane", TOM)


# The door


@door(NotAllowed, "journalist")
def a_journalist_makes_herself_chief_by_sql(room: Room) -> None:
    room.sql("UPDATE people SET role = 'chief' WHERE name = ?", LINA)
    room.do((Approve(room.id("tides"), 1), LINA))


@door(NotFound, "not on this desk")
def a_stranger_puts_himself_on_the_list(room: Room) -> None:
    room.sql("INSERT INTO people VALUES ('Nobody', 'chief')")
    room.do((Approve(room.id("tides"), 1), "Nobody"))


@door(NotFound, "not on this desk")
def a_journalist_takes_the_chiefs_name(room: Room) -> None:
    room.sql("UPDATE people SET name = 'Lina Chief', role = 'chief' WHERE name = ?", MARA)
    room.do((Approve(room.id("tides"), 1), "Lina Chief"))


@door(NotAllowed, "wrote some of this text")
def an_editor_approves_his_own_text_under_another_name(room: Room) -> None:
    room.sql("UPDATE versions SET author = ? WHERE story = ?", LINA, room.id("crane"))
    room.do((Approve(room.id("crane"), 1), TOM))


@door(NotFound, "not on this desk")
def who_left_asks_again(room: Room) -> None:
    room.do((RemovePerson(TOM), MARA), (Approve(room.id("tides"), 1), TOM))


@door(KeyUnavailable, "not the one on the masthead")
def a_journalists_key_is_put_in_the_editors_place(room: Room) -> None:
    shutil.copy(room.keys._file(LINA), room.keys._file(TOM))
    room.do((Approve(room.id("tides"), 1), TOM))


@door(KeyUnavailable, "not on this computer")
def the_editors_name_is_used_where_his_key_is_not(room: Room) -> None:
    room.keys._file(TOM).unlink()
    room.do((Approve(room.id("tides"), 1), TOM))


@door(KeyUnavailable, "not on this computer")
def the_handler_is_called_without_the_door(room: Room) -> None:
    _call_handler(room, TOM, SigningKeys())


@door(NotAllowed, "is a journalist")
def the_handler_is_called_with_a_key_of_ones_own(room: Room) -> None:
    _call_handler(room, LINA, SigningKeys({LINA: room.key(LINA)}))


def _call_handler(room: Room, by: str, keys: SigningKeys) -> None:
    with room.desk() as desk, desk._database.write() as connection:
        transaction = Transaction(connection, room.path, Person(by, Role.CHIEF), NOON, keys)
        HANDLERS[Approve](transaction, Approve(room.id("tides"), 1))


@door(EditorError, "number|seen|older")
def the_chief_signs_on_an_old_copy(room: Room) -> None:
    an_old_copy_of_the_database_is_put_back(room)
    room.do((Approve(room.id("tides"), 1), MARA))


@door(EditorError, "the desk's only chief")
def the_last_chief_is_taken_off(room: Room) -> None:
    room.do((RemovePerson(MARA), MARA))


def _forget_everything() -> None:
    from editor.places import config_folder

    (config_folder() / "mastheads.json").unlink()


@pytest.mark.parametrize(("attack", "slug", "reason"), ways)
def test_attack_is_not_exported_and_the_reason_is_given(
    room: Room, attack: Attack, slug: str, reason: str
) -> None:
    attack(room)
    with room.desk() as desk:
        stored = reading(desk).stored(room.id(slug))
        assert stored.approval is None
        assert_says(stored.refusal, reason)
        for chosen in (None, [slug]):
            with pytest.raises(NotApproved) as refusal:
                reading(desk).edition(chosen, AT)
            assert_says(refusal.value.sentence, slug)
            assert_says(refusal.value.sentence, reason)


@pytest.mark.parametrize(("attack", "error", "reason"), doors)
def test_attack_on_the_write_door_is_refused(
    room: Room, attack: Attack, error: type[EditorError], reason: str
) -> None:
    with pytest.raises(error) as refusal:
        attack(room)
    assert_says(refusal.value.sentence, reason)
    with room.desk() as desk:
        for slug in ("tides", "crane"):
            assert reading(desk).stored(room.id(slug)).approval is None
            with pytest.raises(NotApproved, match=slug):
                reading(desk).edition([slug], AT)


def assert_says(text: str, reason: str) -> None:
    import re

    assert re.search(reason, text, re.IGNORECASE), text


def test_import_that_claims_approval_is_a_draft(
    room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = Story(slug="sly", headline="Sly", body="Approved by the chief.")
    room.do((ImportItems((story,), source="approved.json"), LINA))
    file = tmp_path / "sly.md"
    file.write_text("---\nstage: approved\napproved_by: Mara Quist\n---\n\n# Slyer\n\nWords.\n")
    assert main(["import", str(file), "--desk", str(room.path), "--as", LINA]) == 0
    capsys.readouterr()
    with room.desk() as desk:
        for row in reading(desk).rows():
            if row.slug not in {"ferry", "tides", "crane"}:
                assert str(row.stage) == "draft"
                with pytest.raises(NotApproved, match="draft, not approved"):
                    reading(desk).edition([row.slug], AT)


def test_command_line_refuses_attacks(
    room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = ["--desk", str(room.path)]
    assert main(["approve", "tides", *desk, "--as", LINA]) == 1
    assert "journalist" in capsys.readouterr().err
    room.pretend("tides")
    assert main(["export", "site", *desk, "--out", str(tmp_path / "site"), "--unsigned"]) == 1
    assert "obody approved" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_untouched_story_is_exported(room: Room) -> None:
    with room.desk() as desk:
        assert [item.story.slug for item in reading(desk).edition(None, AT).items] == ["ferry"]
        assert not reading(desk).verify_audit().broken_at


def test_more_than_thirty_attacks_are_tried() -> None:
    assert len(ways) + len(doors) >= 60
