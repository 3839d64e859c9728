"""Nothing of ours moves by itself, so there is nothing to reduce for who asks for less motion.

What Qt moves (the caret, menus, tips) follows the system's settings, which Qt reads where the
system has them.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from editor.resources import resource

EDITOR = Path(__file__).resolve().parents[2] / "editor"
_MOVES = re.compile(r"Q(Abstract|Property|Variant|SequentialAnimation|ParallelAnimation)\w*")
_OVERRIDES = {"setCursorFlashTime", "setEffectEnabled", "setAnimated", "setGraphicsEffect"}
_STYLES = re.compile(r"\b(animation|transition|scroll-behavior)\b[\w-]*\s*:")
_ALLOWED = "@media (prefers-reduced-motion: no-preference)"


def test_no_widget_is_animated_and_the_settings_of_the_system_stay() -> None:
    found = []
    for path in EDITOR.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", None) or getattr(node, "id", "")
            if name in _OVERRIDES or ("Animation" in name and _MOVES.match(name)):
                found.append((path.name, name))
    assert found == []


def without_what_is_asked_for(css: str) -> str:
    """Return a style sheet without its blocks for readers who have nothing against motion."""
    while (start := css.find(_ALLOWED)) >= 0:
        end, depth = css.index("{", start) + 1, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        css = css[:start] + css[end:]
    return css


STYLE_SHEETS = sorted(
    path
    for folder in ("site", "preview", "templates", "themes")
    for path in resource(folder).rglob("*")
    if path.suffix in (".css", ".qss", ".js", ".html", ".svg")
)


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.name)
def test_pages_move_only_for_readers_who_have_nothing_against_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert _STYLES.findall(without_what_is_asked_for(text)) == []
    assert 'behavior: "smooth"' not in text


def test_site_scrolls_smoothly_only_where_that_is_wanted() -> None:
    css = resource("site", "base.css").read_text(encoding="utf-8")
    assert _STYLES.findall(css) == ["scroll-behavior"], "else the test above looks at nothing"
