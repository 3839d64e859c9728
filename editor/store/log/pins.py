"""What this computer remembers of the mastheads it has seen, so that none can be turned back.

A desk is a folder that others can write to. Its own files can't tell that they
are older than they were; this file, among the personal settings, can.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from editor.errors import UntrustedSignature
from editor.files import write_json
from editor.places import config_folder
from editor.store.log.audit_log import AuditLog
from editor.trust.masthead import MastheadChain

_HINT = (
    "If it was put there on purpose, and the chief agrees, accept it: "
    "stonehand masthead DESK --accept."
)


@dataclass(slots=True)
class _Pins:
    """`desks`: desk id → (masthead number, its hash).

    `places`: folder → the desk id seen there, and the last audit row with its hash.
    """

    desks: dict[str, tuple[int, str]] = field(default_factory=dict)
    places: dict[str, tuple[str, int, str]] = field(default_factory=dict)


def check(path: Path, chain: MastheadChain | None) -> None:
    """Raise UntrustedSignature if this computer has seen a newer or another masthead."""
    pins = _read()
    before, *_ = pins.places.get(str(path), (None,))
    if chain is None:
        if before:
            raise UntrustedSignature("The masthead of this desk is gone.", _HINT)
        return
    if before not in (None, chain.latest.desk):
        raise UntrustedSignature(
            f"This folder held another desk before; the words of this one are {chain.words}.",
            _HINT,
        )
    number, hash = pins.desks.get(chain.latest.desk, (0, ""))
    if number > chain.latest.number:
        raise UntrustedSignature(
            f"This desk's masthead is number {chain.latest.number}, but this computer "
            f"has seen number {number}: an older one was put in its place.",
            _HINT,
        )
    if number and chain.hashes[number - 1] != hash:
        raise UntrustedSignature(
            f"Masthead {number} of this desk is not the one this computer has seen.", _HINT
        )


def check_log(path: Path, log: AuditLog) -> None:
    """Raise UntrustedSignature if what was done at a place before is no longer in its log."""
    _, row, hash = _read().places.get(str(path), ("", 0, ""))
    if row and log.hash_of(row) != hash:
        raise UntrustedSignature(
            f"What was done on this desk up to row {row} was rewritten, "
            "or an older copy was put in its place.",
            _HINT,
        )


def remember(path: Path, chain: MastheadChain | None, log: AuditLog) -> None:
    """Remember a masthead and the last audit row, even if newer ones were seen before.

    A disk that refuses is no reason to stop work.
    """
    if chain is None:
        return
    pins = _read()
    desk = {chain.latest.desk: (chain.latest.number, chain.latest_hash)}
    place = {str(path): (chain.latest.desk, log.last, log.tip)}
    changed = _Pins(pins.desks | desk, pins.places | place)
    if changed != pins:
        write_json(_file(), asdict(changed))


def forget(path: Path) -> None:
    """Forget what was at a folder: another desk is about to be made there."""
    pins = _read()
    if pins.places.pop(str(path), None) is not None:
        write_json(_file(), asdict(pins))


def _file() -> Path:
    return config_folder() / "mastheads.json"


def _read() -> _Pins:
    # A file that does not read is as good as none: what it knew is learned again.
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        value: Any = json.loads(_file().read_bytes())
        desks = {str(id): (int(number), str(hash)) for id, (number, hash) in value["desks"].items()}
        places = {
            str(path): (str(id), int(row), str(hash))
            for path, (id, row, hash) in value["places"].items()
        }
        return _Pins(desks, places)
    return _Pins()
