"""Pictures are drawn here by Pillow; the bad ones are made from good ones."""

from __future__ import annotations

import os
import struct
import threading
import zlib
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from editor.errors import EditorError, NotFound, PictureDamaged, UnreadablePicture
from editor.proof.picture_file import BYTES_AT_MOST
from editor.proof.renditions import renditions
from editor.store.pictures import Pictures
from tests.proof.odd_pictures import (
    ASCII,
    DOUBLE,
    RATIONAL,
    SHORT,
    chunk,
    exif,
    jpeg_of_scans,
    jpeg_with_exif,
    png_of,
    png_with,
    webp_with_exif,
)


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    return Pictures(tmp_path / "pictures")


def drawn(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **rest: object) -> bytes:
    image = Image.new(mode, size)
    for x in range(size[0]):
        image.putpixel((x, x % size[1]), (x * 3 % 256,) * len(image.getbands()))
    out = BytesIO()
    image.save(out, kind, **rest)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is large, and is not."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
JPEG, PNG, WEBP = drawn("JPEG"), drawn("PNG"), drawn("WEBP")

BAD = {
    "nothing": (b"", "empty"),
    "text": (b"Dear desk, the picture follows.", "not a JPEG"),
    "svg": (SVG, "SVG"),
    "svg with a declaration": (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x -->' + SVG, "SVG"),
    "gif": (drawn("GIF", mode="P"), "GIF"),
    "tiff": (drawn("TIFF"), "not a JPEG"),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
    "200 megapixels": (png_header(20_000, 10_000), "200 megapixels"),
    "100 thousand wide": (png_header(100_000, 100_000), "megapixels"),
    "no pixels": (png_header(0, 0), "broken"),
    "png without its pixels": (png_header(800, 600), "broken"),
    "cut JPEG": (JPEG[: len(JPEG) * 2 // 3], "broken"),
    "cut PNG": (PNG[: len(PNG) * 2 // 3], "broken"),
    "cut WebP": (WEBP[: len(WEBP) * 2 // 3], "broken"),
    "JPEG start only": (b"\xff\xd8\xff\xe0", "broken"),
    "WebP start only": (b"RIFF\0\0\0\0WEBP", "broken"),
    "PNG with a false checksum": (PNG.replace(b"IDAT", b"IDAT\1", 1), "broken"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pictures_are_refused(pictures: Pictures, tmp_path: Path, name: str) -> None:
    data, word = BAD[name]
    file = tmp_path / "photo.jpg"
    file.write_bytes(data)
    for source in (data, file):
        with pytest.raises(UnreadablePicture, match=word) as caught:
            pictures.add(source)
        assert caught.value.hint
    assert not (tmp_path / "pictures").exists()


def test_large_file_is_refused_before_it_is_read(pictures: Pictures, tmp_path: Path) -> None:
    file = tmp_path / "huge.jpg"
    with file.open("wb") as out:
        out.truncate(BYTES_AT_MOST * 50)
    with pytest.raises(UnreadablePicture, match="3000 MB"):
        pictures.add(file)
    with pytest.raises(UnreadablePicture, match="60 MB"):
        pictures.add(b"\xff\xd8\xff" + bytes(BYTES_AT_MOST))


def test_missing_file_and_folder_are_refused(pictures: Pictures, tmp_path: Path) -> None:
    for path in (tmp_path / "none.jpg", tmp_path):
        with pytest.raises(UnreadablePicture, match="can't be read"):
            pictures.add(path)


@pytest.mark.parametrize(
    "name",
    [
        "../desk.sqlite3",
        "/etc/passwd",
        "",
        ".",
        "a" * 64 + ".jpg",
        "a" * 64 + ".svg",
        "A" * 64 + ".jpg",
        "\0",
        "x" * 9_000,
    ],
)
def test_only_names_given_by_the_desk_are_read(pictures: Pictures, name: str) -> None:
    with pytest.raises(NotFound):
        pictures.read(name)
    assert [found for found, _ in pictures.damaged([name])] == [name]


@pytest.mark.parametrize(("data", "suffix"), [(JPEG, "jpg"), (PNG, "png"), (WEBP, "webp")])
def test_pictures_are_saved_unchanged(
    pictures: Pictures, tmp_path: Path, data: bytes, suffix: str
) -> None:
    file = tmp_path / "misnamed.gif"
    file.write_bytes(data)
    picture = pictures.add(file)
    assert picture.file == f"{sha256(data).hexdigest()}.{suffix}"
    assert (picture.width, picture.height) == (60, 40)
    assert pictures.read(picture.file) == data
    assert pictures.add(data) == picture
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == [picture.file]


@pytest.mark.parametrize("mode", ["L", "CMYK", "1", "P", "RGBA", "LA", "I;16"])
def test_all_colour_modes_are_accepted(pictures: Pictures, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = BytesIO()
    Image.new(mode, (60, 40)).save(out, kind)
    assert pictures.add(out.getvalue()).width == 60


def test_size_follows_the_exif_orientation(pictures: Pictures) -> None:
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture = pictures.add(drawn("JPEG", exif=exif))
        wanted = (40, 60) if orientation >= 5 else (60, 40)
        assert (picture.width, picture.height) == wanted
    exif[0x0112] = 77
    assert pictures.add(drawn("JPEG", exif=exif)).width == 60


def test_picture_with_damaged_metadata_is_accepted(pictures: Pictures) -> None:
    data = drawn("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xee" * 40)
    assert pictures.add(data).width == 60


def test_original_has_its_metadata(pictures: Pictures) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    data = drawn("JPEG", exif=exif)
    read = pictures.read(pictures.add(data).file)
    assert read == data
    with Image.open(BytesIO(read)) as image:
        assert image.getexif().get_ifd(0x8825)[1] == "N"


def test_large_picture_within_the_limit_is_accepted(pictures: Pictures) -> None:
    out = BytesIO()
    Image.new("L", (11_000, 9_000)).save(out, "JPEG")
    assert pictures.add(out.getvalue()).width == 11_000


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (7, 9)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_very_small_pictures_are_accepted(
    pictures: Pictures, kind: str, size: tuple[int, int]
) -> None:
    picture = pictures.add(drawn(kind, size))
    assert (picture.width, picture.height) == size


def swap(path: Path) -> None:
    path.write_bytes(drawn("JPEG", (50, 30)))


def same_size(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-10] ^= 1
    path.write_bytes(bytes(data))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\0")


def swell(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(BYTES_AT_MOST * 50)


def link(path: Path) -> None:
    """The very bytes, elsewhere: they could be changed after a check."""
    path.rename(path.parent.parent / "elsewhere.jpg")
    path.symlink_to(path.parent.parent / "elsewhere.jpg")


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent / "nowhere")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def other_hard_link(path: Path) -> None:
    other = path.parent.parent / "elsewhere.jpg"
    other.write_bytes(drawn("JPEG", (50, 30)))
    path.unlink()
    os.link(other, path)


HARM: dict[Callable[[Path], None], str] = {
    swap: "it was altered",
    same_size: "it was altered",
    empty: "it was altered",
    grow: "it was altered",
    swell: "it is too large",
    link: "it is a link",
    dangling: "it is a link",
    folder: "it is no file",
    pipe: "it is no file",
    other_hard_link: "it was altered",
}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need POSIX")
@pytest.mark.parametrize("harm", HARM)
def test_harmed_picture_is_refused_and_repaired(
    pictures: Pictures, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    file = pictures.add(JPEG).file
    sound = pictures.add(PNG).file
    path = tmp_path / "pictures" / file
    harm(path)
    with pytest.raises(PictureDamaged, match=HARM[harm]) as caught:
        pictures.read(file)
    assert caught.value.hint
    assert pictures.damaged([sound, file]) == [(file, caught.value.sentence)]
    assert pictures.read(sound) == PNG
    if harm is folder:
        return
    assert pictures.add(JPEG).file == file
    assert pictures.read(file) == JPEG
    assert not path.is_symlink()
    elsewhere = tmp_path / "elsewhere.jpg"
    if harm is other_hard_link:
        assert elsewhere.read_bytes() != JPEG, "a repair does not write through a link"


@pytest.mark.parametrize(
    ("data", "suffix", "sentence"),
    [
        (PNG, "jpg", "it is not jpg, but png"),
        (JPEG, "webp", "it is not webp, but jpg"),
        (SVG, "png", "it is not png, but something else"),
    ],
)
def test_picture_of_another_kind_than_its_name_is_refused(
    pictures: Pictures, tmp_path: Path, data: bytes, suffix: str, sentence: str
) -> None:
    """The name has the right hash, so only the kind tells."""
    (tmp_path / "pictures").mkdir()
    file = f"{sha256(data).hexdigest()}.{suffix}"
    (tmp_path / "pictures" / file).write_bytes(data)
    with pytest.raises(PictureDamaged, match=sentence):
        pictures.read(file)


def test_damaged_says_what_is_missing(pictures: Pictures) -> None:
    name = f"{sha256(b'x').hexdigest()}.jpg"
    assert pictures.damaged([name]) == [(name, "The desk has no file of this picture.")]
    assert pictures.damaged([pictures.add(JPEG).file]) == []


def test_many_threads_add_the_same_picture(pictures: Pictures, tmp_path: Path) -> None:
    start, added, errors = threading.Barrier(10), [], []

    def add() -> None:
        start.wait()
        try:
            added.append(pictures.add(JPEG))
        except EditorError as error:
            errors.append(error)

    threads = [threading.Thread(target=add) for _thread in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(added)) == 1
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == [added[0].file]


def test_sound_file_is_read_once_and_a_changed_one_again(
    pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, read, real = pictures.add(JPEG).file, list[str](), Pictures.read

    def noted(self: Pictures, name: str) -> bytes:
        read.append(name)
        return real(self, name)

    monkeypatch.setattr(Pictures, "read", noted)
    for _look in range(3):
        assert pictures.problems([file]) == {}
    assert read == [file]
    same_size(tmp_path / "pictures" / file)
    for _look in range(2):
        assert "it was altered" in pictures.problems([file])[file]
    (tmp_path / "pictures" / file).unlink()
    assert "no file" in pictures.problems([file])[file]
    pictures.add(JPEG)
    assert pictures.problems([file]) == {}


ACCEPTED = {
    "phone": jpeg_with_exif(exif((0x0112, SHORT, b"\6\0"), (0x011A, ASCII, b"72 dpi.\0"))),
    "maker": jpeg_with_exif(exif((0x010F, RATIONAL, struct.pack("<II", 1, 0)))),
    "artist": jpeg_with_exif(exif((0x013B, DOUBLE, struct.pack("<d", 1.5)))),
    "unit": jpeg_with_exif(exif((0x0128, ASCII, b"in\0"))),
    "orientation as text": jpeg_with_exif(exif((0x0112, ASCII, b"6\0"))),
    "PNG with another EXIF": png_with(chunk(b"eXIf", b"no TIFF at all")),
    "WebP with another EXIF": webp_with_exif(b"no TIFF at all"),
    "large text": png_with(chunk(b"tEXt", b"Raw\0" + b"x" * 2_000_000)),
    "without its last bytes": JPEG[:-2],
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted_picture_is_rendered_in_every_size_it_promises(
    pictures: Pictures, name: str
) -> None:
    picture = pictures.add(ACCEPTED[name])
    assert (picture.width, picture.height) == ((40, 60) if name == "phone" else (60, 40))
    [size] = renditions(picture)
    with Image.open(BytesIO(pictures.encoded(picture.file, size))) as image:
        assert image.size == (size.width, size.height)


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (png_of(100, 70_000), "65500 pixels is the limit for a side"),
        (png_of(1, 99_999_999), "65500 pixels is the limit for a side"),
        (jpeg_of_scans(20_000), "100 scans is the limit"),
    ],
)
def test_picture_over_a_limit_is_refused_at_the_door(
    pictures: Pictures, tmp_path: Path, data: bytes, limit: str
) -> None:
    with pytest.raises(UnreadablePicture, match=limit):
        pictures.add(data)
    assert not (tmp_path / "pictures").exists()
