"""In which order the files of an export may appear, so that every link leads somewhere."""

from __future__ import annotations

import re
from enum import IntEnum

from editor.formats.paths import EDITION, SIGNATURE, SUMS

_MANIFEST = (EDITION, SIGNATURE, SUMS)
_PART = re.compile(r"data/[a-z]+/")
_LOADED = re.compile(
    r"(?:v1/)?media/[^/]+\.(?!json)|assets/(?!search/)|pictures/|v1/schemas/|v1/openapi\.json|\.well-known/"
)
_PAGES = re.compile(r"(?:[a-z]{2,3}(?:-[^/]+)?/)?stories/|v1/stories/(?!page/)|v1/media/|history/")
_ENTRANCES = re.compile(r"index\.html|v1/index\.json|v1/changes(?:/[^/]+)?\.json")
_BAG = re.compile(r"(?:tag)?manifest-[a-z0-9]+\.txt|bag-info\.txt")


class DeliveryStage(IntEnum):
    """What a file is to readers; a later stage leads to files of an earlier one."""

    LOADED = 0
    """What pages load: pictures, styles, scripts, schemas."""
    PAGE = 1
    """A story, or what takes its place when it is withdrawn or has another address."""
    LIST = 2
    """What leads to stories: sections, archives, authors, feeds, sitemaps, the search."""
    ENTRANCE = 3
    """Where readers and programs begin, and what programs follow from day to day."""
    MANIFEST = 4
    """What says that the edition is whole; the list of hashes comes last."""


def delivery_stage(path: str) -> DeliveryStage:
    """Return what a file of a site, an API or a bundle is to readers, by its path."""
    if path in _MANIFEST:
        return DeliveryStage.MANIFEST
    part = _PART.match(path)
    inner = path[part.end() :] if part else path
    if _ENTRANCES.fullmatch(inner) or _BAG.fullmatch(path):
        return DeliveryStage.ENTRANCE
    if _LOADED.match(inner) or (part and part[0] == "data/pictures/"):
        return DeliveryStage.LOADED
    if _PAGES.match(inner) or (part and part[0] in ("data/stories/", "data/history/")):
        return DeliveryStage.PAGE
    return DeliveryStage.LIST


def sending_order(path: str, is_new: bool) -> tuple[int, int, str]:
    """Return by what the files of a delivery are sorted before they are sent.

    What is new comes before what changes, because nothing leads to it until then: a changed
    page may link to a new one, and to a new list. Only entrances are known by their address.
    """
    stage = delivery_stage(path)
    if stage is DeliveryStage.MANIFEST:
        return 5, _MANIFEST.index(path), path
    if is_new and stage in (DeliveryStage.PAGE, DeliveryStage.LIST):
        return 1, int(stage), path
    return (0, 2, 3, 4)[stage], int(not is_new), path
