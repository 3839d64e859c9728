"""Make what people install: `python3 packaging/dev.py build linux|windows|macos|flatpak`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import freeze

PLATFORMS = {"linux": "linux", "windows": "win32", "macos": "darwin", "flatpak": "linux"}
"""The names of the platforms, and what Python calls them."""


def main(arguments: list[str]) -> int:
    """Build for the platform that is named, which is the one that this runs on."""
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__)
    parser.add_argument("platform", choices=PLATFORMS)
    parser.add_argument("--compare", type=Path, metavar="LIST", help="the last build's file list")
    options = parser.parse_args(arguments)
    if sys.platform != PLATFORMS[options.platform]:
        print(f"A build for {options.platform} is made on {options.platform}: this is another.")
        return 1
    if options.platform == "flatpak":
        # It has Qt, Python and the libraries from elsewhere.
        freeze.make_environment()
        freeze.run(freeze.PYTHON, freeze.HERE / "flatpak.py", freeze.DIST)
        return 0
    freeze.freeze(options.compare)
    freeze.run(freeze.PYTHON, freeze.HERE / f"{options.platform}.py", freeze.PROGRAM, freeze.DIST)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
