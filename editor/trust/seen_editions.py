"""The newest edition that this computer has verified of each desk it trusts.

An old edition verifies for ever, so whoever hands it on as today's is noticed only by what was
seen before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from editor.core.times import is_instant_text
from editor.files import parse_json, write_json
from editor.places import data_folder
from editor.turns import changing


class SeenEditions:
    """A small file: the instant (RFC 3339) of the newest edition by desk and format.

    What can't be read or kept is as if nothing had been seen.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or data_folder() / "seen_editions.json"

    def newer(self, desk: str, format: str, generated_at: str) -> str:
        """Return when the newest edition seen was made, if that is later; else an empty text."""
        found = self._read().get(_name(desk, format), "")
        return found if found > generated_at else ""

    def remember(self, desk: str, format: str, generated_at: str) -> None:
        """Keep the instant of an edition of a trusted desk, unless a later one is known."""
        name = _name(desk, format)
        with changing(self._path):
            seen = self._read()
            if seen.get(name, "") < generated_at and is_instant_text(generated_at):
                write_json(self._path, {**seen, name: generated_at})

    def _read(self) -> dict[str, str]:
        try:
            value: Any = parse_json(self._path.read_text(encoding="utf-8"))
            return {name: at for name, at in value.items() if is_instant_text(at)}
        except (OSError, ValueError, AttributeError, TypeError, RecursionError):
            return {}


def _name(desk: str, format: str) -> str:
    return f"{desk} {format}"
