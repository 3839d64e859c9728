"""A desk with a story, its notes, and the words of the PDF that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from editor.core.commands import SaveStory
from editor.core.dateline import SEED_TEMPLATE, Dateline
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.galley.contents import Galley, GalleyText, Wanted, read_galley
from editor.galley.pdf import pdf_of
from editor.progress import Progress
from editor.store.desk import Desk
from tests.fonts import skip_without_fonts
from tests.people import joining
from tests.templates import copy_template, make_template

CHIEF, WRITER = "Mara Quill", "Ines Vale"

Put = Callable[..., str]
Pages = Callable[..., list[str]]


@pytest.fixture(scope="session")
def galley_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("galley")

    def make() -> None:
        house = House("Harbour Post", dateline_template=SEED_TEMPLATE)
        with Desk.create(folder / "Harbour.desk", house, Person(CHIEF, Role.CHIEF)) as made:
            made.do(joining(WRITER, Role.JOURNALIST), CHIEF)

    return make_template(folder, make)


@pytest.fixture
def desk(tmp_path: Path, galley_template: Path) -> Iterator[Desk]:
    with Desk.open(copy_template(galley_template, "Harbour.desk", tmp_path)) as opened:
        yield opened


@pytest.fixture
def put(desk: Desk) -> Put:
    """Save a story as its writer; give its id."""

    def save(**values: object) -> str:
        usual: dict[str, object] = {
            "slug": "harbour-opens",
            "headline": "The harbour opens",
            "dateline": Dateline(city="Port Ellery", country="Norland"),
            "body": "The harbour **opened on Monday**.\n\nBoats came in.",
        }
        [story] = desk.do(SaveStory(Story(**{**usual, **values})), WRITER).ids("story")  # type: ignore[arg-type]
        return story

    return save


@pytest.fixture
def galley(desk: Desk) -> Callable[..., Galley]:
    """Read what is printed of a story."""

    def read(story: str, typed: Story | None = None, **wanted: bool) -> Galley:
        return read_galley(desk, GalleyText(story, typed=typed), Wanted(**wanted), Progress())

    return read


@pytest.fixture
def pages(qapp: QApplication) -> Pages:
    """Print galleys and read the words of each page back."""
    skip_without_fonts()

    def read(*galleys: Galley) -> list[str]:
        data, count = pdf_of(galleys, Progress())
        return pages_of(data, count)

    return read


def pages_of(data: bytes, count: int) -> list[str]:
    """The words of each page of a PDF, with spaces for its line ends."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.pageCount() == count
    texts = [document.getAllText(page).text() for page in range(count)]
    document.close()
    return [" ".join(text.split()) for text in texts]
