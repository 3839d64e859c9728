"""Real editions of a desk on their way: at no time a link leads nowhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from editor.delivery.remote import Switching
from tests.delivery.memory_remote import MemoryPlace
from tests.delivery.test_send import Sender
from tests.faults.conftest import (
    newsroom,  # noqa: F401  a fixture
    room,  # noqa: F401  a fixture
)
from tests.faults.newsroom import Room
from tests.faults.two_editions import two_editions

_LINK = re.compile(rb'(?:href|src)="([^":?#]+)[?#"]')
_ADDRESS = re.compile(r"[\w./%-]+\.(?:json|jpg|webp|avif)")


def links(path: str, data: bytes) -> Iterator[str]:
    """Yield the files of the edition that a page or a document leads to."""
    if path.endswith(".html"):
        found = [link.decode() for link in _LINK.findall(data)]
    elif path.endswith(".json"):
        found = [*_addresses(json.loads(data))]
    else:
        found = []
    for link in found:
        target = normpath(join(dirname(path), unquote(link)))
        yield join(target, "index.html") if link.endswith("/") else target


def _addresses(value: object) -> Iterator[str]:
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        yield value
    members = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    )
    for member in members:
        yield from _addresses(member)


def dead_links(files: Mapping[str, bytes], start: str, known: dict[bytes, list[str]]) -> set[str]:
    """Return what readers who begin at `start` are led to and that is not there."""
    waiting, seen, dead = [start], {start}, set()
    while waiting:
        path = waiting.pop()
        key = path.encode() + b"\0" + files[path]
        if key not in known:
            # Examples lead where an edition that has them would lead.
            is_example = path.startswith("v1/examples/")
            known[key] = [] if is_example else [*links(path, files[path])]
        for target in known[key]:
            if target not in files:
                dead.add(target)
            elif target not in seen:
                seen.add(target)
                waiting.append(target)
    return dead


@pytest.mark.parametrize("switching", [Switching.IN_PLACE, Switching.BY_FILE])
@pytest.mark.parametrize(("format", "start"), [("site", "index.html"), ("api", "v1/index.json")])
def test_readers_are_led_nowhere_at_no_time(
    room: Room,  # noqa: F811
    tmp_path: Path,
    format: str,
    start: str,
    switching: Switching,
) -> None:
    place = MemoryPlace(switching)
    sender = Sender(place, tmp_path)
    known: dict[bytes, list[str]] = {}
    with two_editions(room, tmp_path, format) as made:
        for name in ("old", "new"):
            made.write(name, to=tmp_path / name)
        sender.send("old")
        assert place.visible() == made.whole["old"]
        before = dead_links(place.visible(), start, known)
        place.seen.clear()
        place.stores.clear()
        sender.send("new")
        assert place.visible() == made.whole["new"]
        after = dead_links(place.visible(), start, known)
        changed = [
            path for path, data in made.whole["new"].items() if made.whole["old"].get(path) != data
        ]
        assert sorted(place.stores) == sorted(changed)
    assert before == after == set()
    assert len(place.seen) >= len(changed)
    for files in place.seen:
        assert dead_links(files, start, known) == set()
    assert len(known) > 10
