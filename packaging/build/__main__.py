"""Make what people install: `python3 packaging/dev.py build linux|windows|macos|flatpak`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import compare
import freeze
import sums

sys.path.append(str(Path(__file__).resolve().parent.parent))

import system

PLATFORMS = {"linux": "linux", "windows": "win32", "macos": "darwin", "flatpak": "linux"}
"""The names of the platforms, and what Python calls them."""


def main(arguments: list[str]) -> int:
    """Build for the platform that is named, which is the one that this runs on."""
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__)
    parser.add_argument("platform", choices=PLATFORMS)
    parser.add_argument("--compare", type=Path, metavar="LIST", help="the last build's file list")
    parser.add_argument("--twice", action="store_true", help="build twice, and say what differs")
    options = parser.parse_args(arguments)
    made_on = PLATFORMS[options.platform]
    if sys.platform != made_on:
        print(f"The {options.platform} build is made on {made_on}; this is {sys.platform}.")
        return 1
    if options.twice:
        return compare.twice(options.platform)
    system.provide(with_venv=not freeze.PYTHON.is_file(), for_build=True)
    system.provide_font()
    module = freeze.HERE / f"{options.platform}.py"
    if options.platform == "flatpak":
        # It has Qt, Python and the libraries from elsewhere.
        freeze.make_environment()
        freeze.run(freeze.PYTHON, module, freeze.DIST)
    else:
        freeze.freeze(options.compare)
        freeze.run(freeze.PYTHON, module, freeze.PROGRAM, freeze.DIST)
    return sums.main([str(freeze.DIST)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
