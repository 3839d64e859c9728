"""What this computer remembers of the desks it has seen, so that none can be turned back.

A desk is a folder that others can write to. Its own files can't tell that they
are older than they were; these two files among the personal ones can. One of
them alone that is gone or emptied is noticed by the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from editor.errors import UntrustedSignature
from editor.files import parse_json, path_stamp, remove, write_file
from editor.i18n import N_, _
from editor.places import config_folder, data_folder
from editor.store.log.fingerprint import VerifiedEntries
from editor.trust.log_tip import LogTip
from editor.turns import changing

if TYPE_CHECKING:
    from editor.trust.masthead import MastheadChain

Numbered = TypeVar("Numbered", bound=tuple[int, str])
"""A masthead or an entry: its number, and its hash."""

_HINT = N_(
    "If it was put there on purpose, and the chief agrees, accept it: "
    "stonehand masthead DESK --accept."
)


@dataclass(slots=True)
class Pin:
    """What was seen of one desk.

    `masthead` is the number and the hash of its latest masthead, `logs` the last
    entry of each log, `own` that of the logs which this computer writes, and `verified`
    the entries that a whole verification found sound.
    """

    masthead: tuple[int, str] = (0, "")
    logs: dict[str, LogTip] = field(default_factory=dict)
    own: dict[str, LogTip] = field(default_factory=dict)
    verified: VerifiedEntries = field(default_factory=VerifiedEntries)


@dataclass(slots=True)
class _Pins:
    """`desks`: desk id → what was seen of it. `places`: folder → the desk seen there."""

    desks: dict[str, Pin] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def check(path: Path, chain: MastheadChain) -> None:
    """Raise UntrustedSignature if this computer has seen a newer or another masthead."""
    pins = _read()
    before = pins.places.get(_place(path))
    if before not in {None, chain.desk}:
        raise UntrustedSignature(
            _("This folder held another desk before; the words of this one are {words}.").format(
                words=chain.words
            ),
            _(_HINT),
        )
    number, hash = pins.desks.get(chain.desk, Pin()).masthead
    if number > chain.latest.number:
        raise UntrustedSignature(
            _(
                "This desk's masthead is number {number}, but this computer has "
                "seen number {seen}: an older one was put in its place."
            ).format(number=chain.latest.number, seen=number),
            _(_HINT),
        )
    if number and chain.hashes[number - 1] != hash:
        raise UntrustedSignature(
            _("Masthead {number} of this desk is not the one this computer has seen.").format(
                number=number
            ),
            _(_HINT),
        )


def check_logs(desk: str, hash_at: Callable[[Mapping[str, LogTip]], Mapping[str, str]]) -> None:
    """Raise UntrustedSignature if an entry that was seen is no longer in its log.

    `hash_at` gives the hash of the entry at the same place of each log, where there is one.
    """
    seen = _read().desks.get(desk, Pin()).logs
    found = hash_at(seen) if seen else {}
    if any(found.get(log) != tip.hash for log, tip in seen.items()):
        raise UntrustedSignature(
            _("What was done on this desk was rewritten, or an older copy was put in its place."),
            _(_HINT),
        )


def known(desk: str) -> Pin:
    """What was seen of a desk. Raises UntrustedSignature as `check` does."""
    return _read().desks.get(desk, Pin())


def state() -> tuple[object, ...]:
    """What differs after the files of memory were written or replaced."""
    return tuple(map(path_stamp, _files()))


def places() -> list[str]:
    """The folders at which desks were seen."""
    return list(_read(is_strict=False).places)


def places_of(desk: str) -> list[str]:
    """The folders at which a desk was seen."""
    return [place for place, id in _read(is_strict=False).places.items() if id == desk]


def remember(
    path: Path,
    chain: MastheadChain,
    logs: Mapping[str, LogTip],
    own: Mapping[str, LogTip] | None = None,
    verified: VerifiedEntries | None = None,
) -> None:
    """Remember a masthead and the last entries; what was seen of newer ones stays.

    They may be read before another process wrote those: only `accept` goes back. `own` are
    entries that this process wrote, `verified` those that were all verified. A disk that
    refuses is no reason to stop work.
    """

    def seen_now(before: Pin) -> Pin:
        return Pin(
            _later(before.masthead, (chain.latest.number, chain.latest_hash)),
            before.logs | {log: _later(before.logs.get(log), tip) for log, tip in logs.items()},
            before.own | dict(own or {}),
            verified or before.verified,
        )

    pins, place = _read(), _place(path)
    before = pins.desks.get(chain.desk, Pin())
    if seen_now(before) == before and pins.places.get(place) == chain.desk:
        return
    with changing(_files()[0]):
        pins = _together(_read_files(), is_strict=True)
        _put_pin(pins, place, chain.desk, seen_now(pins.desks.get(chain.desk, Pin())))


def is_remembered(
    path: Path,
    masthead: tuple[int, str],
    logs: Mapping[str, LogTip],
    own: Mapping[str, LogTip],
    *,
    is_strict: bool = False,
) -> bool:
    """Whether `remember` would write nothing, of a masthead by its number and hash.

    Then it was verified before, at this place. Raises UntrustedSignature as `check` does, if
    `is_strict`.
    """
    pins = _read(is_strict=is_strict)
    pin = pins.desks.get(pins.places.get(_place(path), ""), Pin())
    seen = Pin(masthead, dict(logs), pin.own | dict(own), pin.verified)
    return pin == seen and masthead[0] > 0


def accept(path: Path, chain: MastheadChain, logs: Mapping[str, LogTip]) -> None:
    """Take a desk as it is for the real one. What is written here from now on opens new logs."""
    pin = Pin((chain.latest.number, chain.latest_hash), dict(logs))
    with changing(_files()[0]):
        pins = _together(_read_files(), is_strict=False)
        _put_pin(pins, _place(path), chain.desk, pin)


def _put_pin(pins: _Pins, place: str, desk: str, pin: Pin) -> None:
    _write(_Pins(pins.desks | {desk: pin}, pins.places | {place: desk}))


def _place(path: Path) -> str:
    return str(path.resolve())


def _files() -> tuple[Path, Path]:
    return config_folder() / "desks.json", data_folder() / "desks.json"


def _read(*, is_strict: bool = True) -> _Pins:
    """What both files say together. Raises UntrustedSignature where one says nothing any more.

    While they differ somebody may have written only one of the two so far.
    """
    found = _read_files()
    (_in_config, first), (_in_data, second) = found
    if first != second:
        with changing(_files()[0]):
            found = _read_files()
    return _together(found, is_strict=is_strict)


def _read_files() -> list[tuple[Path, _Pins | None]]:
    return [(file, _read_file(file)) for file in _files()]


def _together(found: list[tuple[Path, _Pins | None]], *, is_strict: bool) -> _Pins:
    known = [pins for _file, pins in found if pins is not None]
    for file, pins in found:
        if is_strict and pins is None and (known or file.is_file()):
            raise UntrustedSignature(
                _(
                    "What this computer remembers of desks is gone from {file}: it "
                    "can't be told any more whether a desk was turned back."
                ).format(file=file),
                _(_HINT),
            )
    together = _Pins()
    for pins in known:
        for desk, pin in pins.desks.items():
            other = together.desks.get(desk)
            together.desks[desk] = _newer_pin(other, pin) if other else pin
        for place, desk in pins.places.items():
            is_known = together.places.get(place, desk) == desk
            together.places[place] = desk if is_known else _NEITHER
    return together


_NEITHER = ""
"""In the place of a desk or a hash on which the two files don't agree: it fits nothing."""


def _newer_pin(first: Pin, second: Pin) -> Pin:
    """What was seen last by both of two pins, so that no older file in one place counts."""
    return Pin(
        _newer(first.masthead, second.masthead),
        _newer_tips(first.logs, second.logs),
        _newer_tips(first.own, second.own),
        first.verified if first.verified == second.verified else VerifiedEntries(),
    )


def _newer_tips(first: dict[str, LogTip], second: dict[str, LogTip]) -> dict[str, LogTip]:
    return {
        log: LogTip(*_newer(first.get(log, (0, "")), second.get(log, (0, ""))))
        for log in first.keys() | second.keys()
    }


def _newer(first: tuple[int, str], second: tuple[int, str]) -> tuple[int, str]:
    if first[0] == second[0]:
        return first if first == second else (first[0], _NEITHER)
    return max(first, second)


def _later(seen: Numbered | None, found: Numbered) -> Numbered:
    """The one with the higher number; of two with the same what was found just now."""
    return seen if seen is not None and seen[0] > found[0] else found


def _read_file(file: Path) -> _Pins | None:
    """What one file says; None where it says nothing that can be read."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return _parse(data)


@lru_cache(maxsize=4)
def _parse(data: bytes) -> _Pins | None:
    try:
        value: Any = parse_json(data)
        desks = {str(id): _pin(item) for id, item in value["desks"].items()}
        places = {str(path): str(id) for path, id in value["places"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    return _Pins(desks, places) if desks or places else None


def _pin(value: Any) -> Pin:
    number, hash = value["masthead"]
    logs, own = (
        {str(log): LogTip(int(seq), str(tip)) for log, (seq, tip) in value[name].items()}
        for name in ("logs", "own")
    )
    last, newest, fingerprint = value.get("verified", VerifiedEntries())
    verified = VerifiedEntries(int(last), str(newest), str(fingerprint))
    return Pin((int(number), str(hash)), logs, own, verified)


def _write(pins: _Pins) -> None:
    value = {
        "desks": {
            id: {
                "masthead": pin.masthead,
                "logs": pin.logs,
                "own": pin.own,
                "verified": pin.verified,
            }
            for id, pin in pins.desks.items()
        },
        "places": pins.places,
    }
    config, data = _files()
    text = json.dumps(value, sort_keys=True).encode()
    if _put(data, text) and not _put(config, text) and _read_file(config) is None:
        # One alone would say that the other was emptied.
        remove(data)


def _put(file: Path, data: bytes) -> bool:
    """Write one of the files, for its owner alone; False where the disk refuses."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, data, private=True)
    except OSError:
        return False
    return True
