"""The verb for one's own key."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from editor.trust.keyring import KeyFolder, ensure_key
from editor.trust.keys import PrivateKey, PublicKey
from tests.cli.conftest import Run

ALI = "Ali Hassan"


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for keys, whose passphrase no variable gives."""
    folder = tmp_path / "keys"
    monkeypatch.setenv("STONEHAND_KEYS", str(folder))
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    return folder


@pytest.fixture
def forgotten(keys: Path) -> PublicKey:
    """Return the public half of a key whose passphrase nobody knows any more."""
    return ensure_key(KeyFolder(keys, "forgotten"), ALI).public


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a function that types answers at a terminal; what is asked is in its list."""

    def typing(*answers: str) -> list[str]:
        asked: list[str] = []
        left = list(answers)

        def answer(prompt: str) -> str:
            asked.append(prompt)
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr(click.termui, "hidden_prompt_func", answer)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        return asked

    return typing


def test_key_is_created_with_a_passphrase_that_is_typed_twice(
    run: Run, keys: Path, typing: Callable[..., list[str]]
) -> None:
    asked = typing("open sesame", "open sesame")
    code, line, _ = run("key", "--person", ALI)
    assert code == 0
    assert len(asked) == 2
    key = KeyFolder(keys, "open sesame").read(ALI)
    assert key is not None
    assert PublicKey.from_line(line) == (key.public, ALI)
    asked = typing("open sesame")
    assert run("key", "--person", ALI)[:2] == (0, line)
    assert len(asked) == 1


def test_wrong_or_short_passphrase_prints_a_sentence(
    run: Run, keys: Path, typing: Callable[..., list[str]]
) -> None:
    typing("short", "short")
    code, _, err = run("key", "--person", ALI)
    assert (code, "too short" in err) == (1, True)
    assert not keys.exists()
    ensure_key(KeyFolder(keys, "open sesame"), ALI)
    typing("open says me")
    code, out, err = run("key", "--person", ALI)
    assert (code, out) == (1, "")
    assert "does not open" in err
    typing()
    assert "Cancelled" in run("key", "--person", ALI)[2]


def test_script_is_never_asked(run: Run, keys: Path) -> None:
    code, out, err = run("key", "--person", ALI)
    assert (code, out) == (1, "")
    assert "STONEHAND_PASSPHRASE" in err
    ensure_key(KeyFolder(keys, "open sesame"), ALI)
    code, out, err = run("key", "--person", ALI, "--change-passphrase")
    assert (code, out) == (1, "")
    assert "STONEHAND_NEW_PASSPHRASE" in err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal as Unix has them")
def test_passphrase_typed_in_a_terminal_is_not_shown(keys: Path, python: str) -> None:
    key = ensure_key(KeyFolder(keys, "open sesame"), ALI)
    ours, theirs = os.openpty()
    command = [python, "-m", "editor", "key", "--person", ALI]
    verb = subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    shown = b""
    while b"Passphrase" not in shown:
        shown += os.read(ours, 1000)
    os.write(ours, b"open sesame\n")
    out = verb.communicate()[0]
    shown += os.read(ours, 1000)
    os.close(ours)
    assert out.decode() == key.public.line(ALI) + "\n"
    assert b"sesame" not in shown


def test_passphrase_is_changed_by_typing(
    run: Run, keys: Path, typing: Callable[..., list[str]]
) -> None:
    key = ensure_key(KeyFolder(keys, "open sesame"), ALI)
    asked = typing("open sesame", "other words", "other words")
    code, out, _ = run("key", "--person", ALI, "--change-passphrase")
    assert (code, out) == (0, f"The key of {ALI} has a new passphrase.\n")
    assert len(asked) == 3
    assert KeyFolder(keys, "other words").read(ALI) == key


def test_passphrase_is_changed_by_a_script(
    run: Run, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ensure_key(KeyFolder(keys, "open sesame"), ALI)
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "wrong")
    monkeypatch.setenv("STONEHAND_NEW_PASSPHRASE", "other words")
    words = ("key", "--person", ALI, "--change-passphrase")
    assert "does not open" in run(*words)[2]
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "open sesame")
    assert run(*words)[0] == 0
    assert KeyFolder(keys, "other words").read(ALI) == key
    assert run(*words, "--out", "x")[0] == 2
    assert "no key of Mona" in run("key", "--person", "Mona", "--change-passphrase")[2]


def test_new_key_takes_the_place_of_a_forgotten_one_after_a_question(
    run: Run,
    keys: Path,
    forgotten: PublicKey,
    typing: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typing("new words", "new words")
    answers: list[str] = []
    monkeypatch.setattr(click.termui, "visible_prompt_func", lambda _prompt: answers.pop())
    answers.append("n")
    assert "Cancelled" in run("key", "--person", ALI, "--new")[2]
    assert KeyFolder(keys, "").public_key(ALI) == forgotten
    answers.append("y")
    code, line, err = run("key", "--person", ALI, "--new")
    assert code == 0
    made = PublicKey.from_line(line)[0]
    assert made != forgotten
    assert KeyFolder(keys, "new words").read(ALI).public == made
    assert ".pem.old-1" in err
    assert len(list(keys.glob("*.old-1"))) == 1


def test_script_makes_a_new_key_without_a_question(
    run: Run, keys: Path, forgotten: PublicKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("key", "--person", ALI, "--new")
    assert "STONEHAND_PASSPHRASE" in run(*words)[2]
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "short")
    assert "too short" in run(*words)[2]
    assert KeyFolder(keys, "").public_key(ALI) == forgotten
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "new words")
    code, line, _ = run(*words)
    assert code == 0
    assert PublicKey.from_line(line)[0] != forgotten
    assert run("key", "--person", ALI)[:2] == (0, line)
    assert run(*words, "--change-passphrase")[0] == 2


def test_short_passphrase_of_a_script_opens_keys_but_makes_none(
    run: Run, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "short")
    code, out, err = run("key", "--person", ALI)
    assert (code, out, "too short" in err) == (1, "", True)
    assert not keys.exists()
    key = ensure_key(KeyFolder(keys, "short"), ALI)
    assert run("key", "--person", ALI)[:2] == (0, key.public.line(ALI) + "\n")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"A letter.",
        b"\xff\xfe",
        PrivateKey.generate().public.line("Mona").encode(),
        PrivateKey.generate().public.line(ALI).encode() + b"\nand more",
    ],
    ids=["empty", "a letter", "no text", "another person", "more than a key"],
)
def test_file_that_is_no_key_of_the_person_is_not_overwritten(
    run: Run, tmp_path: Path, content: bytes
) -> None:
    out = tmp_path / "ali.key"
    out.write_bytes(content)
    words = ("key", "--person", ALI, "--out", out)
    code, _, err = run(*words)
    assert (code, "--force" in err) == (1, True)
    assert out.read_bytes() == content
    assert run(*words, "--force")[0] == 0
    line = out.read_text()
    assert PublicKey.from_line(line)[1] == ALI
    out.write_text(PrivateKey.generate().public.line(ALI))
    assert run(*words)[0] == 0
    assert out.read_text() == line


def test_folder_as_file_prints_a_sentence(run: Run, tmp_path: Path) -> None:
    for words in ((), ("--force",)):
        code, _, err = run("key", "--person", ALI, "--out", tmp_path, *words)
        assert (code, "is a folder" in err) == (1, True)
