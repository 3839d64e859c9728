"""What an export keeps of the texts it replaces: bounded, pages first, and never a picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.formats.output import output_for
from editor.formats.paths import EDITION, SUMS
from editor.formats.replaced_texts import ReplacedTexts, title_of
from editor.formats.report import ExportDifference


def keep(texts: ReplacedTexts, path: str, before: bytes = b"old", after: bytes = b"new") -> bool:
    is_wanted = texts.wants(path, len(before) + len(after))
    if is_wanted:
        texts.keep(path, before, after)
    return is_wanted


def test_pictures_and_what_nobody_could_read_are_not_kept() -> None:
    texts = ReplacedTexts()
    assert not keep(texts, "media/a-640.jpg")
    assert not keep(texts, "search/words.json", b"x" * 1_500_000, b"y" * 1_500_000)
    assert texts.get("media/a-640.jpg") is None


def test_number_and_size_are_bounded() -> None:
    texts = ReplacedTexts(most_files=2)
    assert [keep(texts, f"stories/{name}.html") for name in "abc"] == [True, True, False]
    texts = ReplacedTexts(most_bytes=10)
    assert keep(texts, "stories/a.html")
    assert not keep(texts, "stories/b.html")
    assert not keep(texts, "stories/tiny.html", b"", b""), "full is full: nothing is tried again"


def test_feed_makes_room_for_a_page_and_no_page_for_a_feed() -> None:
    texts = ReplacedTexts(most_files=2)
    assert keep(texts, "feed.xml")
    assert keep(texts, "stories/a.html")
    assert not keep(texts, "rss.xml")
    assert keep(texts, "stories/b.html")
    assert texts.get("feed.xml") is None
    assert texts.get("stories/a.html") == (b"old", b"new")


def test_only_what_is_asked_for_is_kept() -> None:
    texts = ReplacedTexts(["feed.xml"], most_files=1)
    assert [keep(texts, path) for path in ("a.html", "feed.xml", "b.html")] == [False, True, False]
    assert texts.get("feed.xml") is not None


@pytest.mark.parametrize(
    ("path", "data", "title"),
    [
        ("a.html", b"<title>Ferry &amp; quay</title>", "Ferry & quay"),
        ("a.html", "<title>الميناء</title>".encode(), "الميناء"),
        ("a.html", b"<title>never ends", ""),
        ("a.html", b"no title", ""),
        ("feed.xml", b"<title>Feed</title>", ""),
    ],
)
def test_title_is_that_of_a_page(path: str, data: bytes, title: str) -> None:
    assert title_of(path, data) == title


def export(place: Path, files: dict[str, bytes], texts: ReplacedTexts) -> ExportDifference:
    with output_for(place, replaced=texts) as output:
        for path, data in files.items():
            output.write(path, data)
        output.write(EDITION, b"{}")
        output.write(SUMS, output.sums.data())
        return output.difference()


@pytest.mark.parametrize("name", ["site", "site.zip"])
def test_export_keeps_what_changed_files_were(tmp_path: Path, name: str) -> None:
    first = {
        "a.html": b"<title>A</title>old",
        "b.html": b"<title>B</title>",
        "c.html": b"<title>C</title>gone",
    }
    place, texts = tmp_path / name, ReplacedTexts()
    new = export(place, first, texts)
    assert set(new.new) == {*first, EDITION, SUMS}
    assert texts.get("a.html") is None, "there was nothing to replace"
    texts = ReplacedTexts()
    found = export(
        place,
        {
            "a.html": b"<title>A</title>newer",
            "b.html": first["b.html"],
            "d.html": b"<title>D</title>",
        },
        texts,
    )
    assert texts.get("a.html") == (b"<title>A</title>old", b"<title>A</title>newer")
    assert texts.get("b.html") is None, "it is as it was"
    lists = {SUMS: 3 * (64 + 9) + (64 + 15)}  # a hash, two blanks, a path and a line end each
    assert found.changed == {"a.html": 21} | lists
    assert found.former == {"a.html": 19} | lists
    assert found.new == {"d.html": 16}
    assert found.removed == {"c.html": 20}
    assert found.unchanged == 2
    assert found.titles == {"a.html": "A", "d.html": "D"}


def test_damaged_zip_file_has_no_texts(tmp_path: Path) -> None:
    place = tmp_path / "site.zip"
    export(place, {"a.html": b"<p>" + b"word " * 2000}, ReplacedTexts())
    data = bytearray(place.read_bytes())
    at = data.index(b"a.html") + 12
    data[at : at + 8] = bytes(8)
    place.write_bytes(data)
    texts = ReplacedTexts()
    found = export(place, {"a.html": b"<p>other"}, texts)
    assert texts.get("a.html") is None
    assert found.changed.keys() == {"a.html", SUMS}
