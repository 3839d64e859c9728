"""What is wrong with what lists show: compared with the versions, the log and the indexes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from editor.errors import DeskDamaged
from editor.store.db.packing import unpack
from editor.store.db.triggers import DRAFTS
from editor.store.reading.rows import StoryRow

_HINT = "Look at `stonehand audit`, and restore a backup from before."

_MISCOUNTED = """
    SELECT 1 FROM (
        SELECT stage, publication, section, count(*) FROM stories GROUP BY 1, 2, 3
        EXCEPT SELECT stage, publication, section, number FROM counts
    )
    UNION ALL SELECT 1 FROM counts c WHERE number <> 0 AND NOT EXISTS (
        SELECT 1 FROM stories s
        WHERE (s.stage, s.publication, s.section) = (c.stage, c.publication, c.section)
    )
"""
_MISDRAFTED = f"""
    SELECT 1 FROM (
        SELECT * FROM ({DRAFTS}) EXCEPT SELECT person, story, touched FROM drafts
    )
    UNION ALL SELECT 1 FROM (
        SELECT person, story, touched FROM drafts EXCEPT SELECT * FROM ({DRAFTS})
    )
    UNION ALL SELECT 1 FROM (
        SELECT person, count(*) FROM drafts GROUP BY person
        EXCEPT SELECT person, number FROM draft_counts
    )
    UNION ALL SELECT 1 FROM (
        SELECT person, number FROM draft_counts WHERE number <> 0
        EXCEPT SELECT person, count(*) FROM drafts GROUP BY person
    )
"""  # noqa: S608  ours
_COUNTS = (
    "SELECT stage, publication, section, number FROM counts WHERE number > 0 "
    "AND (:stage IS NULL OR stage = :stage) AND (:section IS NULL OR section = :section)"
)
_JUDGED = """
    SELECT s.id, s.slug, v.id IS NULL OR e.story IS NOT s.id
    OR s.latest <> (SELECT max(number) FROM versions WHERE story = s.id)
    OR s.indexed IS NOT (SELECT id FROM events WHERE event = v.id)
    OR (s.headline, s.words, s.author) <> (v.headline, v.words, v.author)
    OR s.updated <> json_extract(e.body, '$.at')
    OR (s.publication = 'never') <> (s.live_version = 0)
    OR (s.live_version > 0 AND NOT EXISTS (
        SELECT 1 FROM events p
        JOIN versions r ON r.id = json_extract(p.body, '$.version')
        WHERE p.story = s.id AND p.action = 'published' AND r.number = s.live_version
    )), v.content, s.slug, s.section, s.language, s.headline
    FROM stories s
    LEFT JOIN versions v ON v.story = s.id AND v.number = s.latest
    LEFT JOIN events e ON e.id = s.touched
"""
_THESE = f"{_JUDGED} WHERE s.id IN (SELECT value FROM json_each(:ids))"  # noqa: S608  ours


def check_rows(raw: Any, rows: Sequence[StoryRow]) -> None:
    """Raise DeskDamaged where rows are not what their versions and the log say.

    `raw` is a plain connection. Each is compared with its latest version and its last event,
    whatever the desk holds beside them.
    """
    missing = {row.id: row.slug for row in rows}
    if len(missing) < len(rows):
        raise DeskDamaged("A story is listed twice: the table stories is damaged.", _HINT)
    for row in raw.execute(_THESE, {"ids": json.dumps([*missing])}):
        missing.pop(row[0], None)
        _require_right(row)
    for slug in missing.values():
        raise _changed(slug)


def check_listed(
    raw: Any, rows: Sequence[StoryRow], stage: str | None = None, section: str | None = None
) -> None:
    """Raise DeskDamaged unless these are the stories of a stage and a section, and all of them.

    Their number is compared with what the desk counts of each state and section.
    """
    check_rows(raw, rows)
    counted = {
        row[:3]: row[3] for row in raw.execute(_COUNTS, {"stage": stage, "section": section})
    }
    listed = Counter((str(row.stage), str(row.publication), row.section) for row in rows)
    if counted != listed:
        raise DeskDamaged("The numbers of the lists were changed outside Stonehand.", _HINT)


def check_lists(raw: Any) -> None:
    """Raise DeskDamaged where any list would not show what the versions and the log say.

    Every row of the desk is compared, and the numbers and the indexes with the rows.
    """
    check_trees(raw, "stories")
    for row in raw.execute(_JUDGED):
        _require_right(row)
    check_trees(raw, "drafts")
    if raw.execute(_MISCOUNTED).fetchone() or raw.execute(_MISDRAFTED).fetchone():
        raise DeskDamaged("The numbers of the lists were changed outside Stonehand.", _HINT)


def check_trees(raw: Any, table: str = "") -> None:
    """Raise DeskDamaged where a table and its indexes differ; without a name, any of the desk."""
    pragma = f"PRAGMA integrity_check({table})" if table else "PRAGMA integrity_check"
    problems = [problem for (problem,) in raw.execute(pragma)]
    if problems != ["ok"]:
        what = f"The table {table} of this desk" if table else "The database of this desk"
        raise DeskDamaged(f"{what} is damaged: {problems[0]}.", _HINT)


def _require_right(row: Sequence[Any]) -> None:
    id, slug, is_wrong, content, *shown = row
    if is_wrong or shown != _shown_of(content):
        raise _changed(slug or id)


def _shown_of(content: object) -> list[object]:
    """What a list shows of a version's text; nothing of what is none."""
    try:
        text = json.loads(unpack(content))
        defaults = {"slug": "", "section": "", "language": "en", "headline": ""}
        return [text.get(name, default) for name, default in defaults.items()]
    except (ValueError, AttributeError):
        return []


def _changed(name: str) -> DeskDamaged:
    return DeskDamaged(f"The list's entry of {name} was changed outside Stonehand.", _HINT)
