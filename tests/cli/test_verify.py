"""`stonehand verify` says whole or altered, whose it is, and gives scripts an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.formats.proven import CHIEF, EDITOR, ProvenDesk

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def desk() -> ProvenDesk:
    return ProvenDesk()


@pytest.fixture
def site(desk: ProvenDesk, tmp_path: Path) -> Path:
    desk.export(tmp_path / "site")
    return tmp_path / "site"


def test_whole_edition_is_accepted_and_then_trusted(run: Run, site: Path) -> None:
    code, out, err = run("verify", site)
    assert (code, err) == (0, "")
    assert out.startswith(f"Whole: signed by {EDITOR}. Compare the words")
    assert "Ask the newsroom on the phone for its words:" in out
    assert f"old-lighthouse: approved by {EDITOR}, who wrote none of it" in out
    assert f"bare: approved by {CHIEF}, who wrote some of it" in out
    assert run("verify", site, "--trust")[0] == 0
    code, out, _ = run("verify", site)
    assert code == 0
    assert out.startswith(f"Whole: signed by {EDITOR}, under a masthead that you trust.")


def test_altered_edition_is_refused_and_the_file_named(run: Run, site: Path) -> None:
    run("verify", site)
    (site / "index.html").write_text("x")
    code, out, _ = run("verify", site)
    assert code == 1
    assert out.startswith("Altered")
    assert "  index.html was changed after the export." in out


def test_other_masthead_of_a_confirmed_desk_is_refused(
    run: Run, site: Path, desk: ProvenDesk, tmp_path: Path
) -> None:
    run("verify", site, "--trust")
    ProvenDesk(desk.desk).export(tmp_path / "forged")
    code, out, _ = run("verify", tmp_path / "forged")
    assert code == 1
    assert out.startswith("Not to be trusted")
    assert "Somebody may be posing as the newsroom" in out


def test_older_masthead_than_seen_is_refused_unless_it_is_meant(run: Run, tmp_path: Path) -> None:
    newsroom = ProvenDesk()
    newsroom.export(tmp_path / "old")
    newsroom.issue()
    newsroom.export(tmp_path / "new")
    assert run("verify", tmp_path / "new", "--trust")[0] == 0
    for words in ((), ("--trust",), ()):
        code, out, _ = run("verify", tmp_path / "old", *words)
        assert code == 1
        assert f"signed by {EDITOR}, under an older masthead than you have seen" in out
        assert "Add --older" in out
    code, out, _ = run("verify", tmp_path / "old", "--json")
    report = json.loads(out)
    assert (code, report["accepted"], report["trust"]) == (1, False, "older")
    code, out, _ = run("verify", tmp_path / "old", "--older")
    assert code == 0
    assert "Add --older" not in out


def test_older_edition_than_seen_is_refused_unless_it_is_meant(
    run: Run, site: Path, desk: ProvenDesk, tmp_path: Path
) -> None:
    made = desk.edition()
    later = replace(made, generated_at=made.generated_at + timedelta(days=1))
    desk.export(tmp_path / "later", later)
    assert run("verify", site, "--trust")[0] == 0
    assert run("verify", tmp_path / "later")[0] == 0
    for words in ((), ("--trust",), ("--again",)):
        code, out, _ = run("verify", site, *words)
        assert code == 1
        assert "older than an edition that you have seen" in out
        assert "you have seen a newer edition of this desk and format. Add --older" in out
    code, out, _ = run("verify", site, "--json")
    report = json.loads(out)
    assert (code, report["accepted"], report["trust"]) == (1, False, "trusted")
    assert report["newer_seen"] == "2026-03-05T06:00:00Z"
    code, out, _ = run("verify", site, "--older")
    assert code == 0
    assert "Add --older" not in out
    assert run("verify", tmp_path / "later")[0] == 0


def test_altered_edition_is_never_confirmed(run: Run, site: Path) -> None:
    (site / "index.html").write_text("x")
    assert run("verify", site, "--trust")[0] == 1
    assert "You have not confirmed" in run("verify", site)[1]


def test_unsigned_edition_needs_the_flag(run: Run, desk: ProvenDesk, tmp_path: Path) -> None:
    desk.export(tmp_path / "site", by="")
    code, out, _ = run("verify", tmp_path / "site")
    assert code == 1
    assert out.startswith("Unsigned")
    assert run("verify", tmp_path / "site", "--unsigned")[0] == 0


def test_what_if_is_refused(run: Run, desk: ProvenDesk, tmp_path: Path) -> None:
    desk.export(tmp_path / "site", replace(desk.edition(), what_if=True))
    code, out, _ = run("verify", tmp_path / "site", "--unsigned")
    assert code == 1
    assert out.startswith("Not an edition")


def test_json_has_everything(run: Run, site: Path) -> None:
    code, out, _ = run("verify", site, "--json")
    report: Any = json.loads(out)
    assert code == 0
    assert (report["accepted"], report["whole"], report["trust"]) == (True, True, "unconfirmed")
    assert (report["signed_by"], report["role"]) == (EDITOR, "editor")
    assert len(report["stories"]) == 4
    (site / "added").write_text("x")
    code, out, _ = run("verify", site, "--json", "--again")
    assert code == 1
    assert json.loads(out)["altered"] == [{"path": "added", "how": "added"}]


def test_what_is_no_edition_is_a_known_problem(run: Run, tmp_path: Path) -> None:
    code, out, err = run("verify", tmp_path)
    assert (code, out) == (1, "")
    assert "is not an edition" in err


def test_desks_own_export_is_whole(run: Run, desk_path: Path, tmp_path: Path) -> None:
    at = ("--desk", desk_path)
    run("submit", "ferry-returns", "--as", "Ines Duarte", *at)
    run("approve", "ferry-returns", "--as", "Tom Vale", *at)
    for name in ("site", "api.zip"):
        words = ("export", name.partition(".")[0], *at, "--out", tmp_path / name)
        code, out, err = run(*words, "--as", "Ines Duarte")
        assert (code, err) == (0, "")
        assert "Signed by Ines Duarte." in out
        code, out, _ = run("verify", tmp_path / name)
        assert code == 0, out
        assert "Ines Duarte (journalist) signed it" in out
        assert "ferry-returns: approved by Tom Vale, who wrote none of it" in out
    code, out, _ = run(*words, "--unsigned")
    assert code == 0
    assert "Unsigned: nobody vouches" in out


def test_time_to_come_needs_what_if(run: Run, desk_path: Path, tmp_path: Path) -> None:
    words = ("export", "site", "--desk", desk_path, "--out", tmp_path / "site", "--unsigned")
    ahead = ("--generated-at", "2126-01-01T00:00:00Z")
    code, _, err = run(*words, *ahead)
    assert code == 1
    assert "--what-if" in err
    assert not (tmp_path / "site").exists()
    assert run(*words, *ahead, "--what-if")[0] == 0
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Not an edition: how this site would be on 1 January 2126" in page
