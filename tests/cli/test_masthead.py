"""The verbs for keys and the masthead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.store.desk import Desk
from editor.trust.keys import PrivateKey, PublicKey
from tests.cli.conftest import Run
from tests.reading import reading

NADIA, TOM, INES = "Nadia Rahman", "Tom Vale", "Ines Duarte"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--add", "Ali"], 2, "--role"),
        (["--role", "editor"], 2, "--add"),
        (["--add", "Ali", "--role", "editor"], 2, "--as"),
        (["stray"], 2, "Unexpected words"),
        (["--add", "Ali", "--role", "king", "--as", NADIA], 1, "not a role"),
        (["--add", "Ali", "--role", "editor", "--as", TOM], 1, "Only the chief"),
        (["--add", "Ali", "--role", "editor", "--as", NADIA], 1, "a key of their own"),
        (["--add", "Ali", "--role", "editor", "--key", "none.key", "--as", NADIA], 1, "can't be"),
        (["--remove", NADIA, "--as", NADIA], 1, "only chief"),
        (["--remove", "Nobody", "--as", NADIA], 1, "not on this desk"),
        (["--policy", "four_eyes=perhaps", "--as", NADIA], 1, "not a policy"),
        (["--policy", "gates=moon", "--as", NADIA], 1, "not a gate"),
        (["--policy", "section.moon=Tom Vale", "--as", NADIA], 1, "no section moon"),
        (["--policy", f"section.world={INES}", "--as", NADIA], 1, "journalist"),
    ],
)
def test_refusals_print_the_reason(
    run: Run, desk_path: Path, words: list[str], code: int, says: str
) -> None:
    with Desk.open(desk_path) as desk:
        before = reading(desk).people()
    assert run("masthead", desk_path, *words)[0] == code
    assert says in run("masthead", desk_path, *words)[2]
    with Desk.open(desk_path) as desk:
        assert reading(desk).people() == before


def test_key_without_a_passphrase_prints_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    code, out, err = run("key", "--person", "Ali")
    assert (code, out) == (1, "")
    assert "STONEHAND_PASSPHRASE" in err


def test_key_is_created_once_and_its_private_half_stays(run: Run, tmp_path: Path) -> None:
    code, line, err = run("key", "--person", "Ali  Hassan")
    assert code == 0
    assert "private key stays" in err
    assert PublicKey.from_line(line)[1] == "Ali Hassan"
    out = tmp_path / "ali.key"
    assert run("key", "--person", "Ali Hassan", "--out", out)[0] == 0
    assert out.read_text() == line
    assert run("key", "--person", "Ali Hassan", "--out", tmp_path / "no" / "ali.key")[0] == 1


def test_masthead_lists_the_people_and_their_keys(run: Run, desk_path: Path) -> None:
    code, out, _ = run("masthead", desk_path)
    assert code == 0
    assert all(name in out for name in (NADIA, TOM, INES))
    assert "Masthead 3: " in out


def test_computer_is_removed(run: Run, desk_path: Path, tmp_path: Path) -> None:
    words = PrivateKey.generate().public
    (tmp_path / "tom.key").write_text(words.line(TOM))
    more = ("--add", TOM, "--role", "editor", "--key", tmp_path / "tom.key", "--as", NADIA)
    assert run("masthead", desk_path, *more)[0] == 0
    assert words.words in run("masthead", desk_path)[1]
    assert run("masthead", desk_path, "--computer", words.words, "--as", NADIA)[0] == 2
    less = ("--remove", TOM, "--computer", words.words, "--as", NADIA)
    assert run("masthead", desk_path, *less)[0] == 0
    out = run("masthead", desk_path)[1]
    assert TOM in out
    assert words.words not in out


def test_colleague_is_added_with_a_key_file(run: Run, desk_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "ali.key"
    run("key", "--person", "Ali", "--out", file)
    words = ("--add", "Ali", "--role", "editor", "--key", file, "--as", NADIA)
    assert run("masthead", desk_path, *words)[0] == 0
    view = json.loads(run("masthead", desk_path, "--json")[1])
    assert view["number"] == 4
    assert len(view["words"].split()) == 2
    (ali,) = [person for person in view["people"] if person["name"] == "Ali"]
    assert ali == {
        "name": "Ali",
        "role": "editor",
        "keys": [PublicKey.from_line(file.read_text())[0].words],
    }
    assert run("masthead", desk_path, "--remove", "Ali", "--as", NADIA)[0] == 0
    assert "Ali" not in run("masthead", desk_path)[1]


def test_policies_are_set(run: Run, desk_path: Path) -> None:
    def policy(*settings: str) -> object:
        done = run("masthead", desk_path, "--policy", *settings, "--as", NADIA, "--json")
        assert done[0] == 0, done
        return json.loads(done[1])["policy"]

    policy("four_eyes=always", "gates=notes,warnings")
    both = [NADIA, TOM]
    assert policy(f"section.world={NADIA}+{TOM}") == {
        "four_eyes": "always",
        "gates": ["notes", "warnings"],
        "sections": {"world": both},
    }
    assert policy("section.world=", "gates=") == {
        "four_eyes": "always",
        "gates": [],
        "sections": {},
    }


def test_policy_gates_run_the_checks(run: Run, desk_path: Path) -> None:
    desk = ("--desk", desk_path)
    assert run("masthead", desk_path, "--policy", "gates=warnings", "--as", NADIA)[0] == 0
    bad = desk_path.with_name("bad.md")
    bad.write_text("# Short  \n\nIt is is here .\n")
    assert run("import", bad, *desk, "--as", INES)[0] == 0
    with Desk.open(desk_path) as opened:
        slug = reading(opened).rows()[0].slug
    assert run("submit", slug, *desk, "--as", INES)[0] == 0
    code, _, err = run("approve", slug, *desk, "--as", TOM)
    assert (code, "stop the approval" in err) == (1, True), err
