"""Make what people install: `python3 packaging/dev.py build linux|windows|macos`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import freeze

PLATFORMS = {"linux": "linux", "windows": "win32", "macos": "darwin"}
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
    freeze.freeze(options.compare)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
