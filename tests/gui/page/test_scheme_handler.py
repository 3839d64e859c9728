"""Every picture of a page is answered: with the picture, or with a drawing that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.rendition import Rendition
from editor.errors import NotFound
from editor.gui.jobs import Jobs
from editor.gui.page.missing_picture import missing_picture
from editor.gui.page.page_view import PageView
from editor.gui.page.rendered_page import Media, RenderedPage
from tests.gui.conftest import close
from tests.proof.odd_pictures import ASCII, SHORT, drawn, exif, jpeg_of, jpeg_with_exif

Ask = Callable[..., object]

FILES = {
    "sound": drawn(),
    "phone": jpeg_with_exif(exif((0x0112, SHORT, b"\6\0"), (0x011A, ASCII, b"72 dpi.\0"))),
    "broken": b"\xff\xd8\xff\xe0 broken",
}


def rendered(media: Media) -> bytes:
    if media.file == "missing":
        raise NotFound("The desk has no such picture.", "Add it again.")
    if media.file == "bug":
        raise RuntimeError("what nobody thought of")
    return jpeg_of(FILES[media.file], media.rendition.width)


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[PageView]:
    """A view whose jobs may have bugs, which the other tests never forgive."""
    jobs = Jobs()
    made = PageView(jobs, rendered)
    made.resize(500, 500)
    made.show()
    yield made
    close(made, made, qtbot)
    jobs.close()


@pytest.mark.parametrize(
    ("file", "size"),
    [
        ("sound", "60×40"),
        ("phone", "40×60"),
        ("broken", "200×133"),
        ("missing", "200×133"),
        ("bug", "200×133"),
    ],
)
def test_picture_is_answered_whatever_happens(
    view: PageView, qtbot: QtBot, ask: Ask, file: str, size: str
) -> None:
    html = '<!doctype html><html><head></head><body><img src="../media/a.jpg"></body></html>'
    page = RenderedPage(
        "stories/a.html", html, media={"media/a.jpg": Media(file, Rendition("", 200, 133))}
    )
    with qtbot.waitSignal(view.shown, timeout=20_000):
        view.show_page(page)
    script = "document.images[0].complete && [...document.images].map(i => i.naturalWidth)[0]"
    qtbot.waitUntil(lambda: bool(ask(view.page, script)), timeout=20_000)
    shown = "document.images[0].naturalWidth + '×' + document.images[0].naturalHeight"
    assert ask(view.page, shown) == size


@pytest.mark.parametrize("size", [(0, 0), (1, 10**9), (10**9, 1), (-5, -5)])
def test_drawing_has_a_reasonable_size_whatever_the_story_says(size: tuple[int, int]) -> None:
    image = QImage.fromData(missing_picture(Media("a.jpg", Rendition("", *size))))
    assert 1 <= image.width() <= 960
    assert 120 <= image.height() <= 1600
