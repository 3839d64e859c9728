"""Make editor/core/language_table.py of Babel's and langcodes' data, as they are locked.

    .venv/bin/python packaging/languages.py

Run it again when either is updated: a test compares the table with both.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "editor" / "core" / "language_table.py"
TAGS = [
    "en",
    "en-GB",
    "en-US",
    "ar",
    "de",
    "es",
    "fa",
    "fr",
    "he",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "ur",
    "zh",
]
HEAD = '''"""The languages most stories are in. Made by packaging/languages.py; don't edit it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Language(NamedTuple):
    """A language's own name, its script (ISO 15924), and the months as a dateline has them."""

    name: str
    script: str
    months: str


# fmt: off
# ruff: noqa: E501 - a table of other people's words
LANGUAGES: Final = {
'''


def main():
    """Write one row a language."""
    sys.path.insert(0, str(ROOT))
    from editor.core.dateline import read_months  # noqa: PLC0415 - found by the line above
    from editor.core.languages import read_name, read_script  # noqa: PLC0415

    rows = [
        f'    "{tag}": Language("{read_name(tag)}", "{read_script(tag)}", '
        f'"{"|".join(read_months(tag))}"),\n'
        for tag in TAGS
    ]
    OUT.write_text(HEAD + "".join(rows) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
