"""A desk as a plausible next Stonehand would leave it, which this one has never seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from editor.core.canonical import Json, canonical_json, content_hash
from editor.core.events import HOUSE, MASTHEAD, NOTED, entry_hash, event_id, signed_bytes
from editor.store.db.identity import LATEST
from editor.trust.keyring import KeyFolder
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import token_hash
from tests.faults import forging
from tests.faults.newsroom import NOON, Room

NEXT = f"{int(LATEST) + 1:04}"

_SCHEMA = (
    "ALTER TABLE stories ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal'",
    "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE events ADD COLUMN device TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE translations (story TEXT PRIMARY KEY, language TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX stories_by_priority ON stories (priority, touched)",
    "CREATE TRIGGER story_translated AFTER UPDATE OF priority ON stories BEGIN "
    "INSERT INTO translations VALUES (new.id, new.language); END",
)

_HOUSE: dict[str, Json] = {"paywall": {"kind": "metered"}, "ai_use": "on Tuesdays", "digits": "new"}


def make_newer(room: Room, chief: str, slug: str, *, readable_from: int = int(LATEST)) -> None:
    """Let the next version work on a desk: on its schema, its logs, its masthead and a story."""
    key = room.key(chief)
    forging.save(room, slug, chief, key, unknown='{"mood":{"tone":"calm"}}')
    story = room.id(slug)
    append(room, key, chief, "translated", story, into=["fr", "nl"], by_machine=True)
    append(room, key, chief, NOTED, story, colour="red")
    _sign_masthead(room, key, chief)
    _change_house(room, key, chief)
    room.sql("UPDATE stories SET stage = 'in legal review' WHERE id = ?", story)
    for statement in _SCHEMA:
        room.do_sql(statement)
    set_numbers(room.path, NEXT, readable_from)


def set_numbers(desk: Path, number: str, readable_from: int) -> None:
    """Let a desk say which Stonehand made it, and from which on one can read it."""
    room = Room(desk, KeyFolder(desk / "no-keys", ""))
    room.sql("UPDATE alembic_version SET version_num = ?", number)
    room.do_sql(f"PRAGMA user_version = {readable_from}")


def append(
    room: Room, key: PrivateKey, person: str, action: str, story: str = "", **others: Json
) -> str:
    """Append a signed entry with members that no event has today; the event's id."""
    log = room.log_of(person)
    seq, previous = forging.tip(room, log)
    desk = room.ask("SELECT json_extract(body, '$.desk') FROM events WHERE id = 1")[0][0]
    event = {"action": action, "person": person, "at": NOON, "desk": desk}
    body = canonical_json({**event, "story": story, **others} if story else {**event, **others})
    id, skip = event_id(body.decode()), forging.skip_at(room, log, seq + 1)
    hash = entry_hash(log, seq + 1, previous, id, skip)
    room.sql(
        "INSERT INTO events (log, seq, previous, skip, hash, event, body, signature, story, "
        "action) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(log, seq + 1, previous, skip, hash, id, body.decode()),
        *(key.sign_bytes(signed_bytes(hash)), story, action),
    )
    if story:
        room.sql("UPDATE stories SET touched = (SELECT max(id) FROM events) WHERE id = ?", story)
    return id


def files(desk: Path) -> Mapping[str, str]:
    """The SHA-256 of every file of a desk, and every folder, by its name."""
    return {
        str(path.relative_to(desk)): sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(desk.rglob("*"))
    }


def _sign_masthead(room: Room, key: PrivateKey, chief: str) -> None:
    """A masthead with a role and a gate that are new."""
    chain = room.chain()
    document = json.loads(json.dumps(chain.latest.to_json()))
    document |= {"number": chain.latest.number + 1, "previous": chain.latest_hash}
    tips = {log: forging.tip(room, log) for (log,) in room.ask("SELECT log FROM logs")}
    document["seen"] = {log: [*tip] for log, tip in tips.items()}
    document["policy"]["gates"] = ["legal"]
    document["policy"]["four_eyes"] = "six"
    document["region"] = "north"
    document["members"][-1]["role"] = "sub-editor"
    token = key.sign(document)
    room.sql("INSERT INTO mastheads VALUES (?, ?)", document["number"], token)
    append(room, key, chief, MASTHEAD, subject=token_hash(token), region="north")


def _change_house(room: Room, key: PrivateKey, chief: str) -> None:
    """Facts of the paper that are new, and choices that are none today."""
    number, content = room.ask(
        "SELECT number, content FROM papers WHERE kind = 'house' ORDER BY number DESC LIMIT 1"
    )[0]
    changed = canonical_json({**json.loads(content), **_HOUSE}).decode()
    hash = content_hash(json.loads(changed))
    event = append(room, key, chief, HOUSE, subject=hash, reason="metered from now on")
    row = ("house", number + 1, changed, hash, event)
    room.sql("INSERT INTO papers VALUES (?, ?, ?, ?, ?)", *row)
