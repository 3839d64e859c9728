"""The manifest of the site as an application (W3C Web Application Manifest)."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from editor.formats.site.planned_text import PlannedText
from editor.proof.head import MANIFEST
from editor.proof.icons import IconFile
from editor.proof.paper import HOME, Paper
from editor.proof.words import direction

_SHORT = 12
"""How many characters of a name fit below an icon (Chrome's recommendation)."""


def manifest_text(paper: Paper, colour: str) -> PlannedText:
    """Return the manifest; `colour` is that of the theme's paper, as in CSS.

    Its addresses are relative to it, so the paper's own is not needed.
    """
    return PlannedText(MANIFEST, (colour,), partial(_manifest, paper, colour))


def _manifest(paper: Paper, colour: str) -> str:
    house = paper.house
    value = {
        "name": house.name,
        "short_name": _short_name(house.name),
        "lang": house.language,
        "dir": direction(house.language),
        "start_url": HOME,
        "scope": "./",
        "display": "minimal-ui",
        "background_color": colour,
        "theme_color": colour,
        "icons": [_icon(icon) for icon in paper.icons if icon.width],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _icon(icon: IconFile) -> dict[str, Any]:
    return {
        "src": icon.path,
        "sizes": f"{icon.width}x{icon.width}",
        "type": "image/png",
        "purpose": "maskable" if icon.maskable else "any",
    }


def _short_name(name: str) -> str:
    """The first words of a name that fit below an icon; at least one."""
    short, *others = name.split()
    for word in others:
        if len(short) + 1 + len(word) > _SHORT:
            break
        short += f" {word}"
    return short
