"""Themes: what is wrong with one is said with its file and line, and nothing else is read."""

from __future__ import annotations

import re

import pytest

from editor.core.theme import MOST_BYTES, MOST_FILES, ThemeFiles
from editor.errors import BadValue, NotFound, ThemeError
from editor.proof.pages import Pages
from editor.proof.site import Site
from editor.proof.site_pages import site_pages
from editor.proof.theme import (
    Theme,
    copied,
    read_theme,
    shipped_files,
    shipped_names,
    shipped_theme,
)
from tests.formats.site.edition import edition

HOME, PAGE, ARTICLE = (f"templates/{name}.html" for name in ("home", "page", "article"))
MINE = {"theme.toml": b'title = "Mine"\nparent = "tabloid"\n'}


def main(text: str) -> bytes:
    """A template that prints something in its second line."""
    return f"\n{{% set main %}}{text}{{% endset %}}".encode()


def theme(**files: bytes) -> Theme:
    """A theme with more files; their names have `__` for `/` and `_` before the ending for `.`."""
    named = {
        path.replace("__", "/").replace("_html", ".html"): data for path, data in files.items()
    }
    return read_theme(ThemeFiles.of("mine", {**MINE, **named}))


def broken(files: dict[str, bytes]) -> ThemeError:
    def make() -> None:
        made = read_theme(ThemeFiles.of("mine", {**MINE, **files}))
        made.check()
        every_page(made)

    with pytest.raises(ThemeError) as caught:
        make()
    assert caught.value.hint
    return caught.value


def every_page(theme: Theme) -> dict[str, str]:
    made = edition()
    site, pages = Site.of(made), Pages(theme=theme)
    found = {item.story.slug: pages.story(item, site) for item in made.items}
    found |= {page.path: page.make() for page in site_pages(site, made.listings, (), theme)}
    return {name: pages.html(page, site) for name, page in found.items()}


@pytest.mark.parametrize("name", ["", "..", "a/b", "Mine", "a b", "x" * 300, "con"])
def test_folder_of_a_theme_has_a_plain_name(name: str) -> None:
    if name:
        with pytest.raises(BadValue):
            ThemeFiles.of(name, MINE)
    else:
        assert ThemeFiles.of(name, MINE).name == "broadsheet"


@pytest.mark.parametrize(
    "path",
    [
        "../site.css",
        "/etc/passwd",
        "templates/../x.html",
        "templates/sub/x.html",
        "templates/x.js",
        "script.js",
        "logo.svg",
        "templates\\x.html",
        "Theme.toml",
        "site.css\n",
    ],
)
def test_theme_has_no_other_files(path: str) -> None:
    assert broken({path: b""}).file == path


def test_theme_is_bounded() -> None:
    assert broken({"site.css": bytes(MOST_BYTES + 1)}).file == "site.css"
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"templates/{a}{b}.html" for a in letters for b in letters]
    assert "at most" in broken(dict.fromkeys(names[:MOST_FILES], b"")).sentence


@pytest.mark.parametrize(
    ("files", "file", "line"),
    [
        ({"theme.toml": b'title = "a"\nversion = 2\n'}, "theme.toml", 2),
        ({"theme.toml": b'title = "a"\n\nscript = "x"\n'}, "theme.toml", 3),
        ({"theme.toml": b'title = "a"\nparent = \n'}, "theme.toml", 2),
        ({"theme.toml": b'title = "a\n'}, "theme.toml", 1),
        ({"theme.toml": b'title = "a"\nparent = "gone"\n'}, "theme.toml", 2),
        ({"theme.toml": b'title = "a"\nlicence = "\xff"\n'}, "theme.toml", 2),
        ({"site.css": b"a {\n  color: red;\n"}, "site.css", 1),
        ({"site.css": b"a { }\n}\n"}, "site.css", 2),
        ({"site.css": b"a { color: var(--gone); }"}, "site.css", 1),
        ({"tokens.css": b"\n:root { --ink: #000; }"}, "base.css", 0),
        ({HOME: b"\n{% if %}"}, HOME, 2),
        ({HOME: b"{% set main %}\n\n{% endif %}"}, HOME, 3),
        ({HOME: main("{{ nothing }}")}, HOME, 2),
        ({HOME: b"{% set main %}{{ house.gone }}{% endset %}"}, HOME, 1),
        ({HOME: b"<p>No main part</p>"}, HOME, 0),
        ({HOME: b"{% extends 'gone.html' %}"}, HOME, 1),
        ({HOME: b"a\0b"}, HOME, 1),
        ({PAGE: b"<html>{{ title }}{{ head }}{{ scripts }}"}, PAGE, 0),
        ({PAGE: b"{{ title }}{{ head }}{{ main }}{{ main }}"}, PAGE, 0),
        ({ARTICLE: b"<article></article>"}, ARTICLE, 0),
        ({HOME: main("{{ 1 / 0 }}")}, HOME, 2),
        ({HOME: main("{{ story_path() }}")}, HOME, 2),
        ({HOME: main("{{ words['gone'] }}")}, HOME, 2),
    ],
)  # fmt: skip
def test_broken_theme_names_its_file_and_line(
    files: dict[str, bytes], file: str, line: int
) -> None:
    error = broken(files)
    assert error.file == file
    assert error.line == line or file == "base.css"
    assert error.sentence.startswith(f"{file}, line {error.line}: " if error.line else f"{file}: ")


def test_theme_without_a_manifest_is_none() -> None:
    with pytest.raises(ThemeError) as caught:
        read_theme(ThemeFiles.of("mine", {}))
    assert caught.value.file == "theme.toml"


def test_what_a_theme_lacks_is_its_parents_then_that_of_all() -> None:
    mine = theme(templates__moved_html=b"{% set main %}Moved{% endset %}")
    assert mine.sources["moved.html"].file == "templates/moved.html"
    assert mine.sources["story.html"].file == "shared/story.html"
    assert mine.css == shipped_theme("tabloid").css
    assert mine.about.title == "Mine"


def test_sheet_has_tokens_then_what_all_share_then_the_themes_rules() -> None:
    for name in shipped_names():
        css, files = shipped_theme(name).css, shipped_files(name).by_path
        tokens, rules = files["tokens.css"].decode(), files["site.css"].decode()
        assert css.startswith(tokens.strip())
        assert css.endswith(rules.strip() + "\n")


def test_digest_follows_every_file() -> None:
    found = {
        theme().digest,
        theme(templates__home_html=b"{% set main %}1{% endset %}").digest,
        theme(templates__home_html=b"{% set main %}2{% endset %}").digest,
        shipped_theme("tabloid").digest,
        shipped_theme("broadsheet").digest,
    }
    assert len(found) == 4  # without files of its own it is its parent
    assert theme().files.digest != theme().files.with_file("site.css", b"").digest


@pytest.mark.parametrize("name", shipped_names())
def test_copy_makes_the_same_pages(name: str) -> None:
    shipped = shipped_theme(name)
    copy = read_theme(copied(shipped, "mine", 'The "new" \\ one'))
    assert (copy.about.title, copy.about.parent) == ('The "new" \\ one', name)
    assert copy.digest == shipped.digest
    assert every_page(copy) == every_page(shipped)
    again = read_theme(copied(copy, "again", "Again"))
    assert again.about.parent == name


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_themes_are_whole(name: str) -> None:
    shipped = shipped_theme(name)
    shipped.check()
    assert all((shipped.about.title, shipped.about.version, shipped.about.licence))
    for html in every_page(shipped).values():
        assert not re.search(r"\bstyle=|\bon(?:click|error|focus|load)=", html)


def test_unknown_theme_is_not_found_with_the_known_names() -> None:
    with pytest.raises(NotFound) as caught:
        shipped_theme("gone")
    assert "broadsheet, tabloid" in caught.value.hint


def test_weak_contrasts_are_told() -> None:
    tokens = shipped_files("tabloid").by_path["tokens.css"].replace(b"#4c4c4c", b"#999999")
    found = read_theme(ThemeFiles.of("mine", {**MINE, "tokens.css": tokens})).weak_contrasts()
    assert len(found) == 2
    assert found[0].startswith("In light mode --soft on --paper has a contrast of 2.8")
