"""What browsers and picture programs drop and paste, in the forms they do it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage

from editor.errors import BadInput, DiskFull
from editor.gui.story.picture_sources import add_all, sources_in
from editor.progress import Progress
from editor.store.pictures import Pictures
from tests.proof.odd_pictures import drawn


def urls(*addresses: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(address) for address in addresses])
    return data


def image() -> QImage:
    made = QImage(8, 6, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.blue)
    return made


def test_files_come_before_everything_else() -> None:
    data = urls("file:///tmp/a.jpg", "https://post.example/b.jpg", "file:///tmp/c.png")
    data.setImageData(image())
    assert sources_in(data) == [Path("/tmp/a.jpg"), Path("/tmp/c.png")]


def test_picture_that_a_program_gives_whole_keeps_its_bytes() -> None:
    data = urls("https://post.example/a.jpg")
    data.setData("image/jpeg", drawn())
    data.setImageData(image())
    assert sources_in(data) == [drawn()]
    data.setData("image/png", drawn("PNG"))
    assert sources_in(data) == [drawn("PNG")], "it loses nothing"


def test_pixels_become_a_png() -> None:
    data = QMimeData()
    data.setImageData(image())
    [made] = sources_in(data)
    assert isinstance(made, bytes)
    assert made.startswith(b"\x89PNG")


def test_picture_in_an_address_is_read() -> None:
    coded = base64.b64encode(drawn()).decode()
    assert sources_in(urls(f"data:image/jpeg;base64,{coded}")) == [drawn()]
    assert sources_in(urls("data:,hello%20there")) == [b"hello there"]
    assert sources_in(urls("data:image/png;base64,=")) == [b""]


@pytest.mark.parametrize("address", ["https://a.example/b.JPG", "http://a.example/b.webp?x=1"])
def test_address_of_a_picture_is_refused_with_what_to_do(address: str) -> None:
    with pytest.raises(BadInput, match="on the web") as caught:
        sources_in(urls(address))
    assert "Save the picture" in caught.value.hint


def test_picture_of_a_page_without_an_ending_is_refused_as_well() -> None:
    data = urls("https://a.example/photo/123")
    data.setHtml('<IMG src="https://a.example/photo/123">')
    with pytest.raises(BadInput, match="on the web"):
        sources_in(data)


@pytest.mark.parametrize(
    "name", ["com.apple.NSFilePromiseItemMetaData", 'x;value="FileGroupDescriptorW"']
)
def test_promised_file_is_refused(name: str) -> None:
    data = QMimeData()
    data.setData(name, b"x")
    with pytest.raises(BadInput, match="promises"):
        sources_in(data)


def test_links_and_words_are_no_pictures() -> None:
    words = QMimeData()
    words.setText("https://a.example/b.jpg")
    words.setHtml("<p>words</p>")
    assert sources_in(words) == []
    assert sources_in(urls("https://a.example/story")) == []
    assert sources_in(QMimeData()) == []


def test_full_disk_stops_and_bad_files_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Pictures(tmp_path)
    added = add_all(store, [b"none", drawn(), tmp_path / "gone.jpg", drawn("PNG")], Progress())
    assert len(added.pictures) == 2
    assert ["gone.jpg" in error.sentence for error in added.refused] == [False, True]
    problem = added.problem()
    assert problem
    assert problem.sentence == "2 of 4 files could not be added."

    def refuse(_source: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr(store, "add", refuse)
    full = add_all(store, [drawn(), drawn()], Progress())
    assert full.problem() is full.refused[0]
    assert len(full.refused) == 1
