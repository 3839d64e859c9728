from __future__ import annotations

import json
from dataclasses import replace

import pytest

from editor.formats.site.manifest import manifest_text
from editor.proof.icon import Icon
from editor.proof.paper import Paper
from tests.formats.site.edition import HOUSE
from tests.proof.attacks import OWN


@pytest.mark.parametrize("name", [text for text in OWN if text.strip()])
def test_hostile_names_stay_text(name: str) -> None:
    house = replace(HOUSE, name=name)
    value = json.loads(manifest_text(Paper(house), "#ffffff").make())
    assert value["name"] == house.name
    assert house.name.startswith(value["short_name"].split()[0])


def test_manifest_needs_neither_an_address_nor_icons() -> None:
    paper = Paper(replace(HOUSE, url="", language="ar", name="بريد الميناء القديم"))
    value = json.loads(manifest_text(paper, "#fdfcf9").make())
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
        "icons": [],
    }


def test_icons_are_those_of_the_paper() -> None:
    icons = (Icon("icons/192.png", 192), Icon("icons/m.png", 512, True))
    planned = manifest_text(Paper(HOUSE, icons), "#ffffff")
    assert json.loads(planned.make())["icons"] == [
        {"src": "icons/192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": "icons/m.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    assert planned.path == "site.webmanifest"
    assert planned.inputs == ("#ffffff",)
