"""A browser with scripts off, as the preview has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.page.engine import prepare_web_engine
from tests.proof.browser import Browser


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What WebEngine wants to be told before there is an application."""
    prepare_web_engine()
    return ["stonehand"]


@pytest.fixture
def silent(qtbot: QtBot) -> Iterator[Browser]:
    """A browser whose pages run no script."""
    browser = Browser(qtbot, scripts=False)
    yield browser
    browser.close()
