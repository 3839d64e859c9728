"""What keeps the small tables beside `stories` true, as SQL: the numbers of lists, and the drafts.

The audit compares them with what the stories and the log say.
"""

from __future__ import annotations

_COUNT = """
INSERT INTO counts VALUES ({row}.stage, {row}.publication, {row}.section, 1)
ON CONFLICT DO UPDATE SET number = number + 1
"""
_UNCOUNT = """
UPDATE counts SET number = number - 1
WHERE (stage, publication, section) = ({row}.stage, {row}.publication, {row}.section)
"""
DRAFTS = """
SELECT DISTINCT v.author, s.id, s.touched
FROM stories s JOIN versions v ON v.story = s.id
WHERE s.stage = 'draft' AND NOT (
    v.author IS (
        SELECT l.person FROM events e JOIN logs l ON l.log = e.log
        WHERE e.story = s.id AND e.action = 'returned' ORDER BY e.id DESC LIMIT 1
    )
    AND EXISTS (SELECT 1 FROM versions o WHERE o.story = s.id AND o.author <> v.author)
)
"""
"""The rows of `drafts` as they must be; a condition on one story may follow."""

_WRITE_DRAFTS = f"""
DELETE FROM drafts WHERE story = {{story}};
INSERT INTO drafts (person, story, touched) {DRAFTS} AND s.id = {{story}}
"""  # noqa: S608  our own names

TRIGGERS = (
    f"CREATE TRIGGER story_added AFTER INSERT ON stories BEGIN {_COUNT.format(row='new')}; END",
    f"CREATE TRIGGER story_removed AFTER DELETE ON stories BEGIN {_UNCOUNT.format(row='old')}; END",
    "CREATE TRIGGER story_moved AFTER UPDATE OF stage, publication, section ON stories "
    "WHEN (old.stage, old.publication, old.section) <> (new.stage, new.publication, new.section) "
    f"BEGIN {_UNCOUNT.format(row='old')}; {_COUNT.format(row='new')}; END",
    "CREATE TRIGGER draft_saved AFTER INSERT ON versions "
    f"BEGIN {_WRITE_DRAFTS.format(story='new.story')}; END",
    "CREATE TRIGGER draft_moved AFTER UPDATE OF stage, touched ON stories "
    "WHEN 'draft' IN (old.stage, new.stage) "
    f"BEGIN {_WRITE_DRAFTS.format(story='new.id')}; END",
    "CREATE TRIGGER draft_counted AFTER INSERT ON drafts BEGIN "
    "INSERT INTO draft_counts VALUES (new.person, 1) "
    "ON CONFLICT DO UPDATE SET number = number + 1; END",
    "CREATE TRIGGER draft_uncounted AFTER DELETE ON drafts BEGIN "
    "UPDATE draft_counts SET number = number - 1 WHERE person = old.person; END",
)
