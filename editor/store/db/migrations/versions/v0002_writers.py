"""Know who wrote what at every stage, and what was returned to whom; count by language."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = (
    *("DROP TABLE counts", "DROP TABLE drafts", "DROP TABLE draft_counts"),
    """
    CREATE TABLE counts (
        stage TEXT NOT NULL,
        publication TEXT NOT NULL,
        section TEXT NOT NULL,
        language TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (stage, publication, section, language)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE writers (
        story TEXT NOT NULL,
        person TEXT NOT NULL,
        touched INTEGER NOT NULL,
        stage TEXT NOT NULL,
        is_writing INTEGER NOT NULL,
        is_returned INTEGER NOT NULL,
        PRIMARY KEY (story, person)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE writer_counts (
        person TEXT NOT NULL,
        stage TEXT NOT NULL,
        is_writing INTEGER NOT NULL,
        is_returned INTEGER NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (person, stage, is_writing, is_returned)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX stories_of_writer ON writers (person, touched)",
    "CREATE INDEX drafts_of_writer ON writers (person, is_writing, touched)",
    "CREATE INDEX returned_to_writer ON writers (person, is_returned, touched)",
)

_COUNT = """
INSERT INTO counts (stage, publication, section, language, number)
VALUES (new.stage, new.publication, new.section, new.language, 1)
ON CONFLICT DO UPDATE SET number = number + 1
"""
_UNCOUNT = """
UPDATE counts SET number = number - 1
WHERE (stage, publication, section, language)
    = (old.stage, old.publication, old.section, old.language)
"""
_WRITERS = """
SELECT story, person, touched, stage, is_writing, is_writing AND 'returned' IS (
    SELECT d.action FROM events d WHERE d.story = w.story AND d.action NOT IN (
        'saved', 'restored', 'reconciled', 'noted', 'resolved', 'reopened'
    ) ORDER BY d.id DESC LIMIT 1
) AS is_returned
FROM (
    SELECT DISTINCT s.id AS story, v.author AS person, s.touched, s.stage,
        s.stage = 'draft' AND NOT (
            v.author IS (
                SELECT l.person FROM events e JOIN logs l ON l.log = e.log
                WHERE e.story = s.id AND e.action = 'returned' ORDER BY e.id DESC LIMIT 1
            )
            AND EXISTS (SELECT 1 FROM versions o WHERE o.story = s.id AND o.author <> v.author)
        ) AS is_writing
    FROM stories s JOIN versions v ON v.story = s.id {condition}
) w
"""
_WRITE = """
DELETE FROM writers WHERE story = {story};
INSERT INTO writers
"""

_OLD_TRIGGERS = (
    *("story_added", "story_removed", "story_moved", "draft_saved", "draft_moved"),
    *("draft_counted", "draft_uncounted"),
)


def _write(story: str) -> str:
    return _WRITE.format(story=story) + _WRITERS.format(condition=f"WHERE s.id = {story}")


def upgrade() -> None:
    """Make the tables again with what the stories, the versions and the log say."""
    for name in _OLD_TRIGGERS:
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
    statements = (
        *_TABLES,
        "INSERT INTO counts SELECT stage, publication, section, language, count(*) "
        "FROM stories GROUP BY 1, 2, 3, 4",
        f"INSERT INTO writers {_WRITERS.format(condition='')}",
        "INSERT INTO writer_counts SELECT person, stage, is_writing, is_returned, count(*) "
        "FROM writers GROUP BY 1, 2, 3, 4",
        f"CREATE TRIGGER story_added AFTER INSERT ON stories BEGIN {_COUNT}; END",
        f"CREATE TRIGGER story_removed AFTER DELETE ON stories BEGIN {_UNCOUNT}; END",
        "CREATE TRIGGER story_moved "
        "AFTER UPDATE OF stage, publication, section, language ON stories "
        "WHEN (old.stage, old.publication, old.section, old.language) "
        "<> (new.stage, new.publication, new.section, new.language) "
        f"BEGIN {_UNCOUNT}; {_COUNT}; END",
        f"CREATE TRIGGER version_written AFTER INSERT ON versions BEGIN {_write('new.story')}; END",
        "CREATE TRIGGER story_touched AFTER UPDATE OF stage, touched ON stories "
        f"BEGIN {_write('new.id')}; END",
        "CREATE TRIGGER writer_counted AFTER INSERT ON writers BEGIN "
        "INSERT INTO writer_counts "
        "VALUES (new.person, new.stage, new.is_writing, new.is_returned, 1) "
        "ON CONFLICT DO UPDATE SET number = number + 1; END",
        "CREATE TRIGGER writer_uncounted AFTER DELETE ON writers BEGIN "
        "UPDATE writer_counts SET number = number - 1 "
        "WHERE (person, stage, is_writing, is_returned) "
        "= (old.person, old.stage, old.is_writing, old.is_returned); END",
    )
    connection = op.get_bind()
    for statement in statements:
        connection.exec_driver_sql(statement)
