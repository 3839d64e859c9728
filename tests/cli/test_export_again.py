"""An export that has nothing to do: it says so at once, and whatever changed is noticed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from editor.cli import export as module
from editor.core.commands import OrderFront, SaveHouse, SaveStory, SetPolicy
from editor.core.front import Front
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.core.times import instant_text, now
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.sums import TEMPORARY
from editor.in_use import using
from editor.places import DESK_FILE, config_folder, data_folder
from editor.store.db import engine
from editor.store.desk import Desk
from editor.store.exports import kept_file
from tests.cli.conftest import Run
from tests.cli.test_export import approve
from tests.cli.test_verb_imports import LIBRARIES
from tests.people import approving_banner
from tests.reading import reading

SLUG, CHIEF, EDITOR, WRITER = "ferry-returns", "Nadia Rahman", "Tom Vale", "Ines Duarte"

PROGRAM = """
import json, sys
files = []
sys.addaudithook(lambda event, values: event == "open" and files.append(str(values[0])))
from editor.cli import main
code = main(sys.argv[1:])
print(json.dumps([list(sys.modules), files]), file=sys.stderr)
sys.exit(code)
"""

Change = Callable[[Path, Path], object]
"""Something that is done to a desk and to the folder of its site."""


@pytest.fixture(autouse=True)
def _long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing have been written a moment ago."""
    later = 10**10
    monkeypatch.setattr("editor.store.exports.editions.time_ns", lambda: time.time_ns() + later)


class Exports:
    """Exports of a desk on the command line."""

    def __init__(self, run: Run, desk: Path, site: Path, whole: list[Path]) -> None:
        self._run = run
        self._whole = whole
        self.desk = desk
        self.site = site

    def __call__(self, *words: object, signed_by: str = EDITOR, format: str = "api") -> str:
        """Export, and return what is printed on stdout, and on stderr if it fails."""
        who = ("--as", signed_by) if signed_by else ("--unsigned",)
        # A folder has exports of one format.
        target = self.site if format == "api" else self.site.with_name("other")
        _code, out, err = self._run(
            "export", format, "--desk", self.desk, "--out", target, *who, *words
        )
        return out + err

    def is_whole(self, *words: object, **options: Any) -> bool:
        """Export, and return whether the desk was read for it."""
        self._whole.clear()
        self(*words, **options)
        return bool(self._whole)


@pytest.fixture
def exports(run: Run, desk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exports:
    """A desk with two stories that was exported."""
    approve(desk_path)
    approve(desk_path, "ferry-leaves")
    whole: list[Path] = []
    real = module._export

    def export(desk: Path, *words: Any, **options: Any) -> Any:
        whole.append(desk)
        return real(desk, *words, **options)

    monkeypatch.setattr(module, "_export", export)
    made = Exports(run, desk_path, tmp_path / "site", whole)
    assert made().startswith("Wrote ")
    return made


def do(desk: Path, *commands: Callable[[Desk], object]) -> None:
    with Desk.open(desk) as opened:
        for command in commands:
            command(opened)


def save_draft(desk: Path, _site: Path) -> None:
    do(desk, lambda desk: desk.do(SaveStory(Story(headline="Tides")), WRITER))


def approve_story(desk: Path, _site: Path) -> None:
    approve(desk, "ferry-sinks")


def approve_banner(desk: Path, _site: Path) -> None:
    do(desk, lambda desk: desk.do(approving_banner(desk), EDITOR))


def save_house(desk: Path, _site: Path) -> None:
    def save(desk: Desk) -> None:
        house = reading(desk).house()
        desk.do(SaveHouse(replace(house, about="We are new."), house.hash), CHIEF)

    do(desk, save)


def order_front(desk: Path, _site: Path) -> None:
    def order(desk: Desk) -> None:
        front = Front((reading(desk).find(SLUG),))
        desk.do(OrderFront(front, reading(desk).front_state().front.hash), EDITOR)

    do(desk, order)


def set_policy(desk: Path, _site: Path) -> None:
    do(desk, lambda desk: desk.do(SetPolicy(Policy(four_eyes=FourEyes.ALWAYS)), CHIEF))


def change_file(_desk: Path, site: Path) -> None:
    """Write other bytes of the same size."""
    file = site / EDITION
    file.write_bytes(file.read_bytes()[::-1])


def change_file_and_its_time(_desk: Path, site: Path) -> None:
    file = site / EDITION
    time = file.stat().st_mtime_ns
    file.write_bytes(file.read_bytes() + b" ")
    os.utime(file, ns=(time, time))


def link_file(_desk: Path, site: Path) -> None:
    """Put a link to the same bytes, of the same time, in the place of a file."""
    (site / EDITION).rename(site.parent / "moved")
    (site / EDITION).symlink_to(site.parent / "moved")


def add_line_to_list(_desk: Path, site: Path) -> None:
    (site / SUMS).write_bytes((site / SUMS).read_bytes() + b"\n")


def put_desk_around(_desk: Path, site: Path) -> None:
    (site / DESK_FILE).touch()


def write_past_stonehand(desk: Path, _site: Path) -> None:
    """Write the same bytes again, with the time of the others."""
    file, status = desk / DESK_FILE, (desk / DESK_FILE).stat()
    with file.open("r+b") as opened:
        opened.write(file.read_bytes())
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def put_copy_in_place(desk: Path, _site: Path) -> None:
    shutil.copytree(desk, desk.parent / "copy")  # keeps all times
    shutil.rmtree(desk)
    (desk.parent / "copy").rename(desk)


def damage_memory(_desk: Path, _site: Path) -> None:
    for file in kept_file.folder().glob("*.exports"):
        file.write_bytes(file.read_bytes()[:1000])


def forget_desk(_desk: Path, _site: Path) -> None:
    for folder in (config_folder(), data_folder()):
        (folder / "desks.json").unlink()


CHANGES_OF_DESK: list[Change] = [
    *(save_draft, approve_story, approve_banner, save_house, order_front),
    *(set_policy, write_past_stonehand, put_copy_in_place, damage_memory, forget_desk),
]
CHANGES_OF_TARGET: list[Change] = [
    *(change_file, change_file_and_its_time, link_file, add_line_to_list, put_desk_around),
    lambda _desk, site: (site / EDITION).unlink(),
    lambda _desk, site: (site / SIGNATURE).unlink(),
    lambda _desk, site: (site / SUMS).unlink(),
    lambda _desk, site: shutil.rmtree(site),
]


@pytest.mark.parametrize("change", [*CHANGES_OF_DESK, *CHANGES_OF_TARGET])
def test_after_a_change_the_desk_is_read(change: Change, exports: Exports) -> None:
    assert not exports.is_whole()
    change(exports.desk, exports.site)
    assert exports.is_whole()


@pytest.mark.parametrize("change", [save_draft, approve_story, change_file, damage_memory])
def test_after_the_next_export_there_is_nothing_to_do_again(
    change: Change, exports: Exports
) -> None:
    change(exports.desk, exports.site)
    exports()
    assert not exports.is_whole()


def test_instant_of_an_export_with_nothing_to_do_is_that_of_the_edition_that_stands(
    exports: Exports,
) -> None:
    edition = json.loads((exports.site / EDITION).read_text())
    told = [json.loads(exports("--json")), json.loads(exports("--json"))]
    assert [answer["generated_at"] for answer in told] == [edition["generated_at"]] * 2
    approve_banner(exports.desk, exports.site)
    again = json.loads(exports("--json", "--generated-at", "2999-01-01", "--what-if", "--force"))
    assert again["generated_at"] == "2999-01-01T00:00:00Z"


def test_file_of_somebody_else_in_the_folder_is_no_change(exports: Exports) -> None:
    (exports.site / "CNAME").write_text("harbourpost.example")
    assert not exports.is_whole()


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (("--stories", SLUG), {}),
        (("--what-if", "--generated-at", "2999-01-01"), {}),
        (("--release",), {}),
        (("--generated-at", "2026-01-01"), {}),
        (("--generated-at", "2999-01-01"), {}),
        ((), {"signed_by": CHIEF}),
        ((), {"signed_by": ""}),
        ((), {"format": "site"}),
    ],
)
def test_other_export_reads_the_desk(
    words: tuple[str, ...], options: dict[str, str], exports: Exports
) -> None:
    assert not exports.is_whole()
    assert exports.is_whole(*words, **options)


def test_other_folder_gets_its_files(exports: Exports, tmp_path: Path) -> None:
    before, exports.site = exports.site, tmp_path / "other"
    assert exports.is_whole()
    assert (exports.site / EDITION).is_file()
    assert not exports.is_whole()
    exports.site = before
    assert not exports.is_whole()


def test_other_code_reads_the_desk(exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_file, "code_stamp", lambda: "0" * 16)
    assert exports.is_whole()
    assert not exports.is_whole()


def test_theme_that_was_edited_is_noticed(run: Run, exports: Exports) -> None:
    where = ("--desk", exports.desk, "--as", CHIEF)
    assert run("theme", "--copy", "tabloid", "Own", *where)[0] == 0
    assert run("theme", "--use", "own", *where)[0] == 0
    exports(format="site")
    assert not exports.is_whole(format="site")
    style = exports.desk / "themes" / "own" / "theme.toml"
    before, status = style.read_bytes(), style.stat()
    style.write_bytes(before.swapcase())
    os.utime(style, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert "not as the chief saved it" in exports(format="site")
    style.write_bytes(before)
    exports(format="site")
    assert not exports.is_whole(format="site")
    (style.parent / "templates" / "more.html").write_text("<p>More</p>")
    assert exports.is_whole("--force", format="site")


def test_what_was_written_a_moment_ago_is_read_once_more(
    exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_draft(exports.desk, exports.site)
    just_then = (exports.desk / DESK_FILE).stat().st_mtime_ns
    monkeypatch.setattr("editor.store.exports.editions.time_ns", lambda: just_then + 1)
    exports()
    assert exports.is_whole()


def test_export_under_way_is_waited_for(exports: Exports) -> None:
    stage = exports.site / f"{TEMPORARY}under-way"
    stage.mkdir()
    with using(stage):
        assert "Another export" in exports()


@pytest.mark.parametrize("words", [(), ("--json",)])
@pytest.mark.parametrize("signed_by", [EDITOR, ""])
def test_says_what_a_whole_export_says(
    words: tuple[str, ...], signed_by: str, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(exports.desk, "old", expires="2020-01-01T00:00:00Z")
    approve(exports.desk, "later", embargo="2999-01-01T00:00:00Z")
    exports(signed_by=signed_by, format="site")
    words = (*words, "--generated-at", instant_text(now()))
    assert not exports.is_whole(*words, signed_by=signed_by, format="site")
    at_once = exports(*words, signed_by=signed_by, format="site")
    with monkeypatch.context() as patch:
        patch.setattr("editor.cli.export._unchanged", lambda *_: None)
        assert exports.is_whole(*words, signed_by=signed_by, format="site")
        assert at_once == exports(*words, signed_by=signed_by, format="site")


def test_asks_for_no_passphrase(exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    assert f"Signed by {EDITOR}." in exports()
    assert "passphrase" in exports(format="site")


def test_runs_few_statements_and_none_on_the_desk(
    exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, statements = list[str](), list[str]()
    real = engine.sqlite.connect

    def connect(file: str, **options: Any) -> Any:
        files.append(file)
        raw = real(file, **options)
        raw.set_trace_callback(statements.append)
        return raw

    monkeypatch.setattr(engine.sqlite, "connect", connect)
    assert not exports.is_whole()
    (file,) = files
    assert DESK_FILE not in file
    assert len(statements) <= 20


def test_imports_little_and_reads_one_file_of_the_site(exports: Exports) -> None:
    where = ("--desk", exports.desk, "--out", exports.site, "--as", EDITOR)
    command = [sys.executable, "-c", PROGRAM, "export", "api", *map(str, where)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    modules, files = json.loads(done.stderr)
    assert not LIBRARIES & {*modules}
    assert not {"editor.proof", "editor.text", "editor.checks", "editor.gui"} & {*modules}
    assert not {"editor.store.desk", "editor.formats.export", "editor.core.edition"} & {*modules}
    own = [file for file in files if file.startswith((str(exports.site), str(exports.desk)))]
    assert own == [str(exports.site / SUMS)]
