"""An export has nothing to do only where its target has every file as it was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor.core.edition import Edition
from editor.core.export_memory import EditionRecord
from editor.core.story import Story
from editor.core.times import instant_text
from editor.formats.export import edition_key, write_edition
from editor.formats.exporters import find_exporter
from editor.formats.folder_output import FolderOutput
from editor.formats.unchanged import unchanged_report
from editor.progress import Progress
from tests.editions import with_items
from tests.formats.site.edition import edition, item
from tests.formats.test_incremental import MemoryTargets, tree

AT = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Records:
    """What the exports of an edition are made of, in memory."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], EditionRecord] = {}

    def put(self, exporter: str, by: str, record: EditionRecord) -> None:
        self.found[exporter, by] = record


def test_report_is_that_of_an_export_with_nothing_to_do(tmp_path: Path) -> None:
    records, targets, site = Records(), MemoryTargets(), tmp_path / "site"
    made = replace(edition(url=""), records=records)
    for _ in range(2):
        with FolderOutput(site, targets=targets) as output:
            report = write_edition(made, find_exporter("site"), output, Progress(), None, "")
    record = records.found["site", ""]
    assert unchanged_report(record, "", site, targets) == report
    assert report.files == len(tree(site))
    assert report.edition.notices
    assert unchanged_report(record._replace(key=b"other"), "", site, targets) is None
    assert unchanged_report(record, "", tmp_path / "gone", targets) is None
    assert unchanged_report(record, "", tmp_path / "no\0name", targets) is None
    assert unchanged_report(record, "", site, MemoryTargets()) is None


def test_what_is_remembered_of_files_that_are_gone_since_does_not_count(tmp_path: Path) -> None:
    """As where another computer exported to the folder in between."""
    made, targets, site = edition(), MemoryTargets(), tmp_path / "site"

    def export(made: Edition, known: MemoryTargets | None) -> None:
        with FolderOutput(site, targets=known) as output:
            write_edition(made, find_exporter("site"), output, Progress(), None, "")

    export(made, targets)
    fewer = with_items(made, made.items[:2])
    export(fewer, None)
    export(fewer, targets)
    (known,) = targets.files.values()
    assert known.keys() - {""} == tree(site).keys()


def test_folder_that_nothing_is_remembered_of_is_remembered_without_a_change(
    tmp_path: Path,
) -> None:
    records, site = Records(), tmp_path / "site"
    made = replace(edition(), records=records)
    for targets in (None, MemoryTargets()):
        with FolderOutput(site, targets=targets) as output:
            write_edition(made, find_exporter("site"), output, Progress(), None, "")
    assert targets is not None
    assert unchanged_report(records.found["site", ""], "", site, targets) is not None


@pytest.mark.parametrize(
    ("zone", "changes"), [("Europe/Lisbon", 6), ("Pacific/Kiritimati", 7), ("America/Adak", 7)]
)
def test_time_alone_makes_no_other_export_before_the_exporter_says(zone: str, changes: int) -> None:
    """Three stories, three half-years, and the year, which ends in Lisbon as in UTC."""
    items = [
        item(Story(id=f"s{age}", slug=f"s{age}", body="Word."), instant_text(AT - age * HOUR))
        for age in (1, 7, 48, 49)
    ]
    made = with_items(edition(), items)
    contact = "https://harbourpost.example/contact"
    house = replace(made.house, timezone=zone, contact=contact)
    site, at, found = find_exporter("site"), AT, 0
    key = at_key(replace(made, house=house, generated_at=AT))
    while (change := site.next_change(replace(made, house=house, generated_at=at))) is not None:
        if change > AT + timedelta(days=600):
            break
        last = change - timedelta(seconds=1)
        for instant in (at, at + (last - at) / 2, last):
            assert at_key(replace(made, house=house, generated_at=instant)) == key, instant
        at, before = change, key
        key = at_key(replace(made, house=house, generated_at=at))
        assert key != before, at
        found += 1
    assert found == changes


def at_key(made: Edition) -> bytes:
    return edition_key(made, find_exporter("site"), "", "")


def test_api_is_another_by_the_time_alone_when_its_line_of_rights_is() -> None:
    made, api = edition(), find_exporter("api")
    change = api.next_change(made)
    assert change is not None
    house = replace(made.house, rights="© {year} Harbour Post")
    keys = [
        edition_key(replace(made, house=house, generated_at=at), api, "", "")
        for at in (made.generated_at, change - timedelta(seconds=1), change)
    ]
    assert keys[0] == keys[1] != keys[2]
