"""An export that was ended while it was put in place: what readers then get."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from editor.files import exchange
from editor.formats.folder_output import FolderOutput
from editor.formats.paths import EDITION, SUMS
from editor.formats.sums import parse_sums
from tests.conftest import ROOT
from tests.formats.test_incremental import MemoryTargets

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks, and needs a switch of folders")

OLD = {"index.html": "old", "gone/a.html": "old", "same/b.html": "same", "c.html": "old"}
NEW = {"index.html": "new", "same/b.html": "same", "c.html": "new", "d/new.html": "new"}


def write(site: Path, files: dict[str, str], targets: MemoryTargets | None = None) -> None:
    with FolderOutput(site, targets=targets) as out:
        for path, text in files.items():
            out.write(path, text.encode())


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_whole(site: Path) -> bool:
    """Whether `sha256sum -c` passes, and no file of an export is missing in the list."""
    check = subprocess.run(
        ["sha256sum", "--quiet", "-c", SUMS], cwd=site, capture_output=True, check=False
    )
    return not check.returncode and set(tree(site)) - {SUMS, "CNAME"} == set(
        parse_sums((site / SUMS).read_bytes())
    )


def cut(folder: Path, *foreign: str, kind: str = "") -> list[Path]:
    """Export OLD, then NEW over it, ended after each of its moves; return the folders.

    The `kind` is “spare” for an export that has a spare tree.
    """
    for name, files in (("old", OLD), ("whole", NEW)):
        write(folder / name, {EDITION: "{}" if name == "old" else "{ }", **files})
    for name in foreign:
        for site in ("old", "whole"):
            (folder / site / name).write_text("theirs")
    (folder / "new.json").write_text(json.dumps({EDITION: "{ }", **NEW}))
    command = [sys.executable, "-m", "tests.formats.cut_exports", str(folder), kind]
    subprocess.run(command, cwd=ROOT, check=True, timeout=100)
    return sorted((path / "site" for path in folder.iterdir() if path.name.isdigit()),
                  key=lambda site: int(site.parent.name))  # fmt: skip


@pytest.mark.parametrize("kind", ["", "spare"])
def test_export_ended_at_any_move_leaves_the_old_one_or_the_new_one(
    tmp_path: Path, kind: str
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    try:
        exchange(tmp_path / "a", tmp_path / "b")
    except OSError:
        pytest.skip("this disk can't switch folders in one step")
    sites = cut(tmp_path, kind=kind)
    old, new = tree(tmp_path / "old"), tree(tmp_path / "whole")
    outcomes = [tree(site) for site in sites]
    assert len(sites) > 10
    assert [outcome in (old, new) for outcome in outcomes] == [True] * len(sites)
    assert (outcomes[0], outcomes[-1]) == (old, new)
    for site in sites:
        spares = tmp_path / f"spares-{site.parent.name}"
        write(site, {EDITION: "{ }", **NEW}, MemoryTargets(spares if kind else None))
        assert tree(site.parent) == {f"site/{path}": text for path, text in new.items()}


def test_mixture_is_never_taken_for_an_edition_and_the_next_export_heals_it(
    tmp_path: Path,
) -> None:
    """Another's file in the folder: it is not ours to switch, so files move one by one."""
    sites = cut(tmp_path, "CNAME")
    old, new = tree(tmp_path / "old"), tree(tmp_path / "whole")
    outcomes = [tree(site) for site in sites]
    mixtures = [outcome not in (old, new) for outcome in outcomes]
    assert any(mixtures)
    assert [is_whole(site) for site in sites] == [not is_mixed for is_mixed in mixtures]
    for outcome in outcomes:
        assert outcome["CNAME"] == "theirs"
        assert outcome["index.html"] == "old" or "d/new.html" in outcome, "no link is dead"
    for site in sites:
        write(site, {EDITION: "{ }", **NEW})
        assert tree(site.parent) == {f"site/{path}": text for path, text in new.items()}


def test_switch_leaves_unchanged_files_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {EDITION: "{}", **OLD})
    (site / "same").chmod(0o750)
    os.utime(site / "same" / "b.html", (1, 1))
    before = (site / "same" / "b.html").stat()
    folder = site.stat().st_ino
    write(site, {EDITION: "{ }", **NEW})
    after = (site / "same" / "b.html").stat()
    assert (after.st_ino, after.st_mtime, after.st_nlink) == (before.st_ino, 1, 1)
    assert (site / "same").stat().st_mode & 0o777 == 0o750
    assert site.stat().st_ino != folder, "the whole folder was switched"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_last_step_does_not_name_the_unchanged_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They get their second names while the export is written and can be cancelled."""
    site = tmp_path / "site"
    unchanged = {f"stories/{number}.html": "same" for number in range(700)}
    write(site, {EDITION: "{}", **unchanged})
    folder, link, linked = site.stat().st_ino, os.link, list[str]()

    def counted(source: str, target: str) -> None:
        linked.append(source)
        link(source, target)

    monkeypatch.setattr(os, "link", counted)
    with FolderOutput(site) as out:
        for path, text in {EDITION: "{ }", **unchanged}.items():
            out.write(path, text.encode())
        assert len(unchanged) - len(linked) < 256, "they are linked some at once"
    assert len(linked) == len(unchanged)
    assert site.stat().st_ino != folder, "the whole folder was switched"
    assert set(tree(site)) == {EDITION, SUMS, *unchanged}


def test_file_that_comes_while_an_export_is_written_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {EDITION: "{}", **OLD})
    with FolderOutput(site) as out:
        for path, text in {EDITION: "{ }", **NEW}.items():
            out.write(path, text.encode())
        (site / "CNAME").write_text("theirs")
    assert tree(site)["CNAME"] == "theirs"
    assert set(tree(site)) == {EDITION, SUMS, "CNAME", *NEW}


def test_switch_follows_a_link_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    write(tmp_path / "site", {EDITION: "{}", **OLD})
    write(tmp_path / "site", {EDITION: "{ }", **NEW})
    assert (tmp_path / "site").is_symlink()
    assert set(tree(tmp_path / "real")) == {EDITION, SUMS, *NEW}
    assert {path.name for path in tmp_path.iterdir()} == {"real", "site"}


def test_empty_folder_of_somebody_else_stays(tmp_path: Path) -> None:
    site = tmp_path / "parent" / "site"
    write(site, {EDITION: "{}", **OLD})
    (site / "empty").mkdir()  # another's folder, even an empty one, is not ours to switch
    folder = site.stat().st_ino
    write(site, {EDITION: "{ }", **NEW})
    assert site.stat().st_ino == folder
    assert (site / "empty").is_dir()
