"""The icons of a paper, which stand for it in lists of tabs, on home screens and in feeds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Icon:
    """A square PNG of the paper's logo or name: its path from the top of the site, its width.

    A `maskable` one may be cut to a circle of 80 % of its width (Web App Manifest, purpose).
    """

    path: str
    width: int
    maskable: bool = False
