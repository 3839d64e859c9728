"""The catalogues of the interface, compiled as set-up does, for tests of other languages."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent


@cache
def load_words() -> ModuleType:
    """Return the program that collects and compiles the strings."""
    spec = importlib.util.spec_from_file_location("words", ROOT / "packaging" / "words.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def collect_strings() -> Catalog:
    """Return the strings of the sources: reading them all takes seconds."""
    catalogue: Catalog = load_words().collected()
    return catalogue


@cache
def compile_catalogues() -> None:
    """Compile them where that was not done since they changed."""
    words = load_words()
    for path in words.catalogue_files():
        compiled = path.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime < path.stat().st_mtime:
            # Another worker may read it at the same time.
            beside = compiled.with_suffix(f".{id(words)}")
            beside.write_bytes(words.compiled(words.read_catalogue(path)))
            beside.replace(compiled)
