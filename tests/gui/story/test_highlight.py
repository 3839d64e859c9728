"""The body looks a little like what its Markdown means."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat
from pytestqt.qtbot import QtBot

from editor.gui.story.body_styles import Style, StyledLine, style_lines
from editor.gui.story.form import StoryForm
from editor.text.parse import parse
from tests.gui.hands import Hands

LETTERS = {
    Style.PLAIN: " ",
    Style.MUTED: "m",
    Style.BOLD: "b",
    Style.ITALIC: "i",
    Style.LINK: "l",
    Style.FIXED: "f",
    Style.BOLD | Style.ITALIC: "B",
    Style.BOLD | Style.MUTED: "M",
    Style.BOLD | Style.LINK: "L",
}


@pytest.mark.parametrize(
    ("body", "styles"),
    [
        ("One **two** *3*", "    mmbbbmm mim"),
        ("***a*** _b **c**_", "mmmBmmm mii" + "mmBmm" + "m"),
        ("# Two *c*", "MMbbbbMBM"),
        ("- a\n    1. b", "mm \nmmmmmmm "),
        ("> a\nb", "mmm\nm"),
        ("a `b` c", "  mfm  "),
        ("    code", "ffffffff"),
        ("[a **b**](c-d) e", "mll" + "mmLmm" + "mmmmmm" + "  "),
        (r"\*a\* 2 * 3", "           "),
        ("*a\nb*", "mi\nim"),
        ("a\n---\n\n***", "b\nMMM\n\nmmm"),
        ("🚢 **é**\nالميناء *ال*", "  mmbmm\n        miim"),
    ],
)
def test_characters_are_styled_by_what_they_mean(body: str, styles: str) -> None:
    lines = list(chain.from_iterable(style_lines(parse(body))))
    assert "\n".join(line.text for line in lines) == body
    shown = ("".join(LETTERS[Style(style)] for style in line.styles) for line in lines)
    assert "\n".join(shown) == styles


@pytest.mark.parametrize(
    ("text", "styles"),
    [
        ("ab **c** d", "   mmbmm  "),
        ("a **cc** d", "  mmbbmm  "),
        ("a **c**", "  mmbmm"),
        ("", ""),
        ("xa **c** d", "   mmbmm  "),
    ],
)
def test_a_line_that_is_typed_in_keeps_its_styles(text: str, styles: str) -> None:
    [[line]] = style_lines(parse("a **c** d"))
    edited = line.edited(text)
    assert edited.text == text
    assert "".join(LETTERS[Style(style)] for style in edited.styles) == styles
    assert isinstance(edited, StyledLine)


def formats(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    found_formats = block.layout().formats()
    return [(found.start, found.length, QTextCharFormat(found.format)) for found in found_formats]


def test_what_is_typed_is_highlighted(
    form: StoryForm, opened: str, hands: Hands, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    hands.type(form.body, "🚢 **b**\n")
    settle()
    block = form.body.document().begin()
    assert block.text() == "🚢 **b**"
    assert [(start, length) for start, length, _ in formats(block)] == [(3, 2), (5, 1), (6, 2)]
    assert formats(block)[1][2].fontWeight() == QFont.Weight.Bold
    assert formats(block.next()) == []
