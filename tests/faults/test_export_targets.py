"""Targets of exports that are not ours, that change meanwhile, or that nobody can write to.

By the command line: a sentence and what to do, exit code 1, and everything stays as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from editor.core.commands import Kill
from editor.errors import OutputError
from editor.formats.folder_output import FolderOutput
from editor.places import DESK_FILE
from editor.progress import Progress
from tests.faults.newsroom import NOON, TOM, Room, run
from tests.faults.two_editions import TwoEditions, refusal, two_editions

Prepare = Callable[[Path, Room], Path]
Change = Callable[[Path], None]


SENTENCES = {
    "“site” was removed or changed by somebody else while it was exported. "
    "Look at what is there now, then export again.",
    "“{page}” in “site” does not come from an earlier export. "
    "Move it away, or choose another folder.",
}
FRONTS = {"site": "index.html", "api": "v1/index.json"}
"""A file that each format has at its top."""
PAGES = {"site": "stories/newest.html", "api": "v1/stories/newest.json"}
"""A file that the new edition has in each format, and the old one has not."""


def _front(site: Path) -> Path:
    return next(path for name in FRONTS.values() if (path := site / name).exists())


def _page(site: Path) -> Path:
    return next(path for name in PAGES.values() if (path := site / name).parent.is_dir())


def export(room: Room, out: Path, *more: str, format: str = "site") -> tuple[int, str]:
    """`stonehand export`: its exit code, and what it writes on stderr."""
    words = ["export", format, "--desk", str(room.path), "--as", TOM, "--out", str(out)]
    return run([*words, "--generated-at", NOON, *more])


def everything(folder: Path) -> dict[str, object]:
    """What is in a folder, links and empty folders as well; but for SQLite's own files."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        if path.name.startswith(DESK_FILE):
            continue
        is_file = path.is_file() and not path.is_symlink()
        found[str(path)] = path.read_bytes() if is_file else os.path.realpath(path)
    return found


def _foreign_folder(place: Path, room: Room) -> Path:
    place.mkdir()
    (place / "index.html").write_text("theirs")
    return place


def _list_of_somebody_else(place: Path, room: Room) -> Path:
    """A folder that `sha256sum` was used in: the list has the name of ours."""
    _foreign_folder(place, room)
    (place / "SHA256SUMS").write_text(f"{'0' * 64}  index.html\n")
    return place


def _file(place: Path, room: Room) -> Path:
    place.write_text("theirs")
    return place


def _in_a_file(place: Path, room: Room) -> Path:
    return _file(place, room) / "site"


def _link_to_a_file(place: Path, room: Room) -> Path:
    place.symlink_to(_file(place.with_name("file"), room))
    return place


def _link_to_nothing(place: Path, room: Room) -> Path:
    place.symlink_to(place.with_name("nothing"))
    return place


def _link_to_a_strangers_folder(place: Path, room: Room) -> Path:
    place.symlink_to(_foreign_folder(place.with_name("folder"), room))
    return place


def _pipe(place: Path, room: Room) -> Path:
    os.mkfifo(place)
    return place


def _desk(place: Path, room: Room) -> Path:
    return room.path


def _in_the_desk(place: Path, room: Room) -> Path:
    return room.path / "pictures"


def _around_the_desk(place: Path, room: Room) -> Path:
    return room.path.parent


def _link_into_the_desk(place: Path, room: Room) -> Path:
    place.symlink_to(room.path / "drafts")
    return place


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as Unix has them")
@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (_foreign_folder, "The folder “site” has files that Stonehand did not export."),
        (_list_of_somebody_else, "The folder “site” has files that Stonehand did not export."),
        (_file, "“site” is a file, not a folder."),
        (_in_a_file, "“site” is a file, not a folder."),
        (_link_to_a_file, "“site” is a file, not a folder."),
        (_link_to_nothing, "“site” is a link that leads nowhere."),
        (_link_to_a_strangers_folder, "has files that Stonehand did not export."),
        (_pipe, "“site” is a file, not a folder."),
        (_desk, "is inside the desk “post.desk”."),
        (_in_the_desk, "is inside the desk “post.desk”."),
        (_around_the_desk, "has files that Stonehand did not export."),
        (_link_into_the_desk, "is inside the desk “post.desk”."),
    ],
    ids=lambda value: getattr(value, "__name__", "").strip("_"),
)
@pytest.mark.parametrize("format", FRONTS)
def test_target_that_is_not_ours_is_refused_and_stays(
    prepare: Prepare, sentence: str, format: str, room: Room, tmp_path: Path
) -> None:
    out = prepare(tmp_path / "site", room)
    before = everything(tmp_path)
    code, words = export(room, out, format=format)
    assert (code, sentence in words, words.count("\n")) == (1, True, 1), words
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["site", "site.zip"])
def test_target_that_may_not_be_written_is_refused(
    name: str, room: Room, tmp_path: Path, read_only: Callable[[Path], None]
) -> None:
    place = tmp_path / "shelf"
    assert export(room, place / name)[0] == 0
    before = everything(place)
    room.do((Kill(room.id("bridge"), 3, "It was never true."), TOM))
    read_only(place)
    for out in (place / name, place / f"new-{name}", place / "a" / "b" / name):
        code, words = export(room, out)
        assert (code, words.count("\n")) == (1, 1)
        assert "Choose a folder that you may write to." in words
    assert everything(place) == before


@pytest.fixture(params=FRONTS)
def editions(room: Room, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TwoEditions]:
    with two_editions(room, tmp_path, request.param) as editions:
        yield editions


def _remove(site: Path) -> None:
    shutil.rmtree(site)


def _remove_with_all_beside(site: Path) -> None:
    shutil.rmtree(site.parent)


def _remove_what_is_beside(site: Path) -> None:
    for path in site.parent.iterdir():
        if path != site:
            shutil.rmtree(path)


def _remove_what_is_in_it(site: Path) -> None:
    for path in site.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _put_a_file_in_it(site: Path) -> None:
    """Where the new edition has a page, and the old one has none."""
    _page(site).write_text("theirs")


def _put_a_file_there(site: Path) -> None:
    shutil.rmtree(site)
    site.write_text("theirs")


def _put_a_folder_there(site: Path) -> None:
    shutil.rmtree(site)
    site.mkdir()
    (site / "index.html").write_text("theirs")


def _put_a_link_there(site: Path) -> None:
    shutil.rmtree(site)
    site.with_name("elsewhere").mkdir()
    (site.with_name("elsewhere") / "index.html").write_text("theirs")
    site.symlink_to(site.with_name("elsewhere"))


CHANGES = (
    *(_remove, _remove_with_all_beside, _remove_what_is_beside, _remove_what_is_in_it),
    *(_put_a_file_there, _put_a_folder_there, _put_a_link_there, _put_a_file_in_it),
)


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_target_that_changes_while_an_export_is_written(
    share: float, editions: TwoEditions
) -> None:
    """The export is refused, or whole; what somebody else put there stays."""
    site, refused = editions.folder, []
    for change in CHANGES:
        found: list[dict[str, object]] = []

        def change_once(
            done: int, total: int, _step: str, change: Change = change, found: Any = found
        ) -> None:
            if not found and done >= share * total and (share < 1 or total == 1):
                change(site)
                found.append(everything(site))

        try:
            editions.write("new", Progress(change_once))
        except OutputError as problem:
            refused.append(f"{problem.sentence} {problem.hint}")
            assert everything(site) == found[0], change
        else:
            assert editions.is_there() == "new", change
        theirs = {path: data for path, data in found[0].items() if data == b"theirs"}
        assert theirs.items() <= everything(site).items(), change
        shutil.rmtree(site.parent, ignore_errors=True)
        editions.write("old")
    assert len(refused) >= len(CHANGES) - 2
    page = PAGES[editions.format]
    assert set(refused) <= {sentence.format(page=page) for sentence in SENTENCES}


def _edit(site: Path) -> None:
    _front(site).write_text("defaced")
    (site / "SHA256SUMS").touch()


def _delete(site: Path) -> None:
    shutil.rmtree(_page(site).parent)
    _front(site).unlink()


def _add(site: Path) -> None:
    _page(site).with_name("CNAME").write_text("theirs")


def _replace_by_a_link(site: Path) -> None:
    (site.parent / "page").write_text("theirs")
    front = _front(site)
    front.unlink()
    front.symlink_to(site.parent / "page")


def _replace_by_a_folder(site: Path) -> None:
    front = _front(site)
    front.unlink()
    front.mkdir()
    (front / "a").write_text("theirs")


def _delete_the_list(site: Path) -> None:
    (site / "SHA256SUMS").unlink()


def _delete_the_signature(site: Path) -> None:
    (site / "edition.jws").unlink()


BETWEEN = {
    _remove: "", _edit: "", _delete: "", _add: "", _delete_the_signature: "",
    _replace_by_a_link: "",
    _replace_by_a_folder: "“{front}” in “site” does not come from an earlier export.",
    _delete_the_list: "The folder “site” has files that Stonehand did not export.",
    _put_a_folder_there: "The folder “site” has files that Stonehand did not export.",
    _put_a_file_there: "“site” is a file, not a folder.",
}  # fmt: skip
"""What somebody does between two exports, and what is said of it then."""


def test_target_that_somebody_changes_between_two_exports(
    editions: TwoEditions, room: Room
) -> None:
    """What was exported is put right, what is somebody else's stays."""
    site = editions.folder
    for change, sentence in BETWEEN.items():
        for name in ("old", "new"):
            change(site)
            before = everything(site.parent)
            problem = refusal(partial(editions.write, name))
            said = sentence.format(front=FRONTS[editions.format])
            assert (problem.sentence if problem else "") == said, change
            if problem:
                assert everything(site.parent) == before
            else:
                _page(site).with_name("CNAME").unlink(missing_ok=True)
                assert editions.is_there() == name, (change, name)
            shutil.rmtree(site.parent)
            editions.write("old")


def test_second_export_to_a_folder_waits_with_a_sentence(room: Room, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert export(room, site) == (0, "")
    before = everything(site)
    with FolderOutput(site):
        assert export(room, site) == (
            1,
            "Another export to “site” is under way. Wait until it is done, then export again.\n",
        )
        assert export(room, tmp_path / "other") == (0, "")
        assert everything(site) == before
