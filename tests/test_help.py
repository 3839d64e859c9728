"""The help covers every check, verb, format and stage, and its links work."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from editor.checks import CHECKS
from editor.checks.help import level_name
from editor.cli.verbs import VERBS
from editor.core.findings import Level
from editor.core.workflow import Stage
from editor.declared_setting import PAGE_TITLES
from editor.formats.exporters import all_exporters
from editor.formats.importers import IMPORTERS
from editor.gui.window.help_pages import HelpFile, help_files
from editor.resources import resource
from editor.settings import all_settings
from editor.text.nodes import Heading
from editor.text.parse import parse

LANGUAGES = ("en", "ar")
FILES = [
    file for language in LANGUAGES for file in help_files(language) if file.language == language
]
PAGES = {file.name: file.text() for file in help_files("en")}

PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
CODE = re.compile(r"`[^`]*`")
OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]*")
MOST_BYTES = 3_000_000
"""Of all pictures together: everybody who clones or installs Stonehand gets them."""


def page(name: str) -> str:
    return PAGES[name]


def page_id(file: HelpFile) -> str:
    return f"{file.language}-{file.name}"


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


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_option_is_in_the_row_of_its_verb_or_below_the_table(verb: str) -> None:
    lines = page("command-line").splitlines()
    rows = [line for line in lines if line.startswith(f"| `stonehand {verb} ")]
    told = {found for line in rows for found in OPTION.findall(line)}
    told |= {found for line in lines if line[:1] != "|" for found in OPTION.findall(line)}
    parameters = VERBS[verb].load().params
    options = {name for parameter in parameters for name in parameter.opts if name[:2] == "--"}
    assert options - told == set()


def test_help_names_no_unknown_option() -> None:
    parameters = [parameter for verb in VERBS.values() for parameter in verb.load().params]
    known = {name for option in parameters for name in (*option.opts, *option.secondary_opts)}
    assert set(OPTION.findall(page("command-line"))) - known == {"--help"}


def test_help_names_no_unknown_verb() -> None:
    assert set(re.findall(r"`stonehand ([\w-]+) ", page("command-line"))) == set(VERBS)


def test_every_exporter_has_a_section() -> None:
    assert {exporter.name for exporter in all_exporters()} <= set(headings(page("export")))


def test_every_kind_of_file_that_is_imported_is_in_the_help() -> None:
    section = page("writing").split("## Text from outside\n")[1].split("\n## ")[0]
    assert all(importer.name in section.split() for importer in IMPORTERS)


def test_every_setting_is_in_the_help_on_its_page() -> None:
    sections = page("settings").split("\n## ")[1:]
    titles = {section.split("\n", 1)[0]: section for section in sections}
    assert list(titles)[:-1] == list(PAGE_TITLES.values())
    for setting in all_settings().values():
        if setting.page is not None:
            assert f"- **{setting.title}**: " in titles[PAGE_TITLES[setting.page]]


def test_every_stage_is_in_the_help() -> None:
    assert all(stage in page("review-and-approval") for stage in Stage)


@pytest.mark.parametrize("file", FILES, ids=page_id)
def test_links_lead_to_pages_and_pages_begin_with_their_title(file: HelpFile) -> None:
    text = CODE.sub("", file.text())
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text):
        assert target in PAGES
    first = parse(text).blocks[0]
    assert isinstance(first, Heading)
    assert first.level == 1


def test_index_links_to_every_page() -> None:
    for name in PAGES:
        assert name == "index" or f"]({name})" in PAGES["index"]


def pictures(language: str) -> set[str]:
    """Return the files of the pictures that the pages of a language show, in both themes."""
    pages = [CODE.sub("", file.text()) for file in FILES if file.language == language]
    named = {name.removesuffix(".webp") for text in pages for _alt, name in PICTURE.findall(text)}
    return {f"{name}{ending}.webp" for name in named for ending in ("", "-dark")}


def test_pictures_are_there_in_both_themes_and_each_is_shown() -> None:
    english = {path.name for path in resource("help").glob("*.webp")}
    assert english == pictures("en")
    assert len(english) > 20


def test_pictures_of_the_arabic_window_are_there_in_both_themes() -> None:
    """A page without one of its own shows the English."""
    arabic = {path.name for path in resource("help", "ar").glob("*.webp")}
    assert arabic
    assert arabic <= pictures("ar") <= pictures("en")
    light = {name for name in arabic if not name.endswith("-dark.webp")}
    assert arabic == light | {name.replace(".webp", "-dark.webp") for name in light}


def test_every_picture_is_whole() -> None:
    for path in resource("help").rglob("*.webp"):
        with Image.open(path) as picture:
            assert min(picture.size) > 200, path
            assert int.from_bytes(path.read_bytes()[4:8], "little") == path.stat().st_size - 8


def test_pictures_are_small_together() -> None:
    assert sum(path.stat().st_size for path in resource("help").rglob("*.webp")) < MOST_BYTES


@pytest.mark.parametrize("file", FILES, ids=page_id)
def test_every_picture_has_words_and_a_line_of_its_own(file: HelpFile) -> None:
    text = CODE.sub("", file.text())
    alone = re.findall(r"^!\[([^\]\n]{20,})\]\([\w-]+\.webp\)$", text, re.MULTILINE)
    assert len(alone) == len(PICTURE.findall(text))
    assert len(set(alone)) == len(alone)
