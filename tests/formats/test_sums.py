"""The list of an edition's files is read as it was written, or not at all."""

from __future__ import annotations

import tracemalloc

import pytest

from editor.errors import OutputError
from editor.formats.sums import parse_sums, sums_data

HASHES = {"README.html": "a" * 64, "data/é.md": "b" * 64, "index.html": "c" * 64}


def test_list_is_read_as_it_was_written() -> None:
    assert parse_sums(sums_data(HASHES)) == HASHES
    assert list(parse_sums(sums_data(HASHES))) == sorted(HASHES)
    assert parse_sums(b"") == {}


LINE = b"a" * 64 + b"  a.html\n"
OTHER = b"b" * 64 + b"  b.html\n"


@pytest.mark.parametrize(
    "data",
    [
        LINE[:-1],
        LINE + LINE,
        OTHER + LINE,
        LINE + b"\n",
        b"\xef\xbb\xbf" + LINE,
        LINE.replace(b"\n", b"\r\n"),
        LINE.upper(),
        LINE.replace(b"  ", b" *"),
        b"\\" + LINE,
        LINE.replace(b"a.html", b"../a.html"),
        LINE.replace(b"a.html", b"/a.html"),
        LINE.replace(b"a.html", b"a\\b"),
        LINE.replace(b"a.html", b"a.html."),
        LINE.replace(b"a.html", b"a.html:more"),
        LINE.replace(b"a.html", b"NUL.html"),
        LINE.replace(b"a.html", b"e\xcc\x81.html"),
        LINE.replace(b"a.html", b"\xff.html"),
        LINE.replace(b"a.html", b"SHA256SUMS"),
        LINE.replace(b"a.html", b"edition.jws"),
        LINE.replace(b"a.html", b"A.html") + LINE,
        LINE.replace(b"a.html", b"a") + LINE.replace(b"a.html", b"a/b"),
    ],
)
def test_list_in_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, OutputError)):
        parse_sums(data)


def test_reading_a_long_list_takes_little_more_memory_than_what_is_read() -> None:
    data = sums_data({f"data/stories/a-story-{number:06}.md": "a" * 64 for number in range(20_000)})
    tracemalloc.start()
    hashes = parse_sums(data)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(hashes) == 20_000
    assert peak - kept < 2 * len(data)
