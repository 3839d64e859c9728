"""A first-time user's path: from the start page to the site in a browser, counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.exporting.dialog import ExportDialog
from editor.gui.window.main_window import MainWindow
from editor.gui.window.new_desk import NewDeskDialog
from tests.gui.test_app import Start, start

__all__ = ["start"]

MOST_ACTIONS = 12
HEADLINE, BODY = "Harbour opens to night ferries", "The first boat left at ten on Monday."


class Newcomer:
    """Uses the mouse and the keyboard, and counts: a click, and a text with the Enter after it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.actions: list[str] = []

    def press(self, button: QAbstractButton, text: str = "") -> None:
        """Click a button once it can be seen and used, and says what it should."""
        self.wait(lambda: button.isVisible() and button.isEnabled())
        self.wait(lambda: button.text() == (text or button.text()))
        self.actions.append(f"press {button.text()}")
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def click(self, field: QWidget) -> None:
        """Click into a field."""
        self.actions.append(f"click {field.accessibleName()}")
        self._qtbot.mouseClick(field, Qt.MouseButton.LeftButton)

    def type(self, text: str, *, enter: bool = False) -> None:
        """Type where the focus is, and perhaps press Enter."""
        field = QApplication.focusWidget()
        assert field is not None
        self.actions.append(f"type {text}")
        QTest.keyClicks(field, text)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)

    def wait(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=30_000)


@pytest.fixture
def newcomer(qtbot: QtBot) -> Newcomer:
    return Newcomer(qtbot)


@pytest.fixture
def browsed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """What was opened in the browser; the person's documents are in a folder of the test's."""
    monkeypatch.setenv("HOME", str(tmp_path))
    shown: list[Path] = []

    def browse(url: QUrl) -> bool:
        shown.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", browse)
    return shown


def test_first_story_is_in_the_browser_after_few_actions(
    start: Start, newcomer: Newcomer, browsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The longest way: no keyring, so that a passphrase has to be chosen.
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    application = start()
    newcomer.press(application.start_window.buttons["write"])
    newcomer.wait(lambda: bool(application.start_window.findChildren(NewDeskDialog)))
    [dialog] = application.start_window.findChildren(NewDeskDialog)
    newcomer.wait(dialog.isActiveWindow)
    newcomer.type("harbour lights", enter=True)
    newcomer.type("harbour lights", enter=True)
    newcomer.wait(lambda: application.window is not None)
    window: MainWindow = application.window
    newcomer.wait(lambda: window.draft.open_story.is_open)
    newcomer.type(HEADLINE)
    newcomer.click(window.centre.form.body.viewport())
    newcomer.type(BODY)
    assert window.draft.typed.headline == HEADLINE
    assert window.draft.typed.body == BODY
    for step in ("Submit for approval", "Approve this version", "Export…"):
        newcomer.press(window.top.primary, step)
    newcomer.wait(lambda: bool(window.findChildren(ExportDialog)))
    [export] = window.findChildren(ExportDialog)
    newcomer.wait(lambda: export.chosen.model.ticked == 1)
    newcomer.press(export.export)
    newcomer.press(export.results.browser)
    [page] = browsed
    assert HEADLINE in page.read_text(encoding="utf-8")
    assert len(newcomer.actions) <= MOST_ACTIONS, newcomer.actions
    export.reject()
