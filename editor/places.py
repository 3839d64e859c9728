"""The folders of Stonehand's own files on this computer (platformdirs decides)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Literal

import platformdirs

_APP = "stonehand"

DESK_FILE = "desk.sqlite3"
"""The database in a desk's folder: what makes a folder a desk."""
THEMES_FOLDER = "themes"
"""In a desk's folder: its own themes."""
LOCK_FILE = "window.lock"
"""Locked by the window that has the desk, and empty once that was closed."""


def split_desks(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Split paths that a file manager gives into those of desks and all others.

    A desk's database is its desk: where folders can't be opened in a program, files can.
    """
    desks: list[Path] = []
    files: list[Path] = []
    for path in paths:
        desk = path.parent if path.name == DESK_FILE else path
        if (desk / DESK_FILE).is_file():
            desks.append(desk)
        else:
            files.append(path)
    return desks, files


def data_folder() -> Path:
    """The folder of desks made without a path, the sample desk and logs.

    `STONEHAND_DATA` overrides it, for tests and portable installs.
    """
    return _folder("STONEHAND_DATA", platformdirs.user_data_dir)


def config_folder() -> Path:
    """The folder of personal settings and the window's session; `STONEHAND_CONFIG` overrides it."""
    return _folder("STONEHAND_CONFIG", platformdirs.user_config_dir)


def _folder(variable: str, usual: Callable[[str, Literal[False]], str]) -> Path:
    """Return a folder of the person's own. Raises NotFound where nobody can say which it is."""
    if chosen := os.environ.get(variable):
        return Path(chosen)
    try:
        return Path(usual(_APP, False))
    except RuntimeError as error:  # nobody has the number that runs this, as in a container
        from editor.errors import NotFound  # noqa: PLC0415  start-up does not need it
        from editor.i18n import _  # noqa: PLC0415

        raise NotFound(
            _("You have no home folder on this computer, where Stonehand would keep its files."),
            _("Set HOME, or STONEHAND_DATA and STONEHAND_CONFIG, to folders of your own."),
        ) from error


def settings_file() -> Path:
    """The personal settings of this computer."""
    return config_folder() / "settings.json"


def window_state_file() -> Path:
    """The window's session: its place on the screen, and what was open on each desk."""
    return config_folder() / "window.json"


def shortcuts_file() -> Path:
    """The keys that a person chose for commands on this computer."""
    return config_folder() / "shortcuts.json"


def renditions_folder() -> Path:
    """The folder of renditions that were made once, for every desk; anybody may delete it.

    `STONEHAND_RENDITIONS` overrides it, for tests.
    """
    return Path(os.environ.get("STONEHAND_RENDITIONS") or data_folder() / "renditions")


def dictionaries_folder() -> Path:
    """The folder of a person's dictionaries: Hunspell's files, such as `fr.aff` and `fr.dic`."""
    return data_folder() / "dictionaries"


def my_words_file() -> Path:
    """A person's own dictionary: a text file with a word a line, which anybody may edit."""
    return config_folder() / "my-words.txt"


def desk_ids_file() -> Path:
    """The ids of the desks that were opened on this computer, by which links find them."""
    return data_folder() / "desk-ids.json"


def sample_desk() -> Path:
    """The path of the sample desk, which is made at the first start."""
    return data_folder() / "Sample.desk"


def outbox_folder(desk: Path | None = None) -> Path:
    """The folder of editions that wait to be sent, or in it that of one desk's."""
    folder = data_folder() / "outbox"
    return folder / place_name(os.path.realpath(desk)) if desk else folder


def place_name(place: str) -> str:
    """A name for what this computer remembers of a desk, by its absolute path."""
    return sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:32]
