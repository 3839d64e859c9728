"""Making a desk: a folder with a database in which nothing was written yet."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, insert

from editor.core.brief import Banner
from editor.core.canonical import canonical_json
from editor.core.house import House
from editor.core.people import Person
from editor.files import building
from editor.store.commands.transaction import Transaction
from editor.store.db.engine import Database
from editor.store.db.schema import create_schema, papers, people
from editor.store.log.entries import FOUNDED


def make_desk(path: Path, house: House, chief: Person, at: str) -> None:
    """Make a desk at a path where nothing is, whole or not at all. Raises OSError."""
    with building(path) as folder:
        for name in ("pictures", "drafts", "backups"):
            (folder / name).mkdir()
        database = Database(folder)
        try:
            with database.write() as connection:
                _write_first_rows(connection, folder, house, chief, at)
        finally:
            database.close()


def _write_first_rows(
    connection: Connection, folder: Path, house: House, chief: Person, at: str
) -> None:
    create_schema(connection)
    connection.execute(insert(people).values(name=chief.name, role=str(chief.role)))
    for kind, value in (("house", house.to_json()), ("banner", Banner().to_json())):
        content = canonical_json(value).decode("utf-8")
        connection.execute(insert(papers).values(kind=kind, number=1, content=content))
    Transaction(connection, folder, chief, at).write_log(FOUNDED, note=house.name)
