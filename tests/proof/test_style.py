"""The style sheets of the themes keep what they promise about colours and directions."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from editor.proof.style_sheet import contrast
from editor.proof.theme import Theme, shipped_names, shipped_theme

THEMES = [shipped_theme(name) for name in shipped_names()]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("theme", THEMES, ids=shipped_names())
def test_text_contrasts_with_its_background(theme: Theme, mode: str) -> None:
    colours: Mapping[str, str] = getattr(theme.colours, mode)
    for ground in ("paper", "tint"):
        for text in ("ink", "soft", "accent"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        for shape in ("edge", "focus"):
            assert contrast(colours[shape], colours[ground]) >= 3, (shape, ground)
    for name in colours:
        if name.startswith("on-"):
            ground = name.removeprefix("on-")
            assert contrast(colours[name], colours[ground]) >= 4.5, ground
    assert theme.weak_contrasts() == ()


@pytest.mark.parametrize("theme", THEMES, ids=shipped_names())
def test_every_colour_is_a_token(theme: Theme) -> None:
    """So that a copy which changes the tokens changes every colour, in both modes."""
    rules = re.sub(r"--[\w-]+:[^;]*;|/\*.*?\*/", "", theme.css, flags=re.DOTALL)
    rules = rules.replace(".what-if {", "").replace("#ffd84d", "").replace("#151515", "")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules) == []


@pytest.mark.parametrize("theme", THEMES, ids=shipped_names())
def test_dark_mode_forced_colours_motion_and_paper_are_thought_of(theme: Theme) -> None:
    for query in (
        "(prefers-color-scheme: dark)",
        "(prefers-reduced-motion: no-preference)",
        "(forced-colors: active)",
        "@media print",
        "color-scheme: light dark;",
    ):
        assert query in theme.css
    assert theme.colours.light["paper"] != theme.colours.dark["paper"]
    for motion in re.findall(r"(?:transition|animation|scroll-behavior)\b", theme.css):
        assert motion == "scroll-behavior"


@pytest.mark.parametrize("theme", THEMES, ids=shipped_names())
def test_no_rule_uses_left_or_right(theme: Theme) -> None:
    rules = re.sub(r"/\*.*?\*/", "", theme.css, flags=re.DOTALL)
    # Code is written from left to right in every language; a table's columns say their
    # side themselves; a foreign paragraph keeps to the side of the page it stands on.
    for physical in (
        "direction: ltr;\n  text-align: left;",
        ".body .align-left {\n  text-align: left;",
        ".body .align-right {\n  text-align: right;",
        "unicode-bidi: plaintext;\n  text-align: left;",
        '.story[dir="rtl"] .body :is(p, li) {\n  text-align: right;',
    ):
        assert physical in rules
        rules = rules.replace(physical, "")
    found = re.findall(r"[\w-]*\b(?:left|right)\b[\w-]*\s*[:;]", rules)
    assert found == []
