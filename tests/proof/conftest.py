"""A browser with scripts off, as the preview has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.proof.browser import Browser


@pytest.fixture
def silent(qtbot: QtBot) -> Iterator[Browser]:
    """A browser whose pages run no script."""
    browser = Browser(qtbot, scripts=False)
    yield browser
    browser.close()
