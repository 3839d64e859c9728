"""The modules that make builds, for tests: they are programs beside `editor`, not a package."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "packaging" / "build"


@cache
def load_build_module(name: str) -> ModuleType:
    """Return a module of `packaging/build` or `packaging`: `licences` is `licences.py`."""
    if str(BUILD) not in sys.path:
        sys.path.append(str(BUILD))
    path = next(
        path for path in (BUILD / f"{name}.py", BUILD.parent / f"{name}.py") if path.is_file()
    )
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)
    spec.loader.exec_module(module)
    return module
