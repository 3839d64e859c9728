from __future__ import annotations

import json
from dataclasses import replace

import pytest

from editor.formats.site.manifest import manifest_text
from editor.proof.paper import Paper
from tests.formats.site.edition import HOUSE
from tests.proof.attacks import OWN


@pytest.mark.parametrize("name", [text for text in OWN if text.strip()])
def test_hostile_names_stay_text(name: str) -> None:
    house = replace(HOUSE, name=name)
    value = json.loads(manifest_text(Paper(house), "#ffffff").make())
    assert value["name"] == house.name
    assert house.name.startswith(value["short_name"].split()[0])


def test_manifest_needs_no_address() -> None:
    paper = Paper(replace(HOUSE, url="", language="ar", name="بريد الميناء القديم"))
    value = json.loads(manifest_text(paper, "#fdfcf9").make())
    assert len(value.pop("icons")) == 5
    assert value == {
        "name": "بريد الميناء القديم",
        "short_name": "بريد الميناء",
        "lang": "ar",
        "dir": "rtl",
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fdfcf9",
        "theme_color": "#fdfcf9",
    }


def test_icons_are_those_of_the_paper() -> None:
    planned = manifest_text(Paper(HOUSE), "#ffffff")
    icons = json.loads(planned.make())["icons"]
    assert [(icon["sizes"], icon["purpose"]) for icon in icons] == [
        ("32x32", "any"),
        ("180x180", "any"),
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    assert {icon["src"] for icon in icons} == {icon.path for icon in Paper(HOUSE).icons}
    assert planned.path == "site.webmanifest"
    assert planned.inputs == ("#ffffff",)
