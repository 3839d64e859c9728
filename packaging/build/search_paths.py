"""Take the build computer's folders out of where libraries look for other libraries.

A Python that was built from source names its own folder in each of its modules. Elsewhere that
folder may be anybody's, who could put a library there that Stonehand would load.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from linux_packages.needed import headers, programs_in

BESIDE = "$ORIGIN"
"""In a search path: the folder of the library itself."""


def search_path(program: Path) -> str:
    """Return where a program looks for libraries besides the usual places, or nothing."""
    found = re.search(r"^\s+R(?:UN)?PATH\s+(\S.*)$", headers(program), re.M)
    return found[1] if found else ""


def clean(folder: Path) -> list[Path]:
    """Let programs below a folder look beside themselves instead of in absolute folders.

    Raises SystemExit for one whose search path can't be replaced. Returns the changed ones.
    """
    changed = []
    for program in programs_in(folder):
        path = search_path(program)
        kept = [place for place in path.split(":") if not place.startswith("/")]
        if kept == path.split(":"):
            continue
        wanted = ":".join(kept or [BESIDE]).encode()
        before, data = path.encode() + b"\0", program.read_bytes()
        if data.count(before) != 1 or len(before) <= len(wanted):
            raise SystemExit(f"{program} looks for libraries in {path}, which can't be changed.")
        program.write_bytes(data.replace(before, wanted.ljust(len(before), b"\0")))
        changed.append(program)
    return changed


if __name__ == "__main__":
    print(f"{len(clean(Path(sys.argv[1])))} libraries looked in a folder of this computer.")
