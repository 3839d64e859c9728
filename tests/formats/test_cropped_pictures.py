"""Pictures that somebody cropped and turned go out so, to every reader; others as before."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from PIL import Image

from editor.core.story import Picture, Story
from editor.formats.export import write_files
from editor.formats.exporters import all_exporters
from editor.formats.output import MemoryOutput
from editor.progress import Progress
from editor.proof.renditions import picture_name
from tests.formats.site.edition import MemoryPictures, edition, picture

LEAD = (0.5, 0.25, 0.4, 0.3375)


def story(shown: Picture, name: str) -> Story:
    return Story(id=name, slug=name, headline=f"The {name}", body="Words.", pictures=(shown,))


def files_of(name: str, stories: list[Story], source: MemoryPictures) -> dict[str, bytes]:
    [exporter] = [made for made in all_exporters() if made.name == name]
    output = MemoryOutput()
    with output:
        write_files(edition(stories, source), exporter, output, Progress())
    return dict(output.files)


@pytest.fixture(scope="module")
def source() -> MemoryPictures:
    return MemoryPictures()


@pytest.fixture(scope="module")
def cropped(source: MemoryPictures) -> Picture:
    plain = picture(source, size=(1600, 1200), alt="A light", caption="It shines.")
    return replace(plain, lead_crop=LEAD, portrait_crop=(0.5, 0.0, 0.5, 0.8333))


def test_site_has_every_file_that_its_pages_name(source: MemoryPictures, cropped: Picture) -> None:
    turned = replace(cropped.turned(1), lead_crop=(0.0, 0.25, 1.0, 0.4219))
    files = files_of("site", [story(cropped, "cropped"), story(turned, "turned")], source)
    names = {
        found
        for path, data in files.items()
        if path.endswith(".html")
        for found in re.findall(r"media/[\w.-]+", data.decode())
    }
    assert names
    assert names <= set(files)
    assert any(name.startswith(f"media/{picture_name(turned)}-16x9") for name in names)


def test_story_and_card_show_the_lead_crop(source: MemoryPictures, cropped: Picture) -> None:
    files = files_of("site", [story(cropped, "cropped")], source)
    place = "16x9-x800-y300-w640-h405"
    for page in ("stories/cropped.html", "index.html"):
        sources = re.findall(r'<source [^>]*srcset="([^"]+)"', files[page].decode())
        own = [sizes for sizes in sources if picture_name(cropped) in sizes]
        assert len(own) == 2
        assert all(sizes.count(place) == len(sizes.split(", ")) for sizes in own)
    page = files["stories/cropped.html"].decode()
    image = re.search(r'og:image" content="[^"]*(media/[^"]+)"', page)
    assert image
    assert place in image[1]
    made = Image.open(io.BytesIO(files[image[1]]))
    assert made.size == (640, 405)


def test_api_says_which_parts_were_chosen(source: MemoryPictures, cropped: Picture) -> None:
    plain = picture(source, size=(1600, 1200), hue=9)
    files = files_of("api", [story(cropped, "cropped"), story(plain, "plain")], source)
    image = json.loads(files["v1/stories/cropped.json"])["data"]["image"]
    assert image["crops"]["lead"] == {"x": 0.5, "y": 0.25, "width": 0.4, "height": 0.3375}
    assert set(image["crops"]) == {"lead", "portrait"}
    assert "crops" not in json.loads(files["v1/stories/plain.json"])["data"]["image"]


def test_one_file_turned_in_two_ways_is_two_pictures(source: MemoryPictures) -> None:
    plain = picture(source, size=(900, 600), hue=3)
    stories = [story(plain, "plain"), story(plain.turned(2), "turned")]
    files = files_of("api", stories, source)
    ids = [json.loads(files[f"v1/stories/{name}.json"])["data"]["image"]["id"] for name in
           ("plain", "turned")]  # fmt: skip
    assert len(set(ids)) == 2
    for id in ids:
        [only] = json.loads(files[f"v1/media/{id}.json"])["data"]["stories"]
        assert only["slug"] in ("plain", "turned")


def test_story_without_crops_has_the_hash_and_json_it_had() -> None:
    plain = Story(id="s", slug="s", headline="H", body="B", pictures=(Picture("a" * 64 + ".jpg"),))
    assert plain.to_json()["pictures"] == [{"file": "a" * 64 + ".jpg"}]
    read = Story.from_json(json.loads(plain.canonical()))
    assert read == plain
    turned = replace(plain, pictures=(plain.pictures[0].turned(1),))
    assert Story.from_json(json.loads(turned.canonical())) == turned
