"""The body looks a little like what its Markdown means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.story import document_styles
from editor.gui.story.body_styles import Style, StyledLine
from editor.gui.story.document_styles import style_lines
from editor.gui.story.form import StoryForm
from editor.gui.story.highlight import MarkdownHighlighter
from editor.gui.widgets.offsets import range_cursor, source
from editor.text.document import Document
from editor.text.nodes import Block
from editor.text.parse import Parser, parse
from editor.text.plain import to_plain
from tests.gui.hands import Hands

TYPED = ("a", "*", "**b**", "\n", "\n\n", "\n\nWords *here*\n\n", "# ", "> ", "`c`", "", "- ")

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
        ("> a\nb", "mm \n "),
        ("> - a\n> - *b*", "mmmm \nmmmmmim"),
        ("a[^1]\n\n[^1]: b", " mmmm\n\nmmmmmm "),
        ("a | b\n--|--\nc | d", " mmm \nmmmmm\n mmm "),
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


LONG = 400


@pytest.mark.parametrize("paragraphs", [10, LONG])
def test_a_key_has_one_section_styled_and_its_lines_shown_however_long_the_text(
    form: StoryForm,
    write: Callable[..., str],
    hands: Hands,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    paragraphs: int,
) -> None:
    texts = [f"Paragraph {number} of *many*." for number in range(paragraphs)]
    hands.open(write("long", body="\n\n".join(texts)))
    settle()
    styled, shown = list[str](), list[str]()
    style_block, show = document_styles._style_block, MarkdownHighlighter._show

    def note_block(styles: bytearray, block: Block) -> None:
        styled.append(to_plain(Document((block,))))
        style_block(styles, block)

    def note_lines(
        self: MarkdownHighlighter, first: int, lines: Sequence[StyledLine]
    ) -> Sequence[int]:
        shown.extend(line.text for line in lines)
        return show(self, first, lines)

    monkeypatch.setattr(document_styles, "_style_block", note_block)
    monkeypatch.setattr(MarkdownHighlighter, "_show", note_lines)
    end = len("\n\n".join(texts[:6]))
    form.body.select(end, end)
    hands.type(form.body, "!")
    settle()
    assert styled == ["Paragraph 5 of many.!"]
    assert shown == ["Paragraph 5 of *many*.!", ""]


def test_lines_that_were_cut_and_pasted_are_styled_again(
    form: StoryForm, write: Callable[..., str], hands: Hands, settle: Callable[[], None]
) -> None:
    """Their blocks are new ones, though the text is what it was."""
    body = "One *two*.\n\nThree **four**.\n\nFive."
    hands.open(write("cut", body=body))
    settle()
    before = [formats(block) for block in blocks(form)]
    form.body.select(0, 12)
    cut = form.body.selected()
    form.body.textCursor().removeSelectedText()
    form.body.textCursor().insertText(cut)
    settle()
    assert form.body.text() == body
    assert [formats(block) for block in blocks(form)] == before


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 6), st.sampled_from(TYPED)), max_size=12)
)
def test_what_is_shown_after_any_edits_is_the_style_of_the_whole_text(
    qapp: QApplication, edits: list[tuple[int, int, str]]
) -> None:
    parser, document = Parser(), QTextDocument()
    highlighter = MarkdownHighlighter(document)
    document.setPlainText("One *two*.\n\n# Three\n\nFour **five**\nsix.\n\n> Seven")
    assert document.documentLayout(), "as in a field"
    qapp.processEvents()  # Qt highlights nothing before
    for at, removed, typed in edits:
        text = source(document)
        start = at * len(text) // 100
        range_cursor(document, text, start, start + removed).insertText(typed)
        if at % 3:
            highlighter.show_lines(style_lines(parser.parse(source(document))))
    highlighter.show_lines(style_lines(parser.parse(source(document))))
    other = QTextDocument(source(document))
    fresh = MarkdownHighlighter(other)
    fresh.show_lines(style_lines(parse(source(document))))
    assert shown_formats(document) == shown_formats(other)


def blocks(form: StoryForm) -> list[QTextBlock]:
    document = form.body.document()
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]


def shown_formats(document: QTextDocument) -> list[list[tuple[int, int, QTextCharFormat]]]:
    numbers = range(document.blockCount())
    return [formats(document.findBlockByNumber(number)) for number in numbers]


def test_a_state_that_is_as_it_was_styles_nothing_again(
    form: StoryForm, opened: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each word written to the journal used to style and lay out the whole text twice."""
    styled: list[str] = []
    monkeypatch.setattr(
        MarkdownHighlighter, "highlightBlock", lambda _self, text: styled.append(text)
    )
    form.draft.state_changed.emit()
    assert not styled
