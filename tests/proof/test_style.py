"""The style sheets of the themes keep what they promise about colours, directions and pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWebEngineWidgets import QWebEngineView

from editor.core.house import Section
from editor.core.story import Picture, Story
from editor.formats.site.exporter import SiteExporter
from editor.progress import Progress
from editor.proof.renditions import site_renditions
from editor.proof.style_sheet import contrast
from editor.proof.theme import Theme, shipped_names, shipped_theme
from tests.formats.site.edition import edition
from tests.proof.browser import Browser

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


SHAPES = {
    "wide": (1200, 800),
    "small": (500, 333),
    "tall": (700, 1100),
    "strip": (1600, 300),
    "tiny": (180, 120),
}
_ENLARGED = """[...document.images].map((image) => {
  const box = image.getBoundingClientRect();
  const scale = Math.max(box.width / image.getAttribute("width"),
                         box.height / image.getAttribute("height"));
  return scale > 1.01 ? `${image.src}: ${scale}` : "";
}).filter(Boolean)"""


def export_with_picture(theme: Theme, width: int, height: int, folder: Path) -> None:
    """Write a site whose every story has a picture of one size, in one colour."""
    picture = Picture(f"{'c' * 64}.jpg", width=width, height=height, alt="A ferry")
    stories = [
        Story(id=f"p{i}", slug=f"p{i}", section="sea", headline=f"Ferry {i}", pictures=(picture,))
        for i in range(20)
    ]
    made = edition(stories, theme=theme.name, sections=(Section("sea", "Sea"),))
    made = replace(made, front=("p0",))
    for file in SiteExporter().plan(made, Progress()):
        if file.path.endswith((".html", ".css")):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.make())
    for rendition in site_renditions(picture):
        path = folder / rendition.path
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as out:  # browsers look at the bytes, not at the name
            Image.new("RGB", (rendition.width, rendition.height), "teal").save(out, "JPEG")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("theme", THEMES, ids=shipped_names())
def test_no_picture_is_drawn_larger_than_its_pixels(
    theme: Theme, shape: str, silent: Browser, tmp_path: Path
) -> None:
    export_with_picture(theme, *SHAPES[shape], tmp_path)
    view = QWebEngineView()
    view.setPage(silent.page)
    view.show()
    for page, widths in (
        ("index.html", (390, 700, 1000, 1280)),
        ("sections/sea.html", (390, 1280)),  # the same cards as on the home page
        ("stories/p3.html", (390, 1000)),
    ):
        for width in widths:
            view.resize(width, 800)
            silent.open(tmp_path / page)
            silent.wait_for(f"innerWidth === {width}")
            assert silent.ask("document.images.length") > 0
            assert silent.ask(_ENLARGED) == [], (page, width)
            assert silent.ask("document.documentElement.scrollWidth") <= width, (page, width)
    view.hide()
