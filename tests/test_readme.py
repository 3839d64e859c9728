"""The README is true: its commands, map, verbs and links exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from editor.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_shows_the_two_dev_commands() -> None:
    script = (ROOT / "packaging" / "dev.py").read_text(encoding="utf-8")
    for verb in ("run", "test"):
        assert f"python3 packaging/dev.py {verb}" in README
        assert f'"{verb}": {verb},' in script


def test_readme_map_names_every_room() -> None:
    drawn = set(re.findall(r"^      (\w+)/  ", README, re.MULTILINE))
    rooms = {path.parent.name for path in (ROOT / "editor").glob("*/__init__.py")}
    assert drawn == rooms


def test_readme_shows_existing_verbs() -> None:
    shown = set(re.findall(r"^    stonehand (\w+)", README, re.MULTILINE))
    assert shown
    assert shown <= set(VERBS)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "packaging/README.md"])
def test_named_paths_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = re.findall(r"`((?:[\w-]+/)+(?:\w+\.(?:py|md|json|toml|spec))?)[` ]", text)
    paths += re.findall(r"packaging/\w+\.\w+", text)
    assert paths
    for path in set(paths) - {"dist/"}:  # which a build makes
        tops = (ROOT, ROOT / "editor", ROOT / "packaging")
        assert any((top / path).exists() for top in tops), path


def test_readme_map_names_every_folder_of_store_and_gui() -> None:
    drawn = set(re.findall(r"(\w+)/", " ".join(re.findall(r"^ {8}(\w.*)", README, re.MULTILINE))))
    folders = {
        path.parent.name
        for room in ("store", "gui")
        for path in (ROOT / "editor" / room).glob("*/__init__.py")
    }
    assert drawn == folders


def test_changelog_has_the_current_version() -> None:
    from editor import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
