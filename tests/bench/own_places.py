"""A benchmark's own places for desks, keys and settings: it needs and touches nobody's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.core.house import House
from editor.core.people import Person
from editor.store.desk import Desk


def use_own_places(folder: Path) -> dict[str, str]:
    """Keep data, settings and keys in a folder from now on; return what was set for that."""
    places = {
        f"STONEHAND_{name}": str(folder / name.lower()) for name in ("DATA", "CONFIG", "KEYS")
    }
    places["STONEHAND_PASSPHRASE"] = "four words of a bench"
    os.environ.update(places)
    return places


@contextmanager
def bench_desk(house: House, chief: Person) -> Iterator[Desk]:
    """Make a desk in a folder of its own, which is deleted at the end."""
    with tempfile.TemporaryDirectory() as folder:
        use_own_places(Path(folder))
        with Desk.create(Path(folder) / "Bench.desk", house, chief) as desk:
            yield desk
