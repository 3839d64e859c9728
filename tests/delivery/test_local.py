"""Folders and zip files as targets: a disk, a stick."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from editor.core.delivery import Target
from editor.delivery.local import LocalDestination
from editor.delivery.prepared import KnownDeliveries, prepare
from editor.errors import BadValue, Cancelled, DeliveryError, NotOurs, OutputError
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.output import output_for
from editor.progress import Progress
from tests.delivery.newsroom import CHIEF, SLUGS, Newsroom, tree
from tests.reading import reading


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def website(stick: Path) -> Target:
    return Target("Website", str(stick / "site"))


@pytest.fixture
def bundle(stick: Path) -> Target:
    return Target("Stick", str(stick / "paper.zip"), "bundle", ("site", "stories"))


def exported(newsroom: Newsroom, target: Target, to: Path) -> Path:
    """What `stonehand export --out` writes."""
    order = newsroom.order(target)
    exporter = find_exporter(target.format, target.parts)
    with output_for(to) as output:
        write_edition(order.edition, exporter, output, Progress(), order.signer, CHIEF)
    return to


def test_delivered_folder_is_what_an_export_writes(
    newsroom: Newsroom, website: Target, stick: Path, tmp_path: Path
) -> None:
    prepared = newsroom.prepare(website)
    assert not (stick / "site").exists()
    assert len(prepared.plan.difference.new) == prepared.report.files
    reports: list[tuple[int, int]] = []
    sent = prepared.send(Progress(lambda done, total, _path: reports.append((done, total))))
    assert (sent.files, sent.size) == (len(prepared.plan.files), prepared.plan.size)
    assert reports[-1] == (prepared.plan.size, prepared.plan.size)
    assert tree(stick / "site") == tree(exported(newsroom, website, tmp_path / "out"))
    assert newsroom.prepare(website).is_nothing


def test_delivered_zip_is_what_an_export_writes(
    newsroom: Newsroom, bundle: Target, stick: Path, tmp_path: Path
) -> None:
    newsroom.deliver(bundle)
    (tmp_path / "out").mkdir()
    out = exported(newsroom, bundle, tmp_path / "out" / "paper.zip")
    assert (stick / "paper.zip").read_bytes() == out.read_bytes()
    assert sorted(path.name for path in stick.iterdir()) == ["paper.zip"]


@pytest.mark.parametrize("kind", ["website", "bundle"])
def test_edition_of_a_later_time_alone_is_not_sent_or_recorded(
    newsroom: Newsroom, kind: str, stick: Path, request: pytest.FixtureRequest
) -> None:
    target = request.getfixturevalue(kind)
    newsroom.deliver(target)
    before = tree(stick)
    newsroom.clock.now += timedelta(hours=1)
    prepared = newsroom.prepare(target)
    assert prepared.is_nothing
    assert prepared.delivery.sent == 0
    assert prepared.delivery.generated_at == "2026-03-03T14:02:00Z"  # what is there
    assert tree(stick) == before


def test_only_what_changed_is_written(newsroom: Newsroom, website: Target, stick: Path) -> None:
    newsroom.deliver(website)
    before = {path: path.stat().st_mtime_ns for path in (stick / "site").rglob("*.*")}
    newsroom.edit(SLUGS[0], "The quay opened late.")
    prepared = newsroom.deliver(website)
    assert 0 < len(prepared.plan.difference.changed) < 40
    page = stick / "site" / "stories" / SLUGS[1] / "index.html"
    [row, _first] = reading(newsroom.desk).deliveries()
    assert (row.delivery.sent, row.delivery.sent_bytes) == (
        len(prepared.plan.files), prepared.plan.size
    )  # fmt: skip
    after = {path: path.stat().st_mtime_ns for path in (stick / "site").rglob("*.*")}
    changed = {path for path in before if path in after and after[path] != before[path]}
    files = {stick / "site" / path for path in prepared.plan.difference.changed}
    assert changed <= files
    assert page not in changed


def test_stick_that_is_not_plugged_in_is_named(newsroom: Newsroom, tmp_path: Path) -> None:
    target = Target("Stick", str(tmp_path / "away" / "site"))
    with pytest.raises(DeliveryError, match="“Stick”: There is no folder") as caught:
        newsroom.prepare(target)
    assert "Plug" in caught.value.hint
    assert not (tmp_path / "away").exists()


def test_place_of_another_kind_of_computer_is_refused(newsroom: Newsroom) -> None:
    path = "/site" if os.name == "nt" else "D:\\site"
    with pytest.raises(DeliveryError, match=r"“Disk”: .*site is no place of this computer"):
        newsroom.prepare(Target("Disk", path))


def test_files_of_others_are_refused_and_stay(
    newsroom: Newsroom, website: Target, stick: Path
) -> None:
    (stick / "site").mkdir()
    (stick / "site" / "mine.txt").write_text("mine")
    with pytest.raises(NotOurs, match="“Website”"):
        newsroom.prepare(website)
    newsroom.deliver(website, force=True)
    assert (stick / "site" / "mine.txt").read_text() == "mine"


def test_file_of_others_in_the_way_is_refused(
    newsroom: Newsroom, website: Target, stick: Path
) -> None:
    newsroom.deliver(website)
    newsroom.desk.exports.targets.write(str(stick / "site"), {}, ["feed.xml"])
    other = next(path for path in newsroom.prepare(website).plan.edition.files if "/" in path)
    sums = (stick / "site" / "SHA256SUMS").read_text().splitlines(keepends=True)
    kept = [line for line in sums if not line.endswith(f"  {other}\n")]
    (stick / "site" / "SHA256SUMS").write_text("".join(kept))
    with pytest.raises(NotOurs, match="“Website”"):
        newsroom.prepare(website)


def test_other_format_there_is_refused(newsroom: Newsroom, website: Target, stick: Path) -> None:
    newsroom.deliver(website)
    with pytest.raises(NotOurs, match="another"):
        newsroom.prepare(Target("Website", website.address, "api"))


def test_newer_edition_there_is_refused(newsroom: Newsroom, website: Target) -> None:
    newsroom.edit(SLUGS[0], "The quay opened late.")
    newsroom.deliver(website)
    newsroom.clock.now -= timedelta(hours=1)
    newsroom.edit(SLUGS[1], "The ferry is late.")
    newsroom.clock.now -= timedelta(minutes=30)
    with pytest.raises(NotOurs, match="newer edition"):
        newsroom.prepare(website)
    newsroom.deliver(website, force=True)


@pytest.mark.parametrize("kind", ["website", "bundle"])
def test_edition_of_another_copy_of_the_desk_is_refused(
    newsroom: Newsroom, kind: str, request: pytest.FixtureRequest
) -> None:
    """What was killed in that copy would come back: this log knows nothing of it."""
    target = request.getfixturevalue(kind)
    newsroom.deliver(target)
    newsroom.edit(SLUGS[0], "Other words.")
    outbox, place = newsroom.outbox(target), LocalDestination(newsroom.outbox(target))
    unknown = replace(newsroom.order(target), there=KnownDeliveries({}, frozenset()))
    with pytest.raises(NotOurs, match="this desk knows nothing of") as caught:
        prepare(unknown, outbox, place, Progress())
    assert "would come back" in caught.value.hint
    forced = prepare(replace(unknown, force=True), outbox, place, Progress())
    assert forced.delivery.stories
    assert newsroom.prepare(target).delivery.sent


def test_change_of_somebody_else_meanwhile_is_not_replaced(
    newsroom: Newsroom, website: Target, stick: Path
) -> None:
    newsroom.deliver(website)
    newsroom.edit(SLUGS[0], "The quay opened late.")
    prepared = newsroom.prepare(website)
    sums = stick / "site" / "SHA256SUMS"
    sums.write_text(sums.read_text().replace("a", "b"))
    before = tree(stick / "site")
    with pytest.raises(DeliveryError, match="Somebody else changed what is at “Website”"):
        prepared.send(Progress())
    assert tree(stick / "site") == before


@pytest.mark.parametrize("kind", ["website", "bundle"])
def test_cancelled_delivery_leaves_the_old_edition(
    newsroom: Newsroom, kind: str, stick: Path, request: pytest.FixtureRequest
) -> None:
    target = request.getfixturevalue(kind)
    newsroom.deliver(target)
    newsroom.edit(SLUGS[0], "The quay opened late.")
    prepared = newsroom.prepare(target)
    before = tree(stick)
    seen: list[int] = []

    def cancel(done: int, _total: int, _path: str) -> None:
        seen.append(done)
        raise Cancelled

    with pytest.raises(Cancelled):
        prepared.send(Progress(cancel))
    assert len(seen) == 1
    assert before == tree(stick)


def test_link_in_place_of_a_folder_is_followed_nowhere(
    newsroom: Newsroom, website: Target, stick: Path, tmp_path: Path
) -> None:
    (stick / "site").write_text("a file")
    with pytest.raises(OutputError, match="“Website”"):
        newsroom.prepare(website)


def test_what_if_edition_is_delivered_to_nobody(newsroom: Newsroom, website: Target) -> None:
    order = newsroom.order(website)
    with newsroom.desk.read() as snapshot:
        edition = snapshot.edition(None, newsroom.clock() + timedelta(days=1), what_if=True)
    outbox = newsroom.outbox(website)
    with pytest.raises(BadValue, match="what-if"):
        prepare(replace(order, edition=edition), outbox, LocalDestination(outbox), Progress())


def test_record_says_what_came_changed_and_left(newsroom: Newsroom, website: Target) -> None:
    newsroom.deliver(website)
    [first] = reading(newsroom.desk).deliveries()
    assert first.person == CHIEF
    assert len(first.delivery.stories) == len(SLUGS)
    newsroom.edit(SLUGS[0], "The quay opened late.")
    newsroom.deliver(website)
    second = reading(newsroom.desk).deliveries()[0].delivery
    assert len(second.stories) == 1
    assert second.withdrawn == ()
    assert len(reading(newsroom.desk).deliveries()) == 2
