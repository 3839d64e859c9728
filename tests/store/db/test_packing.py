"""Long texts are packed in the database; what no text was packed into reads as an empty one."""

from __future__ import annotations

import zlib

import pytest

from editor.store.db.packing import pack, unpack


@pytest.mark.parametrize("text", ["", "The ferry sails. " * 500, "العبّارة 渡轮 😀\n"])
def test_packed_text_is_read_as_it_was(text: str) -> None:
    assert unpack(pack(text)) == text
    assert len(pack(text)) < len(text.encode()) + 20


@pytest.mark.parametrize(
    "odd",
    [
        "text",
        7,
        None,
        b"",
        b"\xff",
        pack("The ferry sails.")[:-1],
        pack("The ferry sails.") + b"x",
        zlib.compress(b"\xff"),
        zlib.compress(b"x" * 20_000_000),
    ],
    ids=str,
)
def test_what_was_not_packed_is_an_empty_text(odd: object) -> None:
    assert unpack(odd) == ""
