"""`stonehand target` prints and changes where the paper delivers to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editor.core.delivery import Target
from editor.delivery.credentials import Credentials, keep_credentials
from editor.store.desk import Desk
from tests.cli.conftest import Run
from tests.delivery.test_credentials import Passwords
from tests.reading import reading

TOM, INES = "Tom Vale", "Ines Duarte"
BUCKET = "s3://harbour-post/site"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "Website"), "ADDRESS"),
        (("--set", "Website", BUCKET), "--as"),
        (("--remove", "Website"), "--as"),
        (("--remove", "--as", TOM), "NAME"),
        (("Website", BUCKET), "goes with --set"),
        (("--forget",), "NAME"),
        (("Website", "--forget", "--remove", "--as", TOM), "nothing else"),
        (("--set", "--remove", "Website", BUCKET, "--as", TOM), "either --set or --remove"),
        (("--set", "Website", BUCKET, "--parts", "site", "--as", TOM), "Only a bundle"),
    ],
)
def test_wrong_usage_is_explained(
    run: Run, desk_path: Path, words: tuple[str, ...], message: str
) -> None:
    code, out, err = run("target", "--desk", desk_path, *words)
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("Website", "sftp://me:secret@host/site", "--as", TOM), "password"),
        (("Website", "gopher://host/site", "--as", TOM), "gopher://"),
        (("Website", BUCKET, "--format", "pdf", "--as", TOM), "no export format “pdf”"),
        (("Stick", "/media/x.zip", "--format", "bundle", "--parts", "moon", "--as", TOM), "moon"),
        (("Website", BUCKET, "--as", INES), "Only editors and chiefs"),
    ],
)
def test_bad_target_is_refused_and_nothing_changes(
    run: Run, run_json: Callable[..., Any], desk_path: Path, words: tuple[str, ...], message: str
) -> None:
    code, out, err = run("target", "--desk", desk_path, "--set", *words)
    assert (code, out) == (1, "")
    assert message in err
    assert "secret" not in err
    assert run_json("target") == []


def test_target_is_added_changed_printed_and_removed(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    assert "no targets" in run("target", "--desk", desk_path)[1]
    signed = ("--as", TOM, "--desk", desk_path)
    assert run("target", "--set", "Website", "/srv/site", *signed)[0] == 0
    bundle = ("--format", "bundle", "--parts", "stories")
    assert run("target", "--set", "Stick", "/media/stick/paper.zip", *bundle, *signed)[0] == 0
    code, out, err = run("target", "--set", "website", BUCKET, *signed)
    assert (code, err) == (0, "")
    assert BUCKET in out
    assert run_json("target") == [
        {"name": "Website", "address": BUCKET, "format": "site"},
        {
            "name": "Stick",
            "address": "/media/stick/paper.zip",
            "format": "bundle",
            "parts": ["stories"],
        },
    ]
    assert [row["name"] for row in run_json("target", "STICK")] == ["Stick"]
    assert "Saved by Tom Vale." in run("target", "--desk", desk_path)[1]
    # Another address alone is of what was delivered before.
    assert run("target", "--set", "Stick", "/media/other/paper.zip", *signed)[0] == 0
    [moved] = run_json("target", "Stick")
    assert (moved["format"], moved["parts"]) == ("bundle", ["stories"])
    assert run("target", "--set", "Stick", "/media/other/paper.zip", "--format", "site", *signed)[
        0
    ] == 0  # fmt: skip
    assert run_json("target", "Stick")[0]["format"] == "site"
    assert run("target", "--remove", "stick", *signed)[0] == 0
    assert [row["name"] for row in run_json("target")] == ["Website"]
    assert "no target “Stick”" in run("target", "--remove", "Stick", *signed)[2]


def test_password_of_a_target_is_forgotten(
    run: Run, desk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords = Passwords()
    monkeypatch.setattr("keyring.core._keyring_backend", passwords)
    signed = ("--as", TOM, "--desk", desk_path)
    assert run("target", "--set", "Website", BUCKET, *signed)[0] == 0
    assert "had nothing" in run("target", "Website", "--forget", "--desk", desk_path)[1]
    with Desk.open(desk_path) as desk:
        desk_id = reading(desk).masthead().desk
    keep_credentials(desk_id, Target("Website", BUCKET), Credentials("secret", "me"))
    assert passwords.passwords
    assert "nothing for “Website” any more" in run("target", "Website", "--forget", "--desk",
        desk_path)[1]  # fmt: skip
    assert not passwords.passwords
    assert "no target “Nowhere”" in run("target", "Nowhere", "--forget", "--desk", desk_path)[2]
