"""The help covers every check, verb, format and stage, and its links work."""

from __future__ import annotations

import re

import pytest

from editor.checks import CHECKS
from editor.checks.help import level_name
from editor.cli.verbs import VERBS
from editor.core.findings import Level
from editor.core.workflow import Stage
from editor.formats.exporters import all_exporters
from editor.gui.window.help import page_text
from editor.resources import resource
from editor.text.nodes import Heading
from editor.text.parse import parse

PAGES = {path.stem: page_text(path) for path in resource("help").glob("*.md")}


def page(name: str) -> str:
    return next(text for stem, text in PAGES.items() if stem.endswith(name))


def headings(text: str) -> list[str]:
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def test_every_check_has_a_section_and_no_other_does() -> None:
    sections = re.findall(r"^### (.+)$", page("checks"), re.MULTILINE)
    assert sections == [check.id for check in CHECKS]


def test_every_level_is_in_the_help() -> None:
    assert all(f"| {level_name(level)} |" in page("checks") for level in Level)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_is_in_the_help(verb: str) -> None:
    assert f"`stonehand {verb} " in page("command-line")


def test_help_names_no_unknown_verb() -> None:
    assert set(re.findall(r"`stonehand ([\w-]+) ", page("command-line"))) == set(VERBS)


def test_every_exporter_has_a_section() -> None:
    assert {exporter.name for exporter in all_exporters()} <= set(headings(page("export")))


def test_every_stage_is_in_the_help() -> None:
    assert all(stage in page("review-and-approval") for stage in Stage)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_lead_to_pages_and_pages_begin_with_their_title(name: str) -> None:
    text = re.sub(r"`[^`]*`", "", PAGES[name])
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert any(stem.endswith(target) for stem in PAGES), target
    first = parse(text).blocks[0]
    assert isinstance(first, Heading)
    assert first.level == 1


def test_index_links_to_every_page() -> None:
    for stem in PAGES:
        assert stem == "index" or f"]({re.sub('^[0-9]-', '', stem)})" in PAGES["index"]
