"""What is wrong with what lists show: compared with the versions, the log and the indexes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from editor.errors import DeskDamaged

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
_DIFFERENT = """
    SELECT s.slug, s.id FROM stories s
    LEFT JOIN versions v ON v.story = s.id AND v.number = s.latest
    LEFT JOIN events e ON e.id = s.touched
    WHERE v.id IS NULL OR e.story IS NOT s.id
    OR s.latest <> (SELECT max(number) FROM versions WHERE story = s.id)
    OR (s.headline, s.words, s.author) <> (v.headline, v.words, v.author)
    OR s.updated <> json_extract(e.body, '$.at')
    OR s.slug <> json_extract(v.content, '$.slug')
    OR s.section <> coalesce(json_extract(v.content, '$.section'), '')
    OR s.language <> coalesce(json_extract(v.content, '$.language'), 'en')
    OR s.headline <> coalesce(json_extract(v.content, '$.headline'), '')
    OR (s.publication = 'never') <> (s.live_version = 0)
    OR (s.live_version > 0 AND NOT EXISTS (
        SELECT 1 FROM events p
        JOIN versions r ON r.id = json_extract(p.body, '$.version')
        WHERE p.story = s.id AND p.action = 'published' AND r.number = s.live_version
    ))
"""


def check_lists(raw: Any, *, index: bool = False) -> None:
    """Raise DeskDamaged where a list would not show what the versions and the log say.

    `raw` is a plain connection. Every row is compared with its latest version and its
    last event, and the numbers and the indexes with the rows; with `index` the words of the
    search as well, which takes a second or two for 10,000 stories.
    """
    check_trees(raw, ("stories", "search") if index else ("stories",))
    for slug, id in raw.execute(_DIFFERENT):
        raise DeskDamaged(f"The list's entry of {slug or id} was changed outside Stonehand.", _HINT)
    if raw.execute(_MISCOUNTED).fetchone():
        raise DeskDamaged("The numbers of the lists were changed outside Stonehand.", _HINT)


def check_trees(raw: Any, tables: Collection[str] = ()) -> None:
    """Raise DeskDamaged where a table and its indexes differ; without names, of all of them."""
    for table in tables or ("",):
        pragma = f"PRAGMA integrity_check({table})" if table else "PRAGMA integrity_check"
        problems = [problem for (problem,) in raw.execute(pragma)]
        if problems != ["ok"]:
            what = f"The table {table} of this desk" if table else "The database of this desk"
            raise DeskDamaged(f"{what} is damaged: {problems[0]}.", _HINT)
