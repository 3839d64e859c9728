"""A picture is rendered once in its life, and only from an original that is there and sound."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from editor.core.rendition import TYPES, Rendition
from editor.core.story import Picture
from editor.errors import Cancelled, NotFound, PictureDamaged, UnreadablePicture
from editor.places import renditions_folder
from editor.progress import Progress
from editor.proof import pictures as renderer
from editor.proof.renditions import crops, renditions, site_renditions
from editor.store.pictures import Pictures
from tests.proof.odd_pictures import noise


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pictures:
    monkeypatch.setenv("STONEHAND_RENDITIONS", str(tmp_path / "renditions"))
    return Pictures(tmp_path / "pictures")


@pytest.fixture
def decodes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many encodings were wanted of each decode."""
    counts: list[int] = []

    def noted(data: bytes, wanted: Sequence[Rendition]) -> list[bytes]:
        counts.append(len(wanted))
        return renderer.render(data, wanted)

    monkeypatch.setattr("editor.store.pictures.render", noted)
    return counts


def everything(picture: Picture) -> tuple[Rendition, ...]:
    return site_renditions(picture) + crops(picture)


def test_one_decode_makes_all_and_no_other_follows(
    pictures: Pictures, decodes: list[int], tmp_path: Path
) -> None:
    picture = pictures.add(noise(size=(600, 400)))
    sizes = everything(picture)
    first = [pictures.encoded(picture.file, size, sizes) for size in sizes]
    assert decodes == [len(sizes)]
    other = Pictures(tmp_path / "pictures")  # another window, another export
    assert [other.encoded(picture.file, size, sizes) for size in sizes] == first
    assert decodes == [len(sizes)]


def test_kept_rendition_has_no_words_so_new_ones_render_nothing(
    pictures: Pictures, decodes: list[int]
) -> None:
    picture = pictures.add(noise(size=(600, 400)))
    for caption in ("The light.", "The lamp."):
        for size in everything(picture):
            pictures.encoded(Picture(picture.file, caption).file, size, everything(picture))
    assert len(decodes) == 1


def test_damaged_rendition_is_made_again_alone(pictures: Pictures, decodes: list[int]) -> None:
    picture = pictures.add(noise(size=(600, 400)))
    sizes = everything(picture)
    before = pictures.encoded(picture.file, sizes[0], sizes)
    for path in renditions_folder().iterdir():
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    assert pictures.encoded(picture.file, sizes[0], sizes) == before
    assert decodes == [len(sizes), 1]


def test_original_that_went_missing_or_was_altered_is_refused_though_its_renditions_are_kept(
    pictures: Pictures, tmp_path: Path
) -> None:
    picture = pictures.add(noise(size=(600, 400)))
    [size, *_rest] = renditions(picture)
    pictures.encoded(picture.file, size)
    path = tmp_path / "pictures" / picture.file
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"x")
    with pytest.raises(PictureDamaged):
        pictures.encoded(picture.file, size)
    path.unlink()
    with pytest.raises(NotFound):
        pictures.encoded(picture.file, size)
    path.write_bytes(data)
    assert pictures.encoded(picture.file, size)


def test_disk_that_keeps_nothing_does_not_stop_an_export(
    pictures: Pictures, decodes: list[int], tmp_path: Path
) -> None:
    (tmp_path / "renditions").write_bytes(b"a file in the place of the folder")
    picture = pictures.add(noise(size=(600, 400)))
    sizes = renditions(picture)
    assert all(pictures.encoded(picture.file, size, sizes) for size in sizes)
    assert decodes == [1 for _size in sizes], "no sibling is rendered in vain"


def test_original_is_read_once_while_it_stays_as_it_is(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = Pictures.read

    def noted(self: Pictures, name: str) -> bytes:
        read.append(name)
        return real(self, name)

    monkeypatch.setattr(Pictures, "read", noted)
    picture = pictures.add(noise(size=(600, 400)))
    for size in everything(picture):
        pictures.encoded(picture.file, size, everything(picture))
    assert read == [picture.file]


def test_prepared_picture_needs_no_decode_in_an_export(
    pictures: Pictures, decodes: list[int]
) -> None:
    picture = pictures.add(noise(size=(600, 400)))
    pictures.prepare(picture, Progress())
    assert len(decodes) == len(TYPES), "one for each kind, so that it can be cancelled between"
    for size in everything(picture):
        pictures.encoded(picture.file, size)
    pictures.prepare(picture, Progress())
    assert len(decodes) == len(TYPES)


def test_preparing_is_cancelled_between_kinds(pictures: Pictures, decodes: list[int]) -> None:
    picture = pictures.add(noise(size=(600, 400)))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        pictures.prepare(picture, progress)
    assert decodes == []


def test_thumbnail_is_the_narrowest_size(pictures: Pictures, decodes: list[int]) -> None:
    picture = pictures.add(noise(size=(600, 400)))
    with Image.open(BytesIO(pictures.thumbnail(picture))) as image:
        assert image.size == (480, 320)
    pictures.prepare(picture, Progress())
    assert sum(decodes) == len(everything(picture)), "it is the site's own file"
    with pytest.raises(UnreadablePicture, match="how large"):
        pictures.thumbnail(Picture(picture.file))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own rules")
def test_names_of_kept_files_lead_nowhere(pictures: Pictures) -> None:
    with pytest.raises(NotFound):
        pictures.encoded("../" * 3 + "a" * 64 + ".jpg", Rendition("", 5, 5))
    assert not renditions_folder().exists()
