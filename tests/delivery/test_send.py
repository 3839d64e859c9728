from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.delivery.local_edition import read_local_edition
from editor.delivery.plan import look_at, plan_delivery
from editor.delivery.remote import Switching
from editor.delivery.send import Sent, send_edition
from editor.delivery.sending_text import SendingText, arrived_sentence
from editor.delivery.sent_files import SentFiles
from editor.errors import Cancelled, DeliveryError, NotOurs
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.progress import Progress
from tests.delivery.editions import edition_files, site, write_files
from tests.delivery.memory_remote import MemoryPlace, MemoryRemote

OLD = edition_files(site({"ferry": "It leaves.", "bridge": "It is open."}))
NEW = edition_files(
    site({"ferry": "It left. <a href='newest.html'>", "newest": "It is. <a href='ferry.html'>"}),
    at="2026-03-05T10:00:00Z",
)


class Sender:
    """A computer that delivers to a place in memory."""

    def __init__(self, place: MemoryPlace, folder: Path) -> None:
        self.place, self.folder = place, folder

    def send(
        self, name: str, cut: int = -1, progress: Progress | None = None, *, force: bool = False
    ) -> Sent:
        edition = read_local_edition(self.folder / name)
        with MemoryRemote(self.place, cut) as remote, SentFiles(self.folder / "known") as sent:
            found = look_at(remote, sent.files)
            plan = plan_delivery(edition, found, sent.files, "Website", force=force)
            return send_edition(plan, remote, sent, progress or Progress())


@pytest.fixture(params=list(Switching), ids=lambda kind: kind.name)
def sender(request: pytest.FixtureRequest, tmp_path: Path) -> Sender:
    write_files(tmp_path / "old", OLD)
    write_files(tmp_path / "new", NEW)
    return Sender(MemoryPlace(request.param), tmp_path)


def assert_links_lead_somewhere(files: dict[str, bytes]) -> None:
    """Check what a reader can reach from the home page."""
    waiting, seen = ["index.html"] if "index.html" in files else [], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        assert path in files, path
        folder = path.rpartition("/")[0]
        for link in re.findall(rb"href=[\"']([^\"']+)", files[path]):
            waiting.append(f"{folder}/{link.decode()}".lstrip("/"))


def test_edition_arrives_byte_for_byte(sender: Sender) -> None:
    sent = sender.send("old")
    assert sender.place.visible() == OLD
    assert sent == Sent(len(OLD), sum(map(len, OLD.values())), 0)
    assert sender.place.files.keys() == OLD.keys()  # no note is left


def test_edition_that_is_there_sends_nothing(sender: Sender) -> None:
    sender.send("old")
    sender.place.stores.clear()
    assert sender.send("old") == Sent(0, 0, 0)
    assert sender.place.stores == []


def test_change_sends_only_what_changed_and_removes_what_is_gone(sender: Sender) -> None:
    sender.send("old")
    sender.place.stores.clear()
    assert sender.send("new").removed == 1
    assert sender.place.visible() == NEW
    changed = {path for path in NEW if OLD.get(path) != NEW[path]}
    assert sorted(sender.place.stores) == sorted(changed)
    assert "media/p1.jpg" not in changed


def test_new_pages_come_first_and_the_manifest_last(sender: Sender) -> None:
    sender.send("old")
    sender.place.stores.clear()
    sender.send("new")
    assert sender.place.stores == [
        "stories/newest.html", "stories/ferry.html", "archive.html", "index.html",
        EDITION, SIGNATURE, SUMS,
    ]  # fmt: skip


def test_files_of_others_stay(sender: Sender) -> None:
    sender.place.files["CNAME"] = b"paper.example"
    sender.send("old")
    sender.send("new")
    assert sender.place.visible() == NEW | {"CNAME": b"paper.example"}


def test_file_of_others_in_the_way_is_refused_unless_forced(sender: Sender) -> None:
    sender.place.files["index.html"] = b"somebody's"
    with pytest.raises(NotOurs, match=r"Website.*index\.html"):
        sender.send("old")
    assert sender.place.visible() == {"index.html": b"somebody's"}
    sender.send("old", force=True)
    assert sender.place.visible() == OLD


def test_edition_of_another_desk_is_refused_unless_forced(sender: Sender) -> None:
    theirs = edition_files(site({"x": "y"}), desk="another")
    sender.place.files.update(theirs)
    with pytest.raises(NotOurs, match="another desk"):
        sender.send("old")
    assert sender.place.visible() == theirs
    sender.send("old", force=True)
    assert sender.place.visible() == OLD


def test_newer_edition_of_a_colleague_is_refused(sender: Sender, tmp_path: Path) -> None:
    Sender(sender.place, sender.folder).send("new")
    there = sender.place.visible()
    other = Sender(sender.place, tmp_path / "other")
    write_files(tmp_path / "other" / "old", OLD)
    with pytest.raises(NotOurs, match="newer edition, of 2026-03-05"):
        other.send("old")
    assert sender.place.visible() == there


def test_delivery_of_somebody_else_meanwhile_is_not_overwritten(sender: Sender) -> None:
    sender.send("old")
    with MemoryRemote(sender.place) as remote, SentFiles(sender.folder / "known") as sent:
        edition = read_local_edition(sender.folder / "new")
        plan = plan_delivery(edition, look_at(remote, sent.files), sent.files, "Website")
        theirs = edition_files(site({"theirs": "x"}), at="2026-03-06T10:00:00Z")
        sender.place.files = dict(theirs)
        with pytest.raises(DeliveryError, match="Somebody else delivered to “Website”"):
            send_edition(plan, remote, sent, Progress())
    assert sender.place.visible() == theirs


def test_file_that_somebody_changed_at_the_target_is_sent_again(sender: Sender) -> None:
    if sender.place.switching is Switching.AT_ONCE:
        pytest.skip("a commit names all its files")
    sender.send("old")
    sender.place.files["stories/ferry.html"] = b"X" * len(OLD["stories/ferry.html"])
    sender.place.changes["stories/ferry.html"] += 1
    sender.place.stores.clear()
    sender.send("old")
    assert sender.place.stores == ["stories/ferry.html"]
    assert sender.place.visible() == OLD


def test_file_that_is_missing_at_the_target_is_sent_again(sender: Sender) -> None:
    sender.send("old")
    del sender.place.files["media/p1.jpg"]
    sender.place.stores.clear()
    sender.send("old")
    assert sender.place.stores == ["media/p1.jpg"]


@pytest.mark.parametrize("is_same_computer", [True, False])
def test_cut_anywhere_leaves_old_or_new_and_the_next_send_sends_the_rest(
    sender: Sender, tmp_path: Path, is_same_computer: bool
) -> None:
    changed = [path for path in NEW if OLD.get(path) != NEW[path]]
    for cut in range(1, 60):
        folder = tmp_path / str(cut)
        place = MemoryPlace(sender.place.switching)
        first = Sender(place, folder)
        write_files(folder / "old", OLD)
        write_files(folder / "new", NEW)
        first.send("old")
        place.stores.clear()
        place.seen.clear()
        try:
            first.send("new", cut)
        except DeliveryError:
            pass
        else:
            break
        cut_stores = list(place.stores)
        second = first if is_same_computer else Sender(place, folder / "elsewhere")
        if not is_same_computer:
            write_files(folder / "elsewhere" / "new", NEW)
        second.send("new")
        assert place.visible() == NEW
        for files in place.seen:
            assert_links_lead_somewhere(files)
            if files[SUMS] == NEW[SUMS]:
                assert {path: files[path] for path in NEW} == NEW
        if is_same_computer and place.switching is not Switching.AT_ONCE:
            assert len(place.stores) <= len(changed) + (len(cut_stores) < len(changed))
    else:
        pytest.fail("no delivery was whole")


def test_what_a_cut_delivery_brought_is_removed_by_the_next_of_any_computer(
    sender: Sender, tmp_path: Path
) -> None:
    sender.send("old")
    with MemoryRemote(sender.place) as remote:
        calls_before = remote.calls
    assert calls_before == 0
    for cut in range(1, 30):
        try:
            sender.send("new", cut)
        except DeliveryError:
            if "stories/newest.html" in sender.place.visible():
                break
    later = edition_files(site({"ferry": "It left."}), at="2026-03-06T10:00:00Z")
    other = Sender(sender.place, tmp_path / "other")
    write_files(tmp_path / "other" / "later", later)
    other.send("later")
    assert sender.place.visible() == later


def test_cancelled_delivery_leaves_what_was_there(sender: Sender) -> None:
    if sender.place.switching is Switching.IN_PLACE:
        pytest.skip("a bucket shows what is in it")
    sender.send("old")
    progress = Progress(lambda done, _total, _path: progress.cancel() if done > 20 else None)
    with pytest.raises(Cancelled):
        sender.send("new", progress=progress)
    assert sender.place.visible() == OLD
    sender.send("new")
    assert sender.place.visible() == NEW


def test_file_that_waits_out_of_sight_is_neither_planned_nor_counted_again(
    sender: Sender,
) -> None:
    if sender.place.switching is not Switching.BY_FILE:
        pytest.skip("nothing waits there")
    sender.send("old")
    changed = [path for path in NEW if OLD.get(path) != NEW[path]]
    for cut in range(1, 30):
        with pytest.raises(DeliveryError):
            sender.send("new", cut)
        if len(sender.place.waiting) >= 2:  # each goes on where the last was cut
            break
    waiting = len(sender.place.waiting)
    edition = read_local_edition(sender.folder / "new")
    with MemoryRemote(sender.place) as remote, SentFiles(sender.folder / "known") as sent:
        plan = plan_delivery(edition, look_at(remote, sent.files), sent.files, "Website")
    assert len(plan.files) == len(changed)
    assert len(plan.to_send) == len(changed) - waiting
    assert arrived_sentence(plan).startswith(f"{waiting} of the files have arrived already")
    reports: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _path: reports.append((done, total)))
    assert sender.send("new", progress=progress) == Sent(len(plan.to_send), plan.size, 1)
    assert reports[-1] == (plan.size, plan.size)
    assert sender.place.visible() == NEW


def test_progress_is_said_in_bytes_and_files(sender: Sender) -> None:
    edition = read_local_edition(sender.folder / "old")
    with MemoryRemote(sender.place) as remote:
        plan = plan_delivery(edition, look_at(remote, {}), {}, "Website")
    text, whole = SendingText(plan), plan.size
    first = text.describe(0, 3_400_000, "a.html")
    assert first == f"1 kB of 3.4 MB, file 1 of {len(OLD)}: a.html"
    done = plan.files[0].size
    assert f"file 2 of {len(OLD)}" in text.describe(done, whole, "")
    assert text.describe(whole, whole, "").endswith(f"file {len(OLD)} of {len(OLD)}")


def test_progress_counts_bytes_up_to_the_whole(sender: Sender) -> None:
    reports: list[tuple[int, int]] = []
    sender.send("old", progress=Progress(lambda done, total, _path: reports.append((done, total))))
    whole = sum(map(len, OLD.values()))
    assert {total for _done, total in reports} == {whole}
    assert [done for done, _total in reports] == sorted(done for done, _total in reports)
    assert reports[-1][0] == whole


def test_listing_that_lacks_what_was_sent_is_an_error(sender: Sender) -> None:
    class Losing(MemoryRemote):
        def finish(self) -> None:
            super().finish()
            del self.place.files["index.html"]

    edition = read_local_edition(sender.folder / "old")
    with Losing(sender.place) as remote, SentFiles(sender.folder / "known") as sent:
        plan = plan_delivery(edition, look_at(remote, sent.files), sent.files, "Website")
        with pytest.raises(DeliveryError, match=r"“Website” does not have.*index\.html"):
            send_edition(plan, remote, sent, Progress())
    sender.send("old")
    assert sender.place.visible() == OLD


PATHS = st.sampled_from(
    ["stories/a.html", "stories/b.html", "index.html", "sections/x.html", "media/p.jpg", "z.txt"]
)
EDITIONS = st.dictionaries(PATHS, st.sampled_from([b"1", b"2", b"3", b"longer"]), max_size=6)


@given(st.lists(st.tuples(EDITIONS, st.integers(1, 60)), min_size=1, max_size=4),
       st.sampled_from(list(Switching)))  # fmt: skip
def test_whatever_was_cut_before_the_last_edition_is_there_whole(
    tmp_path_factory: pytest.TempPathFactory,
    sendings: list[tuple[dict[str, bytes], int]],
    switching: Switching,
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    place = MemoryPlace(switching)
    for number, (files, cut) in enumerate(sendings):
        computer = Sender(place, folder / f"computer{number % 2}")
        made = edition_files(files, at=f"2026-03-0{number + 1}T10:00:00Z")
        write_files(computer.folder / str(number), made)
        try:
            computer.send(str(number), cut)
        except DeliveryError:
            if number == len(sendings) - 1:
                computer.send(str(number))
    assert place.visible() == made
    assert place.files.keys() == made.keys()
