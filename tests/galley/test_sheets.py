"""The printed pages, read back: numbers of lines, order, marks, and a story of 10,000 words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QSize, QSizeF
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from editor.core.commands import AddNote
from editor.core.story import Story
from editor.errors import Cancelled, OutputError
from editor.galley.contents import Galley
from editor.galley.layout import lay_out
from editor.galley.pdf import pdf_of
from editor.galley.sheets import LineNumber, line_numbers, print_galleys
from editor.gui.theme import apply_theme
from editor.progress import Progress
from editor.store.desk import Desk
from tests.fonts import skip_without_fonts
from tests.galley.conftest import CHIEF, Pages, Put

A4 = QSizeF(595, 842)
WORDS = "The harbour committee meets again on Thursday to talk of silt. " * 10
LONG = "\n\n".join(f"Item{n:03} {WORDS}" for n in range(91))

Read = Callable[..., Galley]


def numbers_of(galley: Galley) -> list[LineNumber]:
    document = lay_out(galley, A4, Progress())
    return list(line_numbers(document))


def test_page_has_the_story_and_says_that_it_is_not_approved(
    put: Put, galley: Read, pages: Pages, desk: Desk
) -> None:
    story = put(standfirst="Boats are back.", key_points=("It opened", "Fares stay"))
    desk.do(AddNote(story, "Who says so?"), CHIEF)
    [page] = pages(galley(story))
    words = ["Harbour Post", "Version 1", "The harbour opens", "Boats are back.", "It opened"]
    words += ["Port Ellery, Norland–The harbour opened on Monday", "Boats came in."]
    words += ["Notes", "[1]", "Mara Quill", "On the whole story.", "Who says so?"]
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert "Not approved" in page
    assert "Page 1 of 1" in page


def drawn(data: bytes) -> QImage:
    """The first page of a PDF as it comes out of a printer."""
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return document.render(0, QSize(595, 842))


@pytest.mark.parametrize("theme", ["dark", "contrast_dark"])
def test_paper_is_the_same_in_every_theme(
    put: Put, galley: Read, qapp: QApplication, theme: str
) -> None:
    skip_without_fonts()
    read = galley(put())
    in_light = drawn(pdf_of([read], Progress())[0])
    apply_theme(qapp, theme)
    try:
        assert drawn(pdf_of([read], Progress())[0]) == in_light
    finally:
        apply_theme(qapp, "light")


def test_story_without_anything_is_one_page(galley: Read, pages: Pages) -> None:
    [page] = pages(galley("", Story()))
    assert "Never saved" in page
    assert "Page 1 of 1" in page


def test_every_fifth_line_of_the_body_has_its_number(
    put: Put, galley: Read, qapp: QApplication
) -> None:
    body = "\n\n".join(f"Line {n}." for n in range(1, 13))
    numbers = numbers_of(galley(put(body=body)))
    assert [number.number for number in numbers] == [5, 10]
    # Neither the headline nor a bare rule is counted, and a table's row is counted once.
    body = "One.\n\n---\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nFour.\n\nFive."
    assert [number.number for number in numbers_of(galley(put(slug="other", body=body)))] == [5]


def test_numbers_go_on_over_the_pages_and_down_each(
    put: Put, galley: Read, qapp: QApplication
) -> None:
    numbers = numbers_of(galley(put(body=LONG)))
    assert [number.number for number in numbers] == [5 * n for n in range(1, len(numbers) + 1)]
    places = [(number.sheet, number.baseline) for number in numbers]
    assert places == sorted(places)
    assert all(60 < number.baseline < 842 - 50 for number in numbers)


def test_ten_thousand_words_are_all_there(put: Put, galley: Read, pages: Pages) -> None:
    story = galley(put(body=LONG))
    found = pages(story)
    items = re.findall(r"Item\d+", " ".join(found))
    # Qt writes the last line of a page above the next one as well, where nobody sees it.
    assert list(dict.fromkeys(items)) == [f"Item{n:03}" for n in range(91)]
    assert found[-1].endswith(f"Page {len(found)} of {len(found)}")
    assert all("Not approved" in page for page in found)


def test_several_stories_begin_on_pages_of_their_own(put: Put, galley: Read, pages: Pages) -> None:
    first, second = galley(put()), galley(put(slug="ferry", headline="The ferry sails"))
    found = pages(first, second)
    assert ["The ferry sails" in page for page in found] == [False, True]
    assert all("Page 1 of 1" in page for page in found)


def test_arabic_is_mirrored_and_reads_in_its_order(
    put: Put, galley: Read, qapp: QApplication
) -> None:
    body = "فتح الميناء أبوابه.\n\n- أولا"
    made = galley(put(language="ar", headline="الميناء يفتح", body=body))
    document = lay_out(made, A4, Progress())
    words = document.toPlainText()
    assert words.index("الميناء يفتح") < words.index("فتح الميناء أبوابه") < words.index("أولا")
    block = document.findBlockByNumber(document.blockCount() - 1)
    line = block.layout().lineAt(0)
    right = document.documentLayout().blockBoundingRect(block).left() + line.rect().right()
    english = lay_out(galley(put(slug="other")), A4, Progress())
    narrow = english.rootFrame().frameFormat().leftMargin()
    assert document.rootFrame().frameFormat().rightMargin() == narrow
    assert document.rootFrame().frameFormat().leftMargin() > narrow
    assert right <= 5950 - narrow


def test_heading_is_never_the_last_line_of_a_page(
    put: Put, galley: Read, qapp: QApplication
) -> None:
    lasts = set()
    for lines in range(18, 28):
        body = "\n\n".join(["A line."] * lines) + "\n\n## Crosshead\n\nMore words."
        document = lay_out(galley(put(slug=f"story-{lines}", body=body)), A4, Progress())
        height, layout = document.pageSize().height(), document.documentLayout()
        block = document.begin()
        while block.text() != "Crosshead":
            block = block.next()
        tops = [layout.blockBoundingRect(made).bottom() - 1 for made in (block, block.next())]
        assert tops[0] // height == tops[1] // height
        lasts.add(tops[0] // height)
    assert len(lasts) == 2  # of these bodies some end on the first page, some on the second


def test_cancelled_printing_stops(put: Put, galley: Read, qapp: QApplication) -> None:
    made = galley(put(body=LONG))
    progress = Progress(lambda done, total, _step: progress.cancel() if done > 700 else None)
    with pytest.raises(Cancelled):
        pdf_of([made], progress)


def test_printer_gets_the_same_pages(
    put: Put, galley: Read, qapp: QApplication, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    assert print_galleys([galley(put())], printer, Progress()) == 1
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_printer_that_does_not_start_is_told(
    put: Put, galley: Read, qapp: QApplication, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no folder" / "printed.pdf"))
    with pytest.raises(OutputError, match="could not be started"):
        print_galleys([galley(put())], printer, Progress())
