"""A desk to attack: three people, stories in every state, and the tools of an attacker.

A `Room` is the desk's folder, the keys of its people, and a database tool. What
somebody writes who read the source is in `forging`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from editor.cli import main
from editor.core.brief import Banner, Brief
from editor.core.commands import (
    Correct,
    Kill,
    Publish,
    SaveBanner,
    SaveHouse,
    SaveStory,
    Submit,
)
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import EditorError
from editor.places import config_folder, data_folder
from editor.store.backup import restore_backup
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder
from editor.trust.keys import PrivateKey
from editor.trust.masthead import MastheadChain
from tests.databases import open_database
from tests.people import approving, approving_banner, joining
from tests.reading import reading

MARA, TOM, LINA, SAM = "Mara Quist", "Tom Adeyemi", "Lina Haddad", "Sam Okafor"
NOON = "2026-03-03T12:00:00Z"
TODAY = datetime(2026, 3, 3, 12, tzinfo=UTC)

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415478da63f8ffff3f0005fe02fe335fe1da0000000049454e44ae426082"
)
"""A PNG of one white pixel."""

Attack = Callable[["Room"], None]
Command = Callable[["Room"], list[str]]


@dataclass
class Room:
    """A desk on a computer that has exported from it before.

    `ferry` is approved by the editor and has a picture, `tides` is in review,
    `crane` is the editor's own and in review. Readers have `bridge`, corrected once,
    and had `wreck`, which was killed. `quay` is in review, by Sam, whose key is on
    another computer.
    """

    path: Path
    keys: KeyFolder
    now: datetime = TODAY

    def desk(self) -> Desk:
        return Desk.open(self.path, clock=lambda: self.now, keys=self.keys)

    def do(self, *commands: tuple[Any, str]) -> None:
        """Carry out commands by the door, each with its person."""
        with self.desk() as desk:
            for command, by in commands:
                desk.do(command, by)

    def approve(self, slug: str, by: str) -> None:
        """Approve the latest version of a story by the door, as its reader does."""
        with self.desk() as desk:
            desk.do(approving(desk, self.id(slug)), by)

    def text(self, slug: str) -> Story:
        """The latest text of a story."""
        with self.desk() as desk:
            return reading(desk).stored(self.id(slug)).story

    def save(self, slug: str, by: str, **changes: Any) -> None:
        """Save a changed text by the door."""
        with self.desk() as desk:
            stored = reading(desk).stored(self.id(slug))
            desk.do(SaveStory(replace(stored.story, **changes), stored.version), by)

    def key(self, name: str) -> PrivateKey:
        """Somebody's key, their own or a stolen one."""
        key = self.keys.read(name) or self.keys_elsewhere().read(name)
        assert key is not None
        return key

    def keys_elsewhere(self) -> KeyFolder:
        """The keys on another computer."""
        return KeyFolder(self.keys.folder.with_name("elsewhere"), "test")

    def id(self, slug: str) -> str:
        return str(self.ask("SELECT id FROM stories WHERE slug = ?", slug)[0][0])

    def log_of(self, name: str) -> str:
        """Somebody's log with the most entries."""
        return str(
            self.ask(
                "SELECT l.log FROM logs l JOIN events e ON e.log = l.log WHERE l.person = ? "
                "GROUP BY l.log ORDER BY count(*) DESC",
                name,
            )[0][0]
        )

    def ask(self, statement: str, *values: object) -> list[Any]:
        raw = open_database(self.path / DATABASE)
        found = raw.execute(statement, values).fetchall()
        raw.close()
        return list(found)

    def sql(self, statement: str, *values: object, is_schema: bool = False) -> None:
        """What somebody with a database tool does; it must change something."""
        raw = open_database(self.path / DATABASE)
        raw.execute(f"PRAGMA writable_schema = {is_schema}")
        with raw:
            assert raw.execute(statement, values).rowcount, statement
        raw.close()

    def do_sql(self, statement: str) -> None:
        """What changes no row: the schema, or a number of the file."""
        raw = open_database(self.path / DATABASE)
        with raw:
            raw.execute(statement)
        raw.close()

    def chain(self) -> MastheadChain:
        return MastheadChain.verified(
            [t for (t,) in self.ask("SELECT token FROM mastheads ORDER BY number")]
        )

    def forget(self) -> None:
        """Go to a computer that never saw the desk."""
        for file in pin_files():
            file.unlink()

    def copy_database(self, name: str = "old.sqlite3") -> Path:
        """A copy of the database as it is now; nobody has it open."""
        to = self.path.with_name(name)
        source, target = sqlite.connect(self.path / DATABASE), sqlite.connect(to)
        source.backup(target)
        source.close()
        target.close()
        return to

    def put_database(self, copy: Path) -> None:
        """Put another database in the place of the desk's."""
        for log in self.path.glob(f"{DATABASE}-*"):
            log.unlink()
        shutil.copy(copy, self.path / DATABASE)

    def backup(self) -> Path:
        """A backup of the desk as it is now."""
        file = self.path.with_name("post.backup")
        with self.desk() as desk:
            assert not desk.backup(file).problems
        return file

    def restore(self, file: Path, *, undo: bool = False) -> None:
        """Restore a backup beside the desk; the room is there from now on."""
        path = self.path.with_name("restored.desk")
        restore_backup(file, path, undo=undo)
        self.path = path

    def picture(self) -> Path:
        """The file of ferry's picture."""
        return self.path / "pictures" / self.picture_name()

    def picture_name(self) -> str:
        return f"{sha256(PICTURE).hexdigest()}.png"

    def keys_file(self, name: str) -> Path:
        """The file with somebody's key."""
        return self.keys._file(name)


def pin_files() -> tuple[Path, Path]:
    """The two files in which this computer remembers desks."""
    return config_folder() / "desks.json", data_folder() / "desks.json"


def make_newsroom(folder: Path) -> None:
    """Make the desk, the keys of its people, and what its computer remembers of it."""
    room = Room(folder / "post.desk", KeyFolder(folder / "keys", "test"))
    mara = Person(MARA, Role.CHIEF)
    with Desk.create(
        room.path, House("Harbour"), mara, clock=lambda: TODAY, keys=room.keys
    ) as desk:
        desk.do(joining(TOM, Role.EDITOR, room.keys), MARA)
        desk.do(joining(LINA, Role.JOURNALIST, room.keys), MARA)
        desk.do(joining(SAM, Role.JOURNALIST, room.keys_elsewhere()), MARA)
        desk.do(SaveHouse(House("Harbour Post"), reading(desk).house().hash), MARA)
        _write_stories(desk)
        desk.do(SaveBanner(Banner((Brief("", "Crane", "It came by sea."),)), Banner().hash), LINA)
        desk.do(approving_banner(desk), TOM)
    with Desk.open(room.path, clock=lambda: TODAY, keys=room.keys_elsewhere()) as desk:
        text = Story(slug="quay", headline="The quay", body="It came by sea.", section="world")
        story = desk.do(SaveStory(text), SAM).ids("story")[0]
        desk.do(Submit(story, 1), SAM)
    for number, file in enumerate(pin_files()):
        shutil.copy(file, folder / f"pins-{number}.json")


def enter_newsroom(folder: Path, copy: Path) -> Room:
    """A copy of the newsroom on a computer that has exported from it before."""
    for name in ("post.desk", "keys", "elsewhere"):
        shutil.copytree(folder / name, copy / name)
    for number, file in enumerate(pin_files()):
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / f"pins-{number}.json", file)
    room = Room(copy / "post.desk", KeyFolder(copy / "keys", "test"))
    with room.desk() as desk:
        edition = reading(desk).edition(None, TODAY)
    assert sorted(item.story.slug for item in edition.items) == ["bridge", "ferry"]
    return room


def _write_stories(desk: Desk) -> None:
    picture = replace(desk.pictures.add(PICTURE), alt="White", credit="Lina Haddad")
    for slug, writer in (
        *(("ferry", LINA), ("tides", LINA), ("crane", TOM)),
        *(("bridge", LINA), ("wreck", LINA)),
    ):
        pictures = (picture,) if slug == "ferry" else ()
        text = Story(
            slug=slug,
            headline=f"The {slug}",
            body="It came by sea.",
            section="world",
            pictures=pictures,
        )
        story = desk.do(SaveStory(text), writer).ids("story")[0]
        desk.do(Submit(story, 1), writer)
        if slug in {"ferry", "bridge", "wreck"}:
            desk.do(approving(desk, story), TOM)
        if slug in {"bridge", "wreck"}:
            desk.do(Publish(story, 1), TOM)
    bridge, wreck = reading(desk).find("bridge"), reading(desk).find("wreck")
    desk.do(Correct(bridge, 1, "It is made of steel."), LINA)
    corrected = reading(desk).stored(bridge).story
    desk.do(SaveStory(replace(corrected, body="It came by rail."), 2), LINA)
    desk.do(Submit(bridge, 3), LINA)
    desk.do(approving(desk, bridge), TOM)
    desk.do(Publish(bridge, 3), TOM)
    desk.do(Kill(wreck, 1, "It was never true."), MARA)


def assert_matches(text: str, reason: str) -> None:
    """Assert that a sentence names what differs; the message shows the sentence."""
    assert re.search(reason, text, re.IGNORECASE), text


def opening(room: Room, slug: str) -> str:
    """What somebody is told who opens a story; empty when it opens as it is, not approved."""
    try:
        with room.desk() as desk:
            stored = reading(desk).stored(room.id(slug))
    except EditorError as error:
        return error.sentence
    assert stored.approval is None, f"{slug} opens as approved by {stored.approval.person}"
    return stored.refusal


def export(room: Room, slugs: list[str] | None) -> str:
    """Why an export is refused; it must be."""
    try:
        with room.desk() as desk:
            edition = reading(desk).edition(slugs, room.now)
    except EditorError as error:
        return error.sentence
    raise AssertionError(f"exported: {[item.story.slug for item in edition.items]}")


def audit(room: Room) -> str:
    """What `audit` finds; empty when all is sound."""
    try:
        with room.desk() as desk:
            return reading(desk).verify_audit().reason
    except EditorError as error:
        return error.sentence


def assert_story_is_refused(room: Room, slug: str, reason: str) -> None:
    """No export has the story, and whoever opens it is told the same reason."""
    assert_matches(opening(room, slug) or f"{slug} opens without a word", reason)
    for chosen in (None, [slug]):
        sentence = export(room, chosen)
        assert_matches(sentence, reason)
    assert_matches(sentence, f"{slug}|desk|masthead|computer|folder|damaged")


def assert_desk_is_refused(room: Room, reason: str) -> None:
    """Nothing is exported, and the audit gives the same reason: a single story can't show it."""
    for chosen in (None, ["ferry"]):
        assert_matches(export(room, chosen), reason)
    assert_matches(audit(room) or "the audit finds nothing", reason)


class Ways:
    """The ways of one test module, as parameters of a test."""

    def __init__(self) -> None:
        self.params: list[Any] = []

    def story(self, slug: str, reason: str) -> Callable[[Attack], Attack]:
        """A story that no export may have, and that must not open as approved."""
        return self._add(lambda room: assert_story_is_refused(room, slug, reason))

    def desk(self, reason: str) -> Callable[[Attack], Attack]:
        """What one story can't show: nothing may be exported, and the audit must say why."""
        return self._add(lambda room: assert_desk_is_refused(room, reason))

    def audit(self, reason: str) -> Callable[[Attack], Attack]:
        """What no export reads: the audit says what was changed."""
        return self._add(lambda room: assert_matches(audit(room) or "no word", reason))

    def nothing(self) -> Callable[[Attack], Attack]:
        """What must have no effect: the edition is what it was."""
        return self._add(assert_edition_is_what_it_was)

    def door(self, error: type[EditorError], reason: str) -> Callable[[Attack], Attack]:
        """What must be turned away with an error at the moment it is tried."""

        def add(attack: Attack) -> Attack:
            def refused(room: Room) -> None:
                with pytest.raises(error) as refusal:
                    attack(room)
                assert_matches(refusal.value.sentence, reason)
                assert_nothing_new_is_approved(room)

            self.params.append(pytest.param(refused, id=attack.__name__))
            return attack

        return add

    def command(self, reason: str, *, code: int = 1) -> Callable[[Command], Command]:
        """A command line that must fail with a sentence on stderr."""

        def add(command: Command) -> Command:
            def refused(room: Room) -> None:
                found, errors = run(command(room))
                assert found == code, errors
                assert_matches(errors, reason)
                assert_nothing_new_is_approved(room)

            self.params.append(pytest.param(refused, id=command.__name__))
            return command

        return add

    def _add(self, check: Attack) -> Callable[[Attack], Attack]:
        def add(attack: Attack) -> Attack:
            def refused(room: Room) -> None:
                attack(room)
                check(room)

            self.params.append(pytest.param(refused, id=attack.__name__))
            return attack

        return add


def assert_edition_is_what_it_was(room: Room) -> None:
    """The export has the two stories, their texts, the banner and the house as before."""
    with room.desk() as desk:
        edition = reading(desk).edition(None, room.now)
    texts = {item.story.slug: (item.version, item.story.body) for item in edition.items}
    assert texts == {"ferry": (1, "It came by sea."), "bridge": (3, "It came by rail.")}
    assert [brief.title for brief in edition.banner.briefs] == ["Crane"]
    assert edition.house.name == "Harbour Post"
    assert [story.slug for story in edition.withdrawn] == ["wreck"]


def assert_nothing_new_is_approved(room: Room) -> None:
    """None of the stories in review is approved or can be exported."""
    for slug in ("tides", "crane", "quay"):
        opening(room, slug)
        assert_matches(export(room, [slug]), f"{slug}|desk|masthead")


def run(arguments: list[str]) -> tuple[int, str]:
    """Run a command line in this process; its exit code, and what it wrote on stderr."""
    errors = StringIO()
    with redirect_stderr(errors), redirect_stdout(StringIO()):
        code = main(arguments)
    return code, errors.getvalue()
