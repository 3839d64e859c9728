"""Desks that are made once and copied for each test: each save waits for the disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

_MEMORY = {"STONEHAND_DATA": "data", "STONEHAND_CONFIG": "config"}
"""Where a computer remembers the desks it has seen."""


def make_template(folder: Path, make: Callable[[], None]) -> Path:
    """Make a desk on a computer whose memory is in this folder; the folder."""
    with pytest.MonkeyPatch.context() as patch:
        for variable, name in _MEMORY.items():
            (folder / name).mkdir()
            patch.setenv(variable, str(folder / name))
        make()
    return folder


def copy_template(folder: Path, name: str, to: Path) -> Path:
    """Copy a template's desk and its computer's memory for one test; the desk's copy."""
    for variable, memory in _MEMORY.items():
        shutil.copytree(folder / memory, os.environ[variable], dirs_exist_ok=True)
    return shutil.copytree(folder / name, to / name)
