"""`stonehand style` prints and changes the house style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

TOM, INES = "Tom Vale", "Ines Duarte"
_RULE = 'extends = "existence"\nmessage = "Ships are ships, not “%s”"\ntokens = ["vessel"]\n'
_VALE = "extends: existence\nmessage: Cut '%s'\nlevel: suggestion\ntokens:\n  - very\n"


def test_style_is_changed_and_printed(
    run: Run, run_json: Callable[..., Any], desk_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "ships.toml").write_text(_RULE)
    (tmp_path / "Very.yml").write_text(_VALE)
    code, out, err = run(
        *("style", "--desk", desk_path, "--as", TOM, "--level", "length=off"),
        *("--add-word", "Ellery", "--add-loaded", "thugs=attackers", "--add-loaded", "slammed"),
        *("--add-rule", tmp_path / "ships.toml", "--add-rule", tmp_path / "Very.yml"),
    )
    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert ["length", "off", "by", "the", "house", "style"] in lines
    assert ["own-Very", "hint"] in lines
    assert "thugs → attackers" in out
    printed = run_json("style")
    assert printed["levels"]["length"] == "off"
    assert printed["words"] == ["Ellery"]
    assert printed["loaded"] == {"slammed": "", "thugs": "attackers"}
    assert list(printed["rules"]) == ["ships.toml", "Very.yml"]

    code, _out, err = run(
        *("style", "--desk", desk_path, "--as", TOM, "--level", "length=own"),
        *("--remove", "Ellery", "--remove", "ships.toml", "--remove", "thugs"),
    )
    assert (code, err) == (0, "")
    printed = run_json("style")
    assert printed["levels"]["length"] == "warning"
    assert (printed["words"], printed["loaded"]) == ([], {"slammed": ""})
    assert list(printed["rules"]) == ["Very.yml"]


def test_rule_is_found_in_stories(run: Run, desk_path: Path, tmp_path: Path) -> None:
    rule = tmp_path / "ferries.toml"
    rule.write_text(_RULE.replace("vessel", "ferry"))
    assert run("style", "--desk", desk_path, "--as", TOM, "--add-rule", rule)[0] == 0
    _code, out, _err = run("check", "ferry-returns", "--desk", desk_path)
    assert "Ships are ships, not “ferry”" in out


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("--add-word", "Ellery"), 2, "--as"),
        (("--as", TOM), 2, "Give changes"),
        (("--as", TOM, "--level", "length=loud"), 2, "“loud” is no level"),
        (("--as", TOM, "--level", "lenght=off"), 1, "no check “lenght”"),
        (("--as", TOM, "--remove", "Ellery"), 1, "no word or rule “Ellery”"),
        (("--as", TOM, "--add-rule", "BROKEN"), 1, "broken.toml, line 3"),
        (("--as", INES, "--add-word", "Ellery"), 1, "Only editors and chiefs"),
    ],
)
def test_bad_change_is_refused_and_nothing_changes(
    run: Run, run_json: Callable[..., Any], desk_path: Path, tmp_path: Path,
    words: tuple[str, ...], status: int, says: str,
) -> None:  # fmt: skip
    broken = tmp_path / "broken.toml"
    broken.write_text('extends = "existence"\nmessage = "x"\ntokens = ["("]\n')
    before = run_json("style")
    given = [broken if word == "BROKEN" else word for word in words]
    code, out, err = run("style", "--desk", desk_path, *given)
    assert (code, out) == (status, "")
    assert says in err
    assert run_json("style") == before
