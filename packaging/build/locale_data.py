"""Leave out of Babel's data what Stonehand asks of no language: units, currencies, zones' names.

    build/venv/bin/python packaging/build/locale_data.py FOLDER

It is more than half of thirty megabytes. Every language and country stays: a paper may have any.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

UNUSED = frozenset(
    [
        *("unit_patterns", "unit_display_names", "compound_unit_patterns"),
        *("currency_names", "currency_names_plural", "currency_formats", "currency_symbols"),
        *("currency_unit_patterns", "compact_currency_formats", "compact_decimal_formats"),
        *("meta_zones", "time_zones", "zone_formats", "interval_formats"),
    ]
)
"""Keys of the data of a language, as Babel 2.18 writes it."""


def slim(folder: Path) -> None:
    """Write the files of languages in a folder again, without what is not used."""
    for file in sorted(folder.glob("*.dat")):
        # Babel's own files, in a folder that only the build writes to.
        data = pickle.loads(file.read_bytes())  # noqa: S301
        kept = {key: value for key, value in data.items() if key not in UNUSED}
        file.write_bytes(pickle.dumps(kept, 2))


if __name__ == "__main__":
    slim(Path(sys.argv[1]))
