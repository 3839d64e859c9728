"""The window: the only room that knows Qt. It knows every room below; none of them knows it."""

from __future__ import annotations

import builtins


def _import_toolkit() -> None:
    """Import PySide without the hook that it puts into every import.

    The hook is for `from __feature__ import`, which nothing here says. It reads the source of each
    module that is imported, whichever it is: a tenth of all imports' time, and 13 MB for good.
    """
    python_import = builtins.__import__
    import PySide6.QtCore  # noqa: F401, PLC0415

    builtins.__import__ = python_import


_import_toolkit()
