"""Exports over earlier ones: only what changed is made, as a whole export would make it."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from editor.core.brief import Banner, Brief
from editor.core.edition import Edition, FormerSlug, Item, Withdrawn
from editor.core.export_memory import FileRecord, MemoryParts
from editor.core.story import Correction, Story
from editor.errors import NotOurs
from editor.formats import export as module
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.folder_output import FolderOutput
from editor.formats.output import output_for
from editor.formats.paths import EDITION, SUMS
from editor.formats.report import ExportDifference
from editor.progress import Progress
from tests.editions import with_items
from tests.formats.site.edition import MemoryPictures, edition, item

URL = "https://harbourpost.example/"


class MemoryTargets:
    """What is remembered of targets, in memory; spare trees may be kept in a folder."""

    def __init__(self, spares: Path | None = None) -> None:
        self._spares = spares
        self.files: dict[str, dict[str, FileRecord]] = {}

    def read(self, target: str) -> Mapping[str, FileRecord]:
        return self.files.get(target, {})

    def find(self, target: str, path: str) -> FileRecord | None:
        return self.read(target).get(path)

    def write(
        self, target: str, changed: Mapping[str, FileRecord], removed: Collection[str]
    ) -> None:
        known = self.files.setdefault(target, {})
        known |= changed
        for path in removed:
            known.pop(path, None)

    def spare(self, target: str) -> Path | None:
        return self._spares / Path(target).name if self._spares else None


def stories(count: int) -> list[Item]:
    sections = ("world", "business", "sport", "")
    return [
        item(
            Story(
                id=f"n{number}",
                slug=f"story-{number}",
                section=sections[number % 4],
                headline=f"Story {number}",
                bylines=(f"Writer {number % 3}",),
                body=f"Word {number}.\n\nSee [another](story-{(number * 7) % count}).",
                related=(f"n{(number + 3) % count}",),
                language="ar" if number % 5 == 0 else "en",
            ),
            f"2026-0{1 + number % 3}-{1 + number % 27:02}T10:00:00Z",
        )
        for number in range(count)
    ]


def newest_first(items: Collection[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.published, item.story.id), reverse=True)


def export(made: Edition, folder: Path, targets: MemoryTargets | None = None) -> ExportDifference:
    with FolderOutput(folder, targets=targets) as output:
        report = write_edition(made, find_exporter("site"), output, Progress(), None, "")
    return report.difference


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def edited(old: Item, **changes: object) -> Item:
    story = replace(old.story, **changes)  # type: ignore[arg-type]
    return replace(old, story=story, version=old.version + 1, hash=story.hash)


class Newsroom:
    """An edition that somebody works on at random."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._items = {old.story.id: old for old in stories(24)}
        self.edition = replace(edition(url=URL), parts=MemoryParts())
        self._put()

    def step(self) -> str:
        """Do something, and return what."""
        action = self._chance.choice(
            ("edit", "edit", "rename", "correct", "kill", "add", "banner", "house", "front")
        )
        id = self._chance.choice(sorted(self._items))
        old, mark = self._items[id], str(self._chance.random())
        match action:
            case "edit":
                self._items[id] = edited(old, body=old.story.body + f"\n\n{mark}.")
            case "rename":
                self._rename(old, f"renamed-{len(self.edition.former_slugs)}")
            case "correct":
                notes = (*old.story.corrections, Correction(mark, "2026-03-04T09:00:00Z"))
                self._items[id] = edited(old, corrections=notes, headline=f"Put right {mark}")
            case "kill":
                del self._items[id]
                killed = Withdrawn(id, old.story.slug, old.story.language, "2026-03-04T10:00:00Z")
                withdrawn = (*self.edition.withdrawn, killed)
                self.edition = replace(self.edition, withdrawn=withdrawn)
            case "add":
                new = Story(id=f"x{mark[2:]}", slug=f"x-{mark[2:]}", headline=mark, body="New.")
                self._items[new.id] = item(new, "2026-03-04T08:00:00Z")
            case "banner":
                briefs = (Brief("1", mark, story=id), Brief("2", "Another"))
                self.edition = replace(self.edition, banner=Banner(briefs))
            case "house":
                house = replace(self.edition.house, about=f"We are *{mark}*.")
                self.edition = replace(self.edition, house=house)
            case "front":
                self.edition = replace(self.edition, front=(id,))
        self._put()
        return action

    def _rename(self, old: Item, slug: str) -> None:
        former = FormerSlug(old.story.slug, old.story.id, was_public=True)
        self._items[old.story.id] = edited(old, slug=slug)
        slugs = (*self.edition.former_slugs, former)
        self.edition = replace(self.edition, former_slugs=slugs)

    def _put(self) -> None:
        kept = self.edition.front
        front = tuple(id for id in kept if id in self._items)
        items = newest_first(self._items.values())
        self.edition = replace(with_items(self.edition, items), front=front)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2, 3))])
def test_each_export_is_that_of_a_whole_one(seed: int, tmp_path: Path) -> None:
    room, targets = Newsroom(seed), MemoryTargets()
    export(room.edition, tmp_path / "site", targets)
    for number in range(10):
        action = room.step()
        export(room.edition, tmp_path / "site", targets)
        export(replace(room.edition, parts=MemoryParts()), tmp_path / "whole")
        assert tree(tmp_path / "site") == tree(tmp_path / "whole"), (number, action)
        shutil.rmtree(tmp_path / "whole")


@pytest.fixture
def site(tmp_path: Path) -> tuple[Edition, Path, MemoryTargets]:
    made = with_items(edition(url=URL), newest_first(stories(60)))
    targets = MemoryTargets()
    export(made, tmp_path / "site", targets)
    return made, tmp_path / "site", targets


def test_nothing_is_planned_where_nothing_changed(
    site: tuple[Edition, Path, MemoryTargets], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, folder, targets = site
    before = tree(folder)
    monkeypatch.setattr(module, "write_files", None)
    later = replace(made, generated_at=made.generated_at.replace(minute=59))
    found = export(later, folder, targets)
    assert (found.is_nothing, found.unchanged) == (True, len(before))
    assert tree(folder) == before


def test_zip_file_stays_where_only_the_time_would_be_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, place, targets = edition(url=URL), tmp_path / "site.zip", MemoryTargets()

    def export(made: Edition) -> tuple[int, ExportDifference]:
        with output_for(place, targets=targets) as output:
            report = write_edition(made, find_exporter("site"), output, Progress(), None, "")
        return report.files, report.difference

    files, _found = export(made)
    before, status = place.read_bytes(), place.stat()
    with monkeypatch.context() as patch:
        patch.setattr(module, "write_files", None)
        later = replace(made, generated_at=made.generated_at.replace(minute=59))
        assert export(later) == (files, ExportDifference(unchanged=files))
    assert [path.name for path in tmp_path.iterdir()] == ["site.zip"]
    assert (place.read_bytes(), place.stat().st_mtime_ns) == (before, status.st_mtime_ns)
    os.utime(place, ns=(1, 1))  # it may be somebody else's now
    assert EDITION in export(later)[1].changed
    place.unlink()
    assert len(export(later)[1].new) == files


@pytest.mark.parametrize("name", ["site", "site.zip"])
def test_all_files_of_an_export_are_counted_once(name: str, tmp_path: Path) -> None:
    made, place = edition(), tmp_path / name

    def export(made: Edition) -> tuple[int, ExportDifference]:
        with output_for(place) as output:
            report = write_edition(made, find_exporter("site"), output, Progress(), None, "")
        return report.files, report.difference

    files, found = export(made)
    assert (len(found.new), found.unchanged) == (files, 0)
    files, found = export(made)
    assert (len(found.new), len(found.changed), found.unchanged) == (0, 0, files)
    files, found = export(with_items(made, made.items[1:]))
    assert SUMS in found.changed
    assert len(found.new) + len(found.changed) + found.unchanged == files


def test_one_edited_story_changes_few_files_and_reads_one_text(
    site: tuple[Edition, Path, MemoryTargets],
) -> None:
    made, folder, targets = site
    old = made.items[30]
    items = [edited(old, body="Other words.") if one == old else one for one in made.items]
    changed = replace(with_items(made, items), parts=made.parts)
    read: list[str] = []
    texts = changed.texts

    class Counting:
        def read(self, listing: object) -> Story:
            read.append(listing.slug)  # type: ignore[attr-defined]
            return texts.read(listing)  # type: ignore[arg-type]

    found = export(replace(changed, texts=Counting()), folder, targets)
    # What the search shows of a story is in a file that is named for it.
    assert all(path.startswith("assets/search/") for path in (*found.new, *found.removed))
    assert len(found.new) == len(found.removed) <= 1
    pages = {path for path in found.changed if path.endswith(".html")}
    assert f"stories/{old.story.slug}.html" in pages
    assert len(pages) < 20
    assert set(read) == {old.story.slug}


def test_what_somebody_did_to_the_folder_is_put_right(
    site: tuple[Edition, Path, MemoryTargets],
) -> None:
    made, folder, targets = site
    before = tree(folder)
    (folder / "index.html").write_text("defaced")
    (folder / "archive.html").unlink()
    found = export(made, folder, targets)
    assert {"index.html", "archive.html"} <= {*found.changed, *found.new}
    assert tree(folder) == before


def test_what_is_remembered_of_another_export_does_not_count(
    site: tuple[Edition, Path, MemoryTargets],
) -> None:
    made, folder, targets = site
    whole = tree(folder)
    other = with_items(made, made.items[:5])
    export(other, folder)  # by somebody who remembers nothing
    assert tree(folder) != whole
    export(made, folder, targets)
    assert tree(folder) == whole
    assert {EDITION, SUMS} <= set(whole)


def test_story_that_may_no_longer_go_out_leaves_no_trace(
    site: tuple[Edition, Path, MemoryTargets],
) -> None:
    made, folder, targets = site
    gone = made.items[10].story
    left = with_items(made, [one for one in made.items if one.story.id != gone.id])
    found = export(left, folder, targets)
    assert f"stories/{gone.slug}.html" in found.removed
    assert not any(gone.headline.encode() + b"<" in data for data in tree(folder).values())


def test_pictures_are_rendered_once(tmp_path: Path) -> None:
    source = MemoryPictures()
    made, targets = edition(source=source, url=URL), MemoryTargets()
    export(made, tmp_path / "site", targets)
    calls: list[str] = []

    class Counting(MemoryPictures):
        def encoded(self, file: str, *others: object) -> bytes:
            calls.append(file)
            return source.encoded(file, *others)  # type: ignore[arg-type]

    items = [edited(made.items[0], body="Changed."), *made.items[1:]]
    changed = replace(with_items(made, items), pictures=Counting())
    export(changed, tmp_path / "site", targets)
    assert calls == []


def test_what_is_remembered_of_a_folder_that_was_removed_makes_no_file_ours(
    site: tuple[Edition, Path, MemoryTargets],
) -> None:
    made, folder, targets = site
    shutil.rmtree(folder)
    export(with_items(made, made.items[:5]), folder, targets)
    theirs = folder / "stories" / f"{made.items[30].story.slug}.html"
    theirs.write_text("theirs")
    with pytest.raises(NotOurs, match="does not come from an earlier export"):
        export(made, folder, targets)
    assert theirs.read_text() == "theirs"
