"""The tables of a desk, and what a row of each means.

A change here needs a migration beside it, and `identity.LATEST` raised; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import UserDefinedType

from editor.store.db.identity import APPLICATION_ID, LATEST, READABLE_FROM
from editor.store.db.packing import pack, unpack
from editor.store.db.triggers import TRIGGERS


class PackedText(UserDefinedType[str]):
    """A text that is packed in the database."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        """The type of the column."""
        return "BLOB"

    def bind_processor(self, dialect: object) -> Callable[[str | None], bytes | None]:
        """What packs a text."""
        return lambda text: None if text is None else pack(text)

    def result_processor(self, dialect: object, coltype: object) -> Callable[[object], str]:
        """What unpacks it."""
        return unpack


tables = MetaData()

schema_number = Table(
    # Alembic's own table and column: it finds the desk's number where it expects it.
    "alembic_version",
    tables,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

_EMPTY = text("''")
_ZERO = text("0")

logs = Table(
    # One person's events on one computer: whose log it is, and the public key (base64url)
    # that signs it. Its first entry, `opened`, says the same.
    "logs",
    tables,
    Column("log", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("key", Text, nullable=False),
)

events = Table(
    # The truth: everything that anybody did, in the order of arrival (`id`), which also
    # numbers the desk's changes. Entry `seq` of a log names the `hash` of the one before
    # (`previous`, empty for the first), every fourth also that of an earlier one (`skip`).
    # `event` is the SHA-256 of `body`, its canonical JSON (`core.events`). `signature` is
    # its person's on `hash`, and covers every entry before it; empty while it waits for the
    # next one. All other tables but the texts (`versions`, `papers`, `notes`, `mastheads`,
    # `approvals`) are projections of it.
    "events",
    tables,
    Column("id", Integer, primary_key=True),
    Column("log", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("previous", Text, nullable=False),
    Column("skip", Text, nullable=False, server_default=_EMPTY),
    Column("hash", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("story", Text, nullable=False),
    Column("action", Text, nullable=False),
    UniqueConstraint("log", "seq", name="events_of_log"),
    Index("events_by_name", "event"),
    Index("events_of_story", "story"),
    Index("events_of_desk", "action", sqlite_where=text("story = ''")),
    sqlite_autoincrement=True,
)

mastheads = Table(
    # The signed documents that say who is on the desk and what it asks for, as a
    # chain from the first (1) on.
    "mastheads",
    tables,
    Column("number", Integer, primary_key=True),
    Column("token", Text, nullable=False),
)

papers = Table(
    # The house, its style, the banner, the front and the targets, a row for each save; `event`
    # made it, and `hash` is the SHA-256 of `content`. The highest number counts, but of the
    # banner the highest one that an editor approved goes out.
    "papers",
    tables,
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("event", Text, nullable=False, unique=True),
    CheckConstraint(
        "kind IN ('house', 'house style', 'banner', 'front', 'targets')", name="known_kind"
    ),
)

stories = Table(
    # A projection of its events: each story's state, and what lists show of its `latest`
    # version. `touched` is the id of the event that last changed it: lists are ordered
    # by it, since clocks go back. `indexed` is the row of the search index that holds
    # its words. `live_version` is what readers have (0: nothing), `leaves` how many
    # versions have no successor, and `tips` (JSON) the events that none comes after.
    "stories",
    tables,
    Column("id", Text, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("stage", Text, nullable=False),
    Column("publication", Text, nullable=False),
    Column("latest", Integer, nullable=False),
    Column("headline", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("updated", Text, nullable=False),
    Column("touched", Integer, nullable=False),
    Column("indexed", Integer, nullable=False, unique=True),
    Column("live_version", Integer, nullable=False, server_default=_ZERO),
    Column("leaves", Integer, nullable=False, server_default=text("1")),
    Column("tips", Text, nullable=False),
    Index("stories_touched", "touched"),
    Index("stories_by_stage", "stage", "touched"),
    Index("stories_by_publication", "publication", "touched"),
    Index("stories_by_section", "section", "touched"),
)

counts = Table(
    # How many stories are in each state, by section and language. Triggers keep this table and
    # the two after it true, and the audit compares them with the stories.
    "counts",
    tables,
    Column("stage", Text, primary_key=True),
    Column("publication", Text, primary_key=True),
    Column("section", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

writers = Table(
    # Who wrote a version of each story, and what it is to them now. `is_writing` (1 or 0): it is
    # a draft of theirs, which it is to everybody who wrote a version, save whoever returned it
    # to its other writers last. `is_returned`: such a draft was returned, and not submitted
    # since. `stage` and `touched` are those of the story, by which it is listed.
    "writers",
    tables,
    Column("story", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("touched", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("is_writing", Integer, nullable=False),
    Column("is_returned", Integer, nullable=False),
    Index("stories_of_writer", "person", "touched"),
    Index("drafts_of_writer", "person", "is_writing", "touched"),
    Index("returned_to_writer", "person", "is_returned", "touched"),
    sqlite_with_rowid=False,
)

writer_counts = Table(
    # How many stories each person wrote a version of, by what they are to that person now.
    "writer_counts",
    tables,
    Column("person", Text, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("is_writing", Integer, primary_key=True),
    Column("is_returned", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

versions = Table(
    # Immutable. `content` is canonical JSON and `hash` the SHA-256 of its bytes; `id` is
    # the event that made it, `number` its name on this desk. `slug` is in the content as well;
    # here it is found again when the story has another one. `content` is last: SQLite reads
    # a row from its start, and what is long goes on on other pages.
    "versions",
    tables,
    Column("story", Text, ForeignKey("stories.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("parents", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("content", PackedText, nullable=False),
    Index("versions_by_slug", "slug", "story"),
    Index("versions_by_author", "story", "author"),
)

approvals = Table(
    # Signed words for a version, a banner, a front or a house, by the `event` that recorded them.
    # `text` is the event that made what they are about, `token` the signed statement.
    # Whether one holds, the standing of its story says (`core.standing`).
    "approvals",
    tables,
    Column("event", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("token", Text, nullable=False),
    Index("approvals_of_text", "text"),
)

deliveries = Table(
    # What was delivered where: `content` is the canonical JSON of a `Delivery`, and the
    # subject of `event`, which recorded it, the SHA-256 of its bytes.
    "deliveries",
    tables,
    Column("event", Text, primary_key=True),
    Column("target", Text, nullable=False),
    Column("content", PackedText, nullable=False),
    Index("deliveries_of_target", "target"),
)

delivered_stories = Table(
    # Which text of each story a target has, by the SHA-256 of its content, empty where the
    # story was withdrawn there: a projection of the deliveries. `event` brought it there.
    "delivered_stories",
    tables,
    Column("target", Text, primary_key=True),
    Column("story", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("event", Text, nullable=False),
    Index("delivered_stories_of_story", "story"),
    sqlite_with_rowid=False,
)

notes = Table(
    # `start` and `end` mark a passage of the field in the note's version, `quote` is
    # that passage and `context` the words around it, so that it is found again.
    # `answers` is the note this one answers, or 0. `event` wrote it and names its `hash`
    # (see `reading/notes.py`). `resolved_at` is empty while it is open: a projection.
    "notes",
    tables,
    Column("id", Integer, primary_key=True),
    Column("event", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False),
    Column("story", Text, ForeignKey("stories.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("start", Integer, nullable=False, server_default=_ZERO),
    Column("end", Integer, nullable=False, server_default=_ZERO),
    Column("quote", Text, nullable=False, server_default=_EMPTY),
    Column("context", Text, nullable=False, server_default=_EMPTY),
    Column("answers", Integer, nullable=False, server_default=_ZERO),
    Column("resolved_by", Text, nullable=False, server_default=_EMPTY),
    Column("resolved_at", Text, nullable=False, server_default=_EMPTY),
    Index("notes_of_story", "story"),
)

SEARCH_DDL = """
CREATE VIRTUAL TABLE search USING fts5(
    headline, points, body, rest,
    content = '', contentless_delete = 1,
    prefix = '2 3',
    tokenize = "ascii"
)
"""
"""Full text of the latest versions. Row ids grow with each save, so that the newest come first.

The words are folded by `text/folding.py`, with spaces between them: letters beyond ASCII
are parts of words to this tokenizer. It holds no texts, which are in `versions`.
"""


def create_schema(connection: Connection) -> None:
    """Make every table in an empty database, and write the schema's number down."""
    tables.create_all(connection)
    for statement in (SEARCH_DDL, *TRIGGERS):
        connection.exec_driver_sql(statement)
    connection.execute(schema_number.insert().values(version_num=LATEST))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {int(READABLE_FROM)}")


def column_types() -> Iterator[tuple[str, str, str]]:
    """Yield each table, column, and what SQLite's `typeof` says of every value in it."""
    for table in tables.sorted_tables:
        for column in table.columns:
            kinds = {Integer: "integer", LargeBinary: "blob", PackedText: "blob"}
            found = (name for kind, name in kinds.items() if isinstance(column.type, kind))
            yield table.name, column.name, next(found, "text")
