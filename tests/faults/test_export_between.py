"""What changes between two exports, or while one is made: a theme, a picture, an approval, a clock.

By the command line: a sentence and what to do, exit code 1, and the old site stays; or a new
site that is byte for byte that of a whole export.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from editor.core.commands import (
    Kill,
    Publish,
    RemovePerson,
    Return,
    SaveHouse,
    SaveStory,
    SaveTheme,
    Submit,
)
from editor.core.times import instant_text
from editor.errors import ThemeError
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.folder_output import FolderOutput
from editor.formats.paths import EDITION, SUMS
from editor.places import DESK_FILE
from editor.progress import Progress
from editor.proof.theme import copied, shipped_theme
from editor.store.desk import Desk
from editor.store.themes import Themes
from tests.faults.canaries import found, tree
from tests.faults.newsroom import LINA, MARA, TODAY, TOM, Room, run
from tests.people import approving
from tests.reading import reading

MINE = copied(shipped_theme("tabloid"), "mine", "Mine")
LOOP = "{% for n in range(99999) %}{% for m in range(99999) %}{% endfor %}{% endfor %}"
BOMB = "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 60
CALLS = "{% macro call() %}{{ call() }}{% endmacro %}{{ call() }}"


def main(text: str) -> str:
    """A template that prints something in its second line."""
    return f"\n{{% set main %}}{text}{{% endset %}}"


BROKEN = [
    ("templates/home.html", "\n{% if %}", "templates/home.html, line 2: "),
    ("templates/home.html", "{% extends 'gone.html' %}", "templates/home.html, line 1: "),
    ("templates/article.html", "{{ body }}\n{{ story.gone }}", "templates/article.html, line 2: "),
    ("templates/story.html", main(LOOP), "templates/story.html, line 2: "),
    ("templates/story.html", main(BOMB), "templates/story.html, line 2: "),
    ("templates/story.html", main(CALLS), "templates/story.html, line 2: "),
    ("templates/home.html", "\xff", "templates/home.html, line 1: "),
    ("site.css", "a { color: red;\n", "site.css, line 1: "),
    ("site.css", "a { }\n}\n", "site.css, line 2: "),
    ("theme.toml", 'title = "Mine"\nparent = "gone"\n', "theme.toml, line 2: "),
    ("script.js", "alert(1)", "script.js: "),
]  # fmt: skip
"""A file of a theme, what is in it, and how the sentence about it begins."""


class Exports:
    """Exports of a room to one folder in one format, by the command line."""

    def __init__(self, room: Room, folder: Path, format: str = "site") -> None:
        self.room, self.site, self._fresh = room, folder / "site", folder / "fresh"
        self.format = format

    def export(self, to: Path | None = None, *more: str) -> tuple[int, str]:
        words = ["export", self.format, "--desk", str(self.room.path), "--unsigned", "--out"]
        at = instant_text(self.room.now)
        return run([*words, str(to or self.site), "--generated-at", at, *more])

    def assert_done(self) -> dict[str, bytes]:
        """Export, and assert that this is what a whole export writes."""
        assert self.export() == (0, "")
        assert self.export(self._fresh) == (0, "")
        files = tree(self.site)
        assert files == tree(self._fresh)
        shutil.rmtree(self._fresh)
        return files

    def assert_refused(self, *, fresh_as_well: bool = True) -> str:
        """Assert that nothing is exported and the old site stays; what is said of it."""
        before = tree(self.site)
        code, words = self.export()
        assert (code, words.count("\n")) == (1, 1), words
        assert tree(self.site) == before
        if fresh_as_well:
            assert self.export(self._fresh) == (1, words)
        assert not self._fresh.exists()
        assert [path.name for path in self.site.parent.glob(".stonehand*")] == []
        return words


@pytest.fixture
def exports(room: Room, tmp_path: Path, request: pytest.FixtureRequest) -> Exports:
    """Exports of a site, or in the format that a test names."""
    exports = Exports(room, tmp_path, getattr(request, "param", "site"))
    exports.assert_done()
    return exports


EACH_FORMAT = pytest.mark.parametrize(
    "exports", ["site", "api", pytest.param("bundle", marks=pytest.mark.slow)], indirect=True
)
"""A bundle is planned from the files of both, and written as they are."""


def test_broken_theme_names_file_and_line_and_the_old_site_stays(
    exports: Exports, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chief signed it with a version of Stonehand for which it was whole."""
    with room.desk() as desk:
        desk.do(SaveTheme(MINE, ""), MARA)
    folder = room.path / "themes" / "mine"
    for path, text, start in BROKEN:
        shutil.rmtree(folder)
        for name, data in {
            **MINE.by_path,
            path: text.encode("latin-1"),
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        with room.desk() as desk, suppress(ThemeError), monkeypatch.context() as patch:
            for check in ("read_theme", "check_theme"):
                patch.setattr(f"editor.store.commands.paper.{check}", lambda _theme: None)
            house, theme = reading(desk).house(), Themes(room.path).read("mine")
            mine = replace(house, theme="mine", theme_digest=theme.digest)
            desk.do(SaveHouse(mine, house.hash), MARA)
        words = exports.assert_refused(fresh_as_well=False)
        assert words.startswith(start), words
        assert words.count(". ") + words.count("? ") >= 1, "a sentence and a hint"
        assert "object" not in words
    with room.desk() as desk:
        house = reading(desk).house()
        desk.do(SaveHouse(replace(house, theme="tabloid", theme_digest=""), house.hash), MARA)
    exports.assert_done()


@EACH_FORMAT
def test_picture_that_is_gone_or_damaged_stops_what_needs_it(exports: Exports, room: Room) -> None:
    """What was exported with it before stays, and a site without it is refused."""
    picture, original = room.picture(), room.picture().read_bytes()
    before = tree(exports.site)
    for damage in (
        picture.unlink,
        lambda: picture.write_bytes(original[:-8]),
        lambda: picture.write_bytes(original[:40] + b"x" + original[41:]),
        lambda: picture.write_bytes(b""),
        lambda: os.replace(_link_beside(picture), picture),
    ):
        damage()
        assert exports.export() == (0, ""), "nothing has changed for readers"
        assert tree(exports.site) == before
        _assert_picture_is_named(exports, exports.site.with_name("other"))
        picture.unlink(missing_ok=True)
        picture.write_bytes(original)
    exports.assert_done()
    room.do((Return(room.id("ferry"), 1, "Another caption, please."), TOM))
    pictures = room.text("ferry").pictures
    room.save("ferry", LINA, pictures=(replace(pictures[0], caption="Another caption."),))
    with room.desk() as desk:
        approve(desk, room.id("ferry"))
    picture.unlink()
    assert exports.assert_refused().startswith("ferry, “Another caption.”: The desk has no file")
    picture.write_bytes(original)
    exports.assert_done()


def _link_beside(picture: Path) -> Path:
    """A link to a file that is no picture."""
    link = picture.with_name("link")
    link.symlink_to(picture.parent.parent / DESK_FILE)
    return link


def _assert_picture_is_named(exports: Exports, to: Path) -> None:
    code, words = exports.export(to)
    assert (code, words.count("\n")) == (1, 1), words
    assert words.startswith("ferry, “White”: The ")
    assert "into the story again" in words
    assert not to.exists()


def approve(desk: Desk, id: str) -> None:
    version = reading(desk).row(id).version
    desk.do(Submit(id, version), LINA)
    desk.do(approving(desk, id), TOM)


def edit_again(desk: Desk, room: Room) -> None:
    """What was approved is edited again: it was never published, so it is not approved."""
    stored = reading(desk).stored(room.id("ferry"))
    desk.do(SaveStory(replace(stored.story, body="Edited again."), stored.version), LINA)


def return_it(desk: Desk, room: Room) -> None:
    desk.do(Return(room.id("ferry"), 1, "Who says so?"), TOM)


def set_embargo(desk: Desk, room: Room) -> None:
    stored = reading(desk).stored(room.id("ferry"))
    held = replace(stored.story, embargo="2090-01-01T00:00:00Z")
    desk.do(SaveStory(held, stored.version), LINA)
    approve(desk, room.id("ferry"))


def kill_it(desk: Desk, room: Room) -> None:
    desk.do(Publish(room.id("ferry"), 1), TOM)
    desk.do(Kill(room.id("ferry"), 1, "It was never true."), MARA)


TAKEN_BACK = (edit_again, return_it, set_embargo, kill_it)
TEXT = "The ferry"
"""Its headline, which no other page has."""


@EACH_FORMAT
@pytest.mark.parametrize("take_back", TAKEN_BACK, ids=lambda take_back: take_back.__name__)
def test_story_whose_approval_ends_between_two_exports_is_gone(
    take_back: Callable[[Desk, Room], None], exports: Exports, room: Room
) -> None:
    assert found(tree(exports.site), [TEXT])
    with room.desk() as desk:
        take_back(desk, room)
    assert not found(exports.assert_done(), [TEXT])


@EACH_FORMAT
@pytest.mark.parametrize("take_back", TAKEN_BACK, ids=lambda take_back: take_back.__name__)
def test_approval_that_ends_during_an_export_counts_from_the_next_one(
    take_back: Callable[[Desk, Room], None], exports: Exports, room: Room
) -> None:
    """What was verified goes out as it was approved, whole; the next export is without it."""
    before = tree(exports.site)
    shutil.rmtree(exports.site)
    taken: list[int] = []

    def take_back_once(done: int, total: int, _step: str) -> None:
        if done == 3 and not taken:
            taken.append(done)
            with room.desk() as other:
                take_back(other, room)

    with room.desk() as desk:
        edition = reading(desk).edition(None, room.now)
        with FolderOutput(exports.site, targets=desk.exports.targets) as output:
            write_edition(
                edition, find_exporter(exports.format), output, Progress(take_back_once), None, ""
            )
    assert taken
    assert tree(exports.site) == before
    assert not found(exports.assert_done(), [TEXT])


def test_approver_who_leaves_between_two_exports(exports: Exports, room: Room) -> None:
    """What they approved stays approved, and what they approve later is refused."""
    room.do((RemovePerson(TOM), MARA))
    assert found(exports.assert_done(), [TEXT])


def test_clock_that_goes_back_changes_nothing_for_readers(exports: Exports, room: Room) -> None:
    """What it says of its own date is what `verify` warns of."""
    room.now += timedelta(days=2)
    room.approve("tides", TOM)
    later = exports.assert_done()
    room.now = TODAY - timedelta(days=400)
    earlier = exports.assert_done()
    assert {path for path in later if later[path] != earlier.get(path)} == {EDITION, SUMS}
    assert set(earlier) == set(later)
    room.now = TODAY + timedelta(days=2)
    assert exports.assert_done() == later
