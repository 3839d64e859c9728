"""What is wrong with what lists show: compared with the versions, the log and the indexes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from editor.core.newer import reads_newer
from editor.errors import DeskDamaged
from editor.i18n import N_, _
from editor.store.db.packing import unpack
from editor.store.db.triggers import WRITERS
from editor.store.reading.rows import StoryRow

# ruff: noqa: S608  our own names
_HINT = N_("Look at `stonehand audit`, and restore a backup from before.")

PEOPLE = ("author", "returned_to", "reviewer")
"""What names whose stories are wanted, in a filter of a whole list."""

_MISCOUNT = N_("The numbers of the lists were changed outside Stonehand.")
_STATES = "stage, publication, section, language"
_MISCOUNTED = f"""
    SELECT 1 FROM (
        SELECT {_STATES}, count(*) FROM stories GROUP BY 1, 2, 3, 4
        EXCEPT SELECT {_STATES}, number FROM counts
    )
    UNION ALL SELECT 1 FROM (
        SELECT {_STATES}, number FROM counts WHERE number <> 0
        EXCEPT SELECT {_STATES}, count(*) FROM stories GROUP BY 1, 2, 3, 4
    )
"""
_WRITER = "person, stage, is_writing, is_returned"
_MISATTRIBUTED = f"""
    SELECT 1 FROM (SELECT * FROM ({WRITERS}) EXCEPT SELECT * FROM writers)
    UNION ALL SELECT 1 FROM (SELECT * FROM writers EXCEPT SELECT * FROM ({WRITERS}))
    UNION ALL SELECT 1 FROM (
        SELECT {_WRITER}, count(*) FROM writers GROUP BY 1, 2, 3, 4
        EXCEPT SELECT {_WRITER}, number FROM writer_counts
    )
    UNION ALL SELECT 1 FROM (
        SELECT {_WRITER}, number FROM writer_counts WHERE number <> 0
        EXCEPT SELECT {_WRITER}, count(*) FROM writers GROUP BY 1, 2, 3, 4
    )
"""
_COUNTS = (
    f"SELECT {_STATES}, number FROM counts WHERE number > 0 "
    "AND (:stage IS NULL OR stage = :stage) AND (:section IS NULL OR section = :section) "
    "AND (:publication IS NULL OR publication = :publication) "
    "AND (:language IS NULL OR language = :language)"
)
_WRONG = """
    v.id IS NULL OR e.story IS NOT s.id
    OR s.latest <> (SELECT max(number) FROM versions WHERE story = s.id)
    OR s.indexed IS NOT (SELECT id FROM events WHERE event = v.id)
    OR (s.headline, s.words, s.author) <> (v.headline, v.words, v.author)
    OR s.updated <> json_extract(e.body, '$.at')
    OR (s.publication = 'never') <> (s.live_version = 0)
    OR (s.live_version > 0 AND NOT EXISTS (
        SELECT 1 FROM events p
        JOIN versions r ON r.id = json_extract(p.body, '$.version')
        WHERE p.story = s.id AND p.action = 'published' AND r.number = s.live_version
    ))
"""
_JUDGED = """
    FROM stories s
    LEFT JOIN versions v ON v.story = s.id AND v.number = s.latest
    LEFT JOIN events e ON e.id = s.touched
"""

_FIRST_WRONG = (
    f"SELECT CASE s.slug WHEN '' THEN s.id ELSE s.slug END {_JUDGED} WHERE {_WRONG} LIMIT 1"
)
_THESE = (
    f"SELECT s.id, s.slug, {_WRONG}, v.content, s.slug, s.section, s.language, s.headline "
    f"{_JUDGED} WHERE s.id IN (SELECT value FROM json_each(:ids))"
)


_SHOWN = {"slug": "", "section": "", "language": "en", "headline": ""}


def check_rows(raw: Any, rows: Sequence[StoryRow]) -> None:
    """Raise DeskDamaged where rows are not what their versions and the log say.

    `raw` is a plain connection. Each is compared with its latest version and its last event,
    whatever the desk holds beside them. What a newer Stonehand made is not judged.
    """
    if reads_newer():
        return
    missing = {row.id: row.slug for row in rows}
    if len(missing) < len(rows):
        raise DeskDamaged(_("A story is listed twice: the table stories is damaged."), _(_HINT))
    for row in raw.execute(_THESE, {"ids": json.dumps([*missing])}):
        missing.pop(row[0], None)
        _require_right(row)
    for slug in missing.values():
        raise _changed(slug)


def check_listed(
    raw: Any, rows: Sequence[StoryRow], wanted: Mapping[str, str | bool | None]
) -> None:
    """Raise DeskDamaged unless these are the stories that are wanted, and all of them.

    Their number is compared with what the desk counts of each state, section and language;
    those of one of `PEOPLE`, and those that have notes (`has_notes`), are not.
    """
    check_rows(raw, rows)
    if reads_newer() or wanted["has_notes"] or any(wanted[name] is not None for name in PEOPLE):
        return
    counted = {row[:4]: row[4] for row in raw.execute(_COUNTS, wanted)}
    listed = Counter(
        (str(row.stage), str(row.publication), row.section, row.language) for row in rows
    )
    if counted != listed:
        raise DeskDamaged(_(_MISCOUNT), _(_HINT))


def find_in_lists(raw: Any) -> str:
    """Why any list would not show what the versions and the log say; empty where they do.

    Every row of the desk is compared, and the numbers with the rows. That the rows show
    the latest texts, and the indexes the rows, is verified elsewhere (`story_faults`,
    `find_in_trees`).
    """
    if wrong := raw.execute(_FIRST_WRONG).fetchone():
        return _changed(wrong[0]).sentence
    is_miscounted = raw.execute(_MISCOUNTED).fetchone() or raw.execute(_MISATTRIBUTED).fetchone()
    return _(_MISCOUNT) if is_miscounted else ""


def find_in_trees(raw: Any) -> str:
    """Where a table of the desk and its indexes differ; empty where none do."""
    (problem,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if problem == "ok" else damaged(problem)


def damaged(problem: str) -> str:
    """Say what SQLite finds wrong with the database of a desk."""
    return _("The database of this desk is damaged: {problem}.").format(problem=problem)


def _require_right(row: Sequence[Any]) -> None:
    id, slug, is_wrong, content, *shown = row
    if is_wrong or shown != _shown_of(content):
        raise _changed(slug or id)


def shown_of(text: Mapping[str, Any]) -> list[Any]:
    """What a list shows of a version, by its text: slug, section, language and headline."""
    return [text.get(name, default) for name, default in _SHOWN.items()]


def _shown_of(content: object) -> list[Any]:
    """What a list shows of a version's packed text; nothing of what is none."""
    try:
        return shown_of(json.loads(unpack(content)))
    except (ValueError, AttributeError):
        return []


def _changed(name: str) -> DeskDamaged:
    return DeskDamaged(
        _("The list's entry of {name} was changed outside Stonehand.").format(name=name), _(_HINT)
    )
