"""Pages of the help on paper: the quick guide is two pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.theme import apply_theme
from editor.gui.window.help import HelpWindow
from editor.gui.window.help_page import picture_names
from editor.gui.window.help_pages import help_files
from editor.gui.window.help_paper import paper_document


@pytest.mark.parametrize("language", ["en", "ar"])
def test_quick_guide_is_two_pages_of_paper_with_its_pictures(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    [guide] = [file for file in help_files(language) if file.name == "quick-guide"]
    assert guide.language == language
    assert 2 <= len(picture_names(guide.text())) <= 4
    writer = QPdfWriter(str(tmp_path / "guide.pdf"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    paper_document(guide.text(), language).print_(writer)
    printed = QPdfDocument()
    printed.load(str(tmp_path / "guide.pdf"))
    assert printed.pageCount() == 2
    plain = paper_document(guide.text().replace(".webp)", ".none)"), language)
    plain.print_(empty := QPdfWriter(str(tmp_path / "plain.pdf")))
    del empty
    sizes = [(tmp_path / name).stat().st_size for name in ("guide.pdf", "plain.pdf")]
    assert sizes[0] > sizes[1] + 50_000, "its pictures are in the file"


def test_page_is_printed_in_the_light_theme_from_a_dark_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    apply_theme(qapp, "dark")
    try:
        window = HelpWindow()
        qtbot.addWidget(window)
        window.show_page("quick-guide")
        window.print_on(writer := QPdfWriter(str(tmp_path / "guide.pdf")))
        del writer
    finally:
        apply_theme(qapp, "light")
    printed = QPdfDocument()
    printed.load(str(tmp_path / "guide.pdf"))
    page = printed.render(0, printed.pagePointSize(0).toSize())
    corner = page.pixelColor(5, 5)
    assert corner.alpha() == 0 or corner.lightness() > 200
    assert "Quick guide" in printed.getAllText(0).text()
