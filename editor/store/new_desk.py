"""Making a desk: a folder with a database in which its chief signed the first events."""

from __future__ import annotations

from pathlib import Path

from editor.core.house import House
from editor.core.people import Person
from editor.files import building
from editor.store.commands.masthead import found
from editor.store.commands.paper import write_house
from editor.store.commands.transaction import Transaction
from editor.store.db.engine import Database
from editor.store.db.schema import create_schema
from editor.store.leftovers import remove_old_parts
from editor.store.log import pins
from editor.store.log.logs import last_entries
from editor.store.log.own_logs import OwnLogs
from editor.store.log.writer import LogWriter, Signer
from editor.store.reading.mastheads import read_chain
from editor.trust.keys import PrivateKey


def make_desk(  # noqa: PLR0913, PLR0917  each is another thing
    path: Path, house: House, chief: Person, key: PrivateKey, at: str, desk: str
) -> None:
    """Make a desk at a path where nothing is, whole or not at all. Raises OSError.

    `desk` is its id, `at` RFC 3339.
    """
    own = OwnLogs()
    remove_old_parts(path.parent)
    with building(path) as folder:
        for name in ("pictures", "drafts", "backups"):
            (folder / name).mkdir()
        database = Database(folder)
        try:
            with database.write() as connection:
                create_schema(connection)
                signer = Signer(desk, chief.name, key.public, key)
                writer = LogWriter(connection, own, signer)
                transaction = Transaction(connection, folder, chief, at, signer, writer)
                masthead = found(transaction)
                write_house(transaction, house, masthead)
                chain, tips = read_chain(connection), last_entries(connection)
        finally:
            database.close()
    if pins.known(desk).masthead[0]:  # one of this id was seen: this one takes its place
        pins.accept(path, chain, tips)
    pins.remember(path, chain, tips, own=tips)
