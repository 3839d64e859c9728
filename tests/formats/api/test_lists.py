"""The lists of the API: what is in each, and what an edit makes anew."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from editor.core.brief import Banner
from editor.core.edition import Edition, Expired, Item, Withdrawn
from editor.core.house import House, Section
from editor.core.listing import Listing
from editor.core.publication import PublicVersion
from editor.core.story import Story
from editor.formats.api.exporter import ApiExporter
from editor.formats.export import write_edition
from editor.formats.output import MemoryOutput, output_for
from editor.formats.report import ExportDifference
from editor.progress import Progress
from tests.editions import edition_of, with_items
from tests.formats.site.edition import MemoryPictures
from tests.formats.test_incremental import MemoryTargets

HOUSE = House("Harbour Post", sections=(Section("world", "World"), Section("sport", "Sport")))


def item(number: int, **fields: Any) -> Item:
    """A story of a day of its own, the first one the newest."""
    story = Story(
        id=f"s{number}",
        slug=f"story-{number}",
        section=("world", "sport", "")[number % 3],
        headline=f"Story {number}",
        bylines=(f"Writer {number % 3}",),
        body=f"Word {number}. See [another](story-{number + 7}).",
        subjects=("medtop:20000002",) if number % 2 else (),
        related=(f"s{number + 5}",),
    )
    at = f"2026-03-{28 - number % 28:02}T10:{59 - number // 28:02}:00Z"
    whole = replace(story, **fields)
    return Item(whole, 1, whole.hash, at, at)


def edition(items: Iterable[Item], **more: Any) -> Edition:
    at = datetime(2026, 4, 1, tzinfo=UTC)
    return edition_of(HOUSE, tuple(items), Banner(), MemoryPictures(), at, **more)


class SameText:
    """One text for every listing."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def read(self, _listing: Listing) -> Story:
        return self._story


def export(what: Edition) -> dict[str, Any]:
    with MemoryOutput() as output:
        write_edition(what, ApiExporter(), output, Progress(), None, "")
    return {path: json.loads(data) for path, data in output.files.items() if path.endswith(".json")}


def test_bylines_without_letters_and_unknown_subjects_have_no_list() -> None:
    files = export(edition([item(1, bylines=("***",), subjects=("medtop:99999999", "x"))]))
    assert files["v1/authors.json"]["data"] == []
    assert files["v1/subjects.json"]["data"] == []


def test_authors_and_subjects_count_their_stories_and_lead_to_them() -> None:
    files = export(edition(map(item, range(50))))
    authors = files["v1/authors.json"]["data"]
    assert [(author["name"], author["count"]) for author in authors] == [
        ("Writer 0", 17),
        ("Writer 1", 17),
        ("Writer 2", 16),
    ]
    (subject,) = files["v1/subjects.json"]["data"]
    assert (subject["id"], subject["count"]) == ("medtop:20000002", 25)
    assert subject["names"]["ar"] != subject["names"]["en"] == subject["name"]
    page = files["v1/subjects/20000002/page/2.json"]
    assert [story["slug"] for story in page["data"]] == [f"story-{n}" for n in range(41, 50, 2)]
    assert page["meta"]["pagination"]["total"] == 25


def test_author_twice_in_the_bylines_has_the_story_once() -> None:
    files = export(edition([item(0, bylines=("Mara Quay", "MARA QUAY"))]))
    (author,) = files["v1/authors.json"]["data"]
    assert (author["name"], author["count"]) == ("Mara Quay", 1)


def test_story_of_no_section_of_the_paper_is_in_the_list_of_all_alone() -> None:
    files = export(edition([item(0, section="gone")]))
    assert files["v1/stories/page/1.json"]["data"][0]["section"] is None
    assert {section["count"] for section in files["v1/sections.json"]["data"]} == {0}


def test_changes_name_the_last_change_of_each_story_by_its_day() -> None:
    updated = replace(item(1), updated="2026-03-30T08:00:00Z")
    killed = Withdrawn("k1", "killed", "en", "2026-03-30T09:00:00Z")
    files = export(edition([item(0), updated], withdrawn=(killed,)))
    days = files["v1/changes.json"]["data"]
    assert [(day["day"], day["count"]) for day in days] == [("2026-03-30", 2), ("2026-03-28", 1)]
    changes = files["v1/changes/2026-03-30.json"]["data"]
    assert [(change["kind"], change["id"]) for change in changes] == [
        ("withdrawn", "k1"),
        ("updated", "s1"),
    ]
    assert files["v1/changes/2026-03-28.json"]["data"][0]["kind"] == "created"


@pytest.mark.parametrize(
    ("versions", "updated", "kind"),
    [
        ([("28T10", "")], "28T10", "created"),
        ([("28T10", "It was blue.")], "28T10", "created"),
        ([("28T10", ""), ("30T10", "")], "30T10", "updated"),
        ([("28T10", ""), ("30T10", "It was blue.")], "30T10", "corrected"),
        ([("28T10", ""), ("29T10", "It was blue."), ("30T10", "")], "30T10", "updated"),
    ],
)
def test_change_is_a_correction_where_the_last_version_brought_one(
    versions: list[tuple[str, str]], updated: str, kind: str
) -> None:
    public = tuple(
        PublicVersion(number, f"2026-03-{at}:59:00Z", correction)
        for number, (at, correction) in enumerate(versions, start=1)
    )
    made = edition([item(0)])
    story = replace(
        made.listings[0],
        version=len(versions),
        updated=f"2026-03-{updated}:59:00Z",
        versions=public,
    )
    files = export(replace(made, listings=(story,), texts=SameText(made.items[0].story)))
    (change,) = files[f"v1/changes/2026-03-{updated[:2]}.json"]["data"]
    assert (change["kind"], change["hash"]) == (kind, story.hash)
    document = files["v1/stories/story-0/versions.json"]
    assert document["data"] == [
        {
            "version": version.number,
            "updatedAt": version.at,
            "correction": version.correction or None,
        }
        for version in public
    ]
    assert document["links"]["story"] == "../story-0.json"
    assert files["v1/stories/story-0.json"]["links"]["versions"] == "story-0/versions.json"
    by_id = files["v1/stories/by-id/s0.json"]["links"]
    assert by_id["versions"] == "../story-0/versions.json"


def test_day_has_another_hash_only_when_its_changes_are_others() -> None:
    items = list(map(item, range(40)))
    before = export(edition(items))["v1/changes.json"]["data"]
    items[3] = replace(items[3], updated="2026-03-31T08:00:00Z", version=2)
    after = export(edition(items))["v1/changes.json"]["data"]
    hashes = {day["day"]: day["hash"] for day in before}
    changed = {day["day"] for day in after if hashes.get(day["day"]) != day["hash"]}
    assert changed == {"2026-03-31", items[3].published[:10]}


@pytest.fixture
def exported(tmp_path: Path) -> Any:
    """Exports editions into one folder, and returns what each export changed."""
    targets = MemoryTargets()

    def run(what: Edition) -> ExportDifference:
        with output_for(tmp_path / "api", targets=targets) as output:
            return write_edition(what, ApiExporter(), output, Progress(), None, "").difference

    return run


def test_nothing_changed_makes_nothing(exported: Any) -> None:
    exported(edition(map(item, range(50))))
    difference = exported(edition(map(item, range(50))))
    assert difference.is_nothing


def test_edited_story_makes_its_own_documents_and_the_lists_that_name_it(exported: Any) -> None:
    first = edition(map(item, range(60)))
    exported(first)
    items = list(first.items)
    edited = replace(items[30].story, body="Another word.")
    items[30] = replace(
        items[30], story=edited, hash=edited.hash, version=2, updated="2026-03-30T08:00:00Z"
    )
    difference = exported(with_items(first, items))
    assert {*difference.changed, *difference.new, *difference.removed} == {
        "v1/index.json",
        "v1/stories/story-30.json",
        "v1/stories/story-30/versions.json",
        "v1/stories/by-id/s30.json",
        "v1/stories/page/2.json",
        "v1/sections/world/page/1.json",
        "v1/authors/writer-0/page/1.json",
        "v1/changes.json",
        "v1/changes/2026-03-30.json",
        "v1/changes/2026-03-26.json",
        "v1/search/manifest.json",
        "v1/search/manifest.js",
        "v1/search/new/stories-0.json",  # its summary
        "v1/search/new/stories-0.js",
        "v1/search/new/shard-3.json",  # its words
        "v1/search/new/shard-3.js",
        "edition.json",
        "SHA256SUMS",
    }


def test_story_that_expired_makes_its_tombstones_and_the_lists_that_named_it(
    exported: Any,
) -> None:
    first = edition(map(item, range(60)))
    exported(first)
    items = [kept for kept in first.items if kept.story.id != "s30"]
    gone = Expired("s30", "story-30", "en", "2026-03-30T08:00:00Z")
    second = replace(with_items(first, items), expired=(gone,))
    difference = exported(second)
    assert "v1/stories/story-30/versions.json" in difference.removed
    assert {
        "v1/stories/story-30.json",
        "v1/stories/by-id/s30.json",
        "v1/changes.json",
        "v1/changes/2026-03-30.json",
        "v1/stories/story-25.json",  # it was related
        "v1/stories/story-23.json",  # its body links there
    } <= {*difference.changed, *difference.new}
    assert "v1/stories/story-31.json" not in difference.changed
    assert exported(second).is_nothing
    again = exported(replace(second, expired=()))
    assert {"v1/stories/story-30.json", "v1/stories/by-id/s30.json"} <= {*again.removed}


def test_another_slug_makes_what_links_to_it_anew(exported: Any) -> None:
    first = edition(map(item, range(30)))
    exported(first)
    items = list(first.items)
    renamed = replace(items[12].story, slug="renamed")
    items[12] = replace(items[12], story=renamed, hash=renamed.hash, version=2)
    difference = exported(with_items(first, items))
    assert {
        "v1/stories/story-5.json",  # its body links there
        "v1/stories/story-7.json",  # it is related
        "v1/stories/renamed.json",
    } <= {*difference.changed, *difference.new}
    assert "v1/stories/story-6.json" not in difference.changed
    assert "v1/stories/story-12.json" in difference.removed
