"""A reader's browser: scripts on, and a window to type in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.window.prepare import prepare
from tests.proof.browser import Browser


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What WebEngine wants to be told before there is an application."""
    prepare()
    return ["stonehand"]


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[Browser]:
    """A browser whose pages run scripts."""
    browser = Browser(qtbot, scripts=True)
    yield browser
    browser.close()
