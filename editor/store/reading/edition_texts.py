"""The texts of an edition: each is read when it is asked for, and is the one that was approved."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from editor.core.listing import Listing
from editor.core.newer import reads_newer
from editor.core.story import Story
from editor.errors import UntrustedSignature
from editor.files import is_writable
from editor.i18n import _
from editor.store.db.engine import DATABASE, Database
from editor.store.db.errors import desk_errors
from editor.store.db.packing import unpack
from editor.store.reading.evidence import AGAIN
from editor.store.reading.values import read_story, text_hash

_TEXT = "SELECT content FROM versions WHERE story = ? AND number = ?"


def read_version(raw: Any, story: str, version: int, hash: str, name: str) -> Story:
    """Return the text of a version on a plain connection; `name` is what an error calls it.

    Raises UntrustedSignature unless it has the hash, DeskDamaged.
    """
    row = raw.execute(_TEXT, (story, version)).fetchone()
    content = unpack(row[0]) if row else ""
    if text_hash(content) != hash:
        raise UntrustedSignature(
            _("The text of {name} was changed outside Stonehand.").format(name=name), _(AGAIN)
        )
    return read_story(content, name)


class EditionTexts:
    """Reads versions of a desk, which never change, by a connection of its own.

    So it can be used when the snapshot of the edition is over, in one thread at a time.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> None:
        """Open the database, which is else done when the first text is read."""
        with self.reading() as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()  # now the log is open

    def read(self, listing: Listing) -> Story:
        """Return the text of a listing. Raises UntrustedSignature unless it is the approved one.

        Raises DeskDamaged as well.
        """
        with self.reading() as raw:
            return read_version(raw, listing.id, listing.version, listing.hash, listing.slug)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Give SQLite's own connection, which sees one unchanging state. Raises DeskError."""
        with desk_errors(self._path), self._database.read_plainly() as raw:
            yield raw

    @cached_property
    def _database(self) -> Database:
        # Where nobody can write, a file without a log can't change while it is read. The desk of
        # a newer Stonehand is not even tried.
        is_newer = reads_newer()
        can_change = not is_newer and (
            is_writable(self._path) and os.access(self._path / DATABASE, os.W_OK)
        )
        database = Database(self._path, read_only=not can_change, is_open=can_change)
        database.is_newer = is_newer
        weakref.finalize(self, database.close)
        return database
