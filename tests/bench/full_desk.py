"""Filling a desk quickly: as saves do it, signed, but many to a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.core.people import Person
from editor.store.commands.transaction import Transaction
from editor.store.db.engine import Database
from editor.store.log.own_logs import OwnLogs
from editor.store.log.writer import LogWriter, Signer
from editor.store.reading.mastheads import read_chain
from editor.trust.keyring import choose_key_store, ensure_key

AT = "2026-03-03T12:00:00Z"


@contextmanager
def bulk(path: Path, person: Person, at: str = AT) -> Iterator[Transaction]:
    """One transaction in a person's name, for any number of handlers."""
    key = ensure_key(choose_key_store(), person.name)
    database = Database(path)
    try:
        with database.write() as connection:
            signer = Signer(read_chain(connection).desk, person.name, key.public, key)
            writer = LogWriter(connection, OwnLogs(), signer)
            yield Transaction(connection, path, person, at, signer, writer)
    finally:
        database.close()
