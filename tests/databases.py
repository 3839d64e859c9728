"""A desk's database as somebody with a database tool has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from editor.store.db.engine import sqlite
from editor.store.db.packing import pack, unpack


def replacing(old: str, new: str, where: str = "") -> str:
    """The statement that puts other words into the texts of versions; their hashes stay."""
    return f"UPDATE versions SET content = packed(replace(unpacked(content), {old}, {new})) {where}"


def open_database(file: Path) -> Any:
    """SQLite's own connection; `unpacked(content)` and `packed(text)` read and write long texts."""
    raw = sqlite.connect(file)
    raw.create_function("packed", 1, pack)
    raw.create_function("unpacked", 1, unpack)
    return raw
