"""What this computer's Stonehand makes bytes by: another one may make others of the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from editor import __version__
from editor.resources import resource

_LIBRARIES = ("babel", "Jinja2", "Markdown", "Pillow")
_ROOMS = ("core", "text", "proof", "formats")
_RESOURCES = ("media-topics", "site", "templates")


@cache
def code_stamp() -> str:
    """Return 16 hexadecimal digits that differ once code, templates or libraries do."""
    package = Path(__file__).parent
    libraries = (f"{name} {version(name)}" for name in _LIBRARIES)
    folders = [*(package / room for room in _ROOMS), *map(resource, _RESOURCES)]
    made_by = "\n".join((__version__, *libraries, *file_stamps(folders)))
    return sha256(made_by.encode()).hexdigest()[:16]


def file_stamps(folders: Iterable[Path]) -> list[str]:
    """Return the name, size and time of each file in some folders, but for Python's own."""
    files = (path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc")
    found = ((path.name, path.stat()) for path in sorted(files) if path.is_file())
    return [f"{name} {status.st_size} {status.st_mtime_ns}" for name, status in found]
