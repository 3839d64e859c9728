"""The style sheet keeps what it promises about colours and directions."""

from __future__ import annotations

import re

import pytest

from editor.resources import resource

CSS = resource("site", "site.css").read_text(encoding="utf-8")
THEMES = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", part)) for part in CSS.split("}")[:2]]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_text_contrasts_with_its_background(theme: dict[str, str]) -> None:
    for ground in ("paper", "tint"):
        for text in ("ink", "soft", "accent"):
            assert contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
        for shape in ("edge", "focus"):
            assert contrast(theme[shape], theme[ground]) >= 3, (shape, ground)


def test_no_rule_uses_left_or_right() -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
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
