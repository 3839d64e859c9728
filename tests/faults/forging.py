"""What somebody writes into a desk past its door who read the source.

Every hash fits, every row of the tables says what the events come to, and what a
key that they have can sign is signed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any

from editor.core.events import (
    MASTHEAD,
    OPENED,
    Event,
    entry_hash,
    event_id,
    signed_bytes,
    skip_of,
)
from editor.core.story import Story
from editor.core.workflow import Action
from editor.errors import UntrustedSignature
from editor.store.reading.approvals import ApprovalVerifier
from editor.trust.approval import ApprovalStatement
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import LogTip, token_hash
from editor.trust.masthead import Masthead
from tests.faults.newsroom import NOON, Room
from tests.reading import reading


def append(
    room: Room, event: Event, key: PrivateKey | None, log: str = "", *, fresh: bool = False
) -> str:
    """Append an event to a log, the longest of its person's if none is named; the event's id.

    With `fresh` a new log is opened for it, signed by the key.
    """
    if fresh:
        assert key is not None
        log = token_hex(16)
        room.sql("INSERT INTO logs VALUES (?, ?, ?)", log, event.person, key.public.x)
        opened = Event(OPENED, event.person, event.at, event.desk, detail=key.public.x)
        append(room, opened, key, log)
    log = log or room.log_of(event.person)
    seq, previous = tip(room, log)
    return insert(room, event, key, log, seq + 1, previous)


def insert(
    room: Room,
    event: Event,
    key: PrivateKey | None,
    log: str,
    seq: int,
    previous: str,
    skip: str | None = None,
) -> str:
    """Write one entry of a log; the event's id. Without `skip` it names the right one."""
    body = event.body()
    id = event_id(body)
    skip = skip_at(room, log, seq) if skip is None else skip
    hash = entry_hash(log, seq, previous, id, skip)
    room.sql(
        "INSERT INTO events (log, seq, previous, skip, hash, event, body, signature, story, "
        "action) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(log, seq, previous, skip, hash, id, body),
        *(key.sign_bytes(signed_bytes(hash)) if key else b"", event.story, event.action),
    )
    return id


def skip_at(room: Room, log: str, seq: int) -> str:
    """The hash of the earlier entry that one names beside the one before it."""
    found = room.ask("SELECT hash FROM events WHERE log = ? AND seq = ?", log, skip_of(seq))
    return str(found[0][0]) if found else ""


def tip(room: Room, log: str) -> tuple[int, str]:
    """The number and hash of the last entry of a log."""
    found = room.ask(
        "SELECT seq, hash FROM events WHERE log = ? ORDER BY seq DESC LIMIT 1", log
    ) or [(0, "")]
    seq, hash = found[0]
    return int(seq), str(hash)


def event_of(room: Room, slug: str, action: str, by: str, **changes: Any) -> Event:
    """What an event of a story's latest version would be, all as it should."""
    story = room.id(slug)
    ((version, tips),) = room.ask(
        "SELECT v.id, s.tips FROM versions v JOIN stories s ON s.id = v.story "
        "AND s.latest = v.number WHERE s.id = ?",
        story,
    )
    event = Event(
        action=action,
        person=by,
        at=NOON,
        desk=room.chain().desk,
        story=story,
        version=version,
        after=tuple(json.loads(tips)),
        nonce=token_hex(8),
    )
    return replace(event, **changes)


def token_of(room: Room, slug: str) -> str:
    """The signed statement about a story's first approved version."""
    return str(
        room.ask(
            "SELECT a.token FROM approvals a JOIN versions v ON v.id = a.text "
            "WHERE v.story = ? ORDER BY v.number",
            room.id(slug),
        )[0][0]
    )


def set_token(room: Room, slug: str, token: str) -> None:
    """Put something else into the place of the signed statements about a story."""
    room.sql(
        "UPDATE approvals SET token = ? WHERE text IN (SELECT id FROM versions WHERE story = ?)",
        *(token, room.id(slug)),
    )


def named(room: Room, slug: str, action: str) -> tuple[str, ...]:
    """The last event of a kind of a story, as `after` names it."""
    ((id,),) = room.ask(
        "SELECT event FROM events WHERE story = ? AND action = ? ORDER BY id DESC LIMIT 1",
        *(room.id(slug), action),
    )
    return (str(id),)


def decide(
    room: Room, slug: str, action: Action, by: str, key: PrivateKey | None, **changes: Any
) -> str:
    """Write a decision past the door, and make the tables fit; the event's id."""
    id = append(room, event_of(room, slug, action.past, by, **changes), key)
    project(room, slug)
    return id


def approve(
    room: Room,
    slug: str,
    by: str,
    key: PrivateKey | None = None,
    *,
    log: str = "",
    fresh: bool = False,
    event: Mapping[str, Any] | None = None,
    **changes: Any,
) -> str:
    """Sign an approval past the door, and write all that belongs to it; its token.

    `changes` are of the signed statement, `event` those of the entry.
    """
    key = key or room.key(by)
    with room.desk() as desk:
        stored = reading(desk).stored(room.id(slug))
    made = event_of(room, slug, Action.APPROVE.past, by, **(event or {}))
    if fresh:
        log = token_hex(16)
        room.sql("INSERT INTO logs VALUES (?, ?, ?)", log, by, key.public.x)
        append(room, Event(OPENED, by, NOON, made.desk, detail=key.public.x), key, log)
    log = log or room.log_of(by)
    chain = room.chain()
    statement = ApprovalStatement(
        desk=chain.desk,
        kind="story",
        hash=stored.hash,
        version=stored.id,
        masthead=chain.latest_hash,
        by=by,
        writers=(),
        at=made.at,
        story=stored.story.id,
        section=stored.story.section,
        log=log,
        previous=tip(room, log)[1],
    )
    token = replace(statement, **changes).signed(key)
    made = replace(made, **{"token": token_hash(token), **(event or {})})
    id = append(room, made, key, log)
    put_token(room, slug, id, token)
    project(room, slug)
    return token


def put_token(room: Room, slug: str, event: str, token: str) -> None:
    """Write a signed statement beside the entry that recorded it."""
    room.sql(
        "INSERT INTO approvals SELECT ?, v.id, ? FROM versions v "
        "JOIN stories s ON s.id = v.story AND s.latest = v.number WHERE s.slug = ?",
        *(event, token, slug),
    )


def save(
    room: Room, slug: str, by: str, key: PrivateKey | None, log: str = "", **changes: Any
) -> str:
    """Write a version past the door, unsigned without a key; the event's id."""
    with room.desk() as desk:
        stored = reading(desk).stored(room.id(slug))
    story = replace(stored.story, **changes)
    event = event_of(
        room, slug, Action.SAVE.past, by, version="", parents=(stored.id,), subject=story.hash
    )
    id = append(room, event, key, log)
    put_version(room, story, id, by, stored.version + 1, [stored.version])
    project(room, slug)
    return id


def put_version(
    room: Room, story: Story, event: str, by: str, number: int, parents: list[int]
) -> None:
    """Write the row of a version, and what the list shows of it."""
    room.sql(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, 'saved', ?, ?, 4, packed(?))",
        *(story.id, number, event, json.dumps(parents)),
        *(story.hash, by, NOON, story.slug, story.headline, story.canonical().decode()),
    )
    room.sql(
        "UPDATE stories SET latest = ?, author = ?, slug = ? WHERE id = ?",
        *(number, by, story.slug, story.id),
    )


def rewrite(room: Room, slug: str, old: str, new: str) -> str:
    """Put other words into a story's versions, with hashes that fit; the last hash."""
    story, hash = room.id(slug), ""
    for number, content in room.ask(
        "SELECT number, unpacked(content) FROM versions WHERE story = ? ORDER BY number", story
    ):
        changed = Story.from_json(json.loads(content.replace(old, new)))
        hash = changed.hash
        room.sql(
            "UPDATE versions SET content = packed(?), hash = ? WHERE story = ? AND number = ?",
            *(changed.canonical().decode(), hash, story, number),
        )
    return hash


def pretend(room: Room, slug: str, /, **values: object) -> None:
    """Call a story approved, or whatever is given, as far as its own row is concerned."""
    values = values or {"stage": "approved"}
    names = ", ".join(f"{name} = ?" for name in values)
    room.sql(f"UPDATE stories SET {names} WHERE slug = ?", *values.values(), slug)


def project(room: Room, slug: str) -> None:
    """Make a story's row say what its events come to, as an audit expects it."""
    story = room.id(slug)
    with room.desk() as desk, desk._database.read() as connection:
        try:
            found = ApprovalVerifier(connection, None).standing_of(story)
        except UntrustedSignature:
            return  # no table can say what the events of such a desk come to
    standing = found.standing
    room.sql(
        "UPDATE stories SET stage = ?, publication = ?, latest = ?, live_version = ?, "
        "leaves = ?, tips = ? WHERE id = ?",
        *(str(standing.stage), str(standing.publication)),
        *(found.number(found.latest()), found.number(standing.live)),
        *(len(standing.leaves), json.dumps(standing.tips), story),
    )


def renumber(room: Room) -> None:
    """Close the gaps in the order of arrival, as if nothing had ever been there."""
    for number, (id,) in enumerate(room.ask("SELECT id FROM events ORDER BY id"), 1):
        room.sql("UPDATE events SET id = ? WHERE id = ?", number, id)
    ((last,),) = room.ask("SELECT count(*) FROM events")
    room.sql("UPDATE sqlite_sequence SET seq = ? WHERE name = 'events'", last)


def rechain(
    room: Room,
    keys: Mapping[str, PrivateKey],
    change: Callable[[Event], Event] = lambda event: event,
) -> None:
    """Change events, and make every hash fit again that depends on them, in every log.

    Entries of people whose key is not given keep their signature.
    """
    names: dict[str, str] = {}
    tips: dict[str, tuple[int, str]] = {}
    for id, log, old, body, before in room.ask(
        "SELECT id, log, event, body, signature FROM events ORDER BY id"
    ):
        event = change(_renamed(Event.from_body(body), names))
        names[old] = name = event_id(event.body())
        seq, previous = tips.get(log, (0, ""))
        skip = skip_at(room, log, seq + 1)
        hash = entry_hash(log, seq + 1, previous, name, skip)
        tips[log] = seq + 1, hash
        key = keys.get(event.person)
        signature = key.sign_bytes(signed_bytes(hash)) if key else before
        _put_entry(room, id, seq + 1, (previous, skip), hash, event, signature)
    _rename_rows(room, names)


def _put_entry(
    room: Room,
    id: int,
    seq: int,
    before: tuple[str, str],
    hash: str,
    event: Event,
    signature: bytes,
) -> None:
    room.sql(
        "UPDATE events SET seq = ?, previous = ?, skip = ?, hash = ?, event = ?, body = ?, "
        "signature = ?, story = ?, action = ? WHERE id = ?",
        *(seq, *before, hash, event_id(event.body()), event.body()),
        *(signature, event.story, event.action, id),
    )


def _renamed(event: Event, names: Mapping[str, str]) -> Event:
    return replace(
        event,
        version=names.get(event.version, event.version),
        parents=tuple(names.get(id, id) for id in event.parents),
        after=tuple(names.get(id, id) for id in event.after),
    )


def _rename_rows(room: Room, names: Mapping[str, str]) -> None:
    for table, column in (
        *(("versions", "id"), ("papers", "event"), ("notes", "event")),
        *(("approvals", "event"), ("approvals", "text")),
    ):
        for (old,) in room.ask(f"SELECT {column} FROM {table}"):
            room.sql(
                f"UPDATE {table} SET {column} = ? WHERE {column} = ?", names.get(old, old), old
            )
    for id, tips in room.ask("SELECT id, tips FROM stories"):
        new = json.dumps([names.get(tip, tip) for tip in json.loads(tips)])
        room.sql("UPDATE stories SET tips = ? WHERE id = ?", new, id)


def issue_masthead(room: Room, by: str, key: PrivateKey | None = None, **changes: Any) -> Masthead:
    """Sign the next masthead past the door, and record it in its signer's log."""
    key, chain = key or room.key(by), room.chain()
    seen = {log: LogTip(*tip(room, log)) for (log,) in room.ask("SELECT log FROM logs")}
    following = replace(
        chain.latest,
        number=chain.latest.number + 1,
        previous=chain.latest_hash,
        at=NOON,
        seen=seen,
    )
    following = replace(following, **changes)
    token = following.signed(key)
    room.sql("INSERT OR REPLACE INTO mastheads VALUES (?, ?)", following.number, token)
    append(room, Event(MASTHEAD, by, NOON, chain.desk, subject=token_hash(token)), key)
    return following


def hide_from_index(room: Room, index: str, entry: int) -> None:
    """Make an index of the log not find an entry, which stays in its table as it was."""
    ((story, event),) = room.ask("SELECT story, event FROM events WHERE id = ?", entry)
    ((*schema,),) = room.ask("SELECT * FROM sqlite_master WHERE name = ?", index)
    room.sql("UPDATE events SET story = 'x', event = 'x' WHERE id = ?", entry)
    room.sql("DELETE FROM sqlite_master WHERE name = ?", index, is_schema=True)
    room.sql("UPDATE events SET story = ?, event = ? WHERE id = ?", story, event, entry)
    room.sql("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", *schema, is_schema=True)


def change_entry(room: Room, entry: int, change: Callable[[Event], Event]) -> None:
    """Put another event into an entry, unsigned, with hashes that fit; the next one has its own."""
    ((log, seq, previous, skip, body),) = room.ask(
        "SELECT log, seq, previous, skip, body FROM events WHERE id = ?", entry
    )
    event = change(Event.from_body(body))
    hash = entry_hash(log, seq, previous, event_id(event.body()), skip)
    _put_entry(room, entry, seq, (previous, skip), hash, event, b"")
