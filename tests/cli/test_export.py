"""What `stonehand export` says of stories that may not leave, and of those it publishes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from editor.cli.export import FORMATS
from editor.core.commands import SaveStory, Submit
from editor.formats.exporters import all_exporters
from editor.progress import Progress
from editor.store.desk import Desk
from editor.store.reading.edition_choice import EditionChooser
from tests.cli.conftest import Run
from tests.people import approving
from tests.reading import reading

SLUG, EDITOR, WRITER = "ferry-returns", "Tom Vale", "Ines Duarte"


@pytest.fixture
def export(run: Run, desk_path: Path, tmp_path: Path) -> Run:
    def export(*words: object) -> tuple[int, str, str]:
        where = ("--desk", desk_path, "--out", tmp_path / "site", "--as", EDITOR)
        return run("export", "site", *where, *words)

    return export


def approve(desk_path: Path, slug: str = SLUG, **change: Any) -> None:
    with Desk.open(desk_path) as desk:
        ferry = reading(desk).stored(reading(desk).find(SLUG)).story
        story = replace(ferry, id="", slug=slug, **change) if slug != SLUG else ferry
        id = story.id or desk.do(SaveStory(story), by=WRITER).ids("story")[0]
        desk.do(Submit(id, 1), by=WRITER)
        desk.do(approving(desk, id), by=EDITOR)


def test_after_an_older_copy_of_the_desk_is_put_back_the_reason_is_told(
    run: Run, desk_path: Path, tmp_path: Path, export: Run
) -> None:
    shutil.copytree(desk_path, tmp_path / "older")
    approve(desk_path)
    assert export()[0] == 0
    shutil.rmtree(desk_path)
    shutil.copytree(tmp_path / "older", desk_path)
    for words in ((), ("--stories", SLUG), ("--release",)):
        code, out, err = export(*words)
        assert (code, out) == (1, "")
        assert "an older copy was put in its place" in err
        assert "stonehand masthead DESK --accept" in err
        assert "Approve it first" not in err
    assert run("masthead", desk_path, "--accept")[0] == 0
    code, _, err = export("--stories", SLUG)
    assert (code, "Approve it first" in err) == (1, True), "now it is what it says: a draft"


@pytest.mark.parametrize("signing", [("--unsigned",), ("--as", EDITOR)])
def test_place_with_files_of_others_is_refused_before_a_story_is_read(
    run: Run,
    desk_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    signing: tuple[str, ...],
) -> None:
    approve(desk_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter.txt").write_text("Dear Mara", encoding="utf-8")
    monkeypatch.setattr(EditionChooser, "all", lambda *_arguments: pytest.fail("a story was read"))
    where = ("--desk", desk_path, "--out", tmp_path / "own")
    code, _, err = run("export", "site", *where, *signing)
    assert (code, "did not export" in err) == (1, True)


def test_export_is_reported_by_one_measure(
    desk_path: Path, monkeypatch: pytest.MonkeyPatch, export: Run
) -> None:
    approve(desk_path)
    approve(desk_path, "ferry-leaves")
    shares: list[float] = []

    @contextmanager
    def showing() -> Iterator[Progress]:
        yield Progress(lambda done, total, _step: shares.append(done / total))

    monkeypatch.setattr("editor.cli.export.showing_progress", showing)
    assert export()[0] == 0
    assert shares == sorted(shares)
    assert (shares[0] < 0.2, shares[-1]) == (True, 1)


def test_hint_fits_the_reason_that_a_story_may_not_leave(
    run: Run, desk_path: Path, export: Run
) -> None:
    approve(desk_path)
    approve(desk_path, "old", expires="2020-01-01T00:00:00Z")
    approve(desk_path, "later", embargo="2999-01-01T00:00:00Z")
    for slug, reason in (("old", "expired since 2020"), ("later", "under embargo until 2999")):
        code, _, err = export("--stories", slug)
        assert (code, reason in err, "Leave it out." in err) == (1, True, True), err
        assert "Approve" not in err
    assert run("return", SLUG, "--desk", desk_path, "--as", EDITOR, "--note", "No.")[0] == 0
    code, _, err = export("--stories", SLUG, "old")
    assert (code, "Approve them first, or leave them out." in err) == (1, True)


def test_stories_that_are_left_out_are_counted_by_their_reason(
    desk_path: Path, export: Run
) -> None:
    approve(desk_path)
    approve(desk_path, "old", expires="2020-01-01T00:00:00Z")
    approve(desk_path, "later", embargo="2999-01-01T00:00:00Z")
    code, out, _ = export("--release")
    assert code == 0
    assert "1 approved story has expired.\n" in out
    assert "1 approved story is held until its embargo ends.\n" in out
    assert out.endswith("1 story published.\n")


def test_killed_story_is_counted_among_what_an_export_holds(
    run: Run, desk_path: Path, export: Run
) -> None:
    approve(desk_path)
    assert " with 1 story to " in export("--release")[1]
    assert run("kill", SLUG, "--desk", desk_path, "--as", EDITOR, "--note", "Never true.")[0] == 0
    assert " with 1 withdrawn story to " in export()[1]
    assert " with 1 withdrawn story.\n" in export()[1], "the same again"
    approve(desk_path, "crane")
    assert " with 1 story, 1 withdrawn story to " in export()[1]


def test_list_and_diff_say_what_an_export_changed(
    desk_path: Path, tmp_path: Path, export: Run
) -> None:
    approve(desk_path)
    page = f"stories/{SLUG}.html"
    code, out, _err = export("--list", "--diff", page)
    assert code == 0
    [line] = [line for line in out.splitlines() if page in line and line.startswith("new")]
    assert line.split()[1] == "-"
    assert f"\n{page} is new.\n" in out
    assert "\nNo file indx.html changed.\n" in export("--diff", "indx.html")[1]
    with Desk.open(desk_path) as desk:
        stored = reading(desk).stored(reading(desk).find(SLUG))
        story = replace(stored.story, headline="Ferry stays in port")
        desk.do(SaveStory(story, stored.version), by=WRITER)
        desk.do(Submit(story.id, stored.version + 1), by=WRITER)
        desk.do(approving(desk, story.id), by=EDITOR)
    before = (tmp_path / "site" / page).stat().st_size
    code, out, _err = export("--list", "--diff", page)
    now = (tmp_path / "site" / page).stat().st_size
    [line] = [line for line in out.splitlines() if page in line and line.startswith("changed")]
    assert line.split()[:4] == ["changed", f"{before:,}", f"{now:,}", page]
    assert "Ferry stays in port" in line
    assert "{+Ferry stays in port+}" in out
    code, out, _err = export("--list")
    assert "Nothing has changed for readers" in out
    assert "stories/" not in out.partition("Nothing has changed")[2]


def test_an_empty_place_is_not_the_current_folder(
    desk_path: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for verb in (("export", "site", "--unsigned", "--desk"), ("backup",)):
        code, _out, err = run(*verb, desk_path, "--out", "", "--force")
        assert (code, "No place is named." in err) == (2, True), err
    assert not any(here.iterdir())


def test_help_names_every_format() -> None:
    assert FORMATS.split("|") == [exporter.name for exporter in all_exporters()]


def test_parts_that_there_are_not_are_refused_before_anything_is_read(
    run: Run, tmp_path: Path, export: Run
) -> None:
    where = ("--desk", tmp_path / "none", "--out", tmp_path / "bag", "--unsigned")
    for parts, word in (("site,pdf", "no part “pdf”"), ("pictures", "no story")):
        code, _out, err = run("export", "bundle", *where, "--parts", parts)
        assert (code, word in err) == (1, True), err
    code, _out, err = export("--parts", "site")
    assert (code, "Only a bundle has --parts" in err) == (2, True), err
    assert not (tmp_path / "bag").exists()


def test_bundle_of_other_parts_is_no_export_that_has_nothing_to_do(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    approve(desk_path)
    bag = tmp_path / "bag"

    def export(*words: str) -> set[str]:
        where = ("--desk", desk_path, "--out", bag, "--as", EDITOR)
        code, _out, err = run("export", "bundle", *where, *words)
        assert code == 0, err
        return {path.name for path in (bag / "data").iterdir()}

    assert export() == {"site", "api", "stories"}
    for _twice in range(2):
        assert export("--parts", "stories,api") == {"api", "stories"}
        assert export("--parts", "stories") == {"stories"}
    assert run("verify", bag)[0] == 0
