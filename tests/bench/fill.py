"""Make a desk of many stories in minutes, with events that are signed as a newsroom's are.

Run: python tests/bench/fill.py STORIES DESK. The people's keys, and what this computer
remembers of the desk, are in `keys`, `data` and `config` beside it, unless the environment
names other folders; the passphrase is `bench`. `stonehand audit` proves what was made.
"""

from __future__ import annotations

import json
import os
import random
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Table, insert, select

from editor.core.brief import Banner, Brief
from editor.core.canonical import canonical_json
from editor.core.commands import AddPerson, ApproveBanner, SaveBanner
from editor.core.dateline import Dateline
from editor.core.events import NOTED, RESOLVED, Event, entry_hash, event_id, signed_bytes, skip_of
from editor.core.house import House, Section
from editor.core.people import Person, Role
from editor.core.story import Story, slug_from
from editor.core.times import instant_text
from editor.core.workflow import Action, State, outcome
from editor.store.commands.notes import remark_hash
from editor.store.db.engine import Database
from editor.store.db.schema import approvals, events, notes, stories, versions
from editor.store.desk import Desk
from editor.store.log import pins
from editor.store.log.logs import last_entries
from editor.store.log.own_logs import OwnLogs
from editor.store.log.writer import LogWriter, Signer
from editor.store.reading import search
from editor.store.reading.mastheads import read_chain, read_trusted
from editor.store.reading.notes import note_hash
from editor.trust.approval import ApprovalStatement
from editor.trust.keyring import KeyFolder, KeyStore, ensure_key
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import LogTip, token_hash
from tests.bench.words import Body, Prose

PASSPHRASE = "bench"
CHIEF = Person("Mara Quist", Role.CHIEF)
EDITOR = Person("Edda Lund", Role.EDITOR)
WRITERS = tuple(
    Person(name, Role.JOURNALIST)
    for name in (
        *("Lina Haddad", "Omar Hassan", "Anna Petrova", "Li Wei"),
        *("José García", "Zoë Novak", "Ivan Okafor", "Amina Diallo"),
    )
)
SECTIONS = tuple(
    Section(title.lower().replace(" ", "-"), title)
    for title in (
        *("World", "Americas", "Eurasia", "Africa", "South Asia", "Global Economy"),
        *("Energy", "Markets", "Tech", "Society", "Culture", "Sport"),
    )
)
CITIES = (("Cairo", "Egypt"), ("Warsaw", "Poland"), ("Nairobi", "Kenya"), ("Ankara", "Türkiye"))
STEP = timedelta(minutes=2)
"""From one event to the next."""

_AT_ONCE = 2_000


@dataclass(slots=True)
class Draft:
    """A story on its way through the newsroom: its text, and what its events came to.

    `version` is the event that made its latest version, `number` that version's number,
    `place` and `saved` are the rows of its last event and of its last save.
    """

    story: Story
    writer: Person
    text: Body
    state: State = field(default_factory=State)
    version: str = ""
    hash: str = ""
    number: int = 0
    live: int = 0
    tips: tuple[str, ...] = ()
    place: int = 0
    saved: int = 0
    row: dict[str, Any] = field(default_factory=dict)


class _Log:
    """One person's log: where its next entry goes."""

    def __init__(self, key: PrivateKey, log: str, tip: LogTip) -> None:
        self.key, self.log, self.tip = key, log, tip
        self.hashes = {tip.seq: tip.hash}
        self._header = key.sign({}).partition(".")[0]

    def sign(self, statement: ApprovalStatement) -> str:
        """The token of an approval, as `ApprovalStatement.signed` makes it a little slower."""
        payload = canonical_json({"type": "approval", **asdict(statement)})
        signed = f"{self._header}.{_base64(payload)}"
        return f"{signed}.{_base64(self.key.sign_bytes(signed.encode()))}"


class Filler:
    """Writes to a desk what saves and decisions would, thousands to a transaction.

    `at` is the time of the first event; each is `STEP` after the one before.
    """

    def __init__(
        self, path: Path, people: tuple[Person, ...], at: datetime, keys: KeyStore
    ) -> None:
        self._path, self._at = path, at
        self._database = Database(path)
        self._rows: dict[Table, list[dict[str, Any]]] = {
            table: [] for table in (stories, versions, events, approvals, notes)
        }
        self._indexed: list[tuple[int, Story, str]] = []
        self._chance = random.Random(11)
        self._logs: dict[str, _Log] = {}
        with self._database.write() as connection:
            chain = read_chain(connection)
            self._desk, self._masthead = chain.desk, chain.latest_hash
            for person in people:
                key = ensure_key(keys, person.name)
                signer = Signer(chain.desk, person.name, key.public, key)
                writer = LogWriter(connection, OwnLogs(), signer)
                log = self._logs[person.name] = _Log(key, *writer.place(self._tick()))
                found = select(events.c.seq, events.c.hash).where(events.c.log == log.log)
                log.hashes = dict(connection.execute(found).all())
            last = "SELECT seq FROM sqlite_sequence WHERE name = 'events'"
            self._last = int(connection.exec_driver_sql(last).scalar_one())

    def save(self, draft: Draft, by: Person) -> None:
        """Save the draft's text as its next version."""
        story, parents = draft.story, [draft.version] if draft.version else []
        draft.state = outcome(Action.SAVE, draft.state, by.role)
        at, content = self._tick(), story.canonical()
        draft.hash = sha256(content).hexdigest()
        draft.version = self._append(
            draft, by, Action.SAVE.past, at, parents=tuple(parents), subject=draft.hash
        )
        draft.number += 1
        draft.saved = draft.place
        shown = {
            "headline": story.headline,
            "slug": story.slug,
            "words": draft.text.words,
            "author": by.name,
        }
        self._rows[versions].append(
            {
                "story": story.id,
                "number": draft.number,
                "id": draft.version,
                "parents": json.dumps([draft.number - 1] if parents else []),
                "content": content.decode("utf-8"),
                "hash": draft.hash,
                "at": at,
                "cause": Action.SAVE.past,
                **shown,
            }
        )
        draft.row = shown | {"updated": at, "touched": draft.place}

    def decide(self, draft: Draft, by: Person, action: Action, remark: str = "") -> None:
        """Submit, return, publish, update or kill the latest version, perhaps with a remark."""
        draft.state = outcome(action, draft.state, by.role)
        at = self._tick()
        event = self._append(
            draft, by, action.past, at, version=draft.version, subject=remark_hash(remark)
        )
        draft.row |= {"updated": at, "touched": draft.place}
        if action is Action.PUBLISH:
            draft.live = draft.number
        if remark:
            self._write_note(draft, by, at, event, remark)

    def approve(self, draft: Draft, by: Person) -> None:
        """Sign that the latest version may go out."""
        draft.state = outcome(Action.APPROVE, draft.state, by.role)
        at, log, story = self._tick(), self._logs[by.name], draft.story
        statement = ApprovalStatement(
            desk=self._desk,
            kind="story",
            hash=draft.hash,
            version=draft.version,
            masthead=self._masthead,
            by=by.name,
            writers=(draft.writer.name,),
            at=at,
            story=story.id,
            section=story.section,
            log=log.log,
            previous=log.tip.hash,
        )
        token = log.sign(statement)
        event = self._append(
            draft, by, Action.APPROVE.past, at, version=draft.version, token=token_hash(token)
        )
        draft.row |= {"updated": at, "touched": draft.place}
        self._rows[approvals].append({"event": event, "text": draft.version, "token": token})

    def note(self, draft: Draft, by: Person, text: str, resolved_by: Person | None = None) -> None:
        """Write a note about a story, and resolve it."""
        at = self._tick()
        event = self._append(
            draft, by, NOTED, at, version=draft.version, subject=note_hash(text, "")
        )
        values = {}
        if resolved_by is not None:
            then = self._tick()
            values = {"resolved_by": resolved_by.name, "resolved_at": then}
            self._append(draft, resolved_by, RESOLVED, then, (event,), version=draft.version)
        self._write_note(draft, by, at, event, text, **values)

    def finish(self, draft: Draft) -> None:
        """Write the list's row of a story and its words in the search."""
        story = draft.story
        self._rows[stories].append(
            {
                "id": story.id,
                "stage": str(draft.state.stage),
                "publication": str(draft.state.publication),
                "latest": draft.number,
                "section": story.section,
                "language": story.language,
                "indexed": draft.saved,
                "live_version": draft.live,
                "tips": json.dumps(list(draft.tips)),
                **draft.row,
            }
        )
        self._indexed.append((draft.saved, story, draft.text.plain))
        if len(self._indexed) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what was made since the last time."""
        with self._database.write() as connection:
            for table, rows in self._rows.items():
                if rows:
                    connection.execute(insert(table), rows)
                rows.clear()
            for place, story, body in self._indexed:
                search.add_to_index(connection, place, story, body)
        self._indexed.clear()

    def close(self) -> None:
        """Write what is left, and remember the desk, as whoever wrote to it does."""
        self.flush()
        with self._database.read() as connection:
            chain, tips = read_trusted(connection, self._path), last_entries(connection)
        pins.remember(self._path, chain, tips, own=tips)
        self._database.close()

    def _tick(self) -> str:
        self._at += STEP
        return instant_text(self._at)

    def _append(
        self,
        draft: Draft,
        by: Person,
        action: str,
        at: str,
        parents: tuple[str, ...] = (),
        **values: str,
    ) -> str:
        """Append an event to a person's log, signed; its id."""
        event = Event(
            action,
            by.name,
            at,
            self._desk,
            story=draft.story.id,
            parents=parents,
            after=draft.tips,
            nonce=f"{self._chance.getrandbits(64):016x}",
            **values,
        )
        body, log = event.body(), self._logs[by.name]
        id, seq = event_id(body), log.tip.seq + 1
        skip = log.hashes[skip_of(seq)] if skip_of(seq) else ""
        hash = log.hashes[seq] = entry_hash(log.log, seq, log.tip.hash, id, skip)
        self._last += 1
        self._rows[events].append(
            {
                "id": self._last,
                "log": log.log,
                "seq": seq,
                "previous": log.tip.hash,
                "skip": skip,
                "hash": hash,
                "event": id,
                "body": body,
                "signature": log.key.sign_bytes(signed_bytes(hash)),
                "story": draft.story.id,
                "action": action,
            }
        )
        log.tip = LogTip(seq, hash)
        draft.tips, draft.place = (id,), self._last
        return id

    def _write_note(
        self, draft: Draft, by: Person, at: str, event: str, text: str, **values: str
    ) -> None:
        self._rows[notes].append(
            {
                "event": event,
                "hash": note_hash(text, ""),
                "story": draft.story.id,
                "version": draft.number,
                "author": by.name,
                "at": at,
                "text": text,
                "field": "",
                "resolved_by": "",
                "resolved_at": "",
                **values,
            }
        )


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def make_desk(path: Path, at: datetime, keys: KeyStore) -> None:
    """Make a desk with a chief, an editor and eight writers, and an approved banner."""
    house = House("Example Newsroom", url="https://news.example.org/", sections=SECTIONS)
    with Desk.create(path, house, CHIEF, clock=lambda: at, keys=keys) as desk:
        for person in (EDITOR, *WRITERS):
            key = ensure_key(keys, person.name).public
            desk.do(AddPerson(person, key.line(person.name)), CHIEF.name)
        with desk.read() as snapshot:
            base = snapshot.banner().hash
        briefs = tuple(
            Brief(title=f"Trend {number}", summary=f"Something happened {number} times.")
            for number in range(1, 6)
        )
        desk.do(SaveBanner(Banner(briefs), base), WRITERS[0].name)
        with desk.read() as snapshot:
            hash = snapshot.banner().hash
        desk.do(ApproveBanner(hash), EDITOR.name)


def invented(count: int) -> Iterator[Draft]:
    """Yield stories of 300 to 500 words, each with its writer."""
    chance = random.Random(3)
    prose = Prose(chance)
    for number in range(count):
        headline = prose.headline()
        city, country = chance.choice(CITIES)
        writer, body = WRITERS[number % len(WRITERS)], prose.body()
        story = Story(
            id=f"{chance.getrandbits(128):032x}",
            slug=f"{slug_from(headline)}-{number}",
            section=SECTIONS[int(chance.random() ** 1.3 * len(SECTIONS))].slug,
            headline=headline,
            standfirst=prose.sentence(),
            key_points=tuple(prose.sentence() for _ in range(chance.randint(2, 4))),
            bylines=(writer.name,),
            dateline=Dateline(city=city, country=country),
            body=body.markdown,
            keywords=tuple(prose.headline(1) for _ in range(3)),
        )
        yield Draft(story, writer, body)


def work_on(filler: Filler, draft: Draft, number: int) -> None:
    """Take a story as far as its number says: a draft, in review, approved, published, killed."""
    kind = number % 20
    filler.save(draft, draft.writer)
    if kind == 7 and number % 3 == 0:
        filler.note(draft, EDITOR, "Who says so?", draft.writer)
    if kind == 0:
        return
    filler.decide(draft, draft.writer, Action.SUBMIT)
    if kind == 1:
        return
    filler.approve(draft, EDITOR)
    if kind % 2:
        filler.decide(draft, EDITOR, Action.PUBLISH)
    if kind == 9 and number % 40 == 9:
        _rename(filler, draft)
    elif number % 500 == 13:
        filler.decide(draft, EDITOR, Action.KILL, "The source withdrew what it had told us.")


def _rename(filler: Filler, draft: Draft) -> None:
    """Give what readers have another slug: they keep the address that they know."""
    filler.decide(draft, draft.writer, Action.UPDATE)
    draft.story = replace(draft.story, slug=f"new-{draft.story.slug}")
    filler.save(draft, draft.writer)
    filler.decide(draft, draft.writer, Action.SUBMIT)
    filler.approve(draft, EDITOR)
    filler.decide(draft, EDITOR, Action.PUBLISH)


def fill(path: Path, count: int) -> None:
    """Make a desk of so many stories at a path."""
    at = datetime.now(UTC).replace(microsecond=0) - STEP * (count * 4 + 100)
    # Their files open at once: they protect nothing.
    keys = KeyFolder(Path(os.environ["STONEHAND_KEYS"]), os.environ["STONEHAND_PASSPHRASE"], cost=1)
    make_desk(path, at, keys)
    filler = Filler(path, (CHIEF, EDITOR, *WRITERS), at, keys)
    for number, draft in enumerate(invented(count)):
        work_on(filler, draft, number)
        filler.finish(draft)
    filler.close()


def keep_beside(path: Path) -> None:
    """Keep the keys and what is remembered of desks beside a desk, unless told otherwise."""
    for name in ("KEYS", "DATA", "CONFIG"):
        os.environ.setdefault(f"STONEHAND_{name}", str(path.absolute().parent / name.lower()))
    os.environ.setdefault("STONEHAND_PASSPHRASE", PASSPHRASE)


def main() -> None:
    """Make the desk that is asked for."""
    if len(sys.argv) != 3:
        sys.exit("python tests/bench/fill.py STORIES DESK")
    count, path, start = int(sys.argv[1]), Path(sys.argv[2]), perf_counter()
    keep_beside(path)
    fill(path, count)
    print(f"{count} stories in {perf_counter() - start:.1f} s: {path}")


if __name__ == "__main__":
    main()
