"""The tables of a desk, and what a row of each means.

A change here needs a migration beside it, and `LATEST` raised; a test says so.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

LATEST = "0001"
"""The latest migration's number: the schema this Stonehand reads and writes."""

APPLICATION_ID = 0x53746F6E
"""`Ston` in ASCII, in the file's header: another program's database is not mistaken for ours."""

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

mastheads = Table(
    # The signed documents that say who is on the desk and what it asks for, as a
    # chain from the first (1) on. Empty until the first signature is needed.
    "mastheads",
    tables,
    Column("number", Integer, primary_key=True),
    Column("token", Text, nullable=False),
)

people = Table(
    # Once there is a masthead, it says who is on the desk, and these rows only follow it.
    "people",
    tables,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
)

papers = Table(
    # The house and the banner, a row for each save; the highest number counts.
    "papers",
    tables,
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    CheckConstraint("kind IN ('house', 'banner')", name="known_kind"),
)

stories = Table(
    # Each story's state, and what lists show of its `latest` version. `touched` is
    # the id of the audit row that last changed it: lists are ordered by it, since
    # clocks go back. `indexed` is the row of the search index that holds its words.
    # `live_version` is what readers have (0: nothing), `leaves` how many versions
    # have no successor.
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
    Index("stories_touched", "touched"),
    Index("stories_by_stage", "stage", "touched"),
    Index("stories_by_section", "section", "touched"),
    Index("stories_by_author", "author", "touched"),
    Index("stories_counted", "stage", "publication", "section"),
)

versions = Table(
    # Immutable. `content` is canonical JSON and `hash` the SHA-256 of its bytes.
    "versions",
    tables,
    Column("story", Text, ForeignKey("stories.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("parents", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("words", Integer, nullable=False),
)

approvals = Table(
    # A signed word for one version by its number and its hash. `withdrawn` says when
    # it was withdrawn (the story was returned or spiked); empty while it holds.
    # `token` is the signed statement, and `audit_row` the audit row that recorded it.
    "approvals",
    tables,
    Column("id", Integer, primary_key=True),
    Column("story", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("withdrawn", Text, nullable=False, server_default=_EMPTY),
    Column("token", Text, nullable=False),
    Column("audit_row", Integer, nullable=False),
    Index("approvals_of_story", "story", "version"),
)

notes = Table(
    # `start` and `end` mark a passage of the field in the note's version, `quote` is
    # that passage and `context` the words around it, so that it is found again.
    # `answers` is the note this one answers, or 0. `resolved_at` is empty while it is open.
    "notes",
    tables,
    Column("id", Integer, primary_key=True),
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

audit = Table(
    # One row for each command that was carried out. Its ids also number the desk's
    # changes, in order, without a gap. `subject` is the hash of the content it is
    # about (a version, a paper, a masthead), `previous` the hash of the row before
    # (empty for the first), and `hash` that of the row itself; see `log/entries.py`.
    "audit",
    tables,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("story", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("audit_of_story", "story"),
    sqlite_autoincrement=True,
)

SEARCH_DDL = """
CREATE VIRTUAL TABLE search USING fts5(
    headline, points, body, rest,
    prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
)
"""
"""Full text of the latest versions. Row ids grow with each save, so that the newest come first.

Marks (Mn, Mc) belong to words: without them Arabic with vowel signs and
Devanagari fall apart.
"""


def create_schema(connection: Connection) -> None:
    """Make every table in an empty database, and write the schema's number down."""
    tables.create_all(connection)
    connection.exec_driver_sql(SEARCH_DDL)
    connection.execute(schema_number.insert().values(version_num=LATEST))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
