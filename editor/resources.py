"""Paths of the files beside the code, in a source tree, a wheel or a frozen bundle."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Return the folder of templates, styles, samples and help.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [
        *([Path(frozen) / "resources"] if frozen else []),
        package / "_resources",
        package.parent / "resources",
    ]
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError("Stonehand's resources are missing; install it again.")


def resource(*parts: str) -> Path:
    """Return the path of one resource, e.g. `resource("templates", "story.html")`."""
    return resources().joinpath(*parts)
