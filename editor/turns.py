"""Turns at a person's own files, which several windows and commands read, change and write."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from editor.in_use import taking_turns
from editor.places import data_folder


def changing(file: Path) -> AbstractContextManager[None]:
    """Keep everybody else from changing a personal file while it is read, changed and written.

    What another window or command wrote between would be lost. It can't be nested for one file.
    """
    return taking_turns(data_folder() / "locks" / file.name)
