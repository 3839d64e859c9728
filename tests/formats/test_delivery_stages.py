from __future__ import annotations

import re
from itertools import pairwise
from posixpath import dirname, join, normpath

import pytest

from editor.formats.delivery_stages import DeliveryStage, delivery_stage, sending_order
from editor.formats.export import write_files
from editor.formats.exporters import find_exporter
from editor.formats.output import MemoryOutput
from editor.progress import Progress
from tests.formats.site.edition import edition


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        ("assets/site.css", DeliveryStage.LOADED),
        ("assets/search/blocks.js", DeliveryStage.LIST),
        ("media/0a-480.jpg", DeliveryStage.LOADED),
        ("stories/ferry.html", DeliveryStage.PAGE),
        ("ar/stories/ferry.html", DeliveryStage.PAGE),
        ("sections/world.html", DeliveryStage.LIST),
        ("ar/index.html", DeliveryStage.LIST),
        ("feed.xml", DeliveryStage.LIST),
        ("sitemap.xml", DeliveryStage.LIST),
        ("index.html", DeliveryStage.ENTRANCE),
        ("v1/schemas/story.schema.json", DeliveryStage.LOADED),
        ("v1/media/0a-480.jpg", DeliveryStage.LOADED),
        # It names the stories that have the picture.
        ("v1/media/0a.json", DeliveryStage.PAGE),
        ("v1/stories/ferry.json", DeliveryStage.PAGE),
        ("v1/stories/by-id/s1.json", DeliveryStage.PAGE),
        ("v1/stories/ferry/versions.json", DeliveryStage.PAGE),
        ("v1/stories/page/1.json", DeliveryStage.LIST),
        ("v1/sections/world/page/1.json", DeliveryStage.LIST),
        ("v1/index.json", DeliveryStage.ENTRANCE),
        ("v1/changes/2026-03-04.json", DeliveryStage.ENTRANCE),
        ("v1/changes.json", DeliveryStage.ENTRANCE),
        ("data/site/index.html", DeliveryStage.ENTRANCE),
        ("data/api/v1/stories/ferry.json", DeliveryStage.PAGE),
        ("data/stories/ferry.md", DeliveryStage.PAGE),
        ("data/pictures/0a.jpg", DeliveryStage.LOADED),
        ("manifest-sha256.txt", DeliveryStage.ENTRANCE),
        ("README.html", DeliveryStage.LIST),
        ("edition.json", DeliveryStage.MANIFEST),
        ("edition.jws", DeliveryStage.MANIFEST),
        ("SHA256SUMS", DeliveryStage.MANIFEST),
    ],
)
def test_stage_of_each_kind_of_file(path: str, stage: DeliveryStage) -> None:
    assert delivery_stage(path) is stage


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("format", ["site", "api", "bundle"])
def test_every_real_edition_ends_with_its_manifest(format: str, is_new: bool) -> None:
    with MemoryOutput() as out:
        write_files(edition(), find_exporter(format), out, Progress())
    manifest = ["edition.json", "edition.jws", "SHA256SUMS"]
    paths = sorted([*manifest, *out.files], key=lambda path: sending_order(path, is_new))
    stages = [delivery_stage(path) for path in paths]
    assert all(first <= second for first, second in pairwise(stages))
    assert paths[-3:] == manifest
    assert {*stages} == {*DeliveryStage}


def test_no_page_of_a_site_leads_to_an_entrance_that_is_not_home() -> None:
    """What is new comes before what changes, but for entrances: only home may be linked to."""
    with MemoryOutput() as out:
        write_files(edition(), find_exporter("site"), out, Progress())
    linked = {
        normpath(join(dirname(path), href.decode().partition("#")[0]))
        for path, data in out.files.items()
        if path.endswith(".html")
        for href in re.findall(rb'href="([^":]+)"', data)
    }
    entrances = {path for path in out.files if delivery_stage(path) is DeliveryStage.ENTRANCE}
    assert entrances & linked == {"index.html"}


def test_new_list_comes_before_the_changed_page_that_leads_to_it() -> None:
    files = {
        "SHA256SUMS": False, "edition.json": False, "index.html": False, "media/new.jpg": True,
        "stories/old.html": False, "stories/new.html": True, "sections/new.html": True,
        "sections/old.html": False, "assets/site.css": False,
        "edition.jws": True, "v1/changes/2026-03-04.json": True,
    }  # fmt: skip
    assert sorted(files, key=lambda path: sending_order(path, files[path])) == [
        "media/new.jpg", "assets/site.css", "stories/new.html", "sections/new.html",
        "stories/old.html", "sections/old.html", "v1/changes/2026-03-04.json", "index.html",
        "edition.json", "edition.jws", "SHA256SUMS",
    ]  # fmt: skip
