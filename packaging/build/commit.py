"""The commit a build is made of: its name and its time, which stand for the build's own."""

import os
import subprocess


def name(root):
    """Return the commit's full name."""
    return _git(root, "rev-parse", "HEAD")


def time(root):
    """Return its time in seconds since 1970, or what SOURCE_DATE_EPOCH says instead.

    That variable is the convention of https://reproducible-builds.org/specs/source-date-epoch/.
    """
    return int(os.environ.get("SOURCE_DATE_EPOCH") or _git(root, "log", "-1", "--format=%ct"))


def _git(root, *arguments):
    asked = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=True
    )
    return asked.stdout.strip()
