"""Opens or makes a desk for a window. Only the store's thread imports this: it takes long."""

from __future__ import annotations

from pathlib import Path

from editor.core.house import House
from editor.core.people import Person
from editor.gui.facts import Facts
from editor.opening import make_desk, open_desk
from editor.places import sample_desk
from editor.store.desk import Desk
from editor.trust.keyring import choose_key_store


def open_for_window(path: Path) -> tuple[Desk, Facts]:
    """Open a desk, hold it and read its facts; the sample is made where there is none yet."""
    if path == sample_desk() and not path.exists():
        from editor.sample import make_sample  # noqa: PLC0415 - only ever needed once

        path.parent.mkdir(parents=True, exist_ok=True)
        make_sample(path).close()
    return _hold(open_desk(path))


def create_for_window(
    path: Path, house: House, chief: Person, passphrase: str
) -> tuple[Desk, Facts]:
    """Make a desk with its chief's key, hold it and read its facts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = choose_key_store().unlocked(passphrase) if passphrase else None
    return _hold(make_desk(path, house, chief, keys))


def _hold(desk: Desk) -> tuple[Desk, Facts]:
    """Keep other windows from opening the desk, and read what every panel shows."""
    try:
        desk.hold()
        with desk.read() as snapshot:
            return desk, Facts.read(snapshot)
    except BaseException:
        desk.close()
        raise
