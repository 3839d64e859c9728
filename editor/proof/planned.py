"""Pages of a site that are known before they are made, with what goes into each."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from editor.proof.frame import MadePage, Page


class PlannedPage(NamedTuple):
    """A page at a path, and `make`, which makes what is inside it.

    `inputs` is everything that this reads, beside the house, the theme and the code: mostly
    the stamps of the listings it shows (`Listing.stamp`). Equal inputs give the same page.
    `updated` is the last update of the stories it lists (RFC 3339), empty where it lists none;
    None for a page that is not for search engines.
    """

    path: str
    page: Page
    inputs: tuple[str, ...]
    make: Callable[[], MadePage]
    updated: str | None = None
