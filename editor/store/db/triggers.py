"""What keeps the small tables beside `stories` true, as SQL: the numbers of lists, and the writers.

The audit compares them with what the stories and the log say.
"""

from __future__ import annotations

# ruff: noqa: S608  our own names
_COUNTED = "stage, publication, section, language"
_COUNT = f"""
INSERT INTO counts ({_COUNTED}, number)
VALUES ({{row}}.stage, {{row}}.publication, {{row}}.section, {{row}}.language, 1)
ON CONFLICT DO UPDATE SET number = number + 1
"""
_UNCOUNT = f"""
UPDATE counts SET number = number - 1
WHERE ({_COUNTED}) = ({{row}}.stage, {{row}}.publication, {{row}}.section, {{row}}.language)
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
WRITERS = _WRITERS.format(condition="")
"""The rows of `writers` as they must be."""

_WRITE = (
    "DELETE FROM writers WHERE story = {story}; "
    f"INSERT INTO writers {_WRITERS.format(condition='WHERE s.id = {story}')}"
)
_WRITER = "{row}.person, {row}.stage, {row}.is_writing, {row}.is_returned"

TRIGGERS = (
    f"CREATE TRIGGER story_added AFTER INSERT ON stories BEGIN {_COUNT.format(row='new')}; END",
    f"CREATE TRIGGER story_removed AFTER DELETE ON stories BEGIN {_UNCOUNT.format(row='old')}; END",
    f"CREATE TRIGGER story_moved AFTER UPDATE OF {_COUNTED} ON stories "
    "WHEN (old.stage, old.publication, old.section, old.language) "
    "<> (new.stage, new.publication, new.section, new.language) "
    f"BEGIN {_UNCOUNT.format(row='old')}; {_COUNT.format(row='new')}; END",
    "CREATE TRIGGER version_written AFTER INSERT ON versions "
    f"BEGIN {_WRITE.format(story='new.story')}; END",
    "CREATE TRIGGER story_touched AFTER UPDATE OF stage, touched ON stories "
    f"BEGIN {_WRITE.format(story='new.id')}; END",
    "CREATE TRIGGER writer_counted AFTER INSERT ON writers BEGIN "
    f"INSERT INTO writer_counts VALUES ({_WRITER.format(row='new')}, 1) "
    "ON CONFLICT DO UPDATE SET number = number + 1; END",
    "CREATE TRIGGER writer_uncounted AFTER DELETE ON writers BEGIN "
    "UPDATE writer_counts SET number = number - 1 "
    f"WHERE (person, stage, is_writing, is_returned) = ({_WRITER.format(row='old')}); END",
)
