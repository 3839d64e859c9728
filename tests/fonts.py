"""What a test can do on a computer where no font is installed: a container, a bare server."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase

_ALIASES = {"Monospace", "Sans Serif", "Serif"}
"""Fontconfig's own names, which Qt lists also where they name nothing."""


def skip_without_fonts() -> None:
    """Skip a test that needs Chromium's renderer, which ends where there is no font at all."""
    if not set(QFontDatabase.families()) - _ALIASES:
        pytest.skip("no font is installed, so Chromium shows no page")
