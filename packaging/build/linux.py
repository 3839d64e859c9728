"""Make Linux packages of a frozen program: a .deb, a portable .tar.xz, and an AppImage.

python linux.py FOLDER [OUT]     FOLDER has the program `stonehand`; OUT is `dist` otherwise
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import commit
from identity import COMMAND, ROOT
from linux_packages import appimage, deb, portable
from linux_packages.share import Payload, write_share

WORK = ROOT / "build" / "linux"


def make_packages(program: Path, out: Path) -> list[Path]:
    """Make the packages of a folder with the program; return their files.

    Where a tool of one of them is missing it is not made, and a sentence says so.
    """
    runtime = appimage.find_runtime()
    payload = Payload(program, WORK / "share", commit.time(ROOT))
    write_share(payload.share, payload.moment)
    out.mkdir(parents=True, exist_ok=True)
    machine = os.uname().machine
    files = []
    if _has("xz", "the portable archive"):
        files.append(portable.make_archive(payload, machine, out))
    if _has("dpkg-deb", "the .deb") and _has("objdump", "the .deb"):
        files.append(deb.make_deb(payload, WORK, out))
    if runtime is None:
        print(f"No AppImage: {appimage.RUNTIME} names no runtime, see packaging/README.md.")
    elif _has("mksquashfs", "the AppImage"):
        files.append(appimage.make_appimage(payload, runtime, WORK, out))
    for file in files:
        print(f"{file.stat().st_size / 1e6:8.1f} MB  {file.name}", flush=True)
    return files


def _has(tool: str, what: str) -> bool:
    if shutil.which(tool):
        return True
    print(f"{what[0].upper()}{what[1:]} is not made: there is no {tool}.", flush=True)
    return False


def main(arguments: Sequence[str]) -> int:
    """Make the packages; return the exit code."""
    program = Path(arguments[0]) if arguments else Path()
    if len(arguments) not in (1, 2) or not (program / COMMAND).is_file():
        print(__doc__)
        return 2
    make_packages(program, Path(arguments[1]) if len(arguments) > 1 else ROOT / "dist")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
