"""The commit a build is made of: its name and its time, which stand for the build's own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def name(root: Path) -> str:
    """Return the commit's full name."""
    return _git(root, "rev-parse", "HEAD")


def time(root: Path) -> int:
    """Return its time in seconds since 1970, or what SOURCE_DATE_EPOCH says instead.

    That variable is the convention of https://reproducible-builds.org/specs/source-date-epoch/.
    """
    return int(os.environ.get("SOURCE_DATE_EPOCH") or _git(root, "log", "-1", "--format=%ct"))


def _git(root: Path, *arguments: str) -> str:
    """Return what git prints. SystemExit, with a sentence, where there is no git or no clone."""
    try:
        asked = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        raise SystemExit("A build says of which commit it is made: install git.") from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"A build is made of a commit: {error.stderr.strip()}") from None
    return asked.stdout.strip()
