"""The newest edition seen is remembered by desk and format, and damage only forgets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.trust.seen_editions import SeenEditions

OLD, NEW = "2026-03-03T12:00:00Z", "2026-03-04T12:00:00Z"


def test_newest_stays_the_newest(tmp_path: Path) -> None:
    seen = SeenEditions(tmp_path / "folder" / "seen.json")
    assert seen.newer("desk", "site", OLD) == ""
    for at in (NEW, OLD):
        seen.remember("desk", "site", at)
    assert (seen.newer("desk", "site", OLD), seen.newer("desk", "site", NEW)) == (NEW, "")
    assert seen.newer("desk", "api", OLD) == seen.newer("other", "site", OLD) == ""


@pytest.mark.parametrize("text", ["", "[]", "{", '{"desk site": 5}', '{"desk site": "9999"}'])
def test_damage_is_as_if_nothing_was_seen(text: str, tmp_path: Path) -> None:
    (tmp_path / "seen.json").write_text(text)
    seen = SeenEditions(tmp_path / "seen.json")
    assert seen.newer("desk", "site", OLD) == ""
    seen.remember("desk", "site", NEW)
    assert seen.newer("desk", "site", OLD) == NEW
