"""Bad and odd input through importers, desk and exporters."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from editor.core.commands import ImportItems, SaveStory, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import UnreadablePicture, UnreadableText
from editor.formats.export import write_edition
from editor.formats.exporters import EXPORTERS, find_exporter
from editor.formats.folder_output import FolderOutput
from editor.formats.importers import read_incoming
from editor.progress import Progress
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from editor.text.metrics import count_words
from editor.text.plain import plain_text
from tests.people import approving, joining
from tests.reading import every_slug, reading

CHIEF, WRITER = "Mara Quist", "Tom Adeyemi"
AT = datetime(2026, 11, 1, tzinfo=UTC)
PAGE = "Search\n\nHarbour café opens\n\nSEACLIFF (AP) — “We’re open,” the naïve pilots said.\n"
JAPANESE = "港の第二桟橋が開く\n\n東京（通信）― 市長は火曜日に、水はとてもきれいですと述べた。\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.create(
        tmp_path / "Post.desk", House("Harbour Post"), Person(CHIEF, Role.CHIEF)
    ) as it:
        it.do(joining(WRITER, Role.JOURNALIST), CHIEF)
        yield it


def import_wire(desk: Desk, data: bytes, filename: str = "wire.txt") -> str:
    """Import a file and give the id of its one story."""
    incoming = read_incoming(data, filename)
    changes = desk.do(ImportItems(incoming.stories, incoming.briefs, filename), WRITER)
    (story,) = changes.ids("story")
    return story


def publish(desk: Desk, story: str, out: Path) -> Path:
    """Hand in and approve the newest version, then export everything both ways."""
    version = reading(desk).stored(story).version
    desk.do(Submit(story, version), WRITER)
    desk.do(approving(desk, story, version), CHIEF)
    edition = reading(desk).edition(None, AT)
    for exporter in EXPORTERS:
        with FolderOutput(out / exporter.name) as output:
            write_edition(edition, exporter, output, Progress(), None, "")
    return out


def one_colour_png(width: int, height: int) -> bytes:
    """A sound PNG of one colour, written without ever holding its pixels."""
    squeeze = zlib.compressobj(9)
    row = bytes(width // 8 + 2)
    data = b"".join(squeeze.compress(row[: 1 + width // 8]) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", data + squeeze.flush()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((640, 480), 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'


@pytest.mark.parametrize(
    ("data", "filename", "named"),
    [
        pytest.param(b"word " * 10 * 1024**2, "long.txt", "4 MB is the limit", id="50 MB of text"),
        pytest.param(jpeg(), "photo.txt", "JPEG", id="a picture as text"),
        pytest.param(
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" * 40, "p.txt", "not text", id="program"
        ),
        pytest.param(b"", "empty.txt", "empty", id="empty"),
        pytest.param(b"\xff\xfe \0\r\0\n\0", "blank.txt", "no text", id="blank"),
        pytest.param(SVG, "drawing.svg", "XML", id="SVG"),
    ],
)
def test_unreadable_files_leave_the_desk_unchanged(
    desk: Desk, data: bytes, filename: str, named: str
) -> None:
    with pytest.raises(UnreadableText) as refusal:
        import_wire(desk, data, filename)
    assert filename in refusal.value.sentence
    assert named in refusal.value.sentence
    assert refusal.value.hint
    assert reading(desk).count(Filter()) == 0


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (PAGE, "utf-16", "UTF-16"),
        (PAGE, "utf-16-le", "UTF-16"),
        (PAGE, "utf-16-be", "UTF-16"),
        (PAGE, "cp1252", "Windows-1252"),
        (JAPANESE, "cp932", "Shift-JIS"),
    ],
)
def test_other_encodings_are_imported_whole_and_reported(
    desk: Desk, text: str, encoding: str, named: str
) -> None:
    data = text.encode(encoding)
    problems = read_incoming(data, "wire.txt").problems
    assert f"The file is not UTF-8; it was read as {named}." in {p.sentence for p in problems}
    story = reading(desk).stored(import_wire(desk, data)).story
    headline = "Harbour café opens" if text is PAGE else "港の第二桟橋が開く"
    assert story.headline == headline
    assert text.rstrip().endswith(story.body)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        pytest.param(one_colour_png(20_000, 10_000), "200 megapixels", id="200 megapixels"),
        pytest.param(jpeg()[:9_000], "broken", id="a JPEG cut short"),
        pytest.param(b"\xff\xd8\xff" + bytes(5_000), "broken", id="a JPEG of zeros"),
        pytest.param(SVG, "SVG", id="SVG"),
        pytest.param(b"", "empty", id="empty"),
    ],
)
def test_unreadable_pictures_leave_no_file(desk: Desk, data: bytes, named: str) -> None:
    before = sorted(path.name for path in desk.path.rglob("*"))
    with pytest.raises(UnreadablePicture) as refusal:
        desk.pictures.add(data)
    assert named in refusal.value.sentence
    assert refusal.value.hint
    assert sorted(path.name for path in desk.path.rglob("*")) == before


def test_hundred_thousand_words_from_import_to_export(desk: Desk, tmp_path: Path) -> None:
    paragraph = (
        "The *pilots* said nothing about [the quay] on a cold and rather windy day. " * 7 + "So."
    )
    text = "Harbour café opens\n\nSEACLIFF (AP) — " + "\n\n".join([paragraph] * 1_000)
    story = import_wire(desk, text.encode())
    body = plain_text(reading(desk).stored(story).story.body)
    assert count_words(body) == 1_000 * 99 == count_words("\n\n".join([paragraph] * 1_000))
    assert body.split("\n\n") == [paragraph] * 1_000
    out = publish(desk, story, tmp_path / "out")
    slug = every_slug(desk)[story]
    assert (out / f"site/stories/{slug}.html").read_text("utf-8").count("[the quay]") >= 7_000
    assert json.loads((out / f"api/v1/stories/{slug}.json").read_bytes())["data"]["body"]


ODD_HEADLINES = [
    "Harbour opens 🎉⚓️ to 👩‍👩‍👧‍👦 families of the “old town”",
    "\u202bالمرفأ القديم\u202c opens \u200fagain\u200e & <b>wins</b>",
    "Zoe\u0301 wins; Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ and \u2067right\u2069 marks stay where they are",
    "''\"><script>alert(1)</script> {{ 7 * 7 }} %s ${x} \\N",
]


@pytest.mark.parametrize("headline", ODD_HEADLINES)
def test_odd_headline_from_import_to_export(desk: Desk, tmp_path: Path, headline: str) -> None:
    data = (
        f"{headline}\n\nSEACLIFF (AP) — The harbour opened on Tuesday, its board said.\n".encode()
    )
    story = import_wire(desk, data)
    imported = reading(desk).stored(story).story
    assert imported.headline == Story(headline=headline).headline
    changed = Story.from_json({**imported.to_json(), "kicker": "🎣 \u200fKicker"})
    desk.do(SaveStory(changed, reading(desk).stored(story).version), WRITER)
    out = publish(desk, story, tmp_path / "out")
    slug = every_slug(desk)[story]
    document = json.loads((out / f"api/v1/stories/{slug}.json").read_bytes())
    assert document["data"]["headline"] == imported.headline
    page = (out / f"site/stories/{slug}.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "<b>wins" not in page
    assert any(mark in page for mark in ("🎣", "&#x1F3A3;"))
    assert [row.slug for row in reading(desk).rows()] == [slug]


def test_odd_stories_exported_twice_give_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    for headline in ODD_HEADLINES:
        data = f"{headline}\n\nSEACLIFF (AP) — The harbour opened on Tuesday, it said.\n".encode()
        publish(desk, import_wire(desk, data), tmp_path / "first")
    with FolderOutput(tmp_path / "second") as output:
        edition = reading(desk).edition(None, AT)
        write_edition(edition, find_exporter("site"), output, Progress(), None, "")
    first, second = (
        {file.relative_to(root): file.read_bytes() for file in root.rglob("*") if file.is_file()}
        for root in (tmp_path / "first/site", tmp_path / "second")
    )
    assert first == second
