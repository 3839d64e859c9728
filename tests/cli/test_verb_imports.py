"""What a verb imports: its own needs, so that it starts at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from editor.cli.verbs import VERBS
from editor.places import config_folder, data_folder
from tests.catalogues import compile_catalogues

LIBRARIES = frozenset(
    {
        *("sqlalchemy", "alembic", "joserfc", "cryptography", "keyring", "asyncio", "PySide6"),
        *("PIL", "lxml", "nh3", "jinja2", "markdown", "regex", "importlib.metadata"),
        *("langdetect", "langcodes", "rfc3986", "babel", "slugify", "starlette", "uvicorn"),
        *("dulwich", "fsspec", "s3fs", "paramiko", "urllib3"),
    }
)
"""What takes long to import."""

ROOMS = frozenset({"editor.checks", "editor.formats", "editor.proof", "editor.text", "editor.gui"})

PROGRAM = """
import sys
from editor.cli import main
code = main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""


def imported(*words: object) -> set[str]:
    """The modules of a new process that has run a verb."""
    command = [sys.executable, "-c", PROGRAM, *map(str, words)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_options_import_no_desk_and_no_verb(option: str) -> None:
    found = imported(option)
    assert not found & (LIBRARIES | ROOMS)
    assert not {name for name in found if name.startswith("editor.store")}
    assert not found & {f"editor.cli.{verb.module}" for verb in VERBS.values()}


@pytest.mark.parametrize(
    "verb",
    [
        *("list", "show", "audit", "backup", "masthead", "submit"),
        *("import", "check", "export", "trends", "front", "serve", "replace"),
    ],
)
def test_help_of_a_verb_imports_no_library(verb: str) -> None:
    assert not imported(verb, "--help") & LIBRARIES


def test_help_in_another_language_imports_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    compile_catalogues()
    monkeypatch.setenv("LANGUAGE", "ar")
    monkeypatch.setenv("LC_ALL", "ar")
    assert not imported("list", "--help") & LIBRARIES


def test_list_imports_no_library(desk_path: Path) -> None:
    imported("list", "--desk", desk_path)  # the first time in a place, the desk is verified
    found = imported("list", "--desk", desk_path)
    assert not found & (LIBRARIES | ROOMS)
    assert not imported("list", "--desk", desk_path, "--stage", "draft", "--json") & LIBRARIES


def test_list_on_a_new_computer_verifies_the_desk_once_and_remembers_it(desk_path: Path) -> None:
    imported("list", "--desk", desk_path)
    memory = [folder() / "desks.json" for folder in (config_folder, data_folder)]
    before = [file.read_bytes() for file in memory]
    for file in memory:
        file.unlink()
    assert {"sqlalchemy", "joserfc"} <= imported("list", "--desk", desk_path)
    remembered = json.loads(before[0])["desks"].popitem()[1] | {"own": {}}
    for file in memory:
        assert json.loads(file.read_bytes())["desks"].popitem()[1] == remembered
    assert not imported("list", "--desk", desk_path) & LIBRARIES


@pytest.mark.parametrize("name", VERBS)
def test_help_says_of_each_verb_what_the_verb_says(name: str) -> None:
    verb = VERBS[name]
    assert verb.about == verb.load().get_short_help_str(limit=1000).removesuffix(".") + "."
    assert verb.load().name == name
