"""Writing to a desk what saves and decisions would, signed as they are, thousands at once."""

from __future__ import annotations

import json
import random
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, select

from editor.core.canonical import canonical_json
from editor.core.events import NOTED, RESOLVED, Event, entry_hash, event_id, signed_bytes, skip_of
from editor.core.people import Person
from editor.core.story import Story
from editor.core.times import instant_text
from editor.core.workflow import Action, State, outcome
from editor.store.commands.notes import remark_hash
from editor.store.db.engine import Database
from editor.store.db.schema import approvals, events, notes, stories, versions
from editor.store.log import pins
from editor.store.log.logs import last_entries
from editor.store.log.own_logs import OwnLogs
from editor.store.log.writer import LogWriter, Signer
from editor.store.reading import search
from editor.store.reading.mastheads import read_chain, read_trusted
from editor.store.reading.notes import note_hash
from editor.trust.approval import ApprovalStatement
from editor.trust.keyring import KeyStore, ensure_key
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import LogTip, token_hash
from tests.bench.words import Body

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
