"""Which picture files an export has, and what each depends on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from editor.core.house import House
from editor.core.rendition import Rendition
from editor.core.story import Picture
from editor.proof.picture_files import (
    MediaFile,
    PublishedPicture,
    picture_files,
    published_pictures,
)

ONE, OTHER = ("1" * 64 + ".jpg", "2" * 64 + ".png")
HOUSE = House("Harbour Post", rights="© {year} Harbour Post")


def picture(file: str = ONE, **values: Any) -> Picture:
    own = Picture(file, credit="Harbour Post", width=3000, height=2000)
    return replace(own, **values)


def of_site(shown: PublishedPicture, house: House = HOUSE) -> dict[str, MediaFile]:
    files = picture_files(shown, shown.for_site, house)
    assert len({file.rendition.path for file in files}) == len(files)
    return {file.rendition.path: file for file in files}


def test_picture_without_a_file_is_not_shown() -> None:
    assert published_pictures([((Picture(caption="Soon"), picture("odd.jpg")), 2026)]) == []


def test_lead_has_fifteen_files_and_another_picture_twelve() -> None:
    lead, second = published_pictures([((picture(), picture(OTHER)), 2026)])
    assert (len(lead.for_site), len(second.for_site)) == (15, 12)
    assert (len(lead.for_api), len(second.for_api)) == (4, 4)


def test_newest_story_gives_the_words_and_every_lead_its_crops() -> None:
    newest = (picture(OTHER), picture(caption="New", focus=(0.9, 0.9)))
    older = (picture(caption="Old", focus=(0.1, 0.1)), picture(OTHER))
    oldest = (picture(caption="Oldest", focus=(0.1, 0.1)),)
    other, shown = published_pictures([(newest, 2026), (older, 2025), (oldest, 2024)])
    assert other.picture.file == OTHER
    assert (shown.picture.caption, shown.year) == ("New", 2026)
    assert [size.path[-9:] for size in shown.crops] == ["x9-10.jpg", "x3-10.jpg", "x1-10.jpg"]


def test_new_words_change_every_key_and_no_wish_for_pixels() -> None:
    first = of_site(PublishedPicture(picture(), 2026))
    second = of_site(PublishedPicture(picture(caption="New"), 2026))
    assert first.keys() == second.keys()
    assert all(first[path].key != second[path].key for path in first)
    assert [file.rendition for file in first.values()] == [
        file.rendition for file in second.values()
    ]


def test_new_rights_of_the_paper_change_every_key() -> None:
    shown = PublishedPicture(picture(), 2026)
    house = replace(HOUSE, licence="https://post.example/licence")
    first, second = of_site(shown), of_site(shown, house)
    assert all(first[path].key != second[path].key for path in first)


def test_another_focal_point_changes_crops_alone() -> None:
    [first] = published_pictures([((picture(),), 2026)])
    [second] = published_pictures([((picture(focus=(0.2, 0.2)),), 2026)])
    one, two = of_site(first), of_site(second)
    common = one.keys() & two.keys()
    assert len(common) == 12
    assert all(one[path].key == two[path].key for path in common)


def test_file_is_made_of_its_encoding_and_its_words() -> None:
    class Source:
        def __init__(self) -> None:
            self.asked: list[tuple[str, Rendition, tuple[Rendition, ...]]] = []

        def read(self, file: str) -> bytes:
            raise AssertionError(file)

        def encoded(
            self, file: str, wanted: Rendition, siblings: tuple[Rendition, ...] = ()
        ) -> bytes:
            self.asked.append((file, wanted, siblings))
            return b"\xff\xd8\xff\xe0\0\4\0\0the rest"

    source = Source()
    shown = PublishedPicture(picture(caption="The light"), 2026)
    file = picture_files(shown, shown.for_api, HOUSE)[0]
    made = file.make(source)
    assert b"The light" in made
    assert made.endswith(b"the rest")
    assert source.asked == [(ONE, shown.for_api[0], shown.for_api)]
