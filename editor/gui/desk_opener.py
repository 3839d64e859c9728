"""Opens or makes a desk for a window. Only the store's thread imports this: it takes long."""

from __future__ import annotations

from pathlib import Path

from editor.core.house import House
from editor.core.people import Person
from editor.errors import BadInput, DiskFull, reason_of
from editor.gui.facts import Facts
from editor.i18n import _
from editor.opening import make_desk, open_desk
from editor.places import sample_desk
from editor.store.desk import Desk
from editor.store.disk_errors import from_os
from editor.trust.keyring import choose_key_store


def open_for_window(path: Path) -> tuple[Desk, Facts]:
    """Open a desk, hold it and read its facts; the sample is made where there is none yet."""
    if path == sample_desk() and not path.exists():
        from editor.sample import make_sample  # noqa: PLC0415 - only ever needed once

        _make_folder_for(path)
        make_sample(path).close()
    return _hold(open_desk(path))


def create_for_window(
    path: Path, house: House, chief: Person, passphrase: str
) -> tuple[Desk, Facts]:
    """Make a desk with its chief's key, hold it and read its facts."""
    _make_folder_for(path)
    keys = choose_key_store().unlocked(passphrase) if passphrase else None
    return _hold(make_desk(path, house, chief, keys))


def _make_folder_for(desk: Path) -> None:
    """Make the folder that a new desk is to be in. Raises DiskFull, BadInput."""
    try:
        desk.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if isinstance(known := from_os(error, desk.parent), DiskFull):
            raise known from error
        reason = reason_of(error)
        raise BadInput(
            _("The folder {folder} can't be made: {reason}.").format(
                folder=desk.parent, reason=reason
            ),
            _("Make a desk in another folder."),
        ) from error


def _hold(desk: Desk) -> tuple[Desk, Facts]:
    """Keep other windows from opening the desk, and read what every panel shows."""
    try:
        desk.hold()
        with desk.read() as snapshot:
            return desk, Facts.read(snapshot)
    except BaseException:
        desk.close()
        raise
