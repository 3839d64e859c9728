"""What this computer's Stonehand makes bytes by: another one may make others of the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from editor import __version__
from editor.frozen import is_frozen, program_stamp
from editor.resources import resource

_LIBRARIES = ("babel-", "jinja2-", "markdown-", "pillow-")
_ROOMS = ("core", "text", "proof", "formats")
_RESOURCES = ("media-topics", "site", "templates")


@cache
def code_stamp() -> str:
    """Return 16 hexadecimal digits that differ once code, templates or libraries do."""
    package = Path(__file__).parent
    folders = [*(package / room for room in _ROOMS), *map(resource, _RESOURCES)]
    code = [program_stamp()] if is_frozen() else _installed(sys.path)
    made_by = "\n".join((__version__, *code, *file_stamps(folders)))
    return sha256(made_by.encode()).hexdigest()[:16]


def file_stamps(folders: Iterable[Path]) -> list[str]:
    """Return the name, size and time of each file in some folders, but for Python's own."""
    found = []
    for top in folders:
        for folder, inside, names in os.walk(top):
            inside.sort()
            for name in sorted(names):
                if not name.endswith(".pyc"):
                    status = os.stat(f"{folder}/{name}")
                    found.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return found


def _installed(folders: Iterable[str]) -> Iterator[str]:
    """Yield the names of the folders that installers leave: `Jinja2-3.1.6.dist-info`.

    `importlib.metadata` reads the same versions, and takes longer to import than all of this.
    """
    for folder in folders:
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:  # as a ZIP file of modules
            continue
        yield from (name for name in names if name.lower().startswith(_LIBRARIES))
