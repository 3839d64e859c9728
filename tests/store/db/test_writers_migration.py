"""A desk of the first schema, with its small tables and triggers, becomes one of today."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from editor.core.commands import Return, SaveStory, Submit
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.store.reading.rows import Filter, WriterCounts
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, new

_DRAFTS = """
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
_COUNT = """
INSERT INTO counts VALUES ({row}.stage, {row}.publication, {row}.section, 1)
ON CONFLICT DO UPDATE SET number = number + 1
"""
_UNCOUNT = """
UPDATE counts SET number = number - 1
WHERE (stage, publication, section) = ({row}.stage, {row}.publication, {row}.section)
"""
_WRITE = f"""
DELETE FROM drafts WHERE story = {{story}};
INSERT INTO drafts (person, story, touched) {_DRAFTS} AND s.id = {{story}}
"""
_FIRST_SCHEMA = f"""
DROP TRIGGER story_added; DROP TRIGGER story_removed; DROP TRIGGER story_moved;
DROP TRIGGER version_written; DROP TRIGGER story_touched;
DROP TRIGGER writer_counted; DROP TRIGGER writer_uncounted;
DROP TABLE counts; DROP TABLE writers; DROP TABLE writer_counts;
CREATE TABLE counts (
    stage TEXT NOT NULL, publication TEXT NOT NULL, section TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (stage, publication, section)
) WITHOUT ROWID;
CREATE TABLE drafts (
    story TEXT NOT NULL, person TEXT NOT NULL, touched INTEGER NOT NULL, PRIMARY KEY (story, person)
) WITHOUT ROWID;
CREATE INDEX drafts_of_person ON drafts (person, touched);
CREATE TABLE draft_counts (
    person TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (person)
) WITHOUT ROWID;
INSERT INTO counts SELECT stage, publication, section, count(*) FROM stories GROUP BY 1, 2, 3;
INSERT INTO drafts (person, story, touched) {_DRAFTS};
INSERT INTO draft_counts SELECT person, count(*) FROM drafts GROUP BY person;
CREATE TRIGGER story_added AFTER INSERT ON stories BEGIN {_COUNT.format(row="new")}; END;
CREATE TRIGGER story_removed AFTER DELETE ON stories BEGIN {_UNCOUNT.format(row="old")}; END;
CREATE TRIGGER story_moved AFTER UPDATE OF stage, publication, section ON stories
WHEN (old.stage, old.publication, old.section) <> (new.stage, new.publication, new.section)
BEGIN {_UNCOUNT.format(row="old")}; {_COUNT.format(row="new")}; END;
CREATE TRIGGER draft_saved AFTER INSERT ON versions BEGIN {_WRITE.format(story="new.story")}; END;
CREATE TRIGGER draft_moved AFTER UPDATE OF stage, touched ON stories
WHEN 'draft' IN (old.stage, new.stage) BEGIN {_WRITE.format(story="new.id")}; END;
CREATE TRIGGER draft_counted AFTER INSERT ON drafts BEGIN
INSERT INTO draft_counts VALUES (new.person, 1) ON CONFLICT DO UPDATE SET number = number + 1; END;
CREATE TRIGGER draft_uncounted AFTER DELETE ON drafts BEGIN
UPDATE draft_counts SET number = number - 1 WHERE person = old.person; END;
UPDATE alembic_version SET version_num = '0001';
"""


def test_desk_of_the_first_schema_knows_its_writers(desk: Desk) -> None:
    returned = new(desk, "Ferry", slug="ferry", section="world", language="ar")
    desk.do(Submit(returned, 1), LINA)
    desk.do(Return(returned, 1, "Which ferry?"), TOM)
    waiting = new(desk, "Market", slug="market")
    desk.do(Submit(waiting, 1), LINA)
    desk.do(SaveStory(Story(headline="Quay", slug="quay")), TOM)
    desk.close()
    make_first_schema(desk.path)
    with Desk.open(desk.path, clock=desk._clock) as again:
        with again.read() as snapshot:
            counts = snapshot.counts()
            assert counts.languages == {"ar": 1, "en": 2}
            assert counts.writers == {LINA: WriterCounts(2, 1, 1, 1), TOM: WriterCounts(1, 1, 0, 0)}
            assert [row.id for row in snapshot.rows(Filter(returned_to=LINA))] == [returned]
            for_editor = Filter(stage=Stage.REVIEW, reviewer=MARA)
            assert [row.id for row in snapshot.rows(for_editor)] == [waiting]
        assert [copy.name for copy in (desk.path / "backups").iterdir()] == ["schema-0001.sqlite3"]
        changed = replace(reading(again).stored(returned).story, language="en")
        again.do(SaveStory(changed, 1), LINA)
        assert reading(again).count(Filter(returned_to=LINA)) == 1
        again.do(Submit(returned, 2), LINA)
        assert reading(again).count(Filter(returned_to=LINA)) == 0
        assert reading(again).counts().languages == {"en": 3}
        assert reading(again).verify_audit().reason == ""


def make_first_schema(folder: Path) -> None:
    """Put the tables of the first schema into a desk that is closed."""
    raw = sqlite.connect(folder / DATABASE)
    raw.executescript(_FIRST_SCHEMA)
    raw.close()
