"""A real browser for tests: Chromium through WebEngine, its dialogs and complaints recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)
from pytestqt.qtbot import QtBot

from tests.fonts import skip_without_fonts

_WAIT = 30_000


class Page(QWebEnginePage):
    """A page that writes down every dialog a script opens and every console message."""

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self.dialogs: list[str] = []
        self.messages: list[str] = []

    def javaScriptAlert(self, origin: QUrl | str, message: str) -> None:
        self.dialogs.append(message)

    def javaScriptConfirm(self, origin: QUrl | str, message: str) -> bool:
        self.dialogs.append(message)
        return False

    def javaScriptPrompt(self, origin: QUrl | str, message: str, default: str) -> tuple[bool, str]:
        self.dialogs.append(message)
        return False, ""

    def javaScriptConsoleMessage(self, level: Any, message: str, line: int, source: str) -> None:
        self.messages.append(message)


class Browser:
    """Opens files as a reader would; with `scripts` off, as the preview does."""

    def __init__(self, qtbot: QtBot, *, scripts: bool) -> None:
        skip_without_fonts()
        self._qtbot = qtbot
        self._profile = QWebEngineProfile()
        self.page = Page(self._profile)
        settings = self.page.settings()
        settings.setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, scripts)

    def open(self, path: Path, query: str = "") -> None:
        """Open a file and wait until it is there."""
        url = QUrl.fromLocalFile(str(path))
        url.setQuery(query)
        with self._qtbot.waitSignal(self.page.loadFinished, timeout=_WAIT) as loaded:
            self.page.load(url)
        assert loaded.args == [True]

    def ask(self, script: str) -> Any:
        """Read something out of the page, from a world that its scripts can't see."""
        answers: list[Any] = []
        world = QWebEngineScript.ScriptWorldId.ApplicationWorld
        # As JSON: lists do not come through by themselves.
        self.page.runJavaScript(f"JSON.stringify({script}) ?? 'null'", world.value, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=_WAIT)
        return json.loads(answers[0] or "null")  # a page that goes away meanwhile says nothing

    def wait_for(self, script: str) -> None:
        """Wait until a script's value is true."""
        self._qtbot.waitUntil(lambda: bool(self.ask(script)), timeout=_WAIT)

    def close(self) -> None:
        """Let go of the page before its profile, as WebEngine demands."""
        self.page.deleteLater()
        with self._qtbot.waitSignal(self.page.destroyed, timeout=_WAIT):
            pass
        self._profile.deleteLater()
