"""Pictures in the help: in the theme that is shown, as wide as the column, and sharp."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.theme import apply_theme
from editor.gui.window.help_page import HelpPage, help_html
from editor.resources import resource

WINDOW = "Before it.\n\n![Places, stories & form](window.webp)\n\nAfter it.\n\n- an item\n"
IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def page(qtbot: QtBot) -> HelpPage:
    made = HelpPage()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    made.show_markdown(WINDOW)
    return made


def shown(page: HelpPage) -> QImage:
    image = page.document().resource(IMAGE, QUrl("window.webp"))
    assert isinstance(image, QImage)
    return image


def width(page: HelpPage) -> float:
    image = shown(page)
    return image.width() / image.devicePixelRatio()


def brightness(page: HelpPage) -> float:
    one = shown(page).scaled(1, 1)
    return one.pixelColor(0, 0).lightnessF()


def test_picture_has_its_words_below_it() -> None:
    html = help_html(WINDOW)
    assert '<img src="window.webp" alt="Places, stories &amp; form">' in html
    assert '<p class="caption">Places, stories &amp; form</p>' in html
    assert html.index("Before it.") < html.index("<img") < html.index("After it.")
    assert "<li>an item</li>" in html


def test_picture_in_a_line_of_words_is_its_words() -> None:
    assert "<img" not in help_html("See ![the window](window.webp) there.")


def test_picture_is_as_wide_as_the_column_and_never_enlarged(page: HelpPage) -> None:
    before = width(page)
    assert 480 < before < page.viewport().width()
    assert page.horizontalScrollBar().maximum() == 0
    page.resize(400, 480)
    assert width(page) == before - 240
    assert page.horizontalScrollBar().maximum() == 0
    page.resize(3000, 480)
    assert width(page) == QImage(str(resource("help", "window.webp"))).width() / 2


def test_picture_follows_the_theme_where_the_page_was_read(
    page: HelpPage, qapp: QApplication
) -> None:
    page.show_markdown(WINDOW * 3)
    page.verticalScrollBar().setValue(200)
    light = brightness(page)
    apply_theme(qapp, "dark")
    assert brightness(page) < 0.5 < light
    assert page.verticalScrollBar().value() == 200


def test_what_is_selected_stays_so_while_the_window_is_resized(page: HelpPage) -> None:
    page.selectAll()
    words = page.textCursor().selectedText()
    page.resize(500, 300)
    assert page.textCursor().selectedText() == words


def test_page_without_its_picture_still_has_its_words(page: HelpPage) -> None:
    page.show_markdown("![What was there](no-such-picture.webp)\n\nAfter it.")
    assert "What was there" in page.toPlainText()


def test_nothing_but_pictures_of_the_help_is_loaded(page: HelpPage) -> None:
    style = QTextDocument.ResourceType.StyleSheetResource.value
    assert page.loadResource(style, QUrl("file:///etc/passwd")) is None
    for name in ("file:///etc/passwd", "../icons/tick.svg", "https://example.com/a.webp"):
        assert page.loadResource(IMAGE, QUrl(name)) is None


def test_arabic_runs_from_right_to_left_with_code_and_keys_from_left_to_right(
    page: HelpPage,
) -> None:
    page.show_markdown(
        "اكتب `--all-of` ثم Ctrl+.\n\n    stonehand list\n\n| أ | ب |\n|---|---|\n| ١ | ٢ |", "ar"
    )
    document = page.document()
    assert document.defaultTextOption().textDirection() is Qt.LayoutDirection.RightToLeft
    words, code = document.findBlockByNumber(0), document.find("stonehand").block()
    assert words.textDirection() is Qt.LayoutDirection.RightToLeft
    assert code.textDirection() is Qt.LayoutDirection.LeftToRight
    assert words.text() == "اكتب \u2068--\u2060all-of\u2069 ثم \u2068Ctrl+.\u2069"
    first, second = (page.cursorRect(document.find(letter)).left() for letter in "أب")
    assert first > second
    assert first > page.viewport().width() // 2
    page.selectAll()
    copied = page.createMimeDataFromSelection().text()
    assert copied.startswith("اكتب --all-of ثم Ctrl+.")
    page.show_markdown("Back", "en")
    assert document.firstBlock().textDirection() is Qt.LayoutDirection.LeftToRight


def test_picture_is_that_of_the_language_or_else_the_english_one(page: HelpPage) -> None:
    english = shown(page)
    page.show_markdown(WINDOW, "ar")
    assert shown(page) != english
    page.show_markdown(WINDOW, "fr")
    assert shown(page) == english


def test_arabic_has_no_slanted_letters() -> None:
    assert "<em>" in help_html("one *two*")
    assert "<em>" not in help_html("واحد *اثنان*", "ar")


def test_option_is_not_broken_after_its_hyphens(page: HelpPage) -> None:
    page.show_markdown("Add `--all-of A - B`.")
    assert "--\u2060all-of A - B" in page.toPlainText()
    page.selectAll()
    assert page.createMimeDataFromSelection().text() == "Add --all-of A - B."
