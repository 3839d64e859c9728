"""Which version of each story a person saw last, remembered per person and desk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.files import write_json
from editor.places import config_folder

_MOST = 2000


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """The version a person saw last, and the one it was compared with then; 0 for none."""

    version: int = 0
    against: int = 0


class SeenVersions:
    """What one person saw on one desk. A file that can't be read or written only forgets."""

    def __init__(self, desk: Path, person: str) -> None:
        self._key = f"{desk} · {person}"

    def get(self, story: str) -> SeenVersion:
        """What was seen of a story."""
        value = _mapping(_mapping(_read()).get(self._key)).get(story)
        pair = value if isinstance(value, list) and len(value) == 2 else [0, 0]
        return SeenVersion(*(each if isinstance(each, int) else 0 for each in pair))

    def put(self, story: str, sight: SeenVersion) -> None:
        """Remember what was seen of a story; the stories seen longest ago are forgotten."""
        everything = _mapping(_read())
        mine = _mapping(everything.get(self._key))
        mine.pop(story, None)
        mine[story] = [sight.version, sight.against]
        for oldest in list(mine)[:-_MOST]:
            del mine[oldest]
        everything[self._key] = mine
        write_json(seen_file(), everything)


def seen_file() -> Path:
    """Where this is kept on this computer."""
    return config_folder() / "seen.json"


def _read() -> Any:
    try:
        return json.loads(seen_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
