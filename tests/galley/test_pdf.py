"""The PDF file: the same bytes each time, whole or not at all, never over a stranger's file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from editor.errors import Cancelled, EditorError, NotOurs
from editor.galley.contents import Galley
from editor.galley.pdf import pdf_of, write_pdf
from editor.progress import Progress
from tests.fonts import skip_without_fonts
from tests.galley.conftest import Put

Read = Callable[..., Galley]


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> None:
    skip_without_fonts()


def test_same_story_gives_the_same_bytes(put: Put, galley: Read) -> None:
    story = put()
    first, _pages = pdf_of([galley(story)], Progress())
    assert pdf_of([galley(story)], Progress())[0] == first


def test_date_is_that_of_the_text(put: Put, galley: Read) -> None:
    made = galley(put())
    data, _pages = pdf_of([made], Progress())
    assert made.saved_at is not None
    assert f"/CreationDate (D:{made.saved_at:%Y%m%d%H%M%S}Z)".encode() in data


def test_proof_replaces_a_proof_and_no_other_file(put: Put, galley: Read, tmp_path: Path) -> None:
    made, path = galley(put()), tmp_path / "proof.pdf"
    assert write_pdf([made], path, Progress()) == 1
    a4 = path.read_bytes()
    write_pdf([made], path, Progress(), size="letter")
    assert path.read_bytes() != a4
    path.write_bytes(b"%PDF-1.4 somebody else's")
    with pytest.raises(NotOurs):
        write_pdf([made], path, Progress())
    write_pdf([made], path, Progress(), force=True)
    assert path.read_bytes() == a4


def test_cancelled_proof_leaves_what_was_there(put: Put, galley: Read, tmp_path: Path) -> None:
    made, path = galley(put()), tmp_path / "proof.pdf"
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_pdf([made], path, progress)
    assert list(tmp_path.glob("*.pdf")) == []


def test_folder_that_is_not_there_is_named(put: Put, galley: Read, tmp_path: Path) -> None:
    with pytest.raises(EditorError):
        write_pdf([galley(put())], tmp_path / "none" / "proof.pdf", Progress())
