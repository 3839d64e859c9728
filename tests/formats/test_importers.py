"""Which importer takes a file, and what is said of files that none takes."""

from __future__ import annotations

import io
import zipfile

import pytest

from editor.errors import UnreadableText
from editor.formats.importers import IMPORTERS, read_incoming


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
        (b'{"headline": "Harbour opens"}\n', "story.json", "JSON"),
        (b'[{"headline": "Harbour opens"}]', "stories.txt", "JSON"),
        (b"\x89PNG\r\n\x1a\n", "picture.txt", "a PNG picture"),
    ],
)
def test_kinds_that_are_not_taken_are_named_with_a_way_round(
    data: bytes, filename: str, kind: str
) -> None:
    with pytest.raises(UnreadableText) as refusal:
        read_incoming(data, filename)
    assert refusal.value.sentence == f"{filename} is {kind}, not plain text."
    assert "paste" in refusal.value.hint or "pictures" in refusal.value.hint


@pytest.mark.parametrize("data", [b"", b"\n \n", b"quay\0\x01\x02\0\0\x03", b"a" * 21 * 1024**2])
def test_what_is_no_story_is_refused(data: bytes) -> None:
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
def test_text_with_brackets_is_still_text(text: str) -> None:
    assert read_incoming(text.encode(), "x").stories[0].body == "The board met."


def test_names_are_words_for_the_command_line_and_unlike() -> None:
    names = [importer.name for importer in IMPORTERS]
    assert "wire" in names
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.islower() and name.isalpha() for name in names)
    assert all(importer.title for importer in IMPORTERS)
