"""Backup and restore of a desk on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_refusals_print_the_reason(run: Run, desk_path: Path, tmp_path: Path) -> None:
    assert "no folder" in run("backup", desk_path, "--out", tmp_path / "no" / "b.zip")[2]
    assert "no desk" in run("backup", tmp_path / "x.desk", "--out", tmp_path / "b.zip")[2]
    (tmp_path / "text").write_text("text")
    code, _, err = run("restore-desk", tmp_path / "text", tmp_path / "new.desk")
    assert (code, "not a backup" in err) == (1, True)
    assert run("restore-desk", tmp_path / "text", desk_path)[0] == 1
    assert not (tmp_path / "new.desk").exists()


def test_backup_is_restored(run: Run, desk_path: Path, tmp_path: Path) -> None:
    assert run("backup", desk_path, "--out", tmp_path / "b.zip")[0] == 0
    code, out, _ = run("restore-desk", tmp_path / "b.zip", tmp_path / "new.desk")
    assert code == 0
    assert "verified 8 rows" in out
    assert run("audit", tmp_path / "new.desk")[:2] == run("audit", desk_path)[:2]


def test_later_backup_in_a_folder_has_the_changes_and_names_the_whole_one(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    assert "changed" not in run("backup", desk_path, "--out", tmp_path / "backups")[1]
    (whole,) = (tmp_path / "backups").iterdir()
    code, out, err = run("backup", desk_path, "--out", tmp_path / "backups")
    assert (code, err) == (0, "")
    assert f"what changed since {whole.name}; keep both" in out
    (changes,) = (tmp_path / "backups").glob("* changes.zip")
    assert run("restore-desk", changes, tmp_path / "new.desk")[0] == 0
    whole.unlink()
    code, _, err = run("restore-desk", changes, tmp_path / "other.desk")
    assert (code, whole.name in err) == (1, True)


def test_damaged_picture_is_named_and_the_rest_is_written(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    (desk_path / "pictures" / f"{'a' * 64}.jpg").write_bytes(b"altered")
    code, out, err = run("backup", desk_path, "--out", tmp_path / "b.zip")
    assert code == 1
    assert "Wrote" in out
    assert f"“{'a' * 64}.jpg”: The file of this picture is not the original" in err
    assert run("restore-desk", tmp_path / "b.zip", tmp_path / "new.desk")[0] == 0


def test_backup_replaces_nothing_but_a_backup(run: Run, desk_path: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("text")
    assert "not a backup" in run("backup", desk_path, "--out", tmp_path / "text")[2]
    assert "inside the desk" in run("backup", desk_path, "--out", desk_path / "b.zip")[2]
    assert run("backup", desk_path, "--out", desk_path / "b.zip")[0] == 1
    assert not (desk_path / "b.zip").exists()


def test_backup_that_undoes_decisions_lists_them_and_asks(
    run: Run, desk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = ("--desk", desk_path)
    assert run("submit", "ferry-returns", *desk, "--as", "Ines Duarte")[0] == 0
    assert run("backup", desk_path, "--out", tmp_path / "b.zip")[0] == 0
    back = ("restore-desk", tmp_path / "b.zip", tmp_path / "new.desk")
    words = ("ferry-returns", *desk, "--as", "Tom Vale", "--note", "Who says so?")
    assert run("return", *words)[0] == 0
    code, out, err = run(*back)
    assert (code, out) == (1, "")
    assert "“ferry-returns” was returned by Tom Vale" in err
    assert "--undo" in err
    assert not (tmp_path / "new.desk").exists()
    monkeypatch.setattr("editor.cli.backup.can_ask", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *_words, **_more: False)
    assert run(*back)[0] == 1
    monkeypatch.setattr("click.confirm", lambda *_words, **_more: True)
    assert run(*back)[0] == 0
    assert "submitted" in run("audit", tmp_path / "new.desk")[1]


def test_decisions_that_nobody_can_tell_any_more_are_counted(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    assert run("backup", desk_path, "--out", tmp_path / "b.zip")[0] == 0
    desk = ("--desk", desk_path, "--as", "Ines Duarte")
    assert run("submit", "ferry-returns", *desk)[0] == 0
    shutil.rmtree(desk_path)
    code, _, err = run("restore-desk", tmp_path / "b.zip", tmp_path / "new.desk")
    assert (code, "has seen 1 later" in err) == (1, True), err
    assert run("restore-desk", tmp_path / "b.zip", tmp_path / "new.desk", "--undo")[0] == 0
    again = ("submit", "ferry-returns", "--desk", tmp_path / "new.desk", "--as", "Ines Duarte")
    assert run(*again)[0] == 0
    log = run("audit", tmp_path / "new.desk")[1].splitlines()
    assert "opened" in log[-3], "the old log is never continued"
