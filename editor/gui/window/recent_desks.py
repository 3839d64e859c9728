"""The desks that were opened before: their names, when that was, and what is wrong with one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from editor.errors import DeskTooNew, EditorError
from editor.gui.window.window_state import WindowState
from editor.i18n import _
from editor.places import DESK_FILE, sample_desk
from editor.progress import Progress

if TYPE_CHECKING:
    from editor.trust.masthead import MastheadChain

# The database and the cryptography are imported on the thread that looks at the desks.
# ruff: noqa: PLC0415


class DeskFault(StrEnum):
    """What keeps a desk of the list from being opened, or from being worked on."""

    GONE = "gone"
    NOT_A_DESK = "not a desk"
    TOO_NEW = "too new"
    NEWER = "newer"
    DAMAGED = "damaged"
    NO_KEY = "no key"

    @property
    def is_missing(self) -> bool:
        """Whether there is no desk at its place, so that it may be somewhere else."""
        return self in (DeskFault.GONE, DeskFault.NOT_A_DESK)

    @property
    def sentence(self) -> str:
        """What a person reads beside the desk."""
        match self:
            case DeskFault.GONE:
                return _("Its folder is gone: it was moved, or its disk is not connected.")
            case DeskFault.NOT_A_DESK:
                return _("There is no desk in its folder any more.")
            case DeskFault.TOO_NEW:
                return _("A newer Stonehand made it; this one can’t open it.")
            case DeskFault.NEWER:
                return _("A newer Stonehand made it: here you can only read it.")
            case DeskFault.DAMAGED:
                return _("It is damaged, and may not open.")
        return _("Your key is not on this computer: here you can only read it.")


@dataclass(frozen=True, slots=True)
class RecentDesk:
    """A desk of the list. `used` is the instant when its window was closed last, or empty."""

    path: str
    title: str
    used: str = ""


def recent_desks(paths: Sequence[str], state: WindowState) -> list[RecentDesk]:
    """Return the desks of the list, with the folder in the title where two have one name."""
    names = [Path(path).stem for path in paths]
    return [
        RecentDesk(path, _title(path, names), state.on_desk(Path(path)).get("closed", ""))
        for path in paths
    ]


def find_faults(paths: Sequence[str], progress: Progress) -> dict[str, DeskFault]:
    """Look at desks without opening them, off the main thread: a disk may be slow or gone."""
    faults = {}
    for number, path in enumerate(paths):
        progress.report(number, len(paths), "")
        if fault := find_fault(Path(path)):
            faults[path] = fault
    return faults


def find_fault(desk: Path) -> DeskFault | None:
    """Return what is wrong with a desk, as far as can be seen without opening it."""
    if fault := _why_missing(desk):
        return fault
    from editor.store.glance import read_masthead_of

    try:
        chain = read_masthead_of(desk)
    except DeskTooNew as error:
        return DeskFault.NEWER if error.is_readable else DeskFault.TOO_NEW
    except EditorError:
        return DeskFault.DAMAGED
    return None if chain is None or _has_key(chain) else DeskFault.NO_KEY


def _why_missing(desk: Path) -> DeskFault | None:
    try:
        if not desk.is_dir():
            return DeskFault.GONE
        return None if (desk / DESK_FILE).is_file() else DeskFault.NOT_A_DESK
    except (OSError, ValueError):
        return DeskFault.GONE


def _has_key(chain: MastheadChain) -> bool:
    """Return whether anybody of a desk can sign here, as far as nobody has to be asked."""
    from editor.store.desk import sample_keys
    from editor.trust.keyring import KeyFolder, choose_key_store

    keys = choose_key_store()
    if sample_keys(chain.desk).folder.is_dir() or not isinstance(keys, KeyFolder):
        return True  # a keyring would ask to be opened, and nobody wanted to sign yet
    return any(keys.has(member.person.name) for member in chain.latest.members)


def desk_to_write_on(paths: Sequence[str]) -> Path | None:
    """Return the desk of the list that was used last and can be written to; never the sample.

    None where a desk has to be made first. It looks at disks: not for the main thread.
    """
    from editor.store.db.newer import may_change

    sample = str(sample_desk())
    desks = (Path(path) for path in paths if path != sample)
    return next((desk for desk in desks if find_fault(desk) is None and may_change(desk)), None)


def nearest_folder(missing: Path) -> str:
    """Return the folder to look for a missing desk in: the nearest above it that there still is."""
    # Not by Path, which raises for a folder that somebody else may not look into.
    return next((str(above) for above in missing.parents if os.path.isdir(above)), "")


def _title(path: str, names: Sequence[str]) -> str:
    desk = Path(path)
    if names.count(desk.stem) == 1:
        return desk.stem
    return _("{desk} in {folder}").format(desk=desk.stem, folder=desk.parent)
