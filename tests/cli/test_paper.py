"""The paper's facts and style on the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from editor.core.zones import computer_zone
from editor.store.desk import Desk
from tests.reading import reading

Run = Callable[..., tuple[int, str, str]]

NEW = ("--name", "New", "--person", "Nadia Rahman")
"""With a person, for not every computer knows who runs the tests."""


def test_paper_is_printed_and_changed(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    chief = ("--desk", desk_path, "--as", "Nadia Rahman")
    code, out, _err = run("paper", "--timezone", "america/new_york", "--language", "pt-BR", *chief)
    assert code == 0
    assert "America/New_York" in out
    assert run_json("paper")["timezone"] == "America/New_York"
    with Desk.open(desk_path) as desk:
        house = reading(desk).house()
    assert (house.timezone, house.language, house.name) == (
        "America/New_York",
        "pt-BR",
        "Harbour Post",
    )


@pytest.mark.parametrize(
    ("option", "text", "reason"),
    [
        ("--url", "https://user:password@paper.example/", "a name or a password"),
        ("--url", "https://paper.example/?a=1", "a query or a fragment"),
        ("--timezone", "lisbon", "Did you mean Europe/Lisbon?"),
        ("--language", "deutsch", "is not a language"),
        ("--dateline", "{town}–", "unknown field"),
    ],
)
def test_bad_style_is_refused_with_a_hint(
    run: Run, desk_path: Path, option: str, text: str, reason: str
) -> None:
    code, out, err = run("paper", option, text, "--desk", desk_path, "--as", "Nadia Rahman")
    assert (code, out) == (1, "")
    assert reason in err
    code, _out, err = run("new", desk_path.with_name("New.desk"), *NEW, option, text)
    assert code == (2 if option == "--dateline" else 1)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--rights", "© {yaer}"), "unknown field, {yaer}"),
        (("--licence", "CC BY"), "has a space"),
        (("--contact", "the desk"), "neither a mail address nor a web address"),
        (("--founded", "26"), "26 is not a year"),
        (("--theme", "../x"), "not the name of a theme"),
        (("--account", "https://a.example/", "--account", "b.example"), "not a web address"),
        (("--owner", "https://me:x@owner.example/"), "a name or a password"),
        (("--policy", "horoscopePolicy", "https://a.example/"), "not one of the choices"),
        (("--policy", "ethicsPolicy", "no-such-file.md"), "“no-such-file.md” can't be read"),
        (("--about", "no-such-file.md"), "“no-such-file.md” can't be read"),
        (("--logo", "no-such-file.png"), "no-such-file.png"),
    ],
)
def test_bad_statement_is_refused_with_a_hint(
    run: Run, run_json: Callable[..., Any], desk_path: Path, options: tuple[str, ...], reason: str
) -> None:
    before = run_json("paper")
    code, out, err = run("paper", *options, "--desk", desk_path, "--as", "Nadia Rahman")
    assert (code, out) == (1, "")
    assert reason in err
    assert run_json("paper") == before


def test_text_that_is_no_utf_8_is_refused(run: Run, desk_path: Path, tmp_path: Path) -> None:
    (tmp_path / "about.md").write_bytes(b"caf\xe9")
    chief = ("--desk", desk_path, "--as", "Nadia Rahman")
    code, _out, err = run("paper", "--about", tmp_path / "about.md", *chief)
    assert (code, "it is no text in UTF-8" in err) == (1, True)


@pytest.mark.parametrize("option", ["--ai-use", "--digits"])
def test_choice_that_there_is_not_is_a_usage_error(run: Run, desk_path: Path, option: str) -> None:
    assert run("paper", option, "some", "--desk", desk_path, "--as", "Nadia Rahman")[0] == 2


def test_what_the_paper_says_of_itself_is_printed_and_changed(
    run: Run, run_json: Callable[..., Any], desk_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "about.md").write_text("A paper of the *sea*.\n\nSince 1911.", encoding="utf-8")
    (tmp_path / "ethics.md").write_text("We pay for what we eat.\n", encoding="utf-8")
    chief = ("--desk", desk_path, "--as", "Nadia Rahman")
    code, out, _err = run(
        *("paper", "--rights", "© {year} Harbour Post", "--contact", "desk@harbour.example"),
        *("--ai-use", "none", "--founded", "1911", "--show-masthead"),
        *("--account", "https://a.example/", "--account", "https://b.example/"),
        *("--about", tmp_path / "about.md", "--policy", "ethicsPolicy", tmp_path / "ethics.md"),
        *("--policy", "correctionsPolicy", "https://harbour.example/corrections"),
        *chief,
    )
    assert code == 0
    for line in ("© {year} Harbour Post", "https://b.example/", "Corrections", "A paper of the"):
        assert line in out
    shown = run_json("paper")
    assert shown["accounts"] == ["https://a.example/", "https://b.example/"]
    assert (shown["ai_use"], shown["founded"], shown["show_masthead"]) == ("none", 1911, True)
    assert (shown["licence"], shown["digits"], shown["theme"]) == ("", "latin", "broadsheet")
    assert shown["about"] == "A paper of the *sea*.\n\nSince 1911."
    (tmp_path / "ethics.md").write_text("", encoding="utf-8")
    removed = ("--policy", "ethicsPolicy", tmp_path / "ethics.md", "--account", "", "--founded", 0)
    assert run("paper", *removed, "--hide-masthead", *chief)[0] == 0
    shown = run_json("paper")
    assert [policy["kind"] for policy in shown["policies"]] == ["correctionsPolicy"]
    assert (shown["accounts"], shown["founded"], shown["show_masthead"]) == ([], 0, False)


def test_change_that_another_makes_while_text_is_typed_stays(
    run: Run, run_json: Callable[..., Any], desk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = ("--desk", desk_path, "--as", "Nadia Rahman")

    class Typing(BytesIO):
        """Standard input, at whose end the paper has another name."""

        @property
        def buffer(self) -> Typing:
            return self

        def read(self, *size: Any) -> bytes:
            assert run("paper", "--name", "Tide", *chief)[0] == 0
            return super().read(*size)

    monkeypatch.setattr(sys, "stdin", Typing(b"A paper of the sea."))
    assert run("paper", "--about", "-", *chief)[0] == 0
    shown = run_json("paper")
    assert (shown["name"], shown["about"]) == ("Tide", "A paper of the sea.")


def test_logo_is_added_to_the_desk_and_removed_from_the_paper(
    run: Run, run_json: Callable[..., Any], desk_path: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (64, 64), "#a8231c").save(tmp_path / "logo.png")
    chief = ("--desk", desk_path, "--as", "Nadia Rahman")
    assert run("paper", "--logo", tmp_path / "logo.png", *chief)[0] == 0
    file = run_json("paper")["logo"]
    assert (desk_path / "pictures" / file).read_bytes() == (tmp_path / "logo.png").read_bytes()
    assert run("paper", "--logo", "", *chief)[0] == 0
    assert run_json("paper")["logo"] == ""


def test_sections_are_printed_and_read_as_lines(
    run: Run, run_json: Callable[..., Any], desk_path: Path, tmp_path: Path
) -> None:
    file, chief = tmp_path / "sections.txt", ("--desk", desk_path, "--as", "Nadia Rahman")
    file.write_text("world: World\n  ar: العالم\nSport", encoding="utf-8")
    code, out, _err = run("paper", "--sections", file, *chief)
    assert code == 0
    assert "  ar: العالم" in out
    sections = [
        {"slug": "world", "title": "World", "titles": {"ar": "العالم"}},
        {"slug": "sport", "title": "Sport"},
    ]
    assert run_json("paper")["sections"] == sections
    code, _out, err = run("paper", "--language", "ar-EG", *chief)
    assert (code, "has a second title in ar" in err) == (1, True)
    file.write_text("World\n  arabic: العالم", encoding="utf-8")
    code, _out, err = run("paper", "--sections", file, *chief)
    assert (code, "“arabic” is not a language" in err) == (1, True)
    assert run_json("paper")["sections"] == sections


def test_only_the_chief_changes_the_paper(run: Run, desk_path: Path) -> None:
    change = ("paper", "--name", "Tide", "--desk", desk_path)
    assert run(*change)[0] == 2
    code, _out, err = run(*change, "--as", "Ines Duarte")
    assert (code, "Only the chief" in err) == (1, True)


def test_new_desk_is_in_the_computers_zone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("new", tmp_path / "Here.desk", *NEW)[0] == 0
    assert run("new", tmp_path / "Far.desk", *NEW, "--timezone", "Asia/Tokyo")[0] == 0
    for name, zone in (("Here", computer_zone()), ("Far", "Asia/Tokyo")):
        with Desk.open(tmp_path / f"{name}.desk") as desk:
            assert reading(desk).house().timezone == zone


def test_french_desk_imports_french_copy_as_french(run: Run, tmp_path: Path) -> None:
    desk, wire = tmp_path / "Port.desk", tmp_path / "copie.txt"
    assert run("new", desk, *NEW, "--language", "fr")[0] == 0
    wire.write_text(
        "Le port ouvre son nouveau quai après deux ans\n\n"
        "BREST, 3 mars (Agence) - Le port a ouvert lundi son nouveau quai, a dit la ville.\n\n"
        "Les trams y passeront d’abord, puis les bus.\n",
        encoding="utf-8",
    )
    assert run("import", wire, "--desk", desk)[0] == 0
    with Desk.open(desk) as opened:
        [row] = reading(opened).rows()
    assert row.language == "fr"


def test_last_instant_of_the_calendar_is_shown_or_refused(run: Run, desk_path: Path) -> None:
    chief = ("--desk", desk_path, "--as", "Nadia Rahman")
    assert run("paper", "--timezone", "America/New_York", *chief)[0] == 0
    for instant in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        out = desk_path.with_name(instant[:4])
        more = ("--out", out, "--generated-at", instant, "--what-if", "--unsigned")
        code, _out, err = run("export", "site", "--desk", desk_path, *more)
        assert code in {0, 1}, err
        assert "bug" not in err
    for instant in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        options = ("--out", desk_path.with_name("no"), "--generated-at", instant, "--unsigned")
        code, _out, err = run("export", "site", "--desk", desk_path, *options)
        assert (code, "is not a date and time" in err) == (1, True)
