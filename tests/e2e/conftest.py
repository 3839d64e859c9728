"""Fixtures: a reader's browser, which runs scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from tests.e2e.exporting import export
from tests.formats.site.edition import edition
from tests.proof.browser import Browser


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[Browser]:
    """Return a browser whose pages run scripts."""
    browser = Browser(qtbot, scripts=True)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that tests read; none changes a file of it."""
    return export(tmp_path_factory.mktemp("paper") / "a site with spaces", edition())


@pytest.fixture
def view(reader: Browser, qtbot: QtBot) -> Iterator[QWebEngineView]:
    window = QWebEngineView()
    window.resize(1000, 700)
    window.setPage(reader.page)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.setPage(None)  # type: ignore[arg-type]
    window.deleteLater()
