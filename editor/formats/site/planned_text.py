"""Files of text that are known before they are made, with what goes into each."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class PlannedText(NamedTuple):
    """A file of text at a path, and `make`, which makes it.

    `inputs` is everything that it reads, beside the house and the code: mostly the stamps of
    listings (`Listing.stamp`). Equal inputs give the same text.
    """

    path: str
    inputs: tuple[str, ...]
    make: Callable[[], str]
