"""JSON Schemas (2020-12) of the API's documents, as `documents` declares them.

Fields may be added within v1, so unknown ones are allowed; those listed are always present.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from editor.formats.api.documents import DOCUMENTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def components(template: str) -> dict[str, dict[str, Any]]:
    """Return the schema of every document and of its parts, by the names of their classes.

    `template` says how one refers to another, as in `#/$defs/{name}`.
    """
    _references, found = msgspec.json.schema_components(DOCUMENTS.values(), ref_template=template)
    return found


def standalone_schema(name: str) -> dict[str, Any]:
    """Return the schema of one kind of document, with every definition it refers to."""
    _references, found = msgspec.json.schema_components(
        [DOCUMENTS[name]], ref_template="#/$defs/{name}"
    )
    document = found.pop(DOCUMENTS[name].__name__)
    return {"$schema": DIALECT, "$id": f"{name}.schema.json", **document, "$defs": found}
