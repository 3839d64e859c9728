"""Which version of each story a person saw last, remembered per person and desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.files import parse_json, write_json
from editor.places import config_folder
from editor.turns import changing

_MOST = 2000


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """The version a person saw last, and the one it was compared with; 0 for none."""

    version: int = 0
    against: int = 0


class SeenVersions:
    """What one person saw on one desk. With a file that can't be read nothing was seen."""

    def __init__(self, desk: Path, person: str) -> None:
        self._key = f"{desk} · {person}"

    def get(self, story: str) -> SeenVersion:
        """Return what was seen of a story, by its id."""
        value = _mapping(_mapping(_read()).get(self._key)).get(story)
        pair = value if isinstance(value, list) and len(value) == 2 else [0, 0]
        return SeenVersion(*(number if isinstance(number, int) else 0 for number in pair))

    def put(self, story: str, seen: SeenVersion) -> None:
        """Store what was seen of a story; those seen longest ago are dropped."""
        with changing(seen_file()):
            everything = _mapping(_read())
            mine = _mapping(everything.get(self._key))
            mine.pop(story, None)
            mine[story] = [seen.version, seen.against]
            for oldest in list(mine)[:-_MOST]:
                del mine[oldest]
            everything[self._key] = mine
            write_json(seen_file(), everything)


def seen_file() -> Path:
    """Return the path of the file on this computer."""
    return config_folder() / "seen.json"


def _read() -> Any:
    try:
        return parse_json(seen_file().read_bytes())
    except (OSError, ValueError):
        return {}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
