"""What the command line prints can't steer the terminal, whatever a story says."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

from editor import cli
from editor.cli.printing import one_line, say_json, say_table, showing_progress
from editor.core.commands import AddNote, OrderFront, SaveStory
from editor.core.front import Front
from editor.core.story import Story
from editor.store.desk import Desk
from tests.cli.conftest import Run
from tests.reading import reading

HOSTILE = "Red\x1b[31m \x1b]0;owned\x07 \x9b2J\x08\r \u202etxt.exe\u202c \u2066x\u2069"
STEERING = {*"\x1b\x07\x9b\x08\r\u202e\u202c\u2066\u2069\u2028"}


@pytest.fixture
def hostile(desk_path: Path) -> Path:
    """Return a desk with a story that tries to steer the terminal in every field."""
    with Desk.open(desk_path) as desk:
        id = reading(desk).find("ferry-returns")
        stored = reading(desk).stored(id)
        value = stored.story.to_json(complete=True)
        value |= {"headline": HOSTILE, "body": f"{HOSTILE}\n\nfinis", "keywords": [HOSTILE]}
        desk.do(SaveStory(Story.from_json(value), stored.version), by="Ines Duarte")
        desk.do(AddNote(id, f"{HOSTILE}\nsecond line"), by="Tom Vale")
        desk.do(OrderFront(Front((id,)), Front().hash), by="Tom Vale")
    return desk_path


VERBS = [
    ("list", "--desk", "DESK"),
    ("show", "ferry-returns", "--desk", "DESK"),
    ("search", "red", "--desk", "DESK"),
    ("history", "ferry-returns", "--desk", "DESK"),
    ("diff", "ferry-returns", "1", "2", "--desk", "DESK"),
    ("notes", "ferry-returns", "--desk", "DESK"),
    ("check", "--desk", "DESK"),
    ("audit", "DESK"),
    ("trends", "--desk", "DESK"),
    ("front", "--desk", "DESK"),
    ("masthead", "DESK"),
    ("show", HOSTILE, "--desk", "DESK"),
    ("submit", HOSTILE, "--desk", "DESK", "--as", "Ines Duarte"),
    ("import", "FILE", "--desk", "DESK", "--as", "Ines Duarte"),
]


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
@pytest.mark.parametrize("as_json", [False, True], ids=["", "json"])
def test_control_characters_are_never_printed(
    run: Run, hostile: Path, tmp_path: Path, words: tuple[str, ...], as_json: bool
) -> None:
    file = tmp_path / "wire.txt"
    file.write_text(f"{HOSTILE}\n\nLISBON, March 3 (Harbour Wire) - The ferry returns.\n")
    places = {"DESK": hostile, "FILE": file}
    filled = [places.get(word, word) for word in words]
    if as_json and words[0] == "submit":
        pytest.skip("prints no JSON")
    _code, out, err = run(*filled, *(("--json",) if as_json else ()))
    printed = out + err
    assert printed
    assert not STEERING & set(printed)
    assert {unicodedata.category(letter) for letter in printed if letter != "\n"} & {"Cc"} == set()
    if as_json and out:
        json.loads(out)


def test_json_is_the_value_whatever_it_has(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"headline": HOSTILE})
    assert json.loads(capsys.readouterr().out) == {"headline": HOSTILE}


def test_letters_that_join_and_spaces_that_hold_are_printed_as_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "می\u200cخواهم 12\u00a0km \u200f🏴\u200d☠️"
    assert one_line(text) == text
    say_table([(text, "x")])
    assert text in capsys.readouterr().out


def test_cell_of_a_table_never_begins_another_row(capsys: pytest.CaptureFixture[str]) -> None:
    say_table([("a\nb", "x"), ("港湾", "y"), ("cde", "z")])
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["a\ufffdb   x", "港湾  y", "cde   z"]


@pytest.mark.parametrize(
    ("is_terminal", "shown"), [(True, "\r0 %\x1b[K\r50 %\x1b[K\r\x1b[K"), (False, "")]
)
def test_progress_is_shown_on_a_terminal_alone(
    *, is_terminal: bool, shown: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    with showing_progress() as progress:
        for done in (0, 1, 1000, 1001):
            progress.report(done, 2000, "ferry")
    assert capsys.readouterr() == ("", shown)


def test_progress_in_other_words_fits_on_the_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "12")
    with showing_progress(lambda done, total, item: f"{done}/{total} {item}") as progress:
        progress.report(1, 2, "\x1b[31mstories/ferry")
    assert capsys.readouterr().err == "\r1/2 \ufffd[31mst\x1b[K\r\x1b[K"


def test_nothing_else_of_the_command_line_prints() -> None:
    folder = Path(cli.__file__).parent
    printing = [
        file.name
        for file in folder.glob("*.py")
        if re.search(r"click\.echo|(?<!\w)print\(", file.read_text(encoding="utf-8"))
    ]
    assert printing == ["printing.py"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such disk")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_output_to_a_full_disk_is_no_bug(
    desk_path: Path,
    more: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with open("/dev/full", "w", encoding="utf-8", closefd=True) as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert cli.main(["list", "--desk", str(desk_path), *more]) == 1
        monkeypatch.undo()
        with suppress(OSError):
            full.close()
    assert capsys.readouterr().err == (
        "The output could not be written: No space left on device.\n"
    )
