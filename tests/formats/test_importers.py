"""The choice of an importer, and the errors for files that none reads."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from editor.errors import UnreadableText
from editor.formats.encoding import LARGEST
from editor.formats.importers import IMPORTERS, read_incoming, read_text_file


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "filename", "kind"),
    [
        (docx(), "story.docx", "an office document or a zip archive"),
        (b"%PDF-1.4\n", "page.pdf", "a PDF"),
        (b"{\\rtf1\\ansi Harbour}", "story.rtf", "a rich text document"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<nitf/>", "story.xml", "XML or HTML"),
        ("<?xml version='1.0'?><a/>".encode("utf-16"), "story.xml", "XML or HTML"),
        (b"<!DOCTYPE html>\n<title>Harbour</title>", "page.html", "XML or HTML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.txt", "XML or HTML"),
        (b'{"headline": "Harbour opens"}\n', "story.json", "a JSON file"),
        (b'[{"headline": "Harbour opens"}]', "stories.txt", "a JSON file"),
        (b"\x89PNG\r\n\x1a\n", "picture.txt", "a PNG picture"),
    ],
)
def test_other_file_formats_are_named_and_refused_with_a_hint(
    data: bytes, filename: str, kind: str
) -> None:
    with pytest.raises(UnreadableText) as refusal:
        read_incoming(data, filename)
    assert refusal.value.sentence == f"{filename} is {kind}, not plain text."
    assert "paste" in refusal.value.hint or "pictures" in refusal.value.hint


@pytest.mark.parametrize("data", [b"", b"\n \n", b"quay\0\x01\x02\0\0\x03", b"a" * 21 * 1024**2])
def test_files_without_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableText) as refusal:
        read_incoming(data, "x.txt")
    assert refusal.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "<HARBOUR LTD> 4TH QTR NET\n    SEACLIFF, Feb 26 - The board met.\n",
        "[Corrected] Harbour opens quay\n\nSEACLIFF (AP) — The board met.",
        "{Harbour} opens quay\n\nSEACLIFF (AP) — The board met.",
    ],
)
def test_text_that_begins_with_a_bracket_is_imported(text: str) -> None:
    assert read_incoming(text.encode(), "x").stories[0].body == "The board met."


def test_importer_names_are_unique_lowercase_words() -> None:
    names = [importer.name for importer in IMPORTERS]
    assert "wire" in names
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.islower() and name.isalpha() for name in names)
    assert all(importer.title for importer in IMPORTERS)


def test_no_more_of_a_file_is_read_than_may_be_text(tmp_path: Path) -> None:
    film = tmp_path / "film.txt"
    with film.open("wb") as file:
        file.truncate(200 * 1024**2)
    tracemalloc.start()
    with pytest.raises(UnreadableText) as refusal:
        read_text_file(film)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * LARGEST
    assert refusal.value.sentence == "film.txt is 200 MB; 4 MB is the limit."
    fits = tmp_path / "fits.txt"
    fits.write_bytes(b"a" * LARGEST)
    assert len(read_text_file(fits)) == LARGEST


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no device that never ends")
def test_device_that_never_ends_is_refused() -> None:
    with pytest.raises(OSError, match="Is a device or a pipe"):
        read_text_file(Path("/dev/zero"))
    with pytest.raises(UnreadableText) as refusal:
        read_text_file(Path("/dev/zero"), may_wait=True)
    assert refusal.value.sentence == "zero is 5 MB; 4 MB is the limit."
