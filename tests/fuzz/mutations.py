"""Damage to a file: bytes that flip, vanish or repeat, and JSON values of another kind."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

_ODD: tuple[Any, ...] = (
    *(None, True, 0, 7, -1, 1.5, 10**30, -(10**30), 2**63, float("inf"), float("nan")),
    *("", "x" * 5000, "\ud800", "\udfff\ud800", "\0", "\n", "../../etc", "http://[::1", "[x]"),
    *([], [[]], {}, {"": None}, [7], ["\ud800"], {"slug": 7, "title": 7}),
)
DEEP = 20_000


def damage_json(data: bytes, chance: Random) -> bytes:
    """Return JSON with one to three of its values replaced, removed, doubled or nested deeply."""
    if chance.random() < 0.25:
        return damage_bytes(data, chance)
    value = copy.deepcopy(json.loads(data))
    for _ in range(chance.randint(1, 3)):
        places = [place for place in _places(value) if place]
        if not places:
            return json.dumps(chance.choice(_ODD)).encode()
        *way, last = chance.choice(places)
        holder = value
        for step in way:
            holder = holder[step]
        match chance.randint(0, 4):
            case 0:
                del holder[last]
            case 1 if isinstance(holder, dict):
                holder[f"{last}\ud800"] = holder.pop(last)
            case _:
                holder[last] = copy.deepcopy(chance.choice(_ODD))
    text = json.dumps(value)
    if chance.random() < 0.1:
        text = text.replace("7", "[" * DEEP + "]" * DEEP, 1)
    return text.encode()


def damage_bytes(data: bytes, chance: Random) -> bytes:
    """Return bytes of which a few were flipped, cut, repeated, emptied or nested deeply."""
    kind = chance.randint(0, 6)
    at = chance.randrange(len(data) or 1)
    match kind:
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + chance.randint(1, 40) :]
        case 2:
            return data[:at] + data[at : at + 40] * chance.randint(2, 9) + data[at:]
        case 3:
            return chance.choice((b"", b"\0", b"\xff\xfe", b"[" * DEEP, b'{"a":' * DEEP, b"7"))
        case _:
            changed = bytearray(data)
            for _ in range(chance.randint(1, 8)):
                if changed:
                    changed[chance.randrange(len(changed))] = chance.randrange(256)
            return bytes(changed)


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way]
    if isinstance(value, dict):
        for name, item in value.items():
            found += _places(item, (*way, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found += _places(item, (*way, number))
    return found
