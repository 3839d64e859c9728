"""What fails only on a page is found by the check of a theme, with its file and line."""

from __future__ import annotations

import re

import pytest

from editor.core.theme import TEMPLATES, ThemeFiles
from editor.errors import ThemeError
from editor.proof.theme import read_theme, shipped_files, shipped_names, shipped_theme
from editor.proof.theme_check import check_theme, sample_pages

_OPENING = re.compile(r"{% (?:if|elif|else|for|macro|set (?:main|head|scripts))\b[^%]*%}")
_SHARED = shipped_theme().sources


def changed(**templates: str) -> ThemeFiles:
    """The plain theme with some templates of its own, by their names without ending."""
    own = {f"{TEMPLATES}{name}.html": text.encode() for name, text in templates.items()}
    return ThemeFiles.of("mine", {**shipped_files(shipped_names()[0]).by_path, **own})


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("about", "{% set main %}\n{{ roles[0].name.first }}{% endset %}"),
        ("withdrawn", "{% set main %}\n{{ 1 // 0 }}{% endset %}"),
        ("moved", "{% set main %}\n{{ adress }}{% endset %}"),
        ("pager", "{% macro pager(part, path, page, words) %}\n{{ path.x() }}{% endmacro %}"),
        ("article", "<p>there is no place for</p>\n<p>the body</p>"),
    ],
)
def test_template_that_fails_only_on_a_page_is_found(template: str, text: str) -> None:
    theme = read_theme(changed(**{template: text}))
    theme.check()
    with pytest.raises(ThemeError) as caught:
        check_theme(theme)
    assert caught.value.file == f"templates/{template}.html"
    assert caught.value.line == (0 if template == "article" else 2)


def test_every_branch_of_every_template_is_tried() -> None:
    marks: list[str] = []

    def mark(found: re.Match[str]) -> str:
        marks.append(found.group())
        return f"{found.group()}@{len(marks)}@"

    marked = {
        name.removesuffix(".html"): _OPENING.sub(mark, source.text)
        for name, source in _SHARED.items()
    }
    html = "".join(sample_pages(read_theme(changed(**marked))))
    missed = [mark for number, mark in enumerate(marks, 1) if f"@{number}@" not in html]
    assert not missed
    assert len(marks) > 100


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_themes_are_whole(name: str) -> None:
    check_theme(shipped_theme(name))
