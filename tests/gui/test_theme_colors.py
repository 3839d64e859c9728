"""Every theme can be read: contrast is computed, not judged by eye."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from editor.gui.theme_colors import LIGHT, THEMES

# What is written on what. Text needs 4.5:1 (WCAG 2.2, 1.4.3), and 7:1 in high contrast (1.4.6).
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "mute")
        for ground in (
            "bg",
            "panel",
            "field",
            "chip",
            "hover",
            "accent_soft",
            "warn_soft",
            "error_soft",
        )
    ),
    *(
        (ink, ground)
        for ink in ("accent", "warn", "error", "ok")
        for ground in ("bg", "panel", "field")
    ),
    ("accent", "accent_soft"),
    ("ink", "selection"),
    ("ink", "match"),
    ("on_accent", "accent_fill"),
    ("on_accent", "accent_hover"),
    ("on_accent", "ok_fill"),
    ("on_warn", "warn_fill"),
    ("on_added", "added"),
    ("on_removed", "removed"),
    ("warn", "warn_soft"),
    ("error", "error_soft"),
    ("ok", "ok_soft"),
]
# What is not text but must be seen needs 3:1 (WCAG 2.2, 1.4.11).
SIGNS = [
    (sign, ground)
    for sign in ("focus", "edge", "info", "warn", "ok")
    for ground in ("bg", "panel", "field")
]


def luminance(hex_color: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    color = QColor(hex_color)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_in_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_text_has_enough_contrast(theme: str) -> None:
    assert too_low(theme, TEXT, 7 if theme.startswith("contrast") else 4.5) == {}


@pytest.mark.parametrize("theme", ["contrast", "contrast_dark"])
def test_ring_of_the_focus_stands_out_from_the_edge_that_it_covers(theme: str) -> None:
    assert contrast(THEMES[theme]["focus"], THEMES[theme]["edge"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_signs_have_enough_contrast(theme: str) -> None:
    assert too_low(theme, SIGNS, 4.5 if theme.startswith("contrast") else 3) == {}


@pytest.mark.parametrize("theme", ["contrast", "contrast_dark"])
def test_borders_are_as_strong_as_text_in_high_contrast(theme: str) -> None:
    lines = [(line, ground) for line in ("line", "edge") for ground in ("bg", "panel", "field")]
    fills = [(fill, "panel") for fill in ("accent_fill", "ok_fill", "warn_fill", "grip")]
    assert too_low(theme, lines + fills, 7) == {}


def test_themes_have_the_same_roles() -> None:
    assert all(roles.keys() == LIGHT.keys() for roles in THEMES.values())


def too_low(theme: str, pairs: list[tuple[str, str]], least: float) -> dict[str, float]:
    """The pairs of a theme whose contrast is below the least, with what it is."""
    roles = THEMES[theme]
    found = {f"{ink} on {ground}": contrast(roles[ink], roles[ground]) for ink, ground in pairs}
    return {name: round(value, 2) for name, value in found.items() if value < least}
