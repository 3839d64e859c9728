"""The verbs of the command line, from wire text to an exported site."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from editor.checks.built_in import CHECKS
from editor.cli.verbs import VERBS
from editor.core.commands import ImportItems, SaveHouse, SaveHouseStyle, SaveStory
from editor.core.dateline import Dateline
from editor.core.fields import FIELDS, Kind
from editor.core.findings import Level
from editor.core.house_style import HouseStyle
from editor.core.people import Role
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from editor.store.reading.snapshot import Snapshot
from tests.conftest import ROOT
from tests.core.filled import filled, token
from tests.reading import reading

Run = Callable[..., tuple[int, str, str]]

WIRE = """BRIDGE TO REOPEN EARLY
    PORTO, March 3 (Harbour Wire) - The old bridge will reopen on
Friday, a week early, the city said.
    Trams will use it first, then buses.
"""

PAGE = """Search

Trending

Crane arrives at pier nine

The crane came by sea from Gdansk.

Museum signs a $3 bn loan deal

The loan runs for ten years.

The harbour opens its new basin after nine years of dredging and delay

Ships enter the new basin at dawn. (Harbour Wire)
  • The basin holds forty ships
  • The first ship came from Faro

Lisbon, Portugal–The harbour opened its new basin on Monday, the port said.

Forty ships can lie in it at once.
"""


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["show"],
        ["list"],
        ["export", "site", "--desk", "x"],
        ["export", "site", "--desk", "x", "--out", "y"],
        ["export", "site", "--desk", "x", "--out", "y", "--as", "Tom Vale", "--unsigned"],
        ["list", "--desk", "x", "--colour"],
        ["export", "site", "stray", "--desk", "x", "--out", "y"],
    ],
)
def test_wrong_usage_exits_with_2(run: Run, words: list[str]) -> None:
    code, _, err = run(*words)
    assert code == 2
    assert "Usage" in err or "Error" in err


def known_problem(run: Run, *words: object) -> str:
    code, _, err = run(*words)
    assert code == 1, err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


def test_known_problems_exit_with_1_and_print_a_sentence_and_a_hint(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    at = ("--desk", desk_path)
    assert "nowhere" in known_problem(run, "list", "--desk", tmp_path / "nowhere.desk")
    assert "no-such" in known_problem(run, "show", "no-such", *at)
    assert "not a stage" in known_problem(run, "list", "--stage", "done", *at)
    assert "Nobody" in known_problem(run, "submit", "ferry-returns", "--as", "Nobody", *at)
    known_problem(run, "approve", "ferry-returns", "--as", "Tom Vale", *at)
    known_problem(run, "show", "ferry-returns", "--version", 9, *at)
    known_problem(run, "new", desk_path, "--name", "Again")
    known_problem(run, "export", "site", "--out", tmp_path / "o", "--generated-at", "noon",
                  "--unsigned", *at)  # fmt: skip
    known_problem(run, "export", "paper", "--out", tmp_path / "o", "--unsigned", *at)


def test_bug_exits_with_70_and_prints_no_story_text(
    run: Run, desk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Snapshot, words: str) -> None:
        raise ZeroDivisionError(words)

    monkeypatch.setattr(Snapshot, "search", broken)
    code, _, err = run("search", "SECRET", "--desk", desk_path)
    assert code == 70
    assert "ZeroDivisionError" in err
    assert "SECRET" not in err


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--desk", "FOLDER/Paper.desk"),
        ("new", "FOLDER/New.desk", "--name", "Post", "--person", "Ana"),
        ("verify", "FOLDER/site"),
        ("restore-desk", "FOLDER/copy.backup", "FOLDER/New.desk"),
        ("backup", "FOLDER/Paper.desk", "--out", "FOLDER/backups"),
    ],
)
def test_place_in_a_folder_of_somebody_else_is_a_known_problem(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    if os.name == "nt":
        pytest.skip("Windows has other rights")
    folder = tmp_path / "hers"
    folder.mkdir(0)
    root = os.geteuid() == 0  # who may go anywhere
    try:
        if root:
            os.seteuid(65534)
        code, _, err = run(*(word.replace("FOLDER", str(folder)) for word in words))
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
    assert code == 1, err
    assert "Permission denied. Check its permissions." in err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(run: Run, verb: str) -> None:
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert out.startswith(f"Usage: stonehand {verb}")


def test_new_desk_has_its_first_person(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "New.desk"
    assert run("new", path, "--name", "Post", "--person", "Ana")[0] == 0
    with Desk.open(path) as desk:
        assert [(person.name, person.role) for person in reading(desk).people()] == [
            ("Ana", "chief")
        ]
        assert reading(desk).house().name == "Post"


def test_short_passphrase_makes_no_desk(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "short")
    path = tmp_path / "New.desk"
    assert "too short" in known_problem(run, "new", path, "--name", "Post", "--person", "Ana")
    assert not path.exists()


def test_sample_is_made_with_the_keys_of_its_people(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "Sample.desk"
    assert run("new", path, "--sample", "--name", "Post")[0] == 2
    assert run("new", path)[0] == 2
    code, out, _ = run("new", path, "--sample")
    assert code == 0
    with Desk.open(path) as desk:
        people = reading(desk).people()
        assert all(person.name in out and desk.keys.has(person.name) for person in people)
        assert not (path / "keys").exists()
        row = reading(desk).rows(Filter(stage=Stage.REVIEW))[0]
    editor = next(person.name for person in people if person.role is Role.EDITOR)
    assert run("approve", row.slug, "--desk", path, "--as", editor)[0] == 0


def test_show_prints_the_canonical_story(run_json: Callable[..., Any]) -> None:
    shown = run_json("show", "ferry-returns")
    assert shown["dateline"]["rendered"] == "Lisbon, Portugal–"
    assert shown["key_points"] == ["It sails on Monday", "Fares stay as they were"]
    assert (shown["stage"], shown["publication"], shown["version"]) == ("draft", "never", 1)
    assert len(shown["hash"]) == 64
    assert shown["body"].startswith("The night ferry")


def test_import_prints_the_imported_stories(run_json: Callable[..., Any], tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    imported = run_json("import", page)
    assert set(imported) == {"stories", "briefs", "ignored", "problems"}
    story = imported["stories"][0]
    assert story["headline"].startswith("The harbour opens")
    assert story["pictures"][0]["credit"] == "Harbour Wire"
    assert story["dateline"]["rendered"] == "Lisbon, Portugal–"
    assert len(story["body"].split("\n\n")) == 2
    assert [brief["title"] for brief in imported["briefs"]] == [
        "Crane arrives at pier nine",
        "Museum signs a $3 bn loan deal",
    ]
    assert "Trending" in imported["ignored"]
    assert run_json("trends")[0]["title"] == "Crane arrives"


def test_import_skips_and_names_unreadable_files(
    run: Run, run_json: Callable[..., Any], desk_path: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(WIRE, encoding="utf-8")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    code, out, err = run("import", good, bad, tmp_path / "gone.txt", "--desk", desk_path)
    assert code == 1
    assert "is a folder. Name the files in it." in run("import", tmp_path, "--desk", desk_path)[1]
    assert "bad.txt" in out
    assert "gone.txt" in out
    assert "2 of 3 files" in err
    assert "BRIDGE TO REOPEN EARLY" in [row["headline"] for row in run_json("list")]


def test_import_finds_the_language_and_names_what_is_no_story(
    run_json: Callable[..., Any], run: Run, desk_path: Path, tmp_path: Path
) -> None:
    french, mail = tmp_path / "fr.txt", tmp_path / "mail.txt"
    french.write_text(
        "Le nouveau quai du port ouvre enfin\n\nLa maire a déclaré que la ville attendait ce jour "
        "depuis longtemps et que le quai serait ouvert à tous les bateaux avant l’été.\n",
        encoding="utf-8",
    )
    mail.write_text("From: Ann\nSubject: Quay\n\nThe quay opens.\n", encoding="utf-8")
    [story] = run_json("import", french)["stories"]
    assert story["language"] == "fr"
    short = tmp_path / "short.txt"
    short.write_text("Quay opens\n\nIt opened on Monday.\n", encoding="utf-8")
    with Desk.open(desk_path) as desk:
        house = reading(desk).house()
        desk.do(SaveHouse(replace(house, language="pt"), house.hash), by="Nadia Rahman")
    assert run_json("import", short)["stories"][0]["language"] == "pt"
    code, out, _err = run("import", mail, "--desk", desk_path)
    assert code
    assert "mail.txt is a mail message, not plain text." in out


def test_import_with_a_locked_key_says_that_it_waits_for_a_signature(
    run: Run, desk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = tmp_path / "good.txt"
    good.write_text(WIRE, encoding="utf-8")
    words = ("import", good, "--desk", desk_path, "--as", "Ines Duarte")
    assert "waits" not in run(*words)[2]
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    code, out, err = run(*words, "--json")
    assert code == 0
    assert json.loads(out)["stories"]
    assert err == "What was imported waits for the signature of Ines Duarte.\n"
    assert "waits" not in run("import", tmp_path / "gone.txt", "--desk", desk_path)[2]


def test_list_and_search(run_json: Callable[..., Any]) -> None:
    assert [row["slug"] for row in run_json("list", "--stage", "draft")] == ["ferry-returns"]
    assert run_json("list", "--stage", "approved") == []
    assert run_json("list", "--section", "world")[0]["words"] == 11
    assert [hit["slug"] for hit in run_json("search", "fares", "stay")] == ["ferry-returns"]
    assert run_json("search", "submarine") == []


@pytest.mark.parametrize("words", ["", "  ", "…", "-"])
def test_search_without_a_word_says_so(run: Run, desk_path: Path, words: str) -> None:
    known_problem(run, "search", words, "--desk", desk_path)


def test_briefs_of_the_banner_are_printed(run_json: Callable[..., Any]) -> None:
    assert run_json("trends")[0]["summary"] == "It came by sea."


def test_check_lists_findings_once(run_json: Callable[..., Any], run: Run, desk_path: Path) -> None:
    found = run_json("check", "ferry-returns")
    assert found == {"checked": 1, "findings": [], "ignored": []}
    code, out, _ = run("check", "--desk", desk_path)
    assert (code, out) == (0, "No problems found in 1 story.\n")


def test_check_goes_by_the_house_style_and_lists_what_was_ignored(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    line = "quotation-in-body headline: “Yes” – Said in the film — Ines Duarte"
    with Desk.open(desk_path) as desk:
        story = Story(headline="Late", body="Two  spaces, (no end.", ignored=(line,))
        desk.do(SaveStory(story), "Ines Duarte")
        levels = {check.id: Level.OFF for check in CHECKS}
        levels |= {"stray-spaces": Level.HINT, "unbalanced-marks": Level.STOPS}
        style = HouseStyle(tuple(levels.items()))
        desk.do(SaveHouseStyle(style, HouseStyle().hash), "Tom Vale")
    found = run_json("check", "late")
    assert [(finding["check"], finding["level"]) for finding in found["findings"]] == [
        ("unbalanced-marks", "stops"),
        ("stray-spaces", "hint"),
    ]
    [ignored] = found["ignored"]
    assert ignored == {
        "story": "late",
        "check": "quotation-in-body",
        "field": "headline",
        "words": "Yes",
        "reason": "Said in the film",
        "by": "Ines Duarte",
    }
    code, out, _ = run("check", "late", "--desk", desk_path)
    assert code == 0
    assert "late: “(” is opened and never closed (Stops approval)" in out
    assert "(Hint)" in out
    assert "quotation-in-body was ignored: Said in the film (Ines Duarte)" in out


def test_from_import_to_export_of_approved_stories(
    run: Run, run_json: Callable[..., Any], desk_path: Path, tmp_path: Path
) -> None:
    at, out = ("--desk", desk_path), tmp_path / "site"
    refused = known_problem(
        run, "export", "site", *at, "--out", out, "--unsigned", "--stories", "ferry-returns"
    )
    assert "ferry-returns" in refused
    assert not out.exists()
    run("submit", "ferry-returns", "--as", "Ines Duarte", "--note", "Fares checked", *at)
    known_problem(run, "approve", "ferry-returns", "--as", "Ines Duarte", *at)
    assert run("return", "ferry-returns", "--as", "Tom Vale", "--note", "Which port?", *at)[0] == 0
    assert run("submit", "ferry-returns", "--as", "Ines Duarte", *at)[0] == 0
    assert run("approve", "ferry-returns", "--as", "Tom Vale", *at)[0] == 0
    assert run_json("show", "ferry-returns")["approved_by"] == "Tom Vale"
    written = run_json(
        "export", "site", "--out", out, "--as", "Ines Duarte", "--stories", "ferry-returns"
    )
    assert written["stories"] == ["ferry-returns"]
    assert "night ferry" in (out / "stories" / "ferry-returns.html").read_text(encoding="utf-8")
    assert (out / written["start"]).is_file()


@pytest.mark.parametrize("format_name", ["site", "api"])
def test_two_exports_give_the_same_bytes(
    run: Run, desk_path: Path, tmp_path: Path, format_name: str
) -> None:
    at = ("--desk", desk_path)
    run("submit", "ferry-returns", "--as", "Tom Vale", *at)
    run("approve", "ferry-returns", "--as", "Tom Vale", *at)
    digests = []
    for name in ("one.zip", "two.zip"):
        when = ("--generated-at", "2026-03-03T12:00:00Z", "--as", "Tom Vale")
        code, _, err = run("export", format_name, *at, "--out", tmp_path / name, *when)
        assert (code, err) == (0, "")
        digests.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    assert zipfile.ZipFile(tmp_path / "one.zip").testzip() is None


def test_module_runs_as_a_program(python: str, desk_path: Path) -> None:
    done = subprocess.run(
        [python, "-m", "editor", "list", "--desk", str(desk_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert "ferry-returns" in done.stdout


def test_history_and_diff_show_changed_words(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    with Desk.open(desk_path) as desk:
        stored = reading(desk).stored(reading(desk).find("ferry-returns"))
        changed = replace(stored.story, headline="The night ferry stays")
        desk.do(SaveStory(changed, stored.version), by="Tom Vale")
    versions = run_json("history", "ferry-returns")
    assert [(version["version"], version["author"]) for version in versions] == [
        (2, "Tom Vale"),
        (1, "Ines Duarte"),
    ]
    code, out, _ = run("diff", "ferry-returns", 1, 2, "--desk", desk_path)
    assert code == 0
    assert out == "Headline\n  The night ferry [-returns-]{+stays+}\n"
    fields = run_json("diff", "ferry-returns", 1, 2)["fields"]
    assert [field["field"] for field in fields] == ["headline"]
    known_problem(run, "diff", "ferry-returns", 1, 7, "--desk", desk_path)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_window_without_a_display_prints_a_message(python: str) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    blind = {name: value for name, value in os.environ.items() if name not in screens}
    done = subprocess.run(
        [python, "-m", "editor"], env=blind, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "no display" in done.stderr


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
@pytest.mark.parametrize("display", [":9876", "unix:9876.0", "localhost:9876"])
def test_display_that_nobody_answers_at_is_named(python: str, display: str) -> None:
    """Qt would end the process with words about plug-ins."""
    screens = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    blind = {name: value for name, value in os.environ.items() if name not in screens}
    done = subprocess.run(
        [python, "-m", "editor"],
        env={**blind, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"The display {display} can't be reached. Log in")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_desk_as_the_only_word_is_for_the_window(
    run: Run, desk_path: Path, tmp_path: Path, python: str
) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    blind = {name: value for name, value in os.environ.items() if name not in screens}
    desk_path.with_name("list").symlink_to(desk_path)  # a verb, all the same
    for word, message in ((desk_path.name, "no display"), ("list", "Missing option '--desk'")):
        done = subprocess.run(
            [python, "-m", "editor", word],
            env={**blind, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert message in done.stderr
    code, _, err = run("Gone.desk")
    assert (code, "There is no desk at Gone.desk." in err) == (1, True)
    code, _, err = run("lst")
    assert (code, "No such command" in err) == (2, True)


def test_show_prints_every_field(run: Run, desk_path: Path) -> None:
    with Desk.open(desk_path) as desk:
        ferry = reading(desk).find("ferry-returns")
        subjects = ("medtop:15000000", "other:7")
        story = filled(id="", slug="all-fields", subjects=subjects, related=(ferry, "gone"))
        desk.do(ImportItems((story,)), by="Ines Duarte")
    shown = run("show", "all-fields", "--desk", desk_path)[1]
    for field in FIELDS:
        if field.kind in (Kind.LINE, Kind.TEXT, Kind.MARKDOWN) and field.compared:
            assert token(f"{field.name}/0" if field.many else field.name) in shown, field.name
    assert f"{token('dateline/city')}, {token('dateline/country')}–" in shown
    assert f"Picture 1: {token('pictures/0/caption')} ({token('pictures/0/credit')})\n" in shown
    assert "Subjects: sport (medtop:15000000), other:7\n" in shown
    assert "Related stories: ferry-returns, gone\n" in shown
    assert "Embargo: 2026-01-02T03:04:05Z\n" in shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("![](picture:4f4f4f4f)\n\nIt sails.", "![](picture:4f4f4f4f)\n\nLisbon–It sails."),
        ("![](picture:4f4f4f4f)", "Lisbon–\n\n![](picture:4f4f4f4f)"),
    ],
)
def test_show_puts_the_dateline_before_words(
    run: Run, desk_path: Path, body: str, shown: str
) -> None:
    with Desk.open(desk_path) as desk:
        story = Story(slug="quay", headline="A quay", body=body, dateline=Dateline(city="Lisbon"))
        desk.do(SaveStory(story), by="Ines Duarte")
    assert f"\n{shown}\n" in run("show", "quay", "--desk", desk_path)[1]


def test_what_needs_no_desk_loads_no_database() -> None:
    program = (
        "import sys; from editor.cli import main; main(['--version']); "
        "sys.exit(sorted(name for name in sys.modules if name.startswith('sqlalchemy'))[:1] or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert ended.returncode == 0, ended.stderr
