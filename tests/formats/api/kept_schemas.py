"""The schemas of v1 as they were last kept, and what may not be done to them.

    python tests/formats/api/kept_schemas.py

keeps those of today, unless something in them would break who reads v1: a document or a field
that is gone, one that is no longer always there, or a field that means something else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from editor.formats.api.documents import DOCUMENTS
from editor.formats.api.schemas import standalone_schema

_WORDS = {"title", "description"}
_GROWS = {"v1", "$defs", "properties"}

KEPT = Path(__file__).with_name("v1.json")


def schemas_of_today() -> dict[str, Any]:
    """Each document's schema, by its name."""
    return {name: standalone_schema(name) for name in DOCUMENTS}


def breaks(old: Any, new: Any, place: str = "v1") -> Iterator[str]:
    """Yield what of a new schema breaks who reads by the old one, each with its place."""
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        if old != new:
            yield f"{place} was {old!r} and is {new!r}"
        return
    for name in old.keys() - _WORDS:
        if name not in new:
            yield f"{place}/{name} is gone"
        elif name == "required":
            yield from (f"{place}/{gone} may be missing" for gone in {*old[name]} - {*new[name]})
        else:
            yield from breaks(old[name], new[name], f"{place}/{name}")
    if place.rpartition("/")[2] not in _GROWS:
        yield from (f"{place}/{name} is new" for name in new.keys() - old.keys() - _WORDS)


def main() -> None:
    """Keep the schemas of today."""
    today = schemas_of_today()
    if KEPT.exists() and (found := list(breaks(json.loads(KEPT.read_bytes()), today))):
        sys.exit("\n".join(found))
    KEPT.write_text(json.dumps(today, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
