"""Fixtures: a reader's browser, which runs scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.page.engine import prepare_web_engine
from tests.proof.browser import Browser


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Register WebEngine's schemes before the application is created."""
    prepare_web_engine()
    return ["stonehand"]


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[Browser]:
    """Return a browser whose pages run scripts."""
    browser = Browser(qtbot, scripts=True)
    yield browser
    browser.close()
