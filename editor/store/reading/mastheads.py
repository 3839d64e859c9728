"""Reading the masthead: who is on the desk, and whether that can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from editor.core.canonical import normal
from editor.core.events import FOUNDED, MASTHEAD
from editor.core.newer import reads_newer
from editor.core.people import Person
from editor.errors import NotFound, UntrustedSignature
from editor.files import path_stamp
from editor.i18n import N_, _
from editor.store.db.engine import DATABASE, plain
from editor.store.db.newer import NUMBER, require_ours
from editor.store.log import pins
from editor.store.log.entries import SELECT_ENTRIES, Entry
from editor.store.log.logs import hashes_at
from editor.trust.masthead import MastheadChain

_MEMO = "stonehand mastheads"
_MASTHEADS = f"SELECT number, token, ({NUMBER}) FROM mastheads ORDER BY number"  # noqa: S608  ours
_RECORDED = (
    f"{SELECT_ENTRIES} INDEXED BY events_of_desk WHERE story = '' AND action IN (?, ?) ORDER BY id"
)
_RESTORE = N_("Look at `stonehand audit`, and restore a backup from before.")


def read_chain(connection: Connection) -> MastheadChain:
    """The desk's mastheads, verified, whatever was seen before. Raises UntrustedSignature.

    Every write asks for them, and is refused with DeskTooNew once a newer Stonehand changed
    the schema.
    """
    rows = plain(connection).execute(_MASTHEADS).fetchall()
    if not rows:
        raise UntrustedSignature(_("The masthead of this desk is gone."), _(_RESTORE))
    require_ours(rows[-1][2])
    if [number for number, _token, _schema in rows] != list(range(1, len(rows) + 1)):
        raise UntrustedSignature(_("A masthead of this desk is missing."), _(_RESTORE))
    return _verified(tuple(token for _number, token, _schema in rows), reads_newer())


def read_trusted(connection: Connection, path: Path | None) -> MastheadChain:
    """The mastheads, compared with what this computer has seen of the desk before.

    What this connection has found sound is not read again until something changes.
    Without a `path` nothing was seen before. Raises UntrustedSignature where they
    are not sound, or the desk is older than it was.
    """
    state = (database_state(connection, path), pins.state())
    known: tuple[object, MastheadChain] | None = connection.info.get(_MEMO)
    if known and known[0] == state:
        return known[1]
    forget_pages(connection)
    chain = read_chain(connection)
    if path is not None:
        pins.check(path, chain)
    if doubt := unrecorded(connection, chain):
        raise UntrustedSignature(doubt, _(_RESTORE))
    if path is not None:
        pins.check_logs(chain.desk, lambda places: hashes_at(connection, places))
    connection.info[_MEMO] = (state, chain)
    return chain


def database_state(connection: Connection, path: Path | None) -> object:
    """What differs after any change of the database.

    SQLite knows of what is written through it, the files' times of what is written past it.
    """
    raw = plain(connection)
    (others,) = raw.execute("PRAGMA data_version").fetchone()
    files = path and [path_stamp(path / name) for name in (DATABASE, f"{DATABASE}-wal")]
    return path, others, raw.total_changes, files


def forget_pages(connection: Connection) -> None:
    """Let SQLite read from the file again: what was written past it is not in its memory."""
    plain(connection).execute("PRAGMA shrink_memory").fetchall()


def unrecorded(connection: Connection, chain: MastheadChain) -> str:
    """Say which masthead the log does not know, or which one of it is gone; empty if none is."""
    entries = map(Entry._make, plain(connection).execute(_RECORDED, (FOUNDED, MASTHEAD)))
    subjects = [event.subject for entry in entries if (event := entry.read())]
    if len(subjects) > len(chain.hashes):
        return _("The latest masthead of this desk is gone.")
    for number, (subject, hash) in enumerate(zip(subjects, chain.hashes, strict=False), 1):
        if subject != hash:
            return _("Masthead {number} is not the one the audit speaks of.").format(number=number)
    if len(subjects) < len(chain.hashes):
        return _("The audit knows nothing of masthead {value}.").format(value=len(subjects) + 1)
    return ""


def people_of(chain: MastheadChain) -> tuple[Person, ...]:
    """The people on the masthead in force, by name."""
    people = (member.person for member in chain.latest.members)
    return tuple(sorted(people, key=lambda person: person.name))


def find_person(people: Sequence[Person], name: str) -> Person:
    """A person by name, white space aside. Raises NotFound with the names there are."""
    wanted = " ".join(normal(name).split())
    for person in people:
        if person.name == wanted:
            return person
    names = ", ".join(person.name for person in people[:12])
    more = f" and {len(people) - 12} more" if len(people) > 12 else ""
    raise NotFound(
        _("“{value}” is not on this desk.").format(value=wanted[:60]),
        _("On it are: {names}{more}.").format(names=names, more=more),
    )


@lru_cache(maxsize=16)
def _verified(tokens: tuple[str, ...], _reads_newer: bool) -> MastheadChain:
    # What is read of a newer Stonehand's words is not given where they are refused.
    return MastheadChain.verified(tokens)
